"""Plain text: what counts as title, facts, standfirst and rights, and what stays text."""

from pathlib import Path

import pytest

from articles.importing.document import ImportRefused, PublicationDate, Sureness
from articles.importing.plain import read
from articles.text import paragraphs

DEFICIT = Path(__file__).resolve().parents[2].parent / "shared/data/deficit-of-trust.txt"
BODY = """\
After the harbour froze, the two ministries went on writing to each other as if it had not.

The letters are kept in a cellar that floods; of the first year only the envelopes are left.

It will take time."""


def people(document):
    return [(person.name, person.role) for person in document.people]


def body(document):
    return [span.of(document.text) for span in paragraphs(document.html)]


@pytest.mark.skipif(not DEFICIT.exists(), reason="the shared data is not beside the repository")
def test_the_article_the_archive_is_for():
    document = read(DEFICIT.read_text(encoding="utf-8"))
    assert document.title == "Deficit of Trust"
    assert document.standfirst.startswith("The core issue in the NATO-Russia relationship is")
    assert document.standfirst.endswith("threaten to use force against it.")
    assert document.publisher == document.source == "Security Times"
    assert document.date == PublicationDate(2012, 2, 4)
    assert document.date.precision == "day"
    assert document.people == document.suggested_people == ()
    reprint, disclaimer = document.rights.split("\n\n")
    assert reprint.startswith("This article originally appeared in The Security Times")
    assert disclaimer.startswith("Carnegie does not take institutional positions")
    text = body(document)
    assert len(text) == 11
    assert text[0].startswith("After the vigorous surge")
    assert text[-1].endswith("equally beneficial to all.")
    assert document.origins["date"].where == "line 7"
    assert document.language == "en"


HEADS = {
    "labels in another order": (
        "Source: Baltic Letters\nDate: 4 February 2012\nAuthor: Lee, Ann\n"
        "Title: Ice\nSummary: In short.\n\n",
        {"source": "Baltic Letters", "standfirst": "In short."},
    ),
    "on one line each, in upper case": (
        "ICE\n\nIN SHORT.\n\nPUBLISHED BY BALTIC LETTERS ON FEBRUARY 4, 2012\n\nBY ANN LEE\n\n",
        {"publisher": "BALTIC LETTERS", "standfirst": "IN SHORT."},
    ),
    "in lower case": (
        "ice\n\npublished by baltic letters\n on february 4, 2012\n\nby ann lee\n\n",
        {"publisher": "baltic letters", "standfirst": ""},
    ),
    "between bars": (
        "Ice\n\nBy Ann Lee | February 4, 2012 | Published by Baltic Letters\n\n",
        {"publisher": "Baltic Letters"},
    ),
    "posted by": (
        "Ice\n\nBy Ann Lee\n\nPosted on February 4, 2012 by Baltic Letters\n\n",
        {"publisher": "Baltic Letters"},
    ),
    "with no-break spaces": (
        "\xa0Ice\n\xa0\nPublished by:\xa0Baltic\xa0Letters\n\xa0on 2012-02-04\nBy\xa0Ann Lee\n\n",
        {"publisher": "Baltic Letters"},
    ),
    "in German": (
        "Ice\n\nEin Vorspann.\n\nVon Ann Lee\nQuelle: Ostseebriefe\n4. Februar 2012\n\n",
        {"source": "Ostseebriefe", "standfirst": "Ein Vorspann."},
    ),
    "with the title underlined": (
        "Ice\n===\n\nBy Ann Lee, Institute of Ice\nFebruary 4th, 2012\n\n",
        {"standfirst": ""},
    ),
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("head", "expected"), HEADS.values(), ids=HEADS.keys())
def test_facts_are_read_whatever_their_order_and_case(head, expected, line_end):
    document = read((head + BODY).replace("\n", line_end))
    assert document.title.lower() == "ice"
    assert document.date == PublicationDate(2012, 2, 4)
    assert [(name.lower(), role) for name, role in people(document)] == [("ann lee", "author")]
    assert {field: getattr(document, field) for field in expected} == expected
    assert body(document) == BODY.split("\n\n")


