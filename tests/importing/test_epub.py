"""EPUB: a book as one article or a chapter each, its notes gathered, its apparatus left out."""

from pathlib import Path

import pytest

from articles.importing.document import PublicationDate, Sureness
from articles.importing.epub import read, read_chapters
from tests.books import METADATA, epub, nav, page

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared/data/samples"
needs_samples = pytest.mark.skipif(
    not SAMPLES.exists(), reason="the shared data is not beside the repository"
)
XHTML_1 = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://127.0.0.1/xhtml11.dtd"'
    ' [<!ENTITY x "bomb">]>'
)


def body(text, title="A"):
    return page(f"<h1>{title}</h1><p>{text}</p>")


def chapters(data):
    return [found.document for found in read_chapters(data)]


@needs_samples
def test_the_sample_is_a_book_of_two_chapters():
    data = (SAMPLES / "markitdown_test.epub").read_bytes()
    book = read(data)
    assert (book.title, book.language) == ("Test EPUB Document", "en")
    assert [person.name for person in book.people] == ["Test Author"]
    assert book.html.startswith("<h2>Chapter 1: Test Content</h2>\n<p>This is a <strong>test")
    one, two = read_chapters(data)
    assert (one.part, one.document.title) == (
        "chapter 1: Chapter 1: Test Content",
        "Chapter 1: Test Content",
    )
    assert one.document.publication == "Test EPUB Document"
    assert one.raw.startswith(b"<?xml")
    assert b"second chapter" in two.raw
    assert "Chapter 2" not in two.document.text


def test_metadata_of_both_versions_is_read():
    document = read(
        epub(
            {"a.xhtml": body("Words.")},
            '<dc:title id="s">In short</dc:title><dc:title id="t">Ice</dc:title>'
            '<meta refines="#s" property="title-type">subtitle</meta>'
            '<meta refines="#t" property="title-type">main</meta>'
            '<dc:creator opf:file-as="Lee, Ann" opf:role="aut">Ann Lee</dc:creator>'
            '<dc:creator id="e">Li, Bo</dc:creator>'
            '<meta refines="#e" property="role">edt</meta>'
            '<dc:creator opf:role="ill">Di Ng</dc:creator>'
            '<dc:contributor opf:role="trl">Cy Ma</dc:contributor>'
            '<dc:contributor opf:role="bkp">calibre</dc:contributor>'
            '<dc:date opf:event="modification">2020-01-01</dc:date>'
            '<dc:date opf:event="publication">2012-02</dc:date>'
            '<dc:identifier opf:scheme="ISBN">978-0-306-40615-7</dc:identifier>'
            "<dc:identifier>urn:uuid:1</dc:identifier><dc:identifier>doi:10.1000/ICE</dc:identifier>"
            "<dc:publisher>Baltic</dc:publisher><dc:language>en-GB</dc:language>"
            "<dc:rights>CC BY</dc:rights><dc:subject>Ice; Trade</dc:subject>",
        )
    )
    people = [(person.name, person.role) for person in document.people]
    assert (document.title, document.standfirst) == ("Ice", "In short")
    assert people == [("Ann Lee", "author"), ("Bo Li", "editor"), ("Cy Ma", "translator")]
    assert [person.name for person in document.suggested_people] == ["Di Ng"]
    assert document.date == PublicationDate(2012, 2)
    assert document.identifiers == (
        ("isbn", "9780306406157"), ("urn", "urn:uuid:1"), ("doi", "10.1000/ice"),
    )  # fmt: skip
    assert (document.publisher, document.language) == ("Baltic", "en-GB")
    assert (document.rights, document.tags) == ("CC BY", ("Ice", "Trade"))


def test_what_is_no_chapter_is_left_out_and_its_rights_hold_for_all():
    data = epub(
        {
            "cover.xhtml": page('<img src="c.png" alt=""/>'),
            "t.xhtml": page('<section epub:type="titlepage"><h1>Winter</h1></section>'),
            "untyped.xhtml": body("by Ann Lee", "Winter Letters"),
            "r.xhtml": page('<section epub:type="copyright-page"><p>© 2012 Baltic.</p></section>'),
            "c.xhtml": page("<h1>Contents</h1><p>A 1</p>"),
            "a.xhtml": body("Words a."),
            "b.xhtml": body("Words b.", "B"),
            "i.xhtml": body("ice, 3", "Index"),
            "extra.xhtml": body("An advertisement.", "More"),
        },
        contents=nav(("Contents", "c.xhtml"), ("A", "a.xhtml"), ("B", "b.xhtml"),
                     ("Index", "i.xhtml")),
        aside=("extra.xhtml",),
    )  # fmt: skip
    assert read(data).text == "A\nWords a.\nB\nWords b."
    assert [one.title for one in chapters(data)] == ["A", "B"]
    assert {one.rights for one in chapters(data)} == {"© 2012 Baltic."}
    assert read(data).origins["rights"].sureness is Sureness.LIKELY


