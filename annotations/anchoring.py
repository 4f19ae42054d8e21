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

from annotations.mapping import TextMap, map_texts

ALGORITHM = "tokens-1"
SURVIVAL = 0.6
SIMILARITY = 0.5
STRICT_SURVIVAL = 0.75
SHORT = 3
REACH = 3
LONG = 500


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


class Carrier:
    def __init__(self, old_text: str, new_text: str) -> None:
        self.map = map_texts(old_text, new_text)
        m = self.map
        self.sum = list(accumulate(m.weight, initial=0.0))
        self.strict = m.matched < len(m.first) / 5
        self.survivors = [k for k, place in enumerate(m.first) if place >= 0]
        self.by_number: dict[int, list[int]] = {}
        for k in self.survivors:
            self.by_number.setdefault(m.moved[k], []).append(k)
        self.claimed = list(accumulate(m.claimed, initial=0))
        self.old_size = list(accumulate(map(len, m.old.words), initial=0))
        self.new_size = list(accumulate(map(len, m.new.words), initial=0))
        self.kept_size = list(
            accumulate(
                (w * len(x) for w, x in zip(m.weight, m.old.words, strict=True)), initial=0.0
            )
        )

    def block(self, index: int, number: int) -> tuple[int, int, int, int] | None:
        """The replaced block around an old token that did not survive."""
        m = self.map
        mine = self.by_number[number]
        at = bisect_left(mine, index)
        s = mine[at - 1] if at else -1
        t = mine[at] if at < len(mine) else len(m.first)
        if number and (s < 0 or t == len(m.first)):
            return None
        j = m.after[s] if s >= 0 else 0
        j2 = m.first[t] if t < len(m.first) else len(m.claimed)
        if j >= j2 or self.claimed[j2] != self.claimed[j] or j2 - j > 2 * (t - s - 1) + 2:
            return None
        return s + 1, t, j, j2

    def place(self, start: int, end: int) -> Placement:
        m = self.map
        old, new = m.old, m.new
        p = bisect_right(old.ends, start)
        q = bisect_left(old.starts, end)
        if q <= p:
            return ORPHANED
        kept = self.survivors[bisect_left(self.survivors, p) : bisect_left(self.survivors, q)]
        if not kept:
            return ORPHANED
        numbers = {m.moved[k] for k in kept}
        best = ORPHANED
        for number in [None, *numbers] if len(numbers) > 1 else [None]:
            mine = kept if number is None else [k for k in kept if m.moved[k] == number]
            found = self.hull(p, q, mine, m.moved[mine[0]], (start, end))
            if found.similarity > best.similarity:
                best = found
        return best

    def near(self, p: int, q: int, lo: int, hi: int, number: int) -> bool:
        m = self.map
        if p == lo == 0 or (q == len(m.first) and hi == len(m.claimed)):
            return True
        for k in range(max(0, p - REACH), p):
            if m.first[k] >= 0 and m.moved[k] == number and 0 <= lo - m.after[k] <= REACH:
                return True
        for k in range(q, min(len(m.first), q + REACH)):
            if m.first[k] >= 0 and m.moved[k] == number and 0 <= m.first[k] - hi <= REACH:
                return True
        return False

    def hull(
        self, p: int, q: int, kept: list[int], number: int, span: tuple[int, int]
    ) -> Placement:
        m = self.map
        old, new = m.old, m.new
        count = q - p
        survival = sum(m.weight[k] for k in kept) / count
        if survival < (STRICT_SURVIVAL if self.strict else SURVIVAL):
            return ORPHANED
        lo, hi = min(m.first[k] for k in kept), max(m.after[k] for k in kept)
        if count <= SHORT:
            if self.strict:
                return ORPHANED
            near = self.near(p, q, lo, hi, number)
            if not near:
                return ORPHANED
        if kept[0] != p and lo == m.first[kept[0]] and (b := self.block(p, number)):
            i, i2, j, j2 = b
            if i == p:
                lo = j
            elif i2 - i == j2 - j:
                lo = j + p - i
        if kept[-1] != q - 1 and hi == m.after[kept[-1]] and (b := self.block(q - 1, number)):
            i, i2, j, j2 = b
            if i2 == q:
                hi = j2
            elif i2 - i == j2 - j:
                hi = j + q - i
        if all(m.weight[k] == 1 for k in kept) and len(kept) == count and hi - lo == count:
            similarity = 1.0
        elif count <= LONG and hi - lo <= LONG:
            similarity = Indel.normalized_similarity(
                " ".join(old.words[p:q]), " ".join(new.words[lo:hi])
            )
        else:
            total = self.old_size[q] - self.old_size[p] + self.new_size[hi] - self.new_size[lo]
            similarity = 2 * sum(m.weight[k] * len(old.words[k]) for k in kept) / total
        if similarity < SIMILARITY:
            return ORPHANED
        a, b2 = new.starts[lo], new.ends[hi - 1]
        if old.words[p:q] != new.words[lo:hi]:
            state = State.CHANGED
        elif number:
            state = State.MOVED
        else:
            state = State.UNCHANGED if (a, b2) == span else State.SHIFTED
        return Placement(state, a, b2, survival, similarity, min(survival, similarity))


def reanchor(
    old_text: str, new_text: str, selectors: Sequence[Mapping[str, Any]]
) -> list[tuple[int, int] | None]:
    """Where each selector's words stand in the new text, or None."""
    carrier = Carrier(old_text, new_text)
    answers: list[tuple[int, int] | None] = []
    for selector in selectors:
        placement = carrier.place(selector["start"], selector["end"])
        if placement.start is None or placement.end is None:
            answers.append(None)
        else:
            answers.append((placement.start, placement.end))
    return answers