def test_a_text_without_facts_has_a_guessed_title_and_nothing_invented():
    document = read("Ice\n\n" + BODY)
    assert document.title == "Ice"
    assert document.origins["title"].sureness is Sureness.GUESS
    assert (document.standfirst, document.publisher, document.source) == ("", "", "")
    assert document.people == ()
    assert document.date.precision == "none"
    assert body(document) == BODY.split("\n\n")


def test_other_people_and_facts_have_their_fields():
    document = read(
        "Ice\nEdited by Ann Lee, Director of Studies\nTranslated by: Bo Li and Cy Ma\n"
        "Keywords: ice, harbours\nDOI: 10.1000/ABC\nhttps://e.org/ice\nPeriod: 19th century\n"
        "Type: lecture\nLanguage: en-GB\n\n" + BODY
    )
    assert people(document) == [
        ("Ann Lee", "editor"),
        ("Bo Li", "translator"),
        ("Cy Ma", "translator"),
    ]
    assert document.tags == ("ice", "harbours")
    assert document.identifiers == (("doi", "10.1000/abc"),)
    assert document.url == "https://e.org/ice"
    assert (document.date.period, document.kind, document.language) == (
        "19th century",
        "speech",
        "en-GB",
    )
    assert any("Director of Studies" in warning for warning in document.warnings)


def test_a_name_and_a_date_on_a_line_leave_the_name_for_a_person_to_judge():
    document = read("Ice\n\nKlaipėda, 4 February 2012\n\n" + BODY)
    assert document.date == PublicationDate(2012, 2, 4)
    assert document.origins["publisher"].sureness is Sureness.GUESS


@pytest.mark.parametrize("line", ["By the sea", "By 1912 the harbour was closed", "On ice"])
def test_prose_is_no_byline(line):
    document = read(f"Ice\n\n{line}\n\n{BODY}")
    assert document.people == ()
    assert body(document)[0] == line


@pytest.mark.parametrize(
    "closing",
    [
        "This essay first appeared in Baltic Letters.",
        "Reprinted with permission from Baltic Letters.",
        "© 2012 Baltic Letters. All rights reserved.",
        "This work is made freely available under terms of its own.",
        "The views expressed here are those of the author alone.",
        "The Institute does not take positions.",
        "Dieser Beitrag erschien zuerst in den Ostseebriefen.",
        "Les opinions exprimées ici n’engagent que leur auteur.",
        "Все права защищены.",
        "الآراء الواردة هنا تعبّر عن كاتبها وحده.",
    ],
)
def test_closing_words_about_rights_are_no_text(closing):
    document = read(f"Ice\n\n{BODY}\n\n{closing}\n\nAnn Lee is a fellow of the Institute.")
    assert document.rights == closing
    assert body(document) == [*BODY.split("\n\n"), "Ann Lee is a fellow of the Institute."]


def test_last_paragraphs_about_views_and_thanks_stay_text():
    views = "Their views on copyright changed, and public opinion with their laws."
    thanks = "This work is supported by the Ministry of Ports."
    assert body(read(f"Ice\n\n{BODY}\n\n{views}\n\n{thanks}"))[-2:] == [views, thanks]


def test_facts_at_the_end_count_when_they_are_labelled():
    document = read(f"Ice\n\n{BODY}\n\nSource: Baltic Letters\nPublished on: 2012-02")
    assert (document.source, document.date) == ("Baltic Letters", PublicationDate(2012, 2))
    assert body(document) == BODY.split("\n\n")


def test_right_to_left_text_says_so():
    document = read(
        "أزمة الثقة\n\nبقلم سهيل المرجاني\nالتاريخ: ٤ فبراير ٢٠١٢\n\n"
        "تحت الرمل ماء لا يتجدد، وكل ما يخرج منه لا يعود."
    )
    assert people(document) == [("سهيل المرجاني", "author")]
    assert document.date == PublicationDate(2012, 2, 4)
    assert document.language == "ar"
    assert document.html.startswith('<p dir="rtl">')


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\xa0\n", "empty"),
        ("Ice", "no text"),
        ("Ice\n\nSource: Baltic Letters\n", "no text"),
        ("Source: Baltic Letters\n", "no text"),
    ],
)
def test_a_text_without_title_or_body_is_refused_with_the_reason(text, reason):
    with pytest.raises(ImportRefused) as refused:
        read(text)
    assert reason in refused.value.reason
