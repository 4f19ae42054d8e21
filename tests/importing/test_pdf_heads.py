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


def test_a_sentence_in_capitals_is_a_standfirst():
    document = headed("Ice Without Ferries, Trade Without Ships.")
    assert document.standfirst == "Ice Without Ferries, Trade Without Ships."
