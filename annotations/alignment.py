"""Map the tokens of one text to the tokens of another.

Works on strings in which each character stands for one token, so that slicing, comparing
and hashing runs of tokens happen in C. Knows nothing about passages.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from rapidfuzz.distance import Indel, LCSseq

GAP = 10_000
ANCHOR = 5
MOVE = 4
MOVE_LETTERS = 16


class Run(NamedTuple):
    """``length`` tokens from ``old`` on say the same as those from ``new`` on."""

    old: int
    new: int
    length: int


def encode(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """Both token sequences with one character for each token.

    Tokens that occur on one side only can never match and share one character a side.
    """
    shared = set(old) & set(new)
    names: dict[str, str] = {}
    code = 2
    for word in old:
        if word in shared and word not in names:
            if code == 0xD800:
                code = 0xE000
            if code > 0x10FFFF:
                break
            names[word] = chr(code)
            code += 1
    return (
        "".join([names.get(word, "\0") for word in old]),
        "".join([names.get(word, "\1") for word in new]),
    )


def common_prefix(a: str, b: str) -> int:
    """How many characters both begin with."""
    high = min(len(a), len(b))
    if a[:high] == b[:high]:
        return high
    low = 0
    while low < high - 1:
        middle = (low + high) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle
    return low


def common_suffix(a: str, b: str) -> int:
    """How many characters both end with."""
    return common_prefix(a[::-1], b[::-1])


def _unique(text: str, size: int) -> dict[str, int]:
    """Where each run of ``size`` characters stands that occurs once."""
    places: dict[str, int] = {}
    for place in range(len(text) - size + 1):
        gram = text[place : place + size]
        places[gram] = -1 if gram in places else place
    return places


def _anchors(old: str, new: str, size: int) -> list[Run]:
    """The longest increasing chain of runs that occur once on both sides."""
    theirs = _unique(new, size)
    pairs = [
        (place, other)
        for gram, place in _unique(old, size).items()
        if place >= 0 and "\0" not in gram and (other := theirs.get(gram, -1)) >= 0
    ]
    pairs.sort()
    tails: list[int] = []
    tail_pairs: list[int] = []
    before: list[int] = []
    for index, (_, other) in enumerate(pairs):
        rank = bisect_left(tails, other)
        before.append(tail_pairs[rank - 1] if rank else -1)
        if rank == len(tails):
            tails.append(other)
            tail_pairs.append(index)
        else:
            tails[rank] = other
            tail_pairs[rank] = index
    chain: list[tuple[int, int]] = []
    index = tail_pairs[-1] if tail_pairs else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    chain.reverse()
    runs: list[Run] = []
    end_old = end_new = 0
    for place, other in chain:
        if runs and place - other == runs[-1].old - runs[-1].new and place <= end_old:
            runs[-1] = runs[-1]._replace(length=place + size - runs[-1].old)
        else:
            skip = max(0, end_old - place, end_new - other)
            if skip >= size:
                continue
            runs.append(Run(place + skip, other + skip, size - skip))
        end_old = runs[-1].old + runs[-1].length
        end_new = runs[-1].new + runs[-1].length
    return runs


def _windows(old: str, new: str) -> list[Run]:
    """An alignment of two long texts without landmarks, through a sliding window."""
    runs: list[Run] = []
    i = j = 0
    while i < len(old) and j < len(new):
        found = _indel(old[i : i + GAP], new[j : j + GAP])
        last = i + GAP >= len(old) and j + GAP >= len(new)
        kept = [
            Run(i + run.old, j + run.new, run.length)
            for run in found
            if last or (run.old < GAP // 2 and run.new < GAP // 2)
        ]
        runs += kept
        if last:
            break
        if kept:
            i, j = kept[-1].old + kept[-1].length, kept[-1].new + kept[-1].length
        if not kept or len(found) == len(kept):
            i, j = max(i, i + GAP // 2), max(j, j + GAP // 2)
    return runs


def _indel(old: str, new: str) -> list[Run]:
    return [
        Run(op.src_start, op.dest_start, op.src_end - op.src_start)
        for op in Indel.opcodes(old, new)
        if op.tag == "equal"
    ]


def align(old: str, new: str) -> list[Run]:
    """Matching runs, increasing on both sides."""
    return _merged(_aligned(old, new, ANCHOR))


def _aligned(old: str, new: str, size: int) -> list[Run]:
    head = common_prefix(old, new)
    tail = common_suffix(old[head:], new[head:])
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    runs = [Run(0, 0, head)] if head else []
    if middle_old and middle_new:
        runs += [Run(head + r.old, head + r.new, r.length) for r in _gap(middle_old, middle_new, size)]
    if tail:
        runs.append(Run(len(old) - tail, len(new) - tail, tail))
    return runs


def _gap(old: str, new: str, size: int) -> list[Run]:
    if size < 1:
        return _indel(old, new) if max(len(old), len(new)) <= GAP else _windows(old, new)
    anchors = _anchors(old, new, size) if min(len(old), len(new)) >= size else []
    runs: list[Run] = []
    i = j = 0
    for anchor in [*anchors, Run(len(old), len(new), 0)]:
        if i < anchor.old and j < anchor.new:
            left, right = old[i : anchor.old], new[j : anchor.new]
            if max(len(left), len(right)) <= GAP:
                inner = _indel(left, right)
            else:
                inner = _aligned(left, right, size - 2)
            runs += [Run(i + r.old, j + r.new, r.length) for r in inner]
        if anchor.length:
            runs.append(anchor)
        i, j = anchor.old + anchor.length, anchor.new + anchor.length
    return runs


def _merged(runs: list[Run]) -> list[Run]:
    merged: list[Run] = []
    for run in runs:
        if (
            merged
            and merged[-1].old + merged[-1].length == run.old
            and merged[-1].new + merged[-1].length == run.new
        ):
            merged[-1] = merged[-1]._replace(length=merged[-1].length + run.length)
        else:
            merged.append(run)
    return merged


def without_islands(runs: list[Run], old_length: int, new_length: int) -> list[Run]:
    """Runs without those of one or two tokens amid gaps at least three times as large."""
    kept: list[Run] = []
    i = j = 0
    for index, run in enumerate(runs):
        after = runs[index + 1] if index + 1 < len(runs) else Run(old_length, new_length, 0)
        left = max(run.old - i, run.new - j)
        right = max(after.old - run.old - run.length, after.new - run.new - run.length)
        if run.length <= 2 and min(left, right) >= 3 * run.length:
            continue
        kept.append(run)
        i, j = run.old + run.length, run.new + run.length
    return kept


def slid(
    runs: list[Run], old: str, new: str, old_breaks: Sequence[int], new_breaks: Sequence[int]
) -> list[Run]:
    """Runs with pure insertions and deletions shifted to where a sentence ends."""
    runs = list(runs)
    for index in range(1, len(runs)):
        left, right = runs[index - 1], runs[index]
        i, j = left.old + left.length, left.new + left.length
        if right.old == i and right.new > j:
            text, breaks, start, end = new, new_breaks, j, right.new
        elif right.new == j and right.old > i:
            text, breaks, start, end = old, old_breaks, i, right.old
        else:
            continue
        best, shift = breaks[start] + breaks[end], 0
        step = 0
        while step + left.length > 1 and text[start + step - 1] == text[end + step - 1]:
            step -= 1
            score = breaks[start + step] + breaks[end + step]
            if score > best:
                best, shift = score, step
        step = 0
        while step < right.length - 1 and text[start + step] == text[end + step]:
            step += 1
            score = breaks[start + step] + breaks[end + step]
            if score > best:
                best, shift = score, step
        if shift:
            runs[index - 1] = left._replace(length=left.length + shift)
            runs[index] = Run(right.old + shift, right.new + shift, right.length - shift)
    return runs


def gaps(runs: Sequence[Run], old_length: int, new_length: int) -> list[tuple[int, int, int, int]]:
    """What lies between runs: (old start, old end, new start, new end)."""
    found = []
    i = j = 0
    for run in [*runs, Run(old_length, new_length, 0)]:
        if run.old > i or run.new > j:
            found.append((i, run.old, j, run.new))
        i, j = run.old + run.length, run.new + run.length
    return found


def moves(
    old: str, new: str, left: list[tuple[int, int, int, int]], letters: Sequence[int]
) -> list[Run]:
    """Runs that stand elsewhere in the other text, longest first, each word claimed once.

    ``letters`` counts the letters before each old token.
    """
    free_old = bytearray(len(old))
    free_new = bytearray(len(new))
    for i, i2, j, j2 in left:
        free_old[i:i2] = b"\1" * (i2 - i)
        free_new[j:j2] = b"\1" * (j2 - j)
    places: dict[str, list[int]] = {}
    for _, _, j, j2 in left:
        for place in range(j, j2 - MOVE + 1):
            gram = new[place : place + MOVE]
            if "\1" not in gram:
                places.setdefault(gram, []).append(place)
    heap: list[tuple[int, int, int]] = []
    for i, i2, _, _ in left:
        for place in range(i, i2 - MOVE + 1):
            for other in places.get(old[place : place + MOVE], ())[:8]:
                if (
                    place > i
                    and old[place - 1] == new[other - 1]
                    and other
                    and free_new[other - 1]
                ):
                    continue
                length = MOVE
                while (
                    place + length < i2
                    and other + length < len(new)
                    and free_new[other + length]
                    and old[place + length] == new[other + length]
                ):
                    length += 1
                heap.append((-length, place, other))
    heapify(heap)
    found: list[Run] = []
    while heap:
        negative, place, other = heappop(heap)
        length = -negative
        trimmed = 0
        while trimmed < length and not (free_old[place + trimmed] and free_new[other + trimmed]):
            trimmed += 1
        size = trimmed
        while size < length and free_old[place + size] and free_new[other + size]:
            size += 1
        place, other, rest = place + trimmed, other + trimmed, size - trimmed
        if rest < MOVE or letters[place + rest] - letters[place] < MOVE_LETTERS:
            continue
        if rest < length:
            heappush(heap, (-rest, place, other))
            continue
        free_old[place : place + rest] = bytes(rest)
        free_new[other : other + rest] = bytes(rest)
        found.append(Run(place, other, rest))
    found.sort()
    return found


@dataclass(frozen=True, slots=True)
class Typo:
    """One old token that stands in the new text in other letters."""

    old: int
    new: int
    new_end: int


def typos(old: Sequence[str], new: Sequence[str]) -> list[Typo]:
    """Tokens of a replaced block that survive with other letters."""
    a, b = " ".join(old), " ".join(new)
    if len(a) > 2_000 or len(b) > 2_000:
        return []
    owner: list[int] = []
    for index, word in enumerate(new):
        owner += [index] * (len(word) + 1)
    shared: list[dict[int, int]] = [{} for _ in old]
    mine: list[int] = []
    for index, word in enumerate(old):
        mine += [index] * (len(word) + 1)
    for op in LCSseq.opcodes(a, b):
        if op.tag == "equal":
            for offset in range(op.src_end - op.src_start):
                if a[op.src_start + offset] != " ":
                    counts = shared[mine[op.src_start + offset]]
                    k = owner[op.dest_start + offset]
                    counts[k] = counts.get(k, 0) + 1
    found: list[Typo] = []
    last = -1
    for index, counts in enumerate(shared):
        if not counts:
            continue
        word = old[index]
        first, final = min(counts), max(counts)
        other = "".join(new[first : final + 1])
        total = sum(counts.values())
        if first < last or 2 * total < 0.6 * (len(word) + len(other)):
            continue
        if word.isdigit() or other.isdigit():
            continue
        found.append(Typo(index, first, final + 1))
        last = first
    return found
