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
from operator import add

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
_CATEGORIES = {point: unicodedata.category(chr(point)) for point in range(0xAD, 0x10000)}
_HIDDEN = _ranges([point for point, category in _CATEGORIES.items() if category == "Cf"])
_TRAILING = _HIDDEN + _ranges(
    [point for point, category in _CATEGORIES.items() if category in {"Mn", "Mc", "Me"}]
)
_LETTER = rf"[^\W_{_UNSPACED}]"
_WORD = rf"{_LETTER}+(?:[{_TRAILING}]+{_LETTER}*)*"
# A hyphen at a line's end inside a word was put there by a typesetter.
_LINE_END = r"[-\u2010\u00ad][ \t]*\n[ \t]*"
_TOKEN = (
    rf"{_WORD}(?:{_LINE_END}(?=[^\W\d_]){_WORD})?"
    rf"|(?:\.\.\.|-{{2,3}}|''|\S)[{_TRAILING}]*"
)
_PIECES = re.compile(rf"({_TOKEN})([\s{_TRAILING}]*)")
_CHARACTER = re.compile(rf"\S[{_TRAILING}]*")
_IGNORED = re.compile(rf"[\s{_TRAILING}]*")
_INVISIBLE = re.compile(rf"[{_HIDDEN}\ufe00-\ufe0f]")
_LINE_END_HYPHEN = re.compile(_LINE_END)
_LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ`´‹›", "'"),
        **dict.fromkeys("“”„‟″«»〝〞", '"'),
        **dict.fromkeys("‐‑‒–—―−﹘﹣", "-"),
    }
)
_SAME = {"...": "…", "--": "-", "---": "-", "''": '"'}
LONGEST_WORD = 64  # letters; what is longer is no word, and is compared letter by letter


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text: what each says, and where it stands.

    ``words`` are folded to be compared; ``spelt`` keep their case, as a reader sees them.
    """

    words: list[str]
    spelt: list[str]
    starts: list[int]
    ends: list[int]


def tokenise(text: str) -> Tokens:
    """The tokens of ``text``, in order. Time is linear in its length."""
    lead = _IGNORED.match(text)
    first = lead.end() if lead else 0
    pieces = _PIECES.findall(text, first)
    if not pieces:
        return Tokens([], [], [], [])
    tokens, gaps = zip(*pieces, strict=True)
    lengths = list(map(len, tokens))
    if max(lengths) > LONGEST_WORD:
        tokens, gaps = zip(*_split_long(pieces), strict=True)
        lengths = list(map(len, tokens))
    starts = list(accumulate(map(add, lengths, map(len, gaps)), initial=first))
    starts.pop()
    spellings = {token: _spelling(token) for token in set(tokens)}
    spelt = list(map(spellings.__getitem__, tokens))
    folded = {spelling: spelling.casefold() for spelling in set(spelt)}
    return Tokens(
        words=list(map(folded.__getitem__, spelt)),
        spelt=spelt,
        starts=starts,
        ends=list(map(add, starts, lengths)),
    )


def _split_long(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    result: list[tuple[str, str]] = []
    for token, gap in pieces:
        if len(token) > LONGEST_WORD:
            letters = _CHARACTER.findall(token)
            result += [(letter, "") for letter in letters[:-1]]
            result.append((letters[-1], gap))
        else:
            result.append((token, gap))
    return result


def _spelling(token: str) -> str:
    """A token as it reads: its case counts, compatibility forms and look-alikes do not."""
    if token.isascii() and token.isalnum():
        return token
    spelling = _INVISIBLE.sub("", _LINE_END_HYPHEN.sub("", token)) or token
    spelling = unicodedata.normalize("NFKC", spelling).translate(_LOOKALIKES)
    return _SAME.get(spelling, spelling)
