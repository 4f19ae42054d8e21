"""Cut a text into tokens that compare equal when a reader would call them equal.

A token is a word, a single character of a script written without spaces, or a single
mark of punctuation. Tokens carry their place in the text, so no separate map of offsets
is needed. Nothing here decides what a change means: see ``alignment`` and ``anchoring``.
"""

import re
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

# Scripts whose words are not parted by spaces: Thai, Lao, Tibetan, Burmese, Khmer, kana, Han.
_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)


def _ranges(points: Sequence[int]) -> str:
    """A regular expression class body for sorted code points."""
    parts: list[str] = []
    start = previous = points[0]
    for point in [*points[1:], sys.maxunicode + 2]:
        if point != previous + 1:
            parts.append(f"\\U{start:08x}-\\U{previous:08x}")
            start = point
        previous = point
    return "".join(parts)


# Characters that belong to the one before them: combining marks, joiners, soft hyphens and
# other invisible signs. Python's \w knows none of them.
_TRAILING = _ranges(
    [
        point
        for point in range(0xAD, 0x10000)
        if unicodedata.category(chr(point)) in {"Mn", "Mc", "Me", "Cf"}
    ]
)
_LETTERS = rf"[^\W_{_UNSPACED}]"
_WORD = rf"{_LETTERS}+(?:[{_TRAILING}]+{_LETTERS}*)*"
# A hyphen at a line's end inside a word was put there by a typesetter.
_TOKEN = (
    rf"{_WORD}(?:[-\u2010\u00ad][ \t]*\n[ \t]*(?=[^\W\d_]){_WORD})?"
    rf"|(?:\.\.\.|-{{2,3}}|''|``|\S)[{_TRAILING}]*"
)
_PIECES = re.compile(rf"({_TOKEN})([\s{_TRAILING}]*)")
_LEADING = re.compile(rf"[\s{_TRAILING}]*")
_INVISIBLE = re.compile(
    rf"[{_ranges([p for p in range(0xAD, 0x10000) if unicodedata.category(chr(p)) == 'Cf'])}\ufe00-\ufe0f]"
)
_LINE_END_HYPHEN = re.compile(r"[-\u2010\u00ad][ \t]*\n[ \t]*")
_LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ`´‹›", "'"),
        **dict.fromkeys("“”„‟″«»〝〞", '"'),
        **dict.fromkeys("‐‑‒–—―−﹘﹣", "-"),
    }
)
_SAME = {"...": "…", "--": "-", "---": "-", "''": '"', "``": '"'}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text: what each says when folded, and where it stands."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def fold(raw: str) -> str:
    """One token as it is compared: case, compatibility forms and look-alikes set aside."""
    if raw.isascii() and raw.isalnum():
        return raw.lower()
    folded = _INVISIBLE.sub("", _LINE_END_HYPHEN.sub("", raw)) or raw
    folded = unicodedata.normalize("NFKC", folded).casefold().translate(_LOOKALIKES)
    return _SAME.get(folded, folded)


def tokenise(text: str) -> Tokens:
    """The tokens of ``text``, in order. Time is linear in its length."""
    lead = _LEADING.match(text)
    first = lead.end() if lead else 0
    pieces = _PIECES.findall(text, first)
    raw = [token for token, _ in pieces]
    starts = list(accumulate((len(token) + len(gap) for token, gap in pieces), initial=first))
    starts.pop()
    folded = {token: fold(token) for token in set(raw)}
    return Tokens(
        words=[folded[token] for token in raw],
        starts=starts,
        ends=[start + len(token) for start, token in zip(starts, raw, strict=True)],
    )
