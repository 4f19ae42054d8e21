"""Match the runs of tokens that two texts have in common, in order.

Works on strings in which each character stands for one token, so that slicing, comparing
and hashing runs of tokens happen in C. Time is n log n beside gaps of bounded size. Knows
nothing about passages, and nothing about text that moved: see ``moves``.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from rapidfuzz.distance import Indel

GAP = 10_000  # tokens a side; rapidfuzz keeps n·m bits, so 12 MB
ANCHOR = 5  # tokens; fewer are unique by accident
ISLAND = 2  # tokens
OLD_ONLY, NEW_ONLY = "\0", "\1"


class Run(NamedTuple):
    """``length`` tokens of the old text from ``old`` on match those of the new from ``new`` on."""

    old: int
    new: int
    length: int

    @property
    def old_end(self) -> int:
        return self.old + self.length

    @property
    def new_end(self) -> int:
        return self.new + self.length


class Gap(NamedTuple):
    """What lies between two runs, on both sides; at least one side is not empty."""

    old: int
    old_end: int
    new: int
    new_end: int


AnyRun = TypeVar("AnyRun", Run, Gap)


def encode(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """Both token sequences with one character for each token.

    A token that occurs on one side only can never match: all of them share one character a
    side. That, and leaving out the surrogates, is why the supply of characters suffices.
    """
    shared = set(old) & set(new)
    names: dict[str, str] = {}
    code = 2
    for word in shared:
        if code == 0xD800:
            code = 0xE000
        if code > 0x10FFFF:
            break
        names[word] = chr(code)
        code += 1
    return (
        "".join([names.get(word, OLD_ONLY) for word in old]),
        "".join([names.get(word, NEW_ONLY) for word in new]),
    )


def match_ahead(a: str, i: int, b: str, j: int) -> int:
    """How many characters agree from ``i`` in ``a`` and ``j`` in ``b`` on."""
    limit = min(len(a) - i, len(b) - j)
    length, step = 0, 8
    while length < limit and a[i + length : i + length + step] == b[j + length : j + length + step]:
        length += step
        step *= 2
    if length >= limit:
        return limit
    while step > 1:
        step //= 2
        if a[i + length : i + length + step] == b[j + length : j + length + step]:
            length += step
    return length


def match_behind(a: str, i: int, b: str, j: int) -> int:
    """How many characters agree before ``i`` in ``a`` and ``j`` in ``b``."""
    limit = min(i, j)
    length, step = 0, 8
    while length < limit:
        step = min(step, limit - length)
        if a[i - length - step : i - length] == b[j - length - step : j - length]:
            length += step
            step *= 2
        elif step == 1:
            break
        else:
            step //= 2
            limit = length + 2 * step
    return length


def align(old: str, new: str) -> list[Run]:
    """Matching runs, increasing on both sides, of two encoded texts."""
    return merged(_aligned(old, new, ANCHOR))


def _aligned(old: str, new: str, size: int) -> list[Run]:
    """Runs of two texts: what both begin and end with, landmarks, and what lies between."""
    head = match_ahead(old, 0, new, 0)
    tail = match_behind(old[head:], len(old) - head, new[head:], len(new) - head)
    runs = [Run(0, 0, head)] if head else []
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if middle_old and middle_new:
        runs += shifted(_between(middle_old, middle_new, size), head, head)
    if tail:
        runs.append(Run(len(old) - tail, len(new) - tail, tail))
    return runs


def _between(old: str, new: str, size: int) -> list[Run]:
    if size < 1:
        return _through_windows(old, new)
    landmarks = _landmarks(old, new, size)
    runs: list[Run] = []
    for gap in gaps(landmarks, len(old), len(new)):
        left, right = old[gap.old : gap.old_end], new[gap.new : gap.new_end]
        if left and right:
            small = len(left) <= GAP and len(right) <= GAP
            inner = indel(left, right) if small else _aligned(left, right, size - 2)
            runs += shifted(inner, gap.old, gap.new)
    return sorted(landmarks + runs)


def _landmarks(old: str, new: str, size: int) -> list[Run]:
    """The heaviest increasing chain of runs whose every ``size`` tokens occur once a side."""
    theirs = _places_of_unique(new, size)
    pairs = [
        (place, theirs[gram])
        for gram, place in _places_of_unique(old, size).items()
        if gram in theirs
    ]
    breaks = [
        index
        for index, ((i, j), (x, y)) in enumerate(pairwise(pairs), start=1)
        if x - i != 1 or y - j != 1
    ]
    pieces = [
        Run(*pairs[first], after - first)
        for first, after in pairwise([0, *breaks, len(pairs)])
        if first < after
    ]
    runs: list[Run] = []
    old_end = new_end = 0
    for piece in _heaviest_chain(pieces):
        skip = max(0, old_end - piece.old, new_end - piece.new)
        length = piece.length + size - 1 - skip
        if length > 0:
            runs.append(Run(piece.old + skip, piece.new + skip, length))
            old_end, new_end = runs[-1].old_end, runs[-1].new_end
    return merged(runs)


def _places_of_unique(text: str, size: int) -> dict[str, int]:
    """Where each run of ``size`` characters stands that occurs once, in order."""
    grams = [text[place : place + size] for place in range(len(text) - size + 1)]
    places = dict(zip(grams, range(len(grams)), strict=True))
    if len(places) < len(grams):
        for gram, count in Counter(grams).items():
            if count > 1:
                del places[gram]
    return places


def _heaviest_chain(pieces: Sequence[Run]) -> list[Run]:
    """The pieces, increasing in the old text, that also increase in the new: the most tokens.

    Keeps a front of ends: a chain that ends further on must weigh more to be of use.
    """
    if all(left.new < right.new for left, right in pairwise(pieces)):
        return list(pieces)
    ends: list[int] = []  # of the front: where its chains end in the new text
    weights: list[int] = []
    last: list[int] = []  # the last piece of each
    before: list[int] = []
    for index, piece in enumerate(pieces):
        rank = bisect_left(ends, piece.new)
        before.append(last[rank - 1] if rank else -1)
        weight = piece.length + (weights[rank - 1] if rank else 0)
        beyond = rank
        while beyond < len(ends) and weights[beyond] <= weight:
            beyond += 1
        ends[rank:beyond], weights[rank:beyond], last[rank:beyond] = [piece.new], [weight], [index]
    chain: list[Run] = []
    index = last[-1]
    while index >= 0:
        chain.append(pieces[index])
        index = before[index]
    return chain[::-1]


def _through_windows(old: str, new: str) -> list[Run]:
    """Runs of two long texts without landmarks, seen through a window that slides on."""
    runs: list[Run] = []
    i = j = 0
    while i < len(old) and j < len(new):
        found = shifted(indel(old[i : i + GAP], new[j : j + GAP]), i, j)
        if i + GAP >= len(old) and j + GAP >= len(new):
            return runs + found
        # What lies near the window's end may match better once more text is seen.
        sure = [run for run in found if run.old < i + GAP // 2 and run.new < j + GAP // 2]
        runs += sure
        if sure and len(sure) < len(found):
            i, j = sure[-1].old_end, sure[-1].new_end
        else:
            i, j = i + GAP // 2, j + GAP // 2
            if sure:
                i, j = max(i, sure[-1].old_end), max(j, sure[-1].new_end)
    return runs


def indel(old: str, new: str) -> list[Run]:
    """Runs of a longest common subsequence."""
    blocks = Indel.editops(old, new).as_matching_blocks()
    return [Run(block.a, block.b, block.size) for block in blocks if block.size]


def shifted(runs: Sequence[Run], old: int, new: int) -> list[Run]:
    return [Run(run.old + old, run.new + new, run.length) for run in runs]


def merged(runs: Sequence[Run]) -> list[Run]:
    """Runs with those that touch on both sides made one."""
    result: list[Run] = []
    for run in runs:
        if result and result[-1].old_end == run.old and result[-1].new_end == run.new:
            result[-1] = Run(result[-1].old, result[-1].new, result[-1].length + run.length)
        else:
            result.append(run)
    return result


def gaps(runs: Sequence[Run], old_length: int, new_length: int) -> list[Gap]:
    """What lies before, between and after increasing runs."""
    found: list[Gap] = []
    i = j = 0
    for run in [*runs, Run(old_length, new_length, 0)]:
        if run.old > i or run.new > j:
            found.append(Gap(i, run.old, j, run.new))
        i, j = run.old_end, run.new_end
    return found


def without_islands(runs: Sequence[AnyRun], old_length: int, new_length: int) -> list[AnyRun]:
    """Runs without those of one or two tokens amid gaps at least three times as large.

    Two unrelated sentences share an article or a comma by accident.
    """
    kept: list[AnyRun] = []
    i = j = 0
    for index, run in enumerate(runs):
        after = runs[index + 1] if index + 1 < len(runs) else None
        size = run.old_end - run.old
        left = max(run.old - i, run.new - j)
        right = max(
            (after.old if after else old_length) - run.old_end,
            (after.new if after else new_length) - run.new_end,
        )
        if size > ISLAND or min(left, right) < 3 * size:
            kept.append(run)
            i, j = run.old_end, run.new_end
    return kept


def slid(
    runs: Sequence[Run],
    old: str,
    new: str,
    old_border: Callable[[int], int],
    new_border: Callable[[int], int],
) -> list[Run]:
    """Runs with pure insertions and deletions slid to where sentences begin and end.

    "A. [B. ]C." and "A[. B]. C." are the same insertion; people insert sentences. The
    borders say how strong a break lies before a token.
    """
    result: list[Run] = []
    for run in runs:
        right = run
        if result:
            left = result.pop()
            shift = _best_shift(left, right, old, new, old_border, new_border)
            left = Run(left.old, left.new, left.length + shift)
            right = Run(right.old + shift, right.new + shift, right.length - shift)
            if left.length:
                result.append(left)
        if right.length:
            result.append(right)
    return result


def _best_shift(
    left: Run,
    right: Run,
    old: str,
    new: str,
    old_border: Callable[[int], int],
    new_border: Callable[[int], int],
) -> int:
    """By how many tokens to slide what was inserted or deleted between two runs."""
    if right.old == left.old_end:
        text, border, start, end = new, new_border, left.new_end, right.new
    elif right.new == left.new_end:
        text, border, start, end = old, old_border, left.old_end, right.old
    else:
        return 0
    back = forth = 0
    while back < left.length and text[start - back - 1] == text[end - back - 1]:
        back += 1
    while forth < right.length and text[start + forth] == text[end + forth]:
        forth += 1
    return max(
        range(-back, forth + 1),
        key=lambda by: (border(start + by) + border(end + by), -abs(by)),
    )
