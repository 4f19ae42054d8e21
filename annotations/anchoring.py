"""Carry passages from one revision of a text to the next.

Maps the old text to the new one and reads off where each passage went; it does not search
for quotes. It answers None rather than guess: a note on wrong words is worse than a note
that waits for a person.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from typing import Any

from rapidfuzz.distance import Indel

from annotations.alignment import Run, align, encode, gaps, moves, slid, typos, without_islands
from annotations.folding import Tokens, tokenise

ALGORITHM = "tokens-1"


class State(StrEnum):
    """What became of a passage."""

    UNCHANGED = "unchanged"
    SHIFTED = "shifted"
    MOVED = "moved"
    CHANGED = "changed"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a passage stands in the new text, and how sure that is."""

    state: State
    start: int | None = None
    end: int | None = None
    survival: float = 0.0
    similarity: float = 0.0
    confidence: float = 0.0


ORPHANED = Placement(State.ORPHANED)


def breaks(text: str, tokens: Tokens) -> list[int]:
    """How strong a border lies before each token, and at the end."""
    scores = [5]
    for index in range(1, len(tokens.words)):
        before = tokens.words[index - 1]
        gap = text[tokens.ends[index - 1] : tokens.starts[index]]
        if "\n" in gap:
            score = 5 if "\n\n" in gap else 4
        elif before in {".", "!", "?", "。", "！", "？"} and gap:
            score = 3
        elif before in {",", ";", ":", "-"}:
            score = 2
        elif gap:
            score = 1
        else:
            score = 0
        scores.append(score)
    scores.append(5)
    return scores


class Map:
    def __init__(self, old_text: str, new_text: str) -> None:
        self.old_text, self.new_text = old_text, new_text
        self.old, self.new = tokenise(old_text), tokenise(new_text)
        old, new = encode(self.old.words, self.new.words)
        runs = without_islands(align(old, new), len(old), len(new))
        runs = slid(runs, old, new, breaks(old_text, self.old), breaks(new_text, self.new))
        letters = list(
            accumulate((len(w) if w.isalnum() else 0 for w in self.old.words), initial=0)
        )
        moved = moves(old, new, gaps(runs, len(old), len(new)), letters)
        size = len(old)
        self.target = [-1] * size
        self.target_end = [-1] * size
        self.weight = [0.0] * size
        self.block = [-1] * size
        for number, run in enumerate([*runs, *moved]):
            for k in range(run.length):
                self.target[run.old + k] = run.new + k
                self.target_end[run.old + k] = run.new + k + 1
                self.weight[run.old + k] = 1.0
                self.block[run.old + k] = number
        self.main = len(runs)
        taken = set(self.target)
        for i, i2, j, j2 in gaps(runs, len(old), len(new)):
            olds = [k for k in range(i, i2) if self.target[k] < 0]
            news = [k for k in range(j, j2) if k not in taken]
            if not olds or not news or len(olds) > 300 or len(news) > 300:
                continue
            for typo in typos([self.old.words[k] for k in olds], [self.new.words[k] for k in news]):
                self.target[olds[typo.old]] = news[typo.new]
                self.target_end[olds[typo.old]] = news[typo.new_end - 1] + 1
                self.weight[olds[typo.old]] = 0.8
        self.sum = list(accumulate(self.weight, initial=0.0))
        self.strict = bool(size) and sum(r.length for r in runs) < size / 5

    def carry(self, start: int, end: int) -> Placement:
        old, new = self.old, self.new
        first = bisect_right(old.ends, start)
        last = bisect_left(old.starts, end) - 1
        if last < first:
            return ORPHANED
        count = last - first + 1
        kept = [k for k in range(first, last + 1) if self.target[k] >= 0]
        if not kept:
            return ORPHANED
        survival = (self.sum[last + 1] - self.sum[first]) / count
        if survival < (0.75 if self.strict else 0.6):
            return ORPHANED
        lo, hi = min(self.target[k] for k in kept), max(self.target_end[k] for k in kept)
        if count <= 3:
            if self.strict:
                return ORPHANED
            near = (first == 0 or 0 <= self.target[first - 1] < lo) or (
                last + 1 == len(self.target) or self.target[last + 1] >= hi
            )
            if not near:
                return ORPHANED
        a, b = new.starts[lo], new.ends[hi - 1]
        similarity = Indel.normalized_similarity(
            " ".join(old.words[first : last + 1]), " ".join(new.words[lo:hi])
        )
        if similarity < 0.5:
            return ORPHANED
        if old.words[first : last + 1] != new.words[lo:hi]:
            state = State.CHANGED
        elif self.block[first] >= self.main:
            state = State.MOVED
        else:
            state = State.UNCHANGED if (a, b) == (start, end) else State.SHIFTED
        return Placement(state, a, b, survival, similarity, min(survival, similarity))


def reanchor(
    old_text: str, new_text: str, selectors: Sequence[Mapping[str, Any]]
) -> list[tuple[int, int] | None]:
    """Where each selector's words stand in the new text, or None."""
    mapping = Map(old_text, new_text)
    answers: list[tuple[int, int] | None] = []
    for selector in selectors:
        placement = mapping.carry(selector["start"], selector["end"])
        if placement.start is None or placement.end is None:
            answers.append(None)
        else:
            answers.append((placement.start, placement.end))
    return answers
