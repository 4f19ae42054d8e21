"""Word files: what is read of the text, and what is left out with a word about it."""

from pathlib import Path

import pytest

from articles.importing.docx import read
from tests.word_files import (
    notes,
    paragraph,
    reference,
    run,
    style,
    word_file,
)

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared/data/samples"
needs_samples = pytest.mark.skipif(
    not SAMPLES.exists(), reason="the shared data is not beside the repository"
)
TITLE = paragraph("Ice", style="Title")


def html_of(*body, **parts):
    return read(word_file(TITLE, *body, **parts)).html


def field(kind):
    return run(inside=f'<w:fldChar w:fldCharType="{kind}"/>')


def code(text):
    return run(inside=f"<w:instrText>{text}</w:instrText>")


@needs_samples
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("footnotes", "Ouch[1].[2]\nA tachyon walks into a bar.\nFin."),
        ("endnotes", "Ouch[1].[2]\nA tachyon walks into a bar.\nFin."),
        ("comments", "Ouch."),
        ("simple-list", "Apple\nBanana"),
        ("tables", "Above\nTop left\nTop right\nBottom left\nBottom right\nBelow"),
    ],
)
def test_the_words_of_the_samples_are_all_there(name, words):
    document = read((SAMPLES / f"{name}.docx").read_bytes())
    assert document.text == words
    assert document.people == ()


def test_notes_of_both_kinds_stand_at_the_end_and_only_word_s_own_marks_go():
    html = html_of(
        paragraph("One", reference("footnote", 2), " and two", reference("endnote", 1)),
        footnotes=notes("footnote", "never referred to", "up ↑"),
        endnotes=notes("endnote", "at the end"),
    )
    assert html == (
        '<p>One<sup><a href="#text-fn1" id="text-fnref1">[1]</a></sup> and two'
        '<sup><a href="#text-fn2" id="text-fnref2">[2]</a></sup></p>\n'
        '<section role="doc-endnotes"><ol><li id="text-fn1"><p>up ↑</p></li>\n'
        '<li id="text-fn2"><p>at the end</p></li></ol></section>'
    )


def test_a_mark_that_the_author_chose_is_the_reference():
    star = run(inside='<w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t>')
    html = html_of(paragraph("One", star), footnotes=notes("footnote", "a star"))
    assert '<sup><a href="#text-fn1" id="text-fnref1">*</a></sup></p>' in html


def test_a_reference_to_no_note_is_left_out_with_a_warning():
    document = read(word_file(TITLE, paragraph("One", reference("footnote", 7), ".")))
    assert document.html == "<p>One.</p>"
    assert document.warnings == ("1 reference to a note that is missing was left out.",)


def test_changes_are_as_if_accepted():
    document = read(
        word_file(
            TITLE,
            paragraph(
                "Kept",
                "<w:del><w:r><w:delText> deleted</w:delText></w:r></w:del>",
                f"<w:ins>{run(' inserted')}</w:ins>",
                f"<w:moveFrom>{run(' from')}</w:moveFrom><w:moveTo>{run(' to')}</w:moveTo>",
            ),
            paragraph("One ", properties="<w:rPr><w:del/></w:rPr>"),
            paragraph("paragraph"),
        )
    )
    assert document.text == "Kept inserted to\nOne paragraph"
    assert "tracked changes" in document.warnings[0]


def test_fields_show_words_but_no_page_numbers_and_no_table_of_contents():
    html = html_of(
        paragraph(field("begin"), code(' TOC \\o "1-3" '), field("separate"), "Part one 3"),
        paragraph("Part two 7", field("end")),
        paragraph("Contents", style="TOCHeading"),
        paragraph("Page ", f'<w:fldSimple w:instr=" PAGE ">{run("77")}</w:fldSimple>'),
        paragraph("See ", f'<w:fldSimple w:instr=" REF a ">{run("Table 1")}</w:fldSimple>'),
        paragraph(field("begin"), code(' HYPERLINK "https://e.org/x" '), field("separate"),
                  "a link", field("end")),
        styles=style("TOCHeading", "TOC Heading"),
    )  # fmt: skip
    assert html == ('<p>Page</p>\n<p>See Table 1</p>\n<p><a href="https://e.org/x">a link</a></p>')


def test_a_field_without_an_end_takes_no_text_with_it():
    html = html_of(paragraph(field("begin"), code(" TOC "), field("separate"), "Part"), "<w:p/>")
    assert html == "<p>Part</p>"


def test_boxes_equations_pictures_and_comments_are_accounted_for():
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    shape = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}'
        f"</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    power = (
        "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r>"
        "</m:sup></m:sSup></m:oMath>"
    )
    separator = '<w:comment w:type="separator" w:id="0"/>'
    remarks = notes("comment", "one", "two").replace(separator, "")
    document = read(
        word_file(
            TITLE,
            paragraph("Before", shape, run(inside="<w:drawing><pic:pic/></w:drawing>")),
            paragraph("so ", power, run(inside='<w:commentReference w:id="0"/>')),
            paragraph(run("hidden", "<w:vanish/>"), "shown"),
            comments=remarks,
        )
    )  # fmt: skip
    assert document.html == "<p>Before</p>\n<p>In a box.</p>\n<p>so x<sup>2</sup></p>\n<p>shown</p>"
    assert document.warnings == (
        "2 comments were left out.",
        "1 picture or embedded object was left out.",
        "1 hidden passage was left out.",
        "The text of 1 box stands behind the paragraph it hangs on.",
        "1 equation is written as a line of characters: please check it.",
    )
