"""Where every token of one text went in the next: the map that passages are read off.

Joins what ``alignment`` finds in order, what ``moves`` finds elsewhere, and, inside blocks
of replaced words, words that survive in other letters.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz.distance import LCSseq

from annotations.alignment import (
    Gap,
    Run,
    align,
    encode,
    gaps,
    indel,
    shifted,
    slid,
    without_islands,
)
from annotations.folding import Tokens, tokenise
from annotations.moves import find_moves

TYPO_WEIGHT = 0.8
TYPO_LIKENESS = 0.6
BLOCK = 300  # tokens a side in which words are looked for in other letters
_SENTENCE_ENDS = frozenset(".!?。！？…")
_PAUSES = frozenset(",;:-，；：、)")
_LETTER_SHAPES = str.maketrans("0158", "olsb")


@dataclass(slots=True)
class TextMap:
    """The tokens of two texts, and for each old one where it went.

    ``first`` and ``after`` bound the new tokens that an old token became, or are -1;
    ``moved`` numbers the group of moved text it belongs to, 0 for text that stayed in order.
    """

    old: Tokens
    new: Tokens
    first: list[int]
    after: list[int]
    weight: list[float]
    moved: list[int]
    claimed: bytearray
    aligned: int


def map_texts(old_text: str, new_text: str) -> TextMap:
    """The map from one text to the next. Linear in their length beside bounded gaps."""
    old, new = tokenise(old_text), tokenise(new_text)
    old_code, new_code = encode(old.words, new.words)
    letters = letters_before(old.words)
    runs = without_islands(align(old_code, new_code), len(old_code), len(new_code))
    staying, moved = find_moves(old_code, new_code, runs, letters)
    staying = slid(
        staying, old_code, new_code, _borders(old_text, old), _borders(new_text, new)
    )
    size = len(old.words)
    result = TextMap(
        old, new, [-1] * size, [-1] * size, [0.0] * size, [0] * size, bytearray(len(new.words)),
        aligned=sum(run.length for run in [*staying, *moved]),
    )
    groups = _groups(moved)
    for number, group in enumerate([staying, *groups]):
        for run in group:
            _claim(result, run, number)
    for gap in gaps(staying, size, len(new.words)):
        _mend(result, gap, 0)
    for number, group in enumerate(groups, start=1):
        for left, right in zip(group, group[1:], strict=False):
            gap = Gap(left.old_end, right.old, left.new_end, right.new)
            inner = indel(old_code[gap.old : gap.old_end], new_code[gap.new : gap.new_end])
            for run in shifted(inner, gap.old, gap.new):
                if _is_free(result, run):
                    _claim(result, run, number)
            _mend(result, gap, number)
        _extend(result, group[0], number, -1)
        _extend(result, group[-1], number, 1)
    return result


def letters_before(words: Sequence[str]) -> list[int]:
    """How many letters and digits stand before each word, and in all."""
    return list(accumulate((len(word) if word.isalnum() else 0 for word in words), initial=0))


def _borders(text: str, tokens: Tokens) -> Callable[[int], int]:
    """How strong a break lies before a token: paragraph, sentence, pause, word, none."""

    def border(index: int) -> int:
        if index == 0 or index == len(tokens.words):
            return 5
        before = tokens.words[index - 1]
        between = text[tokens.ends[index - 1] : tokens.starts[index]]
        if "\n" in between:
            return 5 if "\n\n" in between else 4
        if before in _SENTENCE_ENDS and between:
            return 3
        if before in _PAUSES:
            return 2
        return 1 if between else 0

    return border


def _groups(moved: Sequence[Run]) -> list[list[Run]]:
    """Moved runs with those together that moved as one text."""
    groups: list[list[Run]] = []
    by_new = sorted(moved, key=lambda run: run.new)
    follows = {left: right for left, right in zip(by_new, by_new[1:], strict=False)}
    for run in moved:
        last = groups[-1][-1] if groups else None
        if (
            last
            and follows.get(last) == run
            and run.old - last.old_end <= BLOCK // 4
            and run.new - last.new_end <= BLOCK // 4
        ):
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups


def _claim(result: TextMap, run: Run, number: int) -> None:
    old = slice(run.old, run.old_end)
    result.first[old] = range(run.new, run.new_end)
    result.after[old] = range(run.new + 1, run.new_end + 1)
    result.weight[old] = [1.0] * run.length
    result.moved[old] = [number] * run.length
    result.claimed[run.new : run.new_end] = b"\1" * run.length


def _is_free(result: TextMap, run: Run) -> bool:
    return not any(result.claimed[run.new : run.new_end]) and all(
        place < 0 for place in result.first[run.old : run.old_end]
    )


def _mend(result: TextMap, gap: Gap, number: int) -> None:
    """Find words in other letters in a block that was replaced."""
    if not (0 < gap.old_end - gap.old <= BLOCK and 0 < gap.new_end - gap.new <= BLOCK):
        return
    olds = [k for k in range(gap.old, gap.old_end) if result.first[k] < 0]
    news = [k for k in range(gap.new, gap.new_end) if not result.claimed[k]]
    if not olds or not news:
        return
    words = [result.old.words[k] for k in olds]
    for typo in typos(words, [result.new.words[k] for k in news]):
        for k in olds[typo.old : typo.old_end]:
            result.first[k] = news[typo.new]
            result.after[k] = news[typo.new_end - 1] + 1
            result.weight[k] = TYPO_WEIGHT
            result.moved[k] = number
        for k in news[typo.new : typo.new_end]:
            result.claimed[k] = 1


def _extend(result: TextMap, run: Run, number: int, step: int) -> None:
    """Follow a moved run over its edge, word by word, as long as the words are alike."""
    old, new = (run.old_end, run.new_end) if step > 0 else (run.old - 1, run.new - 1)
    while 0 <= old < len(result.first) and 0 <= new < len(result.claimed):
        if result.first[old] >= 0 or result.claimed[new]:
            return
        mine, theirs = result.old.words[old], result.new.words[new]
        if mine == theirs:
            weight = 1.0
        elif typos([mine], [theirs]):
            weight = TYPO_WEIGHT
        else:
            return
        result.first[old], result.after[old] = new, new + 1
        result.weight[old], result.moved[old] = weight, number
        result.claimed[new] = 1
        old, new = old + step, new + step


def typos(old: Sequence[str], new: Sequence[str]) -> list[Gap]:
    """Words of a replaced block that stand in the other in other letters, cut or joined.

    Letters are matched in order; words that share at least half the letters of the shorter
    one belong together. Digits must be equal: another number is another fact.
    """
    a, b = " ".join(old), " ".join(new)
    a_words, b_words = _owners(old), _owners(new)
    shared: dict[tuple[int, int], int] = {}
    for block in LCSseq.editops(a, b).as_matching_blocks():
        for offset in range(block.size):
            if a[block.a + offset] != " ":
                link = a_words[block.a + offset], b_words[block.b + offset]
                shared[link] = shared.get(link, 0) + 1
    clusters: list[tuple[int, int, int, int, int]] = []
    for (i, j), count in shared.items():
        if 2 * count < min(len(old[i]), len(new[j])):
            continue
        if clusters and (i < clusters[-1][1] or j < clusters[-1][3]):
            i1, _, j1, _, total = clusters[-1]
            clusters[-1] = i1, i + 1, j1, j + 1, total + count
        else:
            clusters.append((i, i + 1, j, j + 1, count))
    found: list[Gap] = []
    for i, i2, j, j2, count in clusters:
        mine, theirs = "".join(old[i:i2]), "".join(new[j:j2])
        if i2 - i > 3 or j2 - j > 3 or 2 * count < TYPO_LIKENESS * (len(mine) + len(theirs)):
            continue
        if _digits(mine) == _digits(theirs):
            found.append(Gap(i, i2, j, j2))
    return found


def _owners(words: Sequence[str]) -> list[int]:
    return [index for index, word in enumerate(words) for _ in range(len(word) + 1)]


def _digits(word: str) -> str:
    if re.search(r"[^\W\d]", word):
        word = word.translate(_LETTER_SHAPES)
    return re.sub(r"\D", "", word)


def border_before(result: TextMap, index: int) -> int:
    """Where a passage that begins with old token ``index`` begins in the new text, or -1.

    A word that was replaced as part of a block still has the block's border.
    """
    return _border(result, index, index)


def _border(result: TextMap, index: int, edge: int) -> int:
    return bisect_left(result.first, index) + edge
