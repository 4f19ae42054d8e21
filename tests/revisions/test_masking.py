"""Blacked out words leave every other character where it was."""

from hypothesis import example, given
from hypothesis import strategies as st

from articles.masking import BLOCK, masked, masked_html, masked_value, places_of
from articles.sanitize import clean
from articles.text import Span, text_of

BODY = (
    '<h2 id="text-john-smith">On John Smith</h2>\n'
    '<p>It was <a href="https://example.org/people/john-smith">John <em>Smith</em></a>'
    " who paid.</p>\n<ul>\n<li>JOHN  SMITH again</li>\n<li>nobody</li>\n</ul>"
)


def test_words_are_found_whatever_the_case_and_the_spaces() -> None:
    text = "John Smith, JOHN\nSMITH and johnsmith; Iohn Smith."
    assert [span.of(text) for span in places_of(text, " john  smith ")] == [
        "John Smith",
        "JOHN\nSMITH",
    ]
    assert places_of(text, " ") == []


def test_neither_text_nor_markup_says_them_any_more() -> None:
    body = clean(BODY)
    text = text_of(body)
    dark = masked_html(body, places_of(text, "john smith"))
    assert dark == clean(dark)
    assert "smith" not in dark.lower()
    assert len(text_of(dark)) == len(text)
    assert [line.count(BLOCK) for line in text_of(dark).split("\n") if BLOCK in line] == [
        10,
        10,
        10,
    ]
    for untouched in ("On ", "It was ", " who paid.", " again", "nobody"):
        assert untouched in text_of(dark)


def test_values_at_any_depth_are_masked_and_others_left_alone() -> None:
    value = {"exact": "of John Smith", "n": 3, "more": ["smith, john", {"x": "JOHN SMITH"}]}
    assert masked_value(value, ["John Smith"]) == {
        "exact": "of " + BLOCK * 10,
        "n": 3,
        "more": ["smith, john", {"x": BLOCK * 10}],
    }


PICTURE = f'<img src="/media/images/{"a" * 64}.png" alt="five">'
FIGURE = f"<figure>{PICTURE}<figcaption>six</figcaption></figure>"
BODIES = st.sampled_from(
    [
        BODY,
        "<p>One <strong>two</strong> &amp; three<br>\nfour</p>\n<pre>\nfive\n  six</pre>",
        "<table><tbody><tr><td>a</td><td>🙂 ب</td></tr></tbody></table><p>عربي</p>",
        FIGURE,
    ]
)


@example(FIGURE, 0, 2)  # a letter that stands in the picture's address, too
@given(BODIES, st.integers(0, 80), st.integers(1, 80))
def test_any_passage_can_be_blacked_out_and_the_body_stays_a_stored_one(
    html: str, start: int, length: int
) -> None:
    body = clean(html)
    text = text_of(body)
    spans = [Span(min(start, len(text)), min(start + length, len(text)))]
    dark = masked_html(body, spans)
    assert dark == clean(dark)
    assert text_of(dark) == masked(text, spans)
    assert len(text_of(dark)) == len(text)
