"""Where the quotes of notes made on another copy of a text stand in ours. Pure.

Positions counted on another page are off by all that stood before the text there. How far is
learnt from the quotes that stand only once; a position decides between several places only after
that correction, or where it needs none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Any

from rapidfuzz.distance import Indel

from annotations.folding import tokenise
from annotations.locating import ENOUGH, Locator, Origin
from annotations.selectors import occurrences

CONTEXT = 200  # characters that count on either side; the client gives 32
LONG = 1000  # characters of a quote beyond which looking for it letter by letter takes minutes
ENDS = 200  # of such a one, at either end, by which it is found where it reads otherwise
LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Quote:
    """The words a note is about, and where they stood on ``page``, in UTF-16 units, if known."""

    page: str
    exact: str
    prefix: str = ""
    suffix: str = ""
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a quote stands, in code points, end exclusive, and how surely.

    ``as_noted``: a reader reads the same words. ``settled``: nobody need look.
    """

    start: int
    end: int
    score: float
    as_noted: bool
    settled: bool = True


def quote_of(selectors: Iterable[Mapping[str, Any]], page: str) -> Quote | None:
    """The quote among ``selectors`` as received, or None where there are no words in any."""
    words = position = None
    for one in selectors:
        exact, start = one.get("exact"), one.get("start")
        if one.get("type") == "TextQuoteSelector" and isinstance(exact, str) and exact.strip():
            words = words or one
        elif one.get("type") == "TextPositionSelector" and type(start) is int and start >= 0:
            position = start if position is None else position
    if words is None:
        return None
    prefix, suffix = words.get("prefix") or "", words.get("suffix") or ""
    return Quote(page, words["exact"], prefix[-CONTEXT:], suffix[:CONTEXT], position)


class Finder:
    """Finds quotes in one text, and learns from those it is told of beforehand."""

    def __init__(self, text: str, beforehand: Iterable[Quote] = ()) -> None:
        self.text = text
        self._locator = Locator(text)
        self._astral = any(sign > "\uffff" for sign in text)
        self._beforehand = tuple(beforehand)
        self._alone: dict[Quote, Origin | None] = {}

    def may_hold(self, quote: Quote) -> bool:
        """Whether the words stand in the text, be they spelt otherwise. Sooner told than found."""
        return quote.exact in self.text or bool(self._locator.spelt_otherwise(quote.exact))

    def find(self, quote: Quote) -> Hit | None:
        """Where ``quote`` stands; None where it does not, or nobody can tell which place is meant.

        A place that only an uncorrected position chose is not settled.
        """
        if found := self._by_words(quote) or self._just_there(quote):
            return self._hit(quote, found)
        if quote.position is None:
            return None
        near = self._in_code_points(quote.position)
        known = quote.page in self._off
        near -= self._off.get(quote.page, 0)
        found = self._located(quote, near)
        return self._hit(quote, found, settled=known) if found else None

    @cached_property
    def _off(self) -> dict[str, int]:
        """How far positions on each page are off."""
        off: dict[str, list[int]] = defaultdict(list)
        for quote in self._beforehand:
            found = self._by_words(quote)
            if found is not None and quote.position is not None:
                off[quote.page].append(self._in_code_points(quote.position) - found.start)
        return {page: round(median(by)) for page, by in off.items()}

    def _by_words(self, quote: Quote) -> Origin | None:
        """Where it stands by quote and context alone."""
        if quote not in self._alone:
            self._alone[quote] = self._located(quote)
        return self._alone[quote]

    def _located(self, quote: Quote, near: int | None = None) -> Origin | None:
        if len(quote.exact) > LONG and not self.may_hold(quote):
            return self._by_its_ends(quote)
        return self._locator.find(quote.exact, quote.prefix, quote.suffix, near)

    def _by_its_ends(self, quote: Quote) -> Origin | None:
        """Where a long quote begins and ends, if what lies between is much the same."""
        if len(quote.exact) > LONGEST:
            return None
        head = self._locator.find(quote.exact[:ENDS], quote.prefix)
        tail = self._locator.find(quote.exact[-ENDS:], suffix=quote.suffix)
        if head is None or tail is None or not head.start < tail.end:
            return None
        words = self.text[head.start : tail.end]
        if not ENOUGH <= len(words) / len(quote.exact) <= 1 / ENOUGH:
            return None
        score = Indel.normalized_similarity(words, quote.exact, score_cutoff=ENOUGH)
        return Origin(head.start, tail.end, score) if score else None

    def _just_there(self, quote: Quote) -> Origin | None:
        """Its very position, where that holds the quote amid its context."""
        if quote.position is None:
            return None
        start = self._in_code_points(quote.position)
        end = start + len(quote.exact)
        before = max(0, start - len(quote.prefix))
        around = self.text[before : end + len(quote.suffix)]
        there = around == quote.prefix + quote.exact + quote.suffix
        return Origin(start, end, 1.0) if there else None

    def _hit(self, quote: Quote, found: Origin, *, settled: bool = True) -> Hit:
        """``found``, or what of it the quote says: people select from within words."""
        words = self.text[found.start : found.end]
        if words == quote.exact or tokenise(words).spelt == tokenise(quote.exact).spelt:
            return Hit(found.start, found.end, found.score, as_noted=True, settled=settled)
        for span in occurrences(self.text, quote.exact):
            if span.start < found.end and found.start < span.end:
                return Hit(span.start, span.end, found.score, as_noted=True, settled=settled)
        return Hit(found.start, found.end, found.score, as_noted=False, settled=settled)

    def _in_code_points(self, units: int) -> int:
        """A position in UTF-16 units, as JavaScript counts, in code points."""
        if not self._astral:
            return units
        begin = self.text.encode("utf-16-le")[: 2 * units]
        beyond = units - len(self.text.encode("utf-16-le")) // 2
        return len(begin.decode("utf-16-le", "ignore")) + max(0, beyond)
