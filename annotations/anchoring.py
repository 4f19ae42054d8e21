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
from functools import cached_property
from itertools import accumulate, groupby
from operator import mul
from typing import Any

from rapidfuzz.distance import Indel

from annotations.locating import Locator, Origin, locate
from annotations.mapping import TextMap, map_texts

__all__ = ["ALGORITHM", "Placement", "State", "carry", "locate", "reanchor"]

ALGORITHM = "token-map-1"
SURVIVAL = 0.6  # of a passage's tokens
SIMILARITY = 0.5  # of its characters
SHORT = 3  # tokens; so few need neighbours that survived with them
BESIDE = 6  # tokens on either side that are neighbours
NEIGHBOURS = 0.3  # of them
REACH = 3  # tokens that may lie between words that still belong together
AROUND = 40  # tokens on either side that count as surroundings
SPARSE = 0.4  # surroundings of which less survived were replaced
FEW = 16  # tokens; surroundings of which fewer survived tell nothing, unless they are
DENSE = 0.7  # as good as whole
TELLING = 48  # letters in one piece that tell even amid replaced text
REPLACED = 0.2  # a text of which less survived is another text
STRICT_SURVIVAL = 0.75
STRICT_TELLING = 256
ANY_GROUP = -1
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


class _Group:
    """Old tokens that stayed in order, or that moved together, and how much of them survived.

    Summed up before each of its places: weights, letters by weight, letters of whole words.
    """

    def __init__(self, texts: TextMap, places: list[int]) -> None:
        self.places = places
        weights = [texts.weight[place] for place in places]
        lengths = [len(texts.old.words[place]) for place in places]
        self.weight = list(accumulate(weights, initial=0.0))
        self.letters = list(accumulate(map(mul, weights, lengths), initial=0.0))
        unaltered = [weight == 1.0 for weight in weights]
        self.exact = list(accumulate(map(mul, unaltered, lengths), initial=0))

    def within(self, first: int, after: int) -> tuple[int, int]:
        """Which of its places lie from one old token to another."""
        return bisect_left(self.places, first), bisect_left(self.places, after)


