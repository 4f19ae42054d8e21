"""Tell words that survive in other letters from words that were replaced."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import Indel, LCSseq

from annotations.alignment import Gap

LIKENESS = 0.6
JOINED_LIKENESS = 0.8  # of words cut or joined
MISREAD = 0.1  # of words of which a scanner changed every letter
_SHAPES = str.maketrans(
    {letter: group[0] for group in ("oace0", "lij1tf", "hb", "nu", "rv", "s5") for letter in group}
)
_LETTERS = re.compile(r"[^\W\d]")
_NOT_DIGITS = re.compile(r"\D+")
_DIGIT_SHAPES = str.maketrans("015", "ols")


def likeness(olds: Sequence[str], news: Sequence[str]) -> float:
    """How far one may be the other misspelt, corrected, misread, or joined differently.

    0 where it is another word. Digits must be equal: another number is another fact.
    """
    old, new = "".join(olds), "".join(news)
    if _digits(old) != _digits(new):
        return 0.0
    enough = LIKENESS if len(olds) == len(news) == 1 else JOINED_LIKENESS
    similarity = Indel.normalized_similarity(old, new)
    if similarity >= enough or _shape(old) == _shape(new):
        return max(similarity, MISREAD)
    return 0.0


def _shape(word: str) -> str:
    """A word with letters set aside that scanners mistake for one another."""
    if not _LETTERS.search(word):
        return word
    return word.replace("rn", "m").replace("cl", "d").translate(_SHAPES)


def _digits(word: str) -> str:
    if word.isalpha():
        return ""
    if _LETTERS.search(word):
        word = word.translate(_DIGIT_SHAPES)
    return _NOT_DIGITS.sub("", word)


def in_other_letters(old: Sequence[str], new: Sequence[str]) -> list[Gap]:
    """Words of a replaced block that stand in the other in other letters, cut or joined.

    Letters are matched in order; words that share at least half the letters of the shorter
    one belong together.
    """
    a, b = " ".join(old), " ".join(new)
    a_words, b_words = _owners(old), _owners(new)
    shared: dict[tuple[int, int], int] = {}
    for block in LCSseq.editops(a, b).as_matching_blocks():
        for offset in range(block.size):
            if a[block.a + offset] != " ":
                link = a_words[block.a + offset], b_words[block.b + offset]
                shared[link] = shared.get(link, 0) + 1
    clusters: list[Gap] = []
    for (i, j), count in shared.items():
        if 2 * count < min(len(old[i]), len(new[j])):
            continue
        if clusters and (i < clusters[-1].old_end or j < clusters[-1].new_end):
            clusters[-1] = Gap(clusters[-1].old, i + 1, clusters[-1].new, j + 1)
        else:
            clusters.append(Gap(i, i + 1, j, j + 1))
    return [
        gap
        for gap in clusters
        if gap.old_end - gap.old <= 3
        and gap.new_end - gap.new <= 3
        and likeness(old[gap.old : gap.old_end], new[gap.new : gap.new_end])
    ]


def _owners(words: Sequence[str]) -> list[int]:
    return [index for index, word in enumerate(words) for _ in range(len(word) + 1)]
