"""PDF files: a list of contents is no text, and a table with dots is."""

import pytest

from articles.importing.pdf import read
from tests.importing.pdf_maker import Sheet, pdf
from tests.importing.test_pdf import PROSE

DOTS = "." * 60
ENTRIES = [
    "1 The harbour 3",
    f"1.1 Before the ice {DOTS} 3",
    "1.2 A heading that is so long that it goes on in the",
    f"line below it {DOTS} 4",
    f"1.3 After the ice {'. ' * 30} 7",
    "2 The ferry 9",
]


def read_with(*lines, heading="Contents"):
    page = Sheet().put(72, 60, "Ice and the Price of Waiting", 22, "B")
    page.put(72, 100, heading, 14, "B").put_lines(72, 130, lines)
    page.put(72, 300, "Chapter 1", 14, "B").put_lines(72, 330, PROSE)
    return read(pdf(page))


@pytest.mark.parametrize("heading", ["Contents", "TABLE OF CONTENTS", "Inhaltsverzeichnis"])
def test_a_list_that_leads_to_pages_goes_with_its_heading(heading):
    document = read_with(*ENTRIES, heading=heading)
    assert document.title == "Ice and the Price of Waiting"
    assert document.text == "\n".join(["Chapter 1", " ".join(PROSE)])


@pytest.mark.parametrize(
    ("heading", "lines"),
    [
        ("Days of ice", ENTRIES),
        ("Contents", [f"A ferry {DOTS} 3", f"A tug {DOTS} 4", *PROSE]),
    ],
)
def test_figures_behind_dots_stay_where_no_heading_or_too_little_calls_them_contents(
    heading, lines
):
    text = read_with(*lines, heading=heading).text
    assert heading in text
    assert lines[0].split(".")[0] in text
