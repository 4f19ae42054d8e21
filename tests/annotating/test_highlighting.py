"""Marks in the body: every passage shows, and not a character of the text changes."""

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from annotations.highlighting import Frame, Passage, highlight
from articles.text import Span, text_of

BODY = (
    '<h2 id="text-one">One 😀</h2>\n<p>Trust &amp; <a href="https://example.org/">a link '
    "<em>within</em></a>, then more.</p>\n<ul><li>First</li>\n<li><p>Second</p>\n<p>Third"
    "</p></li></ul>\n<table><tbody><tr><td>a</td>\n<td>b</td></tr></tbody></table>\n"
    '<p dir="rtl" lang="ar">ثقة متبادلة</p>\n<pre>code  &lt;b&gt;\n  more</pre>'
)
TEXT = text_of(BODY)


def tree(html: str):
    return html5lib.parseFragment(html, namespaceHTMLElements=False)


def spans() -> st.SearchStrategy[Span]:
    places = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT)))
    return places.filter(lambda p: p[0] < p[1]).map(lambda p: Span(*p))


@st.composite
def some_passages(draw: st.DrawFn) -> list[Passage]:
    found = draw(st.lists(spans(), max_size=12, unique=True))
    found.sort(key=lambda span: (span.start, span.end))
    return [
        Passage(f"passage-{s.start}-{s.end}", s, label=str(n) if n % 3 else "", name=f"Note {n}")
        for n, s in enumerate(found, 1)
    ]


@given(some_passages(), st.none() | spans())
def test_marks_never_change_the_text(passages, cited):
    marked = highlight(BODY, passages, Frame("paragraph-note", cited=cited))
    assert "".join(tree(marked).itertext()) == TEXT


@given(some_passages())
def test_the_words_of_every_passage_are_marked_and_no_others(passages):
    """Everything but the newlines between blocks, which no mark may wrap."""
    root = tree(highlight(BODY, passages))
    for passage in passages:
        words = "".join(
            "".join(mark.itertext())
            for mark in root.iter("mark")
            if passage.id in mark.get("data-passages").split()
        )
        assert words.replace("\n", "") == passage.span.of(TEXT).replace("\n", "")


@given(some_passages())
def test_every_passage_with_a_number_is_reached_by_its_link(passages):
    root = tree(highlight(BODY, passages))
    linked = [name for a in root.iter("a") for name in a.get("data-passages", "").split()]
    assert sorted(linked) == sorted(passage.id for passage in passages if passage.label)


@given(some_passages())
def test_every_passage_has_one_place_to_come_back_to(passages):
    root = tree(highlight(BODY, passages))
    targets = [
        element.get("id") for element in root.iter() if element.get("id", "").startswith("ref-")
    ]
    assert sorted(targets) == sorted(f"ref-{passage.id}" for passage in passages)


@given(some_passages())
def test_links_are_never_nested(passages):
    root = tree(highlight(BODY, passages))
    for link in root.iter("a"):
        assert link.find(".//a") is None


def test_each_mark_names_one_element_the_shortest_passage():
    inner, outer = Passage("inner", Span(7, 12), "2"), Passage("outer", Span(7, 30), "1")
    root = tree(highlight(BODY, [outer, inner]))
    first = next(root.iter("mark"))
    assert first.get("data-passages") == "inner outer"
    assert first.get("aria-details") == "inner"
    assert first.get("data-depth") == "2"


def test_fill_counts_threads_up_to_three():
    passages = [Passage("a", Span(7, 12), threads=2), Passage("b", Span(7, 12), threads=5)]
    assert 'data-depth="3"' in highlight(BODY, passages)


def test_passages_that_end_together_share_one_number():
    passages = [
        Passage("a", Span(7, 20), "7", "Note 7"),
        Passage("b", Span(9, 20), "8–9", "Notes 8 and 9"),
    ]
    (link,) = [a for a in tree(highlight(BODY, passages)).iter("a") if a.get("class")]
    assert link.get("data-label") == "7–9"
    assert link.get("aria-label") == "Note 7; Notes 8 and 9"


def test_a_number_inside_a_link_stands_behind_the_link():
    start = TEXT.index("within")
    marked = highlight(BODY, [Passage("a", Span(start, start + 3), "1", "Note 1")])
    assert marked.index("</a>") < marked.index("note-number")


def test_every_paragraph_has_its_button_and_cells_have_none():
    root = tree(highlight(BODY, [], Frame("paragraph-note", "Note on paragraph {number}")))
    buttons = [b.get("aria-label") for b in root.iter("button")]
    assert buttons[:2] == ["Note on paragraph 1", "Note on paragraph 2"]
    assert len(buttons) == 7  # heading, p, li, two p in a li, the Arabic p, pre; not td
    assert all(b.get("tabindex") == "-1" for b in root.iter("button"))


def test_a_name_cannot_break_out_of_its_attribute():
    passage = Passage("a", Span(7, 12), "1", 'Note 1 by "><script>alert(1)</script>')
    assert "<script>" not in highlight(BODY, [passage])


def test_a_shared_number_names_those_it_stands_for_and_no_others():
    passages = [Passage(f"p{n}", Span(n, 20), str(n), f"Note {n}") for n in (5, 7, 8)]
    assert 'data-label="5, 7–8"' in highlight(BODY, passages)
