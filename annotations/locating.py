"""Find a quote in the text it was made on, when its position is missing or wrong.

Notes from elsewhere bring a quote and its context, but positions counted in other units or
on another copy. One clear match is taken; anything else is left to a person. Pure.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from annotations.folding import Tokens, tokenise

ENOUGH = 0.8
RIVAL = 0.1  # a match this little worse makes the best one doubtful
MANY = 200  # places of a quote beyond which only its literal context can tell
QUOTE_SHARE, CONTEXT_SHARE = 5, 2  # what the quote and either side of it weigh


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the words of a selector stand in the text they were taken from, and how surely."""

    start: int
    end: int
    score: float


def locate(
    text: str, exact: str, prefix: str = "", suffix: str = "", near: int | None = None
) -> tuple[int, int] | None:
    """Where a quote stands in ``text``, or None when it cannot be told.

    Offsets count code points, end exclusive. The match scores at least 0.8, by the quote and
    by its context; among several as good, nearness to ``near`` decides, if clearly.
    """
    origin = Locator(text).find(exact, prefix, suffix, near)
    return (origin.start, origin.end) if origin else None


class Locator:
    """Finds quotes in one text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def origin(self, selector: Mapping[str, Any]) -> Origin | None:
        """Where a selector's words stand: at its position if that holds the quote."""
        exact, start, end = selector.get("exact"), selector.get("start"), selector.get("end")
        if (
            isinstance(start, int)
            and isinstance(end, int)
            and 0 <= start < end <= len(self.text)
            and exact in (None, self.text[start:end])
        ):
            return Origin(start, end, 1.0)
        if not exact:
            return None
        near = start if isinstance(start, int) else None
        return self.find(exact, selector.get("prefix") or "", selector.get("suffix") or "", near)

    def find(
        self, exact: str, prefix: str = "", suffix: str = "", near: int | None = None
    ) -> Origin | None:
        if not exact.strip():
            return None
        with_context = prefix + exact + suffix
        place = self.text.find(with_context)
        if place >= 0 and self.text.find(with_context, place + 1) < 0:
            start = place + len(prefix)
            return Origin(start, start + len(exact), 1.0)
        spans = self._places(exact)
        if len(spans) > MANY:
            return None
        found = [
            Origin(start, end, score)
            for start, end in spans
            if (score := self._score(start, end, exact, prefix, suffix)) >= ENOUGH
        ]
        return _decided(found, near)

    def spelt_otherwise(self, words: str) -> list[tuple[int, int]]:
        """Where whole ``words`` stand, whatever the case, quotation marks, dashes and spaces."""
        return list(self._folded(words))

    def _places(self, exact: str) -> list[tuple[int, int]]:
        """Where it stands: as whole words, else spelt otherwise, else in part, else nearly."""
        literal = list(self._literal(exact))
        starts, ends = self._word_borders
        return (
            [(start, end) for start, end in literal if start in starts and end in ends]
            or list(self._folded(exact))
            or literal
            or self._fuzzy(exact)
        )

    def _literal(self, exact: str) -> Iterator[tuple[int, int]]:
        place = self.text.find(exact)
        while place >= 0:
            yield place, place + len(exact)
            place = self.text.find(exact, place + 1)

    @cached_property
    def _tokens(self) -> Tokens:
        return tokenise(self.text)

    @cached_property
    def _word_borders(self) -> tuple[set[int], set[int]]:
        return set(self._tokens.starts), set(self._tokens.ends)

    @cached_property
    def _words(self) -> str:
        return " " + " ".join(self._tokens.words) + " "

    @cached_property
    def _gaps(self) -> list[int]:
        """Where the space before each token stands in ``_words``, and the one at the end."""
        return list(accumulate((len(word) + 1 for word in self._tokens.words), initial=0))

    def _folded(self, exact: str) -> Iterator[tuple[int, int]]:
        quote = " " + " ".join(tokenise(exact).words) + " "
        place = self._words.find(quote) if quote.strip() else -1
        while place >= 0:
            yield self._span(
                bisect_left(self._gaps, place), bisect_left(self._gaps, place + len(quote) - 1)
            )
            place = self._words.find(quote, place + 1)

    def _fuzzy(self, exact: str) -> list[tuple[int, int]]:
        """The most similar stretch, and the most similar ones before and after it."""
        quote = " ".join(tokenise(exact).words)
        if not quote or len(quote) > len(self._words):
            return []
        best = fuzz.partial_ratio_alignment(quote, self._words, score_cutoff=100 * ENOUGH)
        if best is None:
            return []
        spans = [(best.dest_start, best.dest_end)]
        for low, high in ((0, best.dest_start), (best.dest_end, len(self._words))):
            if high - low >= len(quote):
                other = fuzz.partial_ratio_alignment(
                    quote, self._words[low:high], score_cutoff=100 * (ENOUGH - RIVAL)
                )
                if other:
                    spans.append((low + other.dest_start, low + other.dest_end))
        middles = [(low + high) // 2 for low, high in pairwise(self._gaps)]
        words = [(bisect_left(middles, low), bisect_left(middles, high)) for low, high in spans]
        return [self._span(first, after) for first, after in words if first < after]

    def _span(self, first: int, after: int) -> tuple[int, int]:
        return self._tokens.starts[first], self._tokens.ends[after - 1]

    def _score(self, start: int, end: int, exact: str, prefix: str, suffix: str) -> float:
        parts = [(QUOTE_SHARE, exact, self.text[start:end])]
        if prefix:
            parts.append((CONTEXT_SHARE, prefix, self.text[max(0, start - len(prefix)) : start]))
        if suffix:
            parts.append((CONTEXT_SHARE, suffix, self.text[end : end + len(suffix)]))
        return sum(
            weight * Indel.normalized_similarity(mine.casefold(), theirs.casefold())
            for weight, mine, theirs in parts
        ) / sum(weight for weight, _, _ in parts)


def _decided(found: list[Origin], near: int | None) -> Origin | None:
    """The one clear match."""
    if not found:
        return None
    best = max(found, key=lambda origin: origin.score)
    rivals = [origin for origin in found if origin.score > best.score - RIVAL]
    if len(rivals) == 1:
        return best
    if near is None:
        return None
    nearest, second = sorted(rivals, key=lambda origin: abs(origin.start - near))[:2]
    return nearest if 2 * abs(nearest.start - near) < abs(second.start - near) else None
