"""EPUB files that are broken, locked or hostile end in a document or a reason."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.document import Document, ImportRefused
from articles.importing.epub import read, read_chapters
from tests.books import epub, nav, page

PAGES = {
    "a.xhtml": page('<h1>A</h1><p>One<a epub:type="noteref" href="b.xhtml#n">1</a>.</p>'),
    "b.xhtml": page('<h1>B</h1><p>Two.</p><aside epub:type="footnote" id="n"><p>N.</p></aside>'),
}
WHOLE = epub(PAGES, contents=nav(("A", "a.xhtml"), ("B", "b.xhtml")))


def encryption(*entries):
    data = "".join(
        f'<EncryptedData><EncryptionMethod Algorithm="{method}"/><CipherData>'
        f'<CipherReference URI="{name}"/></CipherData></EncryptedData>'
        for method, name in entries
    )
    return {"META-INF/encryption.xml": f"<encryption>{data}</encryption>"}


def changed(name, source):
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as old, zipfile.ZipFile(buffer, "w") as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
            elif source is not None:
                new.writestr(one, source)
    return buffer.getvalue()


def test_a_missing_page_is_named_and_the_rest_is_read():
    data = epub(PAGES, lost=("a.xhtml",))
    assert read(data).text.startswith("B\nTwo.")
    assert read(data).warnings == ("A part of it is missing or cannot be read: OPS/a.xhtml.",)
    (found,) = read_chapters(data)
    assert found.document.warnings == read(data).warnings


def test_scrambled_fonts_lock_nothing():
    fonts = encryption(("http://www.idpf.org/2008/embedding", "OPS/font.otf"))
    assert "One" in read(epub(PAGES, extra=fonts)).text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            epub(PAGES, extra=encryption(("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "x"))),
            "protected against copying",
        ),
        (epub(PAGES, lost=tuple(PAGES)), r"Nothing of its text is there: OPS/a\.xhtml is missing"),
        (epub({"a.xhtml": page('<img src="1.png"/>')}), "its pages are pictures"),
        (epub({}), "no chapters"),
        (changed("META-INF/container.xml", "<a"), r"META-INF/container\.xml|well-formed"),
        (changed("OPS/book.opf", None), "package file is missing"),
        (changed("OPS/book.opf", "<a/>"), "holds no package"),
        (changed("OPS/book.opf", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "entities"),
        (WHOLE[:-20], "broken archive"),
        (epub(PAGES, metadata=""), "no title"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(data, reason):
    with pytest.raises(ImportRefused, match=reason):
        read(data)


def test_a_book_without_a_container_is_found_by_its_package():
    assert "One" in read(changed("META-INF/container.xml", None)).text


@pytest.mark.parametrize("contents", ["<a", page("<nav/>"), nav(("Gone", "gone.xhtml#x"))])
def test_a_contents_list_that_is_broken_is_as_none(contents):
    assert "One" in read(epub(PAGES, contents=contents)).text
    assert len(list(read_chapters(epub(PAGES, contents=contents)))) == 2


def test_deep_pages_and_bombs_end_soon():
    deep = page("<div>" * 50_000 + "words")
    data = epub({**PAGES, "deep.xhtml": deep})
    assert read(data).warnings == ("A part of it is missing or cannot be read: OPS/deep.xhtml.",)
    with pytest.raises(ImportRefused, match=r"200 times its size|more than"):
        read(epub({"a.xhtml": page(" " * 40_000_000)}))


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_mutated_files_end_in_a_document_or_a_reason(data):
    name = data.draw(
        st.sampled_from(["OPS/book.opf", "OPS/a.xhtml", "OPS/b.xhtml", "OPS/nav.xhtml"])
    )
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        source = archive.read(name)
    at = data.draw(st.integers(0, len(source) - 1))
    cut = data.draw(st.integers(0, 30))
    put = data.draw(st.sampled_from([b"", b"<p>", b"</p>", b"&x;", b"#", b'"', b"]]>", b"\xff"]))
    raw = changed(name, source[:at] + put + source[at + cut :])
    with suppress(ImportRefused):
        assert isinstance(read(raw), Document)
    with suppress(ImportRefused):
        assert not [one for one in read_chapters(raw) if "the reader failed" in one.refusal]


def test_characters_that_are_none_of_xml_cost_themselves_alone():
    broken = "<p>One&#1; and<br>two.<math alttext='x&#2;'></math><p lang='e&#3;n'>Three&#x0b;."
    text = read(epub({"a.xhtml": page(f"<h1>A</h1>{broken}")})).text
    assert "One" in text
    assert "Three" in text
    assert not set("\x01\x02\x03\x0b") & set(text)


def test_an_element_with_an_impossible_name_keeps_its_words():
    odd = page('<h1>A</h1><ns:x}"http://odd ">Odd <p>One<br>')
    assert "One" in read(epub({"a.xhtml": odd})).text
