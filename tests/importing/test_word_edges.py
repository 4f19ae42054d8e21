"""Word files: title, standfirst, people, dates and rights, by styles and as plain text has them."""

import pytest

from articles.importing.document import PublicationDate, Sureness
from articles.importing.docx import read
from tests.word_files import PROSE, core, paragraph, run, style, word_file

LARGE = '<w:b/><w:sz w:val="48"/>'


def fields(document):
    return (document.title, document.standfirst, [one.name for one in document.people])


def test_styles_say_what_is_title_standfirst_author_and_date():
    document = read(
        word_file(
            paragraph("The Ice", style="Title"),
            paragraph("and the Harbour", style="Title"),
            paragraph("A winter.", style="Subtitle"),
            paragraph("Ann Lee and Bo Li", style="Author"),
            paragraph("4 February 2012", style="Date"),
            paragraph(PROSE),
        )
    )
    assert fields(document) == ("The Ice and the Harbour", "A winter.", ["Ann Lee", "Bo Li"])
    assert document.date == PublicationDate(2012, 2, 4)
    assert document.origins["title"].sureness is Sureness.STATED
    assert document.text == PROSE


@pytest.mark.parametrize(
    ("styles", "html"),
    [
        ("", "<h2>One</h2>\n<h3>Two</h3>\n<h2>Three</h2>"),
        (
            style("Heading1", "heading 1") + style("berschrift2", "heading 2"),
            "<h2>One</h2>\n<h3>Two</h3>\n<h2>Three</h2>",
        ),
        (
            style("Heading1", "Chapter head", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
            + style("berschrift2", "Unser Kopf", '<w:basedOn w:val="Kopf"/>')
            + style("Kopf", "Überschrift 2"),
            "<h2>One</h2>\n<h3>Two</h3>\n<h2>Three</h2>",
        ),
    ],
)
def test_headings_go_by_name_by_what_they_are_based_on_and_by_outline(styles, html):
    document = read(
        word_file(
            paragraph("T", style="Title"),
            paragraph(run("One", "<w:b/>"), style="Heading1"),
            paragraph("Two", style="berschrift2"),
            paragraph("Three", style="Heading1"),
            styles=styles,
        )
    )
    assert document.html == html


def test_the_only_heading_of_level_1_at_the_head_is_the_title():
    document = read(
        word_file(
            paragraph("Ice", style="Heading1"),
            paragraph("By Ann Lee"),
            paragraph("Part", style="Heading2"),
            paragraph(PROSE),
        )
    )
    assert fields(document) == ("Ice", "", ["Ann Lee"])
    assert document.html == f"<h2>Part</h2>\n<p>{PROSE}</p>"


def test_without_styles_what_stands_out_is_the_title_and_facts_follow():
    document = read(
        word_file(
            paragraph("POLICY BRIEF"),
            paragraph(run("Frozen Trade", LARGE)),
            paragraph("Why the ships wait"),
            paragraph("By Ann Lee", run(inside="<w:br/><w:t>February 2012</w:t>")),
            paragraph(PROSE),
            paragraph(PROSE),
            paragraph("Ann Lee writes about winter."),
            paragraph("This article first appeared in Winter Notes."),
            core=core(dc_title="Microsoft Word - x.doc", dc_creator="Bo Li; Microsoft Office User"),
        )
    )
    assert fields(document) == ("Frozen Trade", "Why the ships wait", ["Ann Lee"])
    assert document.origins["title"].sureness is Sureness.LIKELY
    assert (document.kind, document.date) == ("report", PublicationDate(2012, 2))
    assert document.rights == "This article first appeared in Winter Notes."
    assert [one.name for one in document.suggested_people] == ["Bo Li"]
    assert document.text == f"{PROSE}\n{PROSE}\nAnn Lee writes about winter."


def test_facts_above_the_title_are_facts_and_other_lines_stay():
    document = read(
        word_file(
            paragraph("By Ann Lee"),
            paragraph("Letters from the North, Part 3"),
            paragraph(run("Frozen Trade", LARGE)),
            paragraph(run("As large as ever.", '<w:sz w:val="22"/>')),
            paragraph(PROSE),
            styles='<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault>'
            "</w:docDefaults>",
        )
    )
    assert fields(document) == ("Frozen Trade", "", ["Ann Lee"])
    assert document.text == f"Letters from the North, Part 3\nAs large as ever.\n{PROSE}"


def test_a_byline_over_text_in_one_paragraph_is_cut_off_at_the_break():
    text = run("Text ", inside="<w:br/>") + run("goes", "<w:i/>") + run(" on.")
    document = read(
        word_file(
            paragraph("Ice", style="Title"),
            paragraph(run("By Ann Lee", "<w:i/>", "<w:br/>"), text),
            paragraph(PROSE),
        )
    )
    assert fields(document) == ("Ice", "", ["Ann Lee"])
    assert document.html == f"<p>Text<br>\n<em>goes</em> on.</p>\n<p>{PROSE}</p>"


@pytest.mark.parametrize(
    ("stated", "title", "sureness"),
    [
        ("Frozen Trade", "Frozen Trade", Sureness.LIKELY),
        ("Document1", "The harbour", Sureness.GUESS),
        ("", "The harbour", Sureness.GUESS),
        ("The Harbour", "The harbour", Sureness.STATED),
    ],
)
def test_the_properties_name_the_title_unless_it_is_junk(stated, title, sureness):
    data = word_file(paragraph("The harbour"), paragraph(PROSE), core=core(dc_title=stated))
    document = read(data)
    assert (document.title, document.origins["title"].sureness) == (title, sureness)
    assert document.text.startswith("The harbour\n") == (title == "Frozen Trade")


def test_where_nothing_is_a_title_the_first_words_stand_for_one_and_stay():
    document = read(word_file(paragraph(PROSE)))
    assert (
        document.title
        == "The harbour of the town had been frozen for a long time, and the ships that…"
    )
    assert document.origins["title"].sureness is Sureness.GUESS
    assert document.text == PROSE
    assert document.warnings == ("It names no title: its first words stand for one.",)


def test_properties_are_hints_and_a_person_is_only_suggested():
    document = read(
        word_file(
            paragraph("Ice", style="Title"),
            paragraph(PROSE),
            core=core(
                dc_creator="Ann Lee",
                cp_keywords="ice, trade",
                dc_subject="winter",
                dcterms_created="2014-06-10T11:09:00Z",
            ),
        )
    )
    assert document.people == ()
    assert [one.name for one in document.suggested_people] == ["Ann Lee"]
    assert document.tags == ("ice", "trade", "winter")
    assert document.origins["tags"].sureness is Sureness.LIKELY
    assert document.date == PublicationDate(2014, 6, 10)
    assert document.origins["date"].sureness is Sureness.GUESS


def test_a_language_tag_counts_where_the_words_agree():
    english, german = '<w:lang w:val="en-GB"/>', '<w:lang w:val="de-DE"/>'
    words = (
        "Der Hafen ist seit Wochen zu, und die Schiffe warten auf den Tag, der sich nicht zeigt. "
    )
    for tag, language in ((english, "en-GB"), (german, "en")):
        runs = (run(PROSE, tag), run(" " + PROSE, tag))
        document = read(word_file(paragraph("Ice", style="Title"), paragraph(*runs)))
        assert document.language == language
    mixed = read(
        word_file(
            paragraph("Ice", style="Title"),
            paragraph(run(PROSE * 9, english)),
            paragraph(run(words * 2, german)),
        )
    )
    assert '<p lang="de-DE">Der Hafen' in mixed.html
