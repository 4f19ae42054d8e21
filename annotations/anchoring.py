"""Carry passages from one revision of a text to the next.

The archive holds the text a note was made on. So the old text is mapped to the new one, and
each passage is read off the map; nothing is searched for by its quote. Where words are gone
the answer is that they are gone: a note on wrong words is worse than one that waits for a
person. Pure.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from typing import Any

from rapidfuzz.distance import Indel

from annotations.folding import reads_alike
from annotations.locating import Locator, Origin, locate
from annotations.mapping import map_texts

__all__ = ["ALGORITHM", "Placement", "State", "carry", "locate", "reanchor"]

ALGORITHM = "token-map-1"
SURVIVAL = 0.6  # of a passage's tokens
SIMILARITY = 0.5  # of its characters
SHORT = 3  # tokens; so few need a neighbour that survived with them
REACH = 3  # tokens that may lie between words that still belong together
AROUND = 40  # tokens on either side that count as surroundings
SPARSE = 0.4  # surroundings of which less survived were replaced
FEW = 16  # tokens; where so few survived it must be most of the surroundings
DENSE = 0.7
TELLING = 48  # letters in one piece that tell even amid replaced text
REPLACED = 0.2  # a text of which less survived is another text
STRICT_SURVIVAL = 0.75
STRICT_TELLING = 256
LONG = 500  # tokens; beyond, similarity is reckoned from the map


class State(StrEnum):
    """What became of a passage. Shifted and moved: the words read as before."""

    UNCHANGED = "unchanged"
    SHIFTED = "shifted"
    MOVED = "moved"
    CHANGED = "changed"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a passage stands in the new text, and how sure that is.

    ``start`` and ``end`` count code points, end exclusive; both are None for an orphan.
    Survival (of words), similarity (of characters) and confidence lie between 0 and 1.
    """

    state: State
    start: int | None = None
    end: int | None = None
    survival: float = 0.0
    similarity: float = 0.0
    confidence: float = 0.0

    @property
    def span(self) -> tuple[int, int] | None:
        return None if self.start is None or self.end is None else (self.start, self.end)


ORPHANED = Placement(State.ORPHANED)


def reanchor(
    old_text: str, new_text: str, selectors: Sequence[Mapping[str, Any]]
) -> list[tuple[int, int] | None]:
    """Where the words of each selector stand in the new text, or None.

    A selector holds exact, prefix, suffix, and start and end in the old text. Offsets count
    code points, end exclusive.
    """
    return [placement.span for placement in carry(old_text, new_text, selectors)]


def carry(old_text: str, new_text: str, selectors: Sequence[Mapping[str, Any]]) -> list[Placement]:
    """What became of the words of each selector, as ``reanchor`` takes them.

    A selector whose position does not hold its quote, or that has none, is first located in
    the old text; its confidence is at most the score of that.
    """
    locator = Locator(old_text)
    origins = [locator.origin(selector) for selector in selectors]
    if old_text == new_text:
        return [
            Placement(State.UNCHANGED, origin.start, origin.end, 1.0, 1.0, origin.score)
            if origin
            else ORPHANED
            for origin in origins
        ]
    carrier = _Carrier(old_text, new_text) if any(origins) else None
    return [carrier.place(origin) if carrier and origin else ORPHANED for origin in origins]


