"""Word files that are broken, hostile or unusual end in a document or a reason."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.document import Document, ImportRefused
from articles.importing.docx import read
from tests.word_files import NAMES, PROSE, links, notes, paragraph, reference, run, style, word_file

BODY = (
    paragraph("Ice", style="Title"),
    paragraph(PROSE, reference("footnote", 1)),
)
WHOLE = word_file(
    *BODY,
    f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>",
    styles=style("Title", "Title"),
    footnotes=notes("footnote", "A note."),
)


def repacked(data, compression=zipfile.ZIP_STORED, **changed):
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", compression) as new:
        for name in old.namelist():
            source = changed.get(name.rpartition("/")[2].partition(".")[0], old.read(name))
            if source is not None:
                new.writestr(name, source)
    return buffer.getvalue()


@pytest.fixture(autouse=True)
def nothing_is_opened(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a reader went outside")

    monkeypatch.setattr("urllib.request.urlopen", refuse)
    monkeypatch.setattr("mammoth.docx.files.urlopen", refuse)


def test_strict_files_are_read_as_the_others():
    parts = {"styles": style("Title", "Title"), "footnotes": notes("footnote", "A note.")}
    assert read(word_file(*BODY, strict=True, **parts)).html == read(word_file(*BODY, **parts)).html


@pytest.mark.parametrize("part", ["styles", "footnotes", "Content_Types"])
def test_a_missing_part_is_no_end(part):
    assert PROSE in read(repacked(WHOLE, **{part: None})).text


@pytest.mark.parametrize(
    ("part", "named"), [("styles", "styles"), ("footnotes", "footnotes"), ("comments", "comments")]
)
def test_a_broken_part_is_left_out_with_a_warning(part, named):
    data = repacked(word_file(*BODY, footnotes="<a/>", comments="<a/>", styles=" "), **{part: "<a"})
    document = read(data)
    assert PROSE in document.text
    assert f"The part with its {named} is broken: it was left out." in document.warnings


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (WHOLE[:-30], "broken archive"),
        (repacked(WHOLE, document=None), "the part with its text is missing"),
        (repacked(WHOLE, document="<a/>"), "no text body"),
        (repacked(WHOLE, document='<a xmlns="b}c"><d xml:space="e"/></a>'), "no text body"),
        (repacked(WHOLE, document="<a>"), "word/document.xml|line 1"),
        (word_file("<w:p/>"), "no text"),
        (word_file(BODY[0]), "no text"),
        (word_file("<w:tbl>" * 90, "</w:tbl>" * 90), "no text"),
        (word_file("<w:tbl>" * 200, "</w:tbl>" * 200), "nest too deep"),
        (word_file("<w:tbl>" * 900, "</w:tbl>" * 900), "not well-formed"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(data, reason):
    with pytest.raises(ImportRefused, match=reason):
        read(data)


@pytest.mark.parametrize("part", ["document", "styles", "footnotes"])
def test_no_part_may_declare_entities(part):
    bomb = '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
    with pytest.raises(ImportRefused, match="declares entities"):
        read(repacked(WHOLE, **{part: bomb}))


@pytest.mark.parametrize("part", ["document", "styles", "footnotes"])
def test_a_bomb_is_refused(part):
    with pytest.raises(ImportRefused, match=r"200 times its size|more than an import takes"):
        read(repacked(WHOLE, zipfile.ZIP_DEFLATED, **{part: " " * 40_000_000}))


def test_pictures_elsewhere_are_never_fetched():
    linked = (
        '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/'
        '2006/main"><a:graphicData><pic:pic><pic:blipFill><a:blip r:link="p1"/></pic:blipFill>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    rels = links(("p1", "image", "file:///etc/passwd"), ("p2", "image", "http://127.0.0.1/x.png"))
    document = read(word_file(*BODY, paragraph("see", run(inside=linked)), rels=rels))
    assert document.text.endswith("see")
    assert "1 picture or embedded object was left out." in document.warnings


def test_what_only_one_parser_takes_for_xml_is_told_as_a_broken_file():
    odd = paragraph("x", '<w:r><w:t xml\u02ccpace="preserve">x</w:t></w:r>')
    source = f"<w:document {NAMES}><w:body>{odd}</w:body></w:document>"
    with pytest.raises(ImportRefused, match="broken Word file"):
        read(repacked(WHOLE, document=source))


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_mutated_files_end_in_a_document_or_a_reason(data):
    part = data.draw(st.sampled_from(["document", "styles", "footnotes", ""]))
    if part:
        name = f"word/{part}.xml"
        with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
            source = archive.read(name)
        at = data.draw(st.integers(0, len(source) - 1))
        cut = data.draw(st.integers(0, 40))
        put = data.draw(st.sampled_from([b"", b"w:", b"<w:p>", b"</w:p>", b'"', b"-1", b"\x00"]))
        raw = repacked(WHOLE, **{part: source[:at] + put + source[at + cut :]})
    else:
        raw = WHOLE[: data.draw(st.integers(0, len(WHOLE)))]
    with suppress(ImportRefused):
        assert isinstance(read(raw), Document)
