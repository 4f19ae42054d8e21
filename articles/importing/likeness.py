"""How much two texts have in common, whatever was cut, put before or lightly edited. Pure.

A text is the set of its shingles: four words that follow one another, folded so that case,
accents, punctuation and line ends do not count. ``bands_of`` sums the set up in a few numbers:
two texts that share most of their shingles almost surely share one of these, two others almost
never (MinHash with one permutation, Broder 1997, Li and others 2012; bands, Indyk and Motwani
1998). So an index over the numbers finds candidates, and ``shared`` says exactly.
"""

import re
import struct
import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from threading import Lock

from rapidfuzz.distance import LCSseq

WORDS = 4  # in a shingle
LEAST = 50  # different shingles; shorter texts are never alike
BANDS = 64
ROWS = 3  # minima in a band
BINS = BANDS * ROWS
REMEMBERED = 4  # texts
# What part of the shorter text's shingles must stand in the other. Every tenth word changed leaves
# two thirds of them; speeches of one occasion share a twentieth.
ALIKE = 0.5
_CELLS = 400_000_000  # old times new words compared one by one; a second

_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
# Words, and single characters of scripts that part no words by spaces.
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_MARKS = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")
_LINE_END = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\n(?=[^\W\d_])")


def words_of(text: str) -> list[str]:
    """The words of ``text``, folded to be compared."""
    joined = _LINE_END.sub("", text)
    if not joined.isascii():
        joined = _MARKS.sub("", unicodedata.normalize("NFKD", joined))
    return _WORD.findall(joined.casefold())


def shingles_of(words: Sequence[str]) -> set[str]:
    """Every run of four words, each once."""
    return {" ".join(run) for run in zip(*(words[at:] for at in range(WORDS)), strict=False)}


# A text is asked for when it is looked for, when it waits and when it has become an article.
_last: OrderedDict[str, tuple[int, ...]] = OrderedDict()
_turn = Lock()


def bands_of(text: str) -> tuple[int, ...]:
    """As ``reckoned``; the texts asked for last are remembered."""
    bands = _last.get(text)
    if bands is None:
        bands = reckoned(text)
        remember(text, bands)
    return bands


def remember(text: str, bands: tuple[int, ...]) -> None:
    """Have ``bands_of`` say ``bands`` of ``text`` next: another process has reckoned them."""
    with _turn:
        _last[text] = bands
        if len(_last) > REMEMBERED:
            _last.popitem(last=False)


def reckoned(text: str) -> tuple[int, ...]:
    """``BANDS`` numbers of 32 bits with sign, of which similar texts share some; () where short.

    Stored ones stay comparable as long as this function says the same: a test holds it to that.
    """
    shingles = shingles_of(words_of(text))
    if len(shingles) < LEAST:
        return ()
    minima = signature(shingles)
    packed = [struct.pack(f">{ROWS + 1}Q", band, *minima[band::BANDS]) for band in range(BANDS)]
    return tuple(struct.unpack(">i", blake2b(one, digest_size=4).digest())[0] for one in packed)


def signature(shingles: Iterable[str]) -> list[int]:
    """The least hash of each of ``BINS`` bins among which the shingles fall; at least one must be.

    An empty bin borrows from another one, the same for every text.
    """
    least: list[int | None] = [None] * BINS
    for shingle in shingles:
        number = int.from_bytes(blake2b(shingle.encode(), digest_size=8).digest(), "big")
        value, at = divmod(number, BINS)
        known = least[at]
        if known is None or value < known:
            least[at] = value
    return [_borrowed(least, at) for at in range(BINS)]


def _borrowed(least: Sequence[int | None], at: int) -> int:
    """Optimal densification (Shrivastava 2017)."""
    turn = at
    while (value := least[turn % BINS]) is None:
        turn = (turn * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407 + at) % (1 << 61)
        turn ^= turn >> 29
    return value


def estimate(one: Sequence[int], other: Sequence[int]) -> float:
    """What part of their shingles two signatures say that two texts share, of 1."""
    return sum(a == b for a, b in zip(one, other, strict=True)) / BINS


def shared(one: str, other: str) -> float:
    """What part of the words of the shorter text the other has in the same order, or 0.0.

    0.0 says that they are two texts: too short to tell, or with too few runs of words in common.
    """
    mine, theirs = words_of(one), words_of(other)
    few, many = sorted((shingles_of(mine), shingles_of(theirs)), key=len)
    if len(few) < LEAST:
        return 0.0
    contained = len(few & many) / len(few)
    if contained < ALIKE:
        return 0.0
    if len(mine) * len(theirs) > _CELLS:
        return contained
    return LCSseq.similarity(mine, theirs) / min(len(mine), len(theirs))


def ranked(bands: Sequence[int], others: Iterable[tuple[int, Sequence[int]]]) -> list[int]:
    """The keys of ``others`` (key, bands), those that share the most bands first."""
    wanted = set(bands)
    counted = [(-len(wanted.intersection(theirs)), key) for key, theirs in others]
    return [key for _count, key in sorted(counted)]