def test_pages_are_joined_and_parted_as_the_contents_list_says():
    data = epub(
        {
            "part.xhtml": body("About the part.", "Part One"),
            "a.xhtml": page("<p>Words a.</p>"),
            "a2.xhtml": page("<p>More of a.</p>"),
            "bc.xhtml": page(
                '<div><h2 id="b">B</h2><p>Words b.</p>'
                '<div><h2 id="c">C</h2><p>Words c.</p></div></div>'
            ),
        },
        contents=nav(
            ("Part One", "part.xhtml",
             [("A", "a.xhtml"), ("B", "bc.xhtml#b"), ("C", "bc.xhtml#c", [("In C", "bc.xhtml#x")])])
        ),
    )  # fmt: skip
    found = list(read_chapters(data))
    assert [(one.document.title, one.document.text) for one in found] == [
        ("Part One", "About the part."),
        ("A", "Words a.\nMore of a."),
        ("B", "Words b."),
        ("C", "Words c."),
    ]
    assert len({one.raw for one in found}) == 4
    assert read(data).html.count("<h2>") == 4


def test_people_of_a_chapter_are_its_own_and_the_book_s_where_it_names_none():
    data = epub(
        {"a.xhtml": page("<h1>A</h1><p>By Bo Li</p><p>Words.</p>"), "b.xhtml": body("B.", "B")}
    )
    first, second = chapters(data)
    assert ([one.name for one in first.people], first.text) == (["Bo Li"], "Words.")
    assert [one.name for one in second.people] == ["Ann Lee"]


def test_notes_are_gathered_from_wherever_they_stand_and_their_ids_do_not_collide():
    data = epub(
        {
            "a.xhtml": page(
                '<h1>A</h1><p id="x">One<a epub:type="noteref" href="#n1">1</a>, two<sup>'
                '<a id="r2" href="notes.xhtml#n1">2</a></sup>, see <a href="b.xhtml#x">b</a>.</p>'
                '<aside epub:type="footnote" id="n1"><p>1. Here.</p></aside>'
            ),
            "b.xhtml": page(
                '<h1>B</h1><p id="x">Three<a id="r2" role="doc-noteref" href="pop.xhtml#n">[3]</a>'
                ' in <a href="#x">2012</a> and <a href="gone.xhtml">there</a>.</p>'
            ),
            "notes.xhtml": page(
                '<h1>Notes</h1><p id="n1"><a href="a.xhtml#r2">2.</a> Far, see '
                '<a href="https://e.org/">e</a>. <a href="a.xhtml#r2">↩</a></p>'
            ),
            "pop.xhtml": page('<div id="n" role="doc-footnote"><p>Popped up.</p></div>'),
        },
        aside=("pop.xhtml",),
    )
    assert read(data).html == (
        '<h2>A</h2>\n<p>One<sup><a href="#text-fn1" id="text-fnref1">1</a></sup>, two<sup>'
        '<a href="#text-fn2" id="text-fnref2">2</a></sup>, see <a href="#text-place1">b</a>.</p>\n'
        '<h2>B</h2>\n<p id="text-place1">Three<sup><a href="#text-fn3" id="text-fnref3">[3]</a>'
        '</sup> in <a href="#text-place1">2012</a> and there.</p>\n'
        '<section role="doc-endnotes"><ol><li id="text-fn1"><p>Here.</p></li>\n'
        '<li id="text-fn2"><p>Far, see <a href="https://e.org/">e</a>.</p></li>\n'
        '<li id="text-fn3"><p>Popped up.</p></li></ol></section>'
    )
    first, second = chapters(data)
    assert first.text == "One1, two2, see b.\nHere.\nFar, see e."
    assert second.text == "Three[3] in 2012 and there.\nPopped up."


def test_named_entities_of_old_books_are_characters_and_others_stay_as_written():
    source = page("<h1>A</h1><p>a&nbsp;b &mdash; c &amp; d &x; AT&T</p>", XHTML_1)
    assert read(epub({"a.xhtml": source})).text == "A\na\xa0b — c & d &x; AT&T"


def test_a_page_that_is_not_well_formed_is_read_as_browsers_do():
    assert (
        read(epub({"a.xhtml": page("<h1>A</h1><p>one<br>two<p>three</i>")})).text
        == "A\none\ntwo\nthree"
    )


def test_page_numbers_are_no_words_and_pictures_are_counted():
    source = page(
        '<h1>A</h1><p>one<span epub:type="pagebreak" id="p3">3</span> two<a id="p4"/> '
        '<img src="x.png" alt="x"/></p><script>no()</script>',
        **{"xml:lang": "de", "dir": "rtl"},
    )
    document = read(epub({"a.xhtml": source}, METADATA + "<dc:language>en</dc:language>"))
    assert document.html == '<h2 dir="rtl" lang="de">A</h2>\n<p dir="rtl" lang="de">one two</p>'
    assert document.warnings == ("1 picture was left out.",)


def test_how_words_are_read_stands_in_brackets_behind_them():
    text = "a<ruby>冬<rt>ふゆ</rt></ruby>b<ruby>港<rp>[</rp><rt>みなと</rt><rp>]</rp></ruby>"
    assert read(epub({"a.xhtml": body(text)})).text == "A\na冬(ふゆ)b港[みなと]"
