"""What holds for the canonical text of any HTML whatever, and how long it may take."""

import re
import time
from itertools import pairwise

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.sanitize import clean
from articles.text import BLOCKS, COLLAPSING_SPACE, paragraphs, text_of, tokens

TAGS = [
    "p", "div", "span", "a", "em", "b", "i", "strong", "h1", "h2", "h6", "ul", "ol", "li", "dl",
    "dt", "dd", "pre", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th",
    "blockquote", "section", "figure", "figcaption", "img", "br", "hr", "code", "q", "sup", "del",
    "article", "font", "center", "svg", "math", "style", "script", "template", "select", "option",
    "button", "form", "noscript", "bdi", "mark", "ruby", "rt", "details", "summary", "address",
    "nobr", "textarea", "plaintext", "frameset", "body", "html", "head", "title", "x-foo", "u",
    "tt", "menu", "col",
]  # fmt: skip
ATTRIBUTES = [
    "", "", "", " id=a", " id='b c'", " href=#a", " href='http://e.org/?a=1&b=2'", " href=/r",
    " dir=rtl", " lang=ar", " role=doc-endnotes", " colspan=2", " title='x \"y\" <z>'", " name=n",
    f" src=/media/images/{'0' * 64}.png", " style=x onclick=y", " href='javascript:1'",
]  # fmt: skip
WORDS = [
    "x", " ", "\n", "two words", "&nbsp;", "😀", "שלום", "&#13;", "\r\n", "\x00", "\x0b", "\x0c",
    "\x85", "\u2028", "&lt;b&gt;", "<!-- c -->", "&amp;amp;", "&#0;", "&#128;", "\u200b", "&#1;",
    "<![CDATA[q]]>", "<", "</", "\ufeff", "&#xd800;", "\ud800", "\t", "\ufffe",
]  # fmt: skip

soup = st.lists(
    st.one_of(
        st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
        st.builds("</{}>".format, st.sampled_from(TAGS)),
        st.sampled_from(WORDS),
        st.text(max_size=5),
    ),
    max_size=40,
).map("".join)


def text_content(html: str) -> str:
    """What the reference parser's tree holds as text."""

    def of(node) -> str:
        return node.data if node.nodeType == 3 else "".join(map(of, node.childNodes))

    return of(html5lib.parseFragment(html, treebuilder="dom"))


@given(soup)
@settings(max_examples=150, deadline=None)
def test_cleaning_twice_equals_once(html):
    stored = clean(html)
    assert clean(stored) == stored
    assert clean(stored, base_url="https://e.org/page") == stored


@given(soup)
@settings(max_examples=150, deadline=None)
def test_the_canonical_text_is_the_text_content(html):
    stored = clean(html)
    assert text_of(stored) == text_content(stored)
    assert "".join(token.raw for token in tokens(stored)) == stored


@given(soup)
@settings(max_examples=100, deadline=None)
def test_a_mark_around_any_words_leaves_the_text_alone(html):
    stored = clean(html)
    marked = "".join(
        f"<mark>{token.raw}</mark>"
        if token.kind == "text" and not token.between_blocks
        else token.raw
        for token in tokens(stored)
    )
    assert text_content(marked) == text_of(stored)


@given(soup)
@example("<pre>\r\n\x0b</pre>")
@settings(max_examples=100, deadline=None)
def test_no_character_survives_that_another_program_would_change(html):
    stored = clean(html)
    text = text_of(stored)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]", text)
    words = [span.of(text) for span in paragraphs(stored)]
    assert words == [word.strip(COLLAPSING_SPACE) for word in words] or "<pre" in stored


@given(soup)
@settings(max_examples=100, deadline=None)
def test_exactly_one_newline_parts_two_blocks(html):
    stored = clean(html)
    assert not re.search(r"\n\n", re.sub(r"<pre.*?</pre>", "", stored, flags=re.DOTALL))
    found = list(tokens(stored))
    for before, after in pairwise(found):
        if before.kind == "end" and before.name in BLOCKS:
            assert after.between_blocks or (after.kind == "end" and after.name in BLOCKS)
    spans = paragraphs(stored)
    assert all(one.end < other.start for one, other in pairwise(spans))


@pytest.mark.parametrize(
    "nested",
    ["<div>", "<ul><li>", "<table><tr><td>", "<b>", "<em><p>", "<a href=#x><p>", "<section>"],
)
def test_thousands_of_nested_elements_cost_neither_the_words_nor_the_stack(nested):
    started = time.process_time()
    stored = clean(nested * 5_000 + "x")
    assert text_of(stored).strip() == "x"
    assert clean(stored) == stored
    assert time.process_time() - started < 5


def test_an_element_left_open_does_not_multiply():
    html = "".join(f"<p><font color={number}>x" for number in range(3_000))
    assert len(clean(html)) < 2 * len(html)


def test_a_long_text_takes_well_under_a_second():
    html = "".join(f"<p>{'word <em>word</em> ' * 50}</p>" for _ in range(300))
    started = time.process_time()
    text = text_of(clean(html))
    assert time.process_time() - started < 3  # a third of it alone on the machine
    assert len(text.split()) == 30_000
