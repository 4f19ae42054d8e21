"""Long quotes of another copy are found, and cost no minutes where they are not."""

import time

from hypothesis import given
from hypothesis import strategies as st

from annotations.importing.finding import Finder, Quote, quote_of

TEXT = " ".join(f"Sentence {n} counts {n * n} things, and says so." for n in range(1, 900))


def test_a_long_quote_that_reads_otherwise_is_found_by_its_ends() -> None:
    start, end = TEXT.index("Sentence 40 "), TEXT.index("Sentence 90 ")
    words = TEXT[start:end].replace("and says so. Sentence 6", "so it says. Sentence 6").strip()
    hit = Finder(TEXT).find(Quote("page", words))
    assert hit is not None
    assert (TEXT[hit.start : hit.end], hit.as_noted) == (TEXT[start:end].strip(), False)
    assert Finder(TEXT).find(Quote("page", words[:200] + "x " * 1000 + words[-200:])) is None


def test_a_long_quote_that_stands_nowhere_costs_little() -> None:
    began = time.perf_counter()
    assert (
        Finder(TEXT).find(Quote("page", "Nobody ever said any of it. " * 1000, "x" * 200)) is None
    )
    assert time.perf_counter() - began < 2


def test_hostile_context_is_cut() -> None:
    selector = {
        "type": "TextQuoteSelector",
        "exact": "x",
        "prefix": "p" * 10**6,
        "suffix": "s" * 10**6,
    }
    quote = quote_of([selector], "page")
    assert quote is not None
    assert (len(quote.prefix), len(quote.suffix)) == (200, 200)


@given(st.integers(0, len(TEXT) - 80), st.integers(12, 80), st.integers(0, 5000))
def test_any_stretch_with_its_context_is_found_again(start: int, length: int, off: int) -> None:
    words = TEXT[start : start + length]
    before, after = TEXT[max(0, start - 32) : start], TEXT[start + length : start + length + 32]
    hit = FINDER.find(Quote("page", words, before, after, start + off))
    assert hit is not None
    assert TEXT[hit.start : hit.end].split() == words.split()
    assert hit.as_noted


FINDER = Finder(TEXT)
