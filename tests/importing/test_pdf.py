"""PDF files: running text out of places, facts from the first page, refusals that say why."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.document import Document, ImportRefused, PublicationDate, Sureness
from articles.importing.pdf import read
from tests.importing.pdf_maker import Sheet, pdf

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared/data/samples"
PROSE = [
    "The harbour froze in the first week of the month, and nobody had thought of it before",
    "the ferry stood at the quay. The men who live there had asked for a little help, and the",
    "committee had met twice without an answer. So the winter went on for as long as it did.",
]


def sheet(*, title="Ice and the Price of Waiting", body=PROSE):
    page = Sheet().put(72, 80, title, 22, "B")
    page.put_lines(72, 160, body)
    return page


def test_lines_are_joined_to_paragraphs_and_the_largest_type_is_the_title():
    page = sheet()
    page.put_lines(72, 210, PROSE)
    document = read(pdf(page))
    assert document.title == "Ice and the Price of Waiting"
    assert document.origins["title"].sureness is Sureness.LIKELY
    assert document.text == "\n".join([" ".join(PROSE)] * 2)
    assert (document.language, document.media_type) == ("en", "application/pdf")


def test_the_head_of_the_first_page_gives_the_facts():
    page = Sheet().put(72, 80, "Ice and the Price of Waiting", 22, "B")
    page.put(72, 105, "Small towns carry the risk, and nobody pays them for it.", 13, "I")
    page.put(72, 130, "By Ann Lee and Bo Li").put(72, 150, "February 4, 2012")
    page.put_lines(72, 190, PROSE)
    page.put(72, 260, "© 2012 Baltic Letters. All rights reserved.")
    page.put(72, 800, "https://doi.org/10.1000/ICE.7", 8)
    info = "/Title (Microsoft Word - draft3.docx) /Author (Cy Ma) /CreationDate (D:20200101)"
    document = read(pdf(page, info=info, catalog="/Lang (en-GB)"))
    assert document.standfirst == "Small towns carry the risk, and nobody pays them for it."
    assert [person.name for person in document.people] == ["Ann Lee", "Bo Li"]
    assert [person.name for person in document.suggested_people] == ["Cy Ma"]
    assert document.date == PublicationDate(2012, 2, 4)
    assert document.identifiers == (("doi", "10.1000/ice.7"),)
    assert document.rights == "© 2012 Baltic Letters. All rights reserved."
    assert document.language == "en-GB"
    assert "Ann Lee" not in document.text
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("stated", "sureness", "warned"),
    [
        ("Ice and the Price of Waiting", Sureness.STATED, False),
        ("untitled.indd", Sureness.LIKELY, False),
        ("05-301.7.wpd", Sureness.LIKELY, False),
        ("Annual Report of Another Year", Sureness.LIKELY, True),
    ],
)
def test_a_title_in_the_properties_is_weighed_against_the_page(stated, sureness, warned):
    document = read(pdf(sheet(), info=f"/Title ({stated})"))
    assert document.title == "Ice and the Price of Waiting"
    assert document.origins["title"].sureness is sureness
    assert bool(document.warnings) is warned


def test_the_date_of_the_file_is_a_guess_and_no_author_comes_from_the_properties():
    document = read(pdf(sheet(), info="/CreationDate (D:20190305120000Z) /Author (Ann Lee)"))
    assert document.date == PublicationDate(2019, 3, 5)
    assert document.origins["date"].sureness is Sureness.GUESS
    assert document.people == ()


def test_half_a_character_in_the_properties_costs_that_property_alone():
    document = read(pdf(sheet(), info="/Title <FEFFD800> /CreationDate (D:20120204)"))
    assert (document.title, document.date.isoformat()) == (
        "Ice and the Price of Waiting", "2012-02-04"
    )  # fmt: skip


def test_first_words_stand_for_a_title_that_is_named_nowhere():
    document = read(pdf(Sheet().put_lines(72, 90, PROSE)))
    assert document.title.endswith(" and nobody had thought of it…")
    assert document.origins["title"].sureness is Sureness.GUESS
    assert document.text == " ".join(PROSE)
    assert document.warnings == ("It names no title: its first words stand for one.",)


def test_a_label_that_announces_what_follows_is_no_title():
    page = Sheet().put_lines(72, 80, ["English:"]).put_lines(72, 110, ["Hello, all the World"])
    page.put_lines(72, 150, PROSE)
    document = read(pdf(page))
    assert (document.title, document.origins["title"].sureness) == (
        "Hello, all the World", Sureness.GUESS
    )  # fmt: skip


def test_a_turned_page_reads_as_an_upright_one():
    page = Sheet(size=(842, 595), extra="/Rotate 90")
    # Words run upwards on the sheet, so that they are level once it is turned.
    for number, line in enumerate(["Ice and Waiting", *PROSE]):
        page.put(80 + 30 * number, 545, line, 22 if not number else 10, turn="0 1 -1 0")
    document = read(pdf(page))
    assert (document.title, document.text.split()[:3]) == (
        "Ice and Waiting",
        ["The", "harbour", "froze"],
    )


def test_right_to_left_words_are_read_from_the_right():
    letters = {65: "א", 66: "ב", 67: "ג", 68: "ל", 40: "(", 41: ")", 49: "1", 50: "2", 78: "N"}
    page = Sheet().put(300, 80, b"CBA", 22, "U")
    page.put(100, 130, b"12 DC (NNN 12) CB DA", 10, "U")  # as drawn, from left to right
    document = read(pdf(page, to_unicode=letters))
    assert document.title == "אבג"
    assert document.html == '<p dir="rtl">אל בג (NNN 12) גל 12</p>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.4\nnothing\n%%EOF", "broken"),
        (b"\x00" * 100, "end is missing"),
        (pdf(sheet())[:700], "end is missing"),
        (pdf(), "no pages"),
        (pdf(Sheet()), "no text"),
        (pdf(Sheet().put_picture(), Sheet().put_picture().put(50, 50, "ij")), "text recognition"),
    ],
)
def test_a_file_without_text_is_refused_with_the_reason(data, reason):
    with pytest.raises(ImportRefused, match=reason):
        read(data)


def test_letters_that_the_file_does_not_name_are_told_or_refused():
    unmapped = dict.fromkeys(range(97, 123), "\ue000")
    page = sheet()
    page.put(72, 220, b"zz", 10, "U")
    (warning,) = read(pdf(page, to_unicode=unmapped)).warnings
    assert "have no letter" in warning
    page.put_lines(72, 240, [b"abcdefghijklmnopqrstuvwxyz" * 3] * 9, font="U")
    with pytest.raises(ImportRefused, match="which letters they draw"):
        read(pdf(page, to_unicode=unmapped))


CROWD = Sheet()
for number in range(2000):
    CROWD.put(number * 7.3 % 500, number * 3.1 % 800, "A", 4)


@pytest.mark.parametrize(
    "page",
    [
        CROWD,
        Sheet(size=(0, 0)),
        Sheet(size=(1e-9, 1e9)),
        Sheet(extra="/CropBox [900 900 901 901]"),
        Sheet(extra="/Rotate 45").put(1e30, -1e30, "far"),
        Sheet().put(10, 10, "flat", turn="0 0 0 0").put(10, 10, "huge", 1e8),
    ],
)
def test_absurd_pages_stop_nothing(page):
    assert read(pdf(sheet(), page)).title == "Ice and the Price of Waiting"


WHOLE = pdf(sheet(), sheet(), info="/Title (Ice)")


@given(st.integers(0, len(WHOLE)), st.binary(max_size=12), st.booleans())
@settings(max_examples=40, deadline=None)
def test_broken_bytes_end_in_a_document_or_a_refusal(at, noise, cut):
    data = WHOLE[:at] + noise + (b"" if cut else WHOLE[at + len(noise) :])
    with suppress(ImportRefused):
        assert isinstance(read(data), Document)


@pytest.mark.skipif(not SAMPLES.exists(), reason="the shared samples are not here")
def test_scripts_of_the_world_come_out_in_the_order_of_reading():
    text = read((SAMPLES / "multilang.pdf").read_bytes()).text
    for words in ("مرحبا بالعالم", "Привет, мир", "你好世界", "こんにちは世界"):
        assert words in text
