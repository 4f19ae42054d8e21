"""Where every token of one text went in the next: the map that passages are read off.

Joins what ``alignment`` finds in order, what ``moves`` finds elsewhere, and, inside blocks
of replaced words, what ``likeness`` finds in other letters.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from annotations.alignment import (
    GAP,
    Gap,
    Run,
    align,
    encode,
    gaps,
    indel,
    merged,
    shifted,
    slid,
    without_islands,
)
from annotations.folding import Tokens, tokenise
from annotations.likeness import in_other_letters, likeness
from annotations.moves import find_moves

IN_OTHER_LETTERS = 0.8  # how much of a token survives that changed its letters
BLOCK = 300  # tokens a side in which words are looked for in other letters
EDGE = 24  # tokens on either side of moved text that may have moved along
_SENTENCE_ENDS = frozenset(".!?。！？…")
_PAUSES = frozenset(",;:-，；：、)")


@dataclass(slots=True)
class TextMap:
    """The tokens of two texts, and for each old one where it went.

    ``first`` and ``after`` bound the new tokens that an old token became, or are -1;
    ``moved`` numbers the group of moved text it belongs to, 0 for text that stayed in order.
    ``claimed`` marks new tokens that an old one became.
    """

    old: Tokens
    new: Tokens
    first: list[int]
    after: list[int]
    weight: list[float]
    moved: list[int]
    claimed: bytearray
    matched: int = 0


def map_texts(old_text: str, new_text: str) -> TextMap:
    """The map from one text to the next. Time is n log n beside gaps of bounded size."""
    old, new = tokenise(old_text), tokenise(new_text)
    old_code, new_code = encode(old.words, new.words)
    letters = letters_before(old.words)
    size, new_size = len(old.words), len(new.words)
    runs = without_islands(align(old_code, new_code), size, new_size)
    moved = find_moves(old_code, new_code, runs, letters)
    rest_old, rest_new = range(size), range(new_size)
    if moved:
        rest_old = _without(size, [(run.old, run.old_end) for run in moved])
        rest_new = _without(new_size, [(run.new, run.new_end) for run in moved])
        left, right = _picked(old_code, rest_old), _picked(new_code, rest_new)
        runs = without_islands(align(left, right), len(left), len(right))
    else:
        left, right = old_code, new_code
    old_border, new_border = _borders(old_text, old), _borders(new_text, new)
    runs = slid(
        runs,
        left,
        right,
        lambda i: old_border(_at(rest_old, i, size)),
        lambda j: new_border(_at(rest_new, j, new_size)),
    )
    result = TextMap(
        old,
        new,
        [-1] * size,
        [-1] * size,
        [0.0] * size,
        [0] * size,
        bytearray(new_size),
        sum(run.length for run in [*runs, *moved]),
    )
    for run in moved:
        _claim(result, run, 1)
    for run in runs:
        for piece in _unpicked(run, rest_old, rest_new):
            _claim(result, piece, 0)
    groups = _groups(moved)
    for number, group in enumerate(groups, start=1):
        _settle(result, group, number, old_code, new_code, old_border, new_border)
    for gap in gaps(runs, len(left), len(right)):
        _mend(result, rest_old[gap.old : gap.old_end], rest_new[gap.new : gap.new_end], 0)
    return result


def letters_before(words: Sequence[str]) -> list[int]:
    """How many letters and digits stand before each word, and in all."""
    return list(accumulate((len(word) if word.isalnum() else 0 for word in words), initial=0))


def _without(size, spans):
    kept: list[int] = []
    place = 0
    for start, end in sorted(spans):
        kept += range(place, start)
        place = end
    kept += range(place, size)
    return kept


def _picked(code, places):
    return "".join([code[place] for place in places])


def _at(places, index, end):
    return places[index] if index < len(places) else end


def _unpicked(run, rest_old, rest_new):
    if (
        rest_old[run.old_end - 1] - rest_old[run.old] == run.length - 1
        and rest_new[run.new_end - 1] - rest_new[run.new] == run.length - 1
    ):
        return [Run(rest_old[run.old], rest_new[run.new], run.length)]
    return merged([Run(rest_old[run.old + k], rest_new[run.new + k], 1) for k in range(run.length)])


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
    follows = dict(zip(by_new, by_new[1:], strict=False))
    for run in moved:
        last = groups[-1][-1] if groups else None
        if (
            last
            and follows.get(last) == run
            and run.old - last.old_end <= 3 * EDGE
            and run.new - last.new_end <= 3 * EDGE
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


def _settle(result, group, number, old_code, new_code, old_border, new_border) -> None:
    """Let the words around moved runs follow them."""
    a, b = group[0].old, group[0].new
    head = old_border(a) < 3 or new_border(b) < 3
    while head and a > 0 and group[0].old - a < EDGE and result.first[a - 1] < 0:
        a -= 1
    while head and b > 0 and group[0].new - b < EDGE and not result.claimed[b - 1]:
        b -= 1
    y, z = group[-1].old_end, group[-1].new_end
    tail = old_border(y) < 3 or new_border(z) < 3
    while tail and y < len(result.first) and y - group[-1].old_end < EDGE and result.first[y] < 0:
        y += 1
    while tail and z < len(result.claimed) and z - group[-1].new_end < EDGE and not result.claimed[z]:
        z += 1
    chain = list(group)
    for gap in gaps(shifted(group, -a, -b), y - a, z - b):
        gap = Gap(gap.old + a, gap.old_end + a, gap.new + b, gap.new_end + b)
        for run in shifted(
            indel(old_code[gap.old : gap.old_end], new_code[gap.new : gap.new_end]),
            gap.old,
            gap.new,
        ):
            if (
                not any(result.claimed[run.new : run.new_end])
                and max(result.first[run.old : run.old_end]) < 0
            ):
                chain.append(run)
    far = 10
    chain = merged(sorted(chain))
    chain = shifted(
        without_islands(shifted(chain, far - a, far - b), y - a + 2 * far, z - b + 2 * far),
        a - far,
        b - far,
    )
    chain = slid(chain, old_code, new_code, old_border, new_border)
    for run in chain:
        _claim(result, run, number)
    for left, right in zip(chain, chain[1:], strict=False):
        _mend(result, range(left.old_end, right.old), range(left.new_end, right.new), number)
    if head:
        _walk(result, chain[0].old - 1, chain[0].new - 1, -1, number)
    if tail:
        _walk(result, chain[-1].old_end, chain[-1].new_end, 1, number)


def _mend(result: TextMap, olds: Sequence[int], news: Sequence[int], number: int) -> None:
    """Find words in other letters in a block that was replaced."""
    if not olds or not news:
        return
    _walk(result, olds[0], news[0], 1, number)
    _walk(result, olds[-1], news[-1], -1, number)
    if len(olds) > BLOCK or len(news) > BLOCK:
        return
    olds = [k for k in olds if result.first[k] < 0]
    news = [k for k in news if not result.claimed[k]]
    if not olds or not news:
        return
    found = in_other_letters(
        [result.old.words[k] for k in olds], [result.new.words[k] for k in news]
    )
    for gap in without_islands(found, len(olds), len(news)):
        for k in olds[gap.old : gap.old_end]:
            result.first[k] = news[gap.new]
            result.after[k] = news[gap.new_end - 1] + 1
            result.weight[k] = IN_OTHER_LETTERS
            result.moved[k] = number
        for k in news[gap.new : gap.new_end]:
            result.claimed[k] = 1


def _walk(result: TextMap, old: int, new: int, step: int, number: int) -> None:
    """Go on from a run's edge, word by word, as long as the words are alike."""
    first, claimed = result.first, result.claimed

    def free(i: int, j: int) -> bool:
        return 0 <= i < len(first) and 0 <= j < len(claimed) and first[i] < 0 and not claimed[j]

    while free(old, new):
        olds, news = [old], [new]
        if result.old.words[old] != result.new.words[new]:
            choices = [(1, 1)]
            if free(old, new + step): choices.append((1, 2))
            if free(old + step, new): choices.append((2, 1))
            best = max((likeness("".join([result.old.words[old + step * k] for k in range(x)][::step]), "".join([result.new.words[new + step * k] for k in range(y)][::step])), -x - y, x, y) for x, y in choices)
            if not best[0]:
                return
            olds = [old + step * k for k in range(best[2])]
            news = [new + step * k for k in range(best[3])]
        for k in olds:
            result.first[k], result.after[k] = min(news), max(news) + 1
            result.weight[k] = 1.0 if result.old.words[old] == result.new.words[new] else IN_OTHER_LETTERS
            result.moved[k] = number
        for k in news:
            claimed[k] = 1
        old, new = old + step * len(olds), new + step * len(news)