class _Carrier:
    """Reads passages off the map of two texts."""

    def __init__(self, old_text: str, new_text: str) -> None:
        self.old_text, self.new_text = old_text, new_text
        self.map = texts = map_texts(old_text, new_text)
        survivors = [place for place, target in enumerate(texts.first) if target >= 0]
        places: dict[int, list[int]] = {}
        self.stretches: list[tuple[int, int]] = []
        for number, stretch in groupby(survivors, key=texts.group.__getitem__):
            members = list(stretch)
            places.setdefault(number, []).extend(members)
            self.stretches.append((members[0], number))
        self.groups = {number: _Group(texts, members) for number, members in places.items()}
        self.alive = list(accumulate([place >= 0 for place in texts.first], initial=0))
        self.claimed = list(accumulate(texts.claimed, initial=0))
        self.replaced = self.alive[-1] < REPLACED * min(len(texts.first), len(texts.claimed))

    def place(self, origin: Origin) -> Placement:
        """Where a passage of the old text stands in the new one."""
        first = bisect_right(self.map.old.ends, origin.start)
        after = bisect_left(self.map.old.starts, origin.end)
        if first >= after or self.alive[first] == self.alive[after]:
            return ORPHANED
        if unbroken := self._unbroken(first, after, origin):
            return unbroken
        low = max(0, bisect_left(self.stretches, (first + 1,)) - 1)
        high = bisect_left(self.stretches, (after,))
        numbers = {number for _, number in self.stretches[low:high]}
        found = [self._by_group(first, after, number, origin) for number in numbers]
        if len(numbers) > 1 and after - first <= LONG:
            found.append(self._by_group(first, after, ANY_GROUP, origin))
        return max(found, key=lambda placement: placement.confidence)

    def _unbroken(self, first: int, after: int, origin: Origin) -> Placement | None:
        """The placement of a passage that reads as it did: most of them, and soon told."""
        texts = self.map
        low, number = texts.first[first], texts.group[first]
        high = low + after - first
        if (
            texts.first[after - 1] != high - 1
            or texts.old.spelt[first:after] != texts.new.spelt[low:high]
            or not self._is_borne_out(first, after, low, high, self.groups[number])
        ):
            return None
        start, end = self._edges(first, after, low, high, origin)
        state = self._state_of_same(number, first, start, origin)
        return Placement(state, start, end, 1.0, 1.0, origin.score)

    def _state_of_same(self, number: int, first: int, start: int, origin: Origin) -> State:
        """What became of a passage whose words are the same."""
        if number:
            return State.MOVED
        # White space that a passage began with is not part of it any more.
        same = start == max(origin.start, self.map.old.starts[first])
        return State.UNCHANGED if same else State.SHIFTED

    def _by_group(self, first: int, after: int, number: int, origin: Origin) -> Placement:
        """The placement of a passage by its words in one group, or by all of them.

        All of them count where words or sentences changed places within the passage.
        """
        texts = self.map
        if number == ANY_GROUP:
            group = _Group(texts, [k for k in range(first, after) if texts.first[k] >= 0])
        else:
            group = self.groups[number]
        index, end_index = group.within(first, after)
        survival = (group.weight[end_index] - group.weight[index]) / (after - first)
        if survival < (STRICT_SURVIVAL if self.replaced else SURVIVAL):
            return ORPHANED
        kept_first, kept_last = group.places[index], group.places[end_index - 1]
        if number == ANY_GROUP:
            low = min([texts.first[place] for place in group.places])
            high = max([texts.after[place] for place in group.places])
        else:
            low, high = texts.first[kept_first], texts.after[kept_last]
        if not self._is_borne_out(first, after, low, high, group):
            return ORPHANED
        if number != ANY_GROUP:
            if first < kept_first:
                low = self._in_block(first, index, number, low)
            if kept_last < after - 1:
                high = self._in_block(after, end_index, number, high)
        if texts.old.words[first:after] == texts.new.words[low:high]:
            similarity = 1.0
        else:
            shared = group.letters[end_index] - group.letters[index]
            similarity = self._similarity(first, after, low, high, shared)
            if similarity < SIMILARITY:
                return ORPHANED
        start, end = self._edges(first, after, low, high, origin)
        if texts.old.spelt[first:after] != texts.new.spelt[low:high]:
            state = State.CHANGED
        else:
            state = self._state_of_same(number, first, start, origin)
        confidence = min(survival, similarity, origin.score)
        return Placement(state, start, end, survival, similarity, confidence)

    def _in_block(self, edge: int, index: int, number: int, otherwise: int) -> int:
        """The new token before which a border of a passage lies that was replaced.

        ``edge`` is the old token before which it lay, ``index`` the first of the group's places
        from there on. Where words were replaced by about as many others, these belong to the
        passage: up to the block's own borders, or word by word if both sides count as many.
        """
        texts, places = self.map, self.groups[number].places
        old, new, old_end, new_end = 0, 0, len(texts.first), len(texts.claimed)
        if index > 0:
            old, new = places[index - 1] + 1, texts.after[places[index - 1]]
        if index < len(places):
            old_end, new_end = places[index], texts.first[places[index]]
        if (
            (number and not 0 < index < len(places))
            or not new < new_end <= new + 2 * (old_end - old) + 2
            or self.alive[old] != self.alive[old_end]
            or self.claimed[new] != self.claimed[new_end]
        ):
            return otherwise
        if edge == old or old_end - old == new_end - new:
            return new + edge - old
        return new_end if edge == old_end else otherwise

    def _is_borne_out(self, first: int, after: int, low: int, high: int, group: _Group) -> bool:
        """Whether enough around the passage survived with it to rule out an accident.

        Around it then, or around it now: beside a deletion all that is there now was there
        before, and beside an insertion the reverse. Replaced text lacks both.
        """
        if after - first <= SHORT and not (
            self._has_neighbour(first, after, group.places)
            and (
                _share_beside(self.alive, first, after) >= NEIGHBOURS
                or _share_beside(self.claimed, low, high) >= DENSE
            )
        ):
            return False
        if self.replaced:
            return self._is_telling(first, after, group.places, STRICT_TELLING)
        share, count = max(
            _share(self.alive, first - AROUND, after + AROUND),
            _share(self.claimed, low - AROUND, high + AROUND),
        )
        if share >= DENSE:
            return True
        # Amid replaced text a word in other letters is likely to be another word.
        index, end_index = group.within(first, after)
        letters = self._lengths[0][after] - self._lengths[0][first]
        if 2 * (group.exact[end_index] - group.exact[index]) < letters:
            return False
        if share >= SPARSE and count >= FEW:
            return True
        return self._is_telling(first, after, group.places, TELLING)

    def _has_neighbour(self, first: int, after: int, places: Sequence[int]) -> bool:
        """Whether the token before or after the passage survived close to it.

        The border of the text is as good a neighbour.
        """
        texts = self.map
        low, high = bisect_left(places, first), bisect_left(places, after)
        return (
            (low > 0 and self._belong(places[low - 1], places[low]))
            or (high < len(places) and self._belong(places[high - 1], places[high]))
            or (first == 0 and texts.first[0] == 0)
            or (after == len(texts.first) and texts.after[-1] == len(texts.claimed))
        )

    def _is_telling(self, first: int, after: int, places: Sequence[int], enough: int) -> bool:
        """Whether words of the passage stand in one surviving piece of so many letters."""
        index = bisect_left(places, first)
        while (
            index > 0
            and first - places[index] < enough
            and self._belong(places[index - 1], places[index])
        ):
            index -= 1
        told = 0
        while index < len(places):
            word = self.map.old.words[places[index]]
            told += max(2, len(word)) if word.isalnum() else 0
            if told >= enough and places[index] >= first:
                return True
            index += 1
            if index < len(places) and not self._belong(places[index - 1], places[index]):
                if places[index] >= after:
                    return False
                told = 0
        return False

    def _belong(self, left: int, right: int) -> bool:
        """Whether two old tokens that survived stand close together, then and now."""
        between = self.map.first[right] - self.map.after[left]
        return right - left <= REACH + 1 and -1 <= between <= REACH

    def _similarity(self, first: int, after: int, low: int, high: int, shared: float) -> float:
        """How alike the passage reads, in characters; ``shared`` are those that survived."""
        if max(after - first, high - low) <= LONG:
            return Indel.normalized_similarity(
                " ".join(self.map.old.words[first:after]), " ".join(self.map.new.words[low:high])
            )
        old, new = self._lengths
        return 2 * shared / (old[after] - old[first] + new[high] - new[low])

    @cached_property
    def _lengths(self) -> tuple[list[int], list[int]]:
        """How many characters the tokens before each old and each new one have."""
        old = list(accumulate(map(len, self.map.old.words), initial=0))
        return old, list(accumulate(map(len, self.map.new.words), initial=0))

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


def _share(sums: Sequence[int], start: int, end: int) -> tuple[float, int]:
    """Which share of the tokens from one to another counts, and how many."""
    start, end = max(0, start), min(len(sums) - 1, end)
    count = sums[end] - sums[start]
    return count / (end - start), count


def _share_beside(sums: Sequence[int], start: int, end: int) -> float:
    """Which share of the neighbours counts; where there are none, all of them."""
    low, high = max(0, start - BESIDE), min(len(sums) - 1, end + BESIDE)
    size = high - low - (end - start)
    return (sums[high] - sums[end] + sums[start] - sums[low]) / size if size else 1.0
