"""RIS: a record from each TY to its ER, in every dialect; a broken one is one refusal."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.document import Document, PublicationDate
from articles.importing.records import ris

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared/data/samples"
needs_samples = pytest.mark.skipif(
    not SAMPLES.exists(), reason="the shared data is not beside the repository"
)


def source(*lines: str, type: str = "JOUR", end: str = "\n") -> bytes:
    return end.join([f"TY  - {type}", *lines, "ER  - ", ""]).encode()


def read(*lines: str, type: str = "JOUR") -> Document:
    [found] = ris.read_all(source("TI  - On tariffs", *lines, type=type))
    assert found.document, found.refusal
    return found.document


def test_the_fields_of_a_record() -> None:
    document = read(
        "AU  - Marsh, Ada",
        "AU  - Oke, Ben, Jr.",
        "A2  - Lee, Cy",
        "A4  - Roe, Di",
        "T2  - The Ledger",
        "PB  - Ledger House",
        "PY  - 2012",
        "DA  - 2012/02/04/",
        "LA  - English",
        "VL  - 9",
        "IS  - 3",
        "SP  - 12",
        "EP  - 34",
        "SN  - 0015-7120",
        "DO  - https://doi.org/10.1000/ABC",
        "UR  - https://ledger.example/a;v=2?x=1",
        "AB  - Who pays?",
        "KW  - trade",
        "war",
    )
    assert document.is_record
    assert [(one.name, one.role) for one in document.people] == [
        ("Ada Marsh", "author"),
        ("Ben Oke Jr.", "author"),
        ("Cy Lee", "editor"),
        ("Di Roe", "translator"),
    ]
    assert (document.publication, document.publisher) == ("The Ledger", "Ledger House")
    assert document.date == PublicationDate(2012, 2, 4)
    assert (document.language, document.kind) == ("en", "article")
    assert document.source == "The Ledger, vol. 9, no. 3, pp. 12–34, ISSN 0015-7120"
    assert document.identifiers == (("doi", "10.1000/abc"),)  # the ISSN is the journal's
    assert document.url == "https://ledger.example/a;v=2?x=1"
    assert (document.standfirst, document.tags) == ("Who pays?", ("trade", "war"))
    assert not document.warnings


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["PY  - 2014//"], "2014"),
        (["Y1  - 2012/02//"], "2012-02"),
        (["PY  - 2012", "DA  - FEB 4"], "2012-02-04"),
        (["PY  - 2012", "DA  - 2019/01/01"], "2012"),  # of two years the year of publication
        (["Y1  - 2012///Spring"], "2012"),
        (["PY  - 2012/13"], "2012"),
        (["PY  - in press"], "in press"),
        (["PY  - circa 1850"], "circa 1850"),
        (["PY  - Jan-Feb 2012"], "2012-01"),
    ],
)
def test_a_date_is_as_precise_as_it_is_stated(lines: list[str], date: str) -> None:
    found = read(*lines).date
    assert (found.isoformat() or found.period) == date


def test_a_season_is_no_month_and_is_not_lost() -> None:
    assert read("T2  - The Ledger", "Y1  - 2012///Spring").source == "The Ledger, Spring 2012"


def test_lines_without_a_tag_belong_to_the_tag_before() -> None:
    document = read("N2  - It begins,", "ER then goes on", "", "US - China relations: the end.")
    assert document.standfirst == "It begins, ER then goes on US - China relations: the end."


@pytest.mark.parametrize(
    ("type", "line", "kind"),
    [
        ("NEWS", "M3  - Op-Ed", "commentary"),
        ("RPRT", "", "report"),
        ("Journal Article", "", "article"),
        ("GEN", "M3  - Interview", "interview"),
    ],
)
def test_the_kind_is_what_the_record_says_of_the_work(type: str, line: str, kind: str) -> None:
    document = read(line, type=type)
    assert (document.kind, "kind" in document.origins) == (kind, True)


def test_an_isbn_names_a_book_and_never_a_chapter_of_it() -> None:
    assert read("SN  - 978-0-306-40615-7", type="BOOK").identifiers == (("isbn", "9780306406157"),)
    chapter = read("SN  - 978-0-306-40615-7", "T2  - The Volume", type="CHAP")
    assert chapter.identifiers == ()
    assert chapter.source == "The Volume, ISBN 9780306406157"


def test_institutions_keep_their_order_and_nobody_is_invented() -> None:
    document = read(
        "AU  - Department of State, Office of History",
        "AU  - Anonymous",
        "AU  - Li Wei et al.",
    )
    assert [one.name for one in document.people] == [
        "Department of State, Office of History",
        "Li Wei",
    ]
    assert "It has more people than are named here." in document.warnings


def test_markup_and_entities_are_no_part_of_a_title() -> None:
    raw = source("T1  - The <i>End</i> of A &amp; B in CO<sub>2</sub>")
    [found] = ris.read_all(raw)
    assert found.document
    assert found.document.title == "The End of A & B in CO2"


def test_an_address_that_cannot_be_one_does_not_cost_the_record() -> None:
    document = read("UR  - http://no_host.example/a", "L2  - https://ledger.example/b")
    assert document.url == "https://ledger.example/b"
    assert "leads nowhere" in document.warnings[0]


def test_notes_that_speak_of_rights_are_rights_and_others_are_told() -> None:
    document = read("N1  - Reprinted by permission of the Ledger.", "N1  - Seen in March")
    assert document.rights == "Reprinted by permission of the Ledger."
    assert document.warnings == ("A note (the tag N1) was left out: “Seen in March”.",)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_record_has_its_own_source_and_what_lies_between_is_none_of_it(end: str) -> None:
    one, two = source("TI  - One", end=end), source("TI  - Two", end=end)
    between = f"{end}2.{end}C1  - a search strategy{end}".encode()
    found = list(ris.read_all(b"\xef\xbb\xbf1.\n" + one + between + two))
    assert [part.document and part.document.title for part in found] == ["One", "Two"]
    assert [part.part for part in found] == ["record 1", "record 2"]
    assert (found[0].raw, found[1].raw) == (one, two)


def test_a_record_without_end_stops_where_the_next_begins() -> None:
    found = list(ris.read_all(b"TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\nER  - "))
    assert [part.document and part.document.title for part in found] == ["One", "Two"]
    assert found[0].document
    assert "does not end with ER" in found[0].document.warnings[0]


def test_a_record_without_title_is_refused_and_the_rest_goes_on() -> None:
    found = list(ris.read_all(source("AU  - Marsh, Ada") + source("TI  - Two")))
    assert (found[0].refusal, found[1].refusal) == ("It has no title.", "")


def test_a_file_of_an_older_windows_is_read_and_the_guess_is_told() -> None:
    raw = source("TI  - Müller – Über Zölle", "AU  - Müller, Jörg").decode().encode("cp1252")
    [found] = ris.read_all(raw)
    assert found.document
    assert found.document.title == "Müller – Über Zölle"
    assert found.document.warnings == ("The encoding was guessed: windows-1252.",)


def test_a_file_without_a_record_says_so() -> None:
    [found] = ris.read_all(b"Just words.")
    assert found.refusal.startswith("There is no RIS record in it")


@needs_samples
def test_the_samples_of_reference_managers_are_read() -> None:
    found = list(ris.read_all((SAMPLES / "example_full.ris").read_bytes()))
    assert [part.document and part.document.date.isoformat() for part in found] == ["2014", "2006"]
    [other] = ris.read_all((SAMPLES / "example_utf_chars.ris").read_bytes())
    assert other.document
    assert len(other.document.people) == 5


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=30), st.integers(0, 120), st.integers(0, 120))
def test_whatever_the_bytes_each_record_is_a_document_or_a_refusal(
    noise: bytes, at: int, end: int
) -> None:
    raw = source("TI  - One", "AU  - Marsh, Ada", "DA  - 2012/02/04/", "SN  - 0015-7120")
    for found in ris.read_all(raw[:at] + noise + raw[end:]):
        assert (found.document is None) == bool(found.refusal)
        assert "reader failed" not in found.refusal
