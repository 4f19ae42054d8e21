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
    """The tokens of one text: what each says when folded, and where it stands."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def tokenise(text: str) -> Tokens:
    """The tokens of ``text``, in order. Time is linear in its length."""
    lead = _IGNORED.match(text)
    first = lead.end() if lead else 0
    pieces = _PIECES.findall(text, first)
    if pieces and max([len(token) for token, _ in pieces]) > LONGEST_WORD:
        pieces = _split_long(pieces)
    folded = {token: fold(token) for token in {token for token, _ in pieces}}
    starts = list(accumulate([len(token) + len(gap) for token, gap in pieces], initial=first))
    starts.pop()
    return Tokens(
        words=[folded[token] for token, _ in pieces],
        starts=starts,
        ends=[start + len(token) for start, (token, _) in zip(starts, pieces, strict=True)],
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


def fold(token: str) -> str:
    """A token as it is compared: case set aside as well."""
    return token.lower() if token.isascii() and token.isalnum() else _spelling(token).casefold()


def reads_alike(a: str, b: str) -> bool:
    """Whether both texts show a reader the same words in the same case.

    White space, invisible characters, compatibility forms and the look of quotation marks,
    dashes and ellipses do not count.
    """
    if a == b:
        return True
    return [_spelling(token) for token, _ in _PIECES.findall(a)] == [
        _spelling(token) for token, _ in _PIECES.findall(b)
    ]


def _spelling(token: str) -> str:
    spelling = _INVISIBLE.sub("", _LINE_END_HYPHEN.sub("", token)) or token
    spelling = unicodedata.normalize("NFKC", spelling).translate(_LOOKALIKES)
    return _SAME.get(spelling, spelling)
