"""W3C selectors: what is kept of a place, and how pasted words are found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.selectors import (
    CONTEXT,
    SelectorError,
    as_json,
    check,
    describe,
    from_json,
    in_context,
    occurrences,
)
from articles.text import Span

TEXTS = st.text(min_size=1, max_size=200)


@st.composite
def places(draw: st.DrawFn) -> tuple[str, Span]:
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


@given(places())
def test_selectors_made_from_any_span_find_that_span_again(place):
    text, span = place
    quote, position = from_json(as_json(describe(text, span)))
    assert (position.start, position.end) == (span.start, span.end)
    assert check(text, span, quote.exact) == span
    assert text.startswith(
        quote.prefix + quote.exact + quote.suffix, span.start - len(quote.prefix)
    )
    assert max(len(quote.prefix), len(quote.suffix)) <= CONTEXT


@given(places())
def test_pasted_words_are_found_where_they_stand(place):
    text, span = place
    words = span.of(text)
    found = occurrences(text, words, at_most=1000)
    if words.strip():
        start = span.start + len(words) - len(words.lstrip())
        assert any(each.start == start for each in found)
    else:
        assert found == []


def test_positions_count_code_points():
    quote, position = describe("😀😀 trust", Span(3, 8))
    assert (quote.exact, quote.prefix, position.start) == ("trust", "😀😀 ", 3)


def test_line_breaks_in_a_pasted_quote_do_not_matter():
    assert occurrences("the deficit of trust", "the deficit\n   of trust") == [Span(0, 20)]


def test_overlapping_places_are_all_found():
    assert occurrences("aaa", "aa") == [Span(0, 2), Span(1, 3)]


def test_words_in_context_are_cut_between_words():
    text = "The core issue in the relationship is the mutual deficit of trust, and it stays."
    assert in_context(text, Span(42, 56), 12) == "…is the [mutual deficit] of trust,…"
    assert in_context("Trust is won.", Span(0, 5)) == "[Trust] is won."


@pytest.mark.parametrize(
    ("span", "exact", "told"),
    [
        (Span(0, 99), None, "outside the text"),
        (Span(3, 3), None, "outside the text"),
        (Span(0, 5), "tryst", "are not the ones quoted"),
    ],
)
def test_a_place_that_does_not_hold_the_words_is_refused(span, exact, told):
    with pytest.raises(SelectorError, match=told):
        check("trust is scarce", span, exact)


@pytest.mark.parametrize(
    "received",
    [
        {"type": "TextQuoteSelector"},
        {"type": "TextQuoteSelector", "exact": 7},
        {"type": "TextPositionSelector", "start": 5, "end": 5},
        {"type": "TextPositionSelector", "start": "0", "end": "3"},
    ],
)
def test_a_malformed_selector_is_refused(received):
    with pytest.raises(SelectorError):
        from_json([received])
