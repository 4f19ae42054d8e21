"""PDF files: what stands at the head of the first page is told apart."""

import pytest

from articles.importing.pdf import read
from tests.importing.pdf_maker import Sheet, pdf
from tests.importing.test_pdf import PROSE


def headed(*lines, info=""):
    page = Sheet().put(72, 80, "Ice and the Price of Waiting", 22, "B")
    page.put_lines(72, 110, lines, size=13, leading=15, font="I")
    page.put(72, 150, "February 4, 2012")
    page.put_lines(72, 190, PROSE)
    return read(pdf(page, info=info))


@pytest.mark.parametrize(
    ("lines", "author", "names"),
    [
        (["Ann Lee, Bo van der Li, and Cy J. Ma"], "", ["Ann Lee", "Bo van der Li", "Cy J. Ma"]),
        (["Ann Lee*, Bo Li1,", "Cy Ma2"], "", ["Ann Lee", "Bo Li", "Cy Ma"]),
        (["Ann Maria Lee", "Bo Li"], "/Author (Bo Li)", ["Ann Maria Lee", "Bo Li"]),
        (["Ann Maria Lee ann@baltic.example"], "", ["Ann Maria Lee"]),
    ],
)
def test_names_below_the_title_are_offered_and_no_standfirst(lines, author, names):
    document = headed(*lines, info=author)
    assert document.standfirst == ""
    assert [person.name for person in document.suggested_people][: len(names)] == names
    assert document.people == ()
    assert lines[0] in document.text


def test_a_line_of_capitals_is_no_name():
    document = headed("CALENDAR AND PRICES, ICE WITHOUT FERRIES")
    assert document.suggested_people == ()


def test_a_sentence_in_capitals_is_a_standfirst():
    document = headed("Ice Without Ferries, Trade Without Ships.")
    assert document.standfirst == "Ice Without Ferries, Trade Without Ships."


def test_the_name_of_the_journal_above_the_title_is_no_title():
    page = Sheet().put(200, 60, "Contents lists available at a library", 10)
    page.put(200, 85, "Journal of Winter Ports", 18).put(
        200, 105, "j ournal homepage: x.example", 9
    )
    page.put(72, 150, "Ice and the Price of Waiting", 16).put_lines(72, 200, PROSE)
    document = read(pdf(page))
    assert (document.title, document.publication) == (
        "Ice and the Price of Waiting",
        "Journal of Winter Ports",
    )
    assert document.text == " ".join(PROSE)


@pytest.mark.parametrize("numbered", ["1. The Winter", "1 The Winter", "1.1 The Winter"])
def test_the_heading_of_a_part_is_no_title_of_the_whole(numbered):
    page = Sheet().put(72, 80, "Ice and Waiting", 13, "B").put(72, 120, numbered, 15, "B")
    page.put_lines(72, 150, PROSE)
    document = read(pdf(page))
    assert document.title == "Ice and Waiting"
    assert numbered in document.text


@pytest.mark.parametrize("heading", ["Contents", "I. INTRODUCTION", "1 Introduction"])
def test_a_heading_that_every_text_may_have_is_no_title(heading):
    page = Sheet().put(72, 80, heading, 13, "B").put_lines(72, 150, PROSE)
    assert read(pdf(page)).title.startswith("The harbour froze")