class _Carrier:
    """Reads passages off the map of two texts."""

    def __init__(self, old_text: str, new_text: str) -> None:
        self.old_text, self.new_text = old_text, new_text
        self.map = texts = map_texts(old_text, new_text)
        self.alive = list(accumulate([place >= 0 for place in texts.first], initial=0))
        self.claimed = list(accumulate(texts.claimed, initial=0))
        self.members: dict[int, list[int]] = {}
        for place, target in enumerate(texts.first):
            if target >= 0:
                self.members.setdefault(texts.group[place], []).append(place)
        self.replaced = self.alive[-1] < REPLACED * min(len(texts.first), len(texts.claimed))

    def place(self, origin: Origin) -> Placement:
        """Where a passage of the old text stands in the new one."""
        texts = self.map
        first = bisect_right(texts.old.ends, origin.start)
        after = bisect_left(texts.old.starts, origin.end)
        if first >= after or self.alive[first] == self.alive[after]:
            return ORPHANED
        groups: set[int | None] = {
            texts.group[place] for place in range(first, after) if texts.first[place] >= 0
        }
        if len(groups) > 1:
            groups.add(None)
        found = [
            placement
            for group in groups
            if (placement := self._by_group(first, after, group, origin))
        ]
        return max(found, key=lambda placement: placement.similarity, default=ORPHANED)

    def _by_group(
        self, first: int, after: int, group: int | None, origin: Origin
    ) -> Placement | None:
        """The placement by the words of one group: those in order, or moved together.

        None as the group stands for all words, which may have changed places in the passage.
        """
        texts = self.map
        if group is None:
            members = [place for place in range(first, after) if texts.first[place] >= 0]
            kept = sorted(members, key=lambda place: texts.first[place])
        else:
            members = self.members[group]
            kept = members[bisect_left(members, first) : bisect_left(members, after)]
        survival = sum([texts.weight[place] for place in kept]) / (after - first)
        if survival < (STRICT_SURVIVAL if self.replaced else SURVIVAL):
            return None
        if not self._is_borne_out(first, after, members):
            return None
        low, high = texts.first[kept[0]], texts.after[kept[-1]]
        if kept[0] > first:
            low = self._border(first, members, low)
        if kept[-1] < after - 1:
            high = self._border(after, members, high)
        same = texts.old.words[first:after] == texts.new.words[low:high]
        similarity = 1.0 if same else self._similarity(first, after, low, high, kept)
        if similarity < SIMILARITY:
            return None
        start, end = self._edges(first, after, low, high, origin)
        if not same or not reads_alike(
            self.old_text[origin.start : origin.end], self.new_text[start:end]
        ):
            state = State.CHANGED
        elif group != 0:
            state = State.MOVED
        elif start == max(origin.start, texts.old.starts[first]):
            state = State.UNCHANGED
        else:
            state = State.SHIFTED
        confidence = min(survival, similarity, origin.score)
        return Placement(state, start, end, survival, similarity, confidence)

    def _is_borne_out(self, first: int, after: int, members: Sequence[int]) -> bool:
        """Whether enough around the passage survived with it to rule out an accident."""
        if after - first <= SHORT and not self._has_neighbour(first, after, members):
            return False
        low, high = max(0, first - AROUND), min(len(self.map.first), after + AROUND)
        if self.replaced:
            return self._is_telling(first, after, members, STRICT_TELLING)
        alive = self.alive[high] - self.alive[low]
        if alive >= (SPARSE if alive >= FEW else DENSE) * (high - low):
            return True
        return self._is_telling(first, after, members, TELLING)

    def _belong(self, left: int, right: int) -> bool:
        """Whether two old tokens that survived stand close together, then and now."""
        between = self.map.first[right] - self.map.after[left]
        return right - left <= REACH + 1 and -1 <= between <= REACH

    def _has_neighbour(self, first: int, after: int, members: Sequence[int]) -> bool:
        low, high = bisect_left(members, first), bisect_left(members, after)
        if low and self._belong(members[low - 1], members[low]):
            return True
        if high < len(members) and self._belong(members[high - 1], members[high]):
            return True
        # The border of the text is as good a neighbour.
        texts = self.map
        return (first == 0 and texts.first[0] == 0) or (
            after == len(texts.first) and texts.after[-1] == len(texts.claimed)
        )

    def _is_telling(self, first: int, after: int, members: Sequence[int], enough: int) -> bool:
        """Whether words of the passage stand in a piece of surviving text with so many letters."""
        index = bisect_left(members, first)
        while (
            index
            and members[index] > first - enough
            and self._belong(*members[index - 1 : index + 1])
        ):
            index -= 1
        told, last = 0, members[index]
        for place in members[index:]:
            if not self._belong(last, place):
                if place >= after:
                    return False
                told = 0
            word = self.map.old.words[place]
            told += max(2, len(word)) if word.isalnum() else 0
            if told >= enough and place >= first:
                return True
            last = place
        return False

    def _border(self, edge: int, members: Sequence[int], otherwise: int) -> int:
        """Where a border of the passage went that lies in a block of replaced words.

        ``edge`` is the old token before which it lies. Words put in the place of others belong
        to the passage: at the block's own borders, or word by word where both sides count as
        many.
        """
        texts = self.map
        index = bisect_left(members, edge)
        old, new, old_end, new_end = 0, 0, len(texts.first), len(texts.claimed)
        if index:
            old, new = members[index - 1] + 1, texts.after[members[index - 1]]
        if index < len(members):
            old_end, new_end = members[index], texts.first[members[index]]
        if (
            (texts.group[members[0]] and not 0 < index < len(members))
            or not new < new_end <= new + 2 * (old_end - old) + 2
            or self.alive[old] != self.alive[old_end]
            or self.claimed[new] != self.claimed[new_end]
        ):
            return otherwise
        if edge == old or old_end - old == new_end - new:
            return new + edge - old
        return new_end if edge == old_end else otherwise

    def _similarity(
        self, first: int, after: int, low: int, high: int, kept: Sequence[int]
    ) -> float:
        old, new = self.map.old.words[first:after], self.map.new.words[low:high]
        if len(old) <= LONG and len(new) <= LONG:
            return Indel.normalized_similarity(" ".join(old), " ".join(new))
        shared = sum([self.map.weight[k] * len(self.map.old.words[k]) for k in kept])
        return 2 * shared / (sum(map(len, old)) + sum(map(len, new)))

    def _edges(
        self, first: int, after: int, low: int, high: int, origin: Origin
    ) -> tuple[int, int]:
        """Offsets of the new passage; one that began or ended inside a word still does."""
        old, new = self.map.old, self.map.new
        start, end = new.starts[low], new.ends[high - 1]
        inside, short = origin.start - old.starts[first], old.ends[after - 1] - origin.end
        if inside > 0 and self._spelt_alike(first, low):
            start += inside
        if short > 0 and self._spelt_alike(after - 1, high - 1):
            end -= short
        return start, end

    def _spelt_alike(self, place: int, other: int) -> bool:
        old, new = self.map.old, self.map.new
        return (
            self.map.first[place] == other
            and self.old_text[old.starts[place] : old.ends[place]]
            == self.new_text[new.starts[other] : new.ends[other]]
        )
