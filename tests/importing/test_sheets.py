"""A metadata sheet, CSV or Excel, in the dialects that people's programs write."""

import datetime
import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from articles.importing.document import Contributor, Document, ImportRefused, Origin, Sureness
from articles.importing.sheets import Row, Sheet, read_sheet, stated
from articles.importing.sheets.pairing import paired

GERMAN = "Dateiname;file;Titel;title;Author(s)\r\nx;a.txt;;Über Zölle, zweitens;Ada Marsh\r\n"


def book(*rows: list[Any]) -> Workbook:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    return made


def saved(made: Workbook) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def with_sheet(change: Any) -> bytes:
    """A workbook whose sheet is what ``change`` makes of its XML."""
    made, out = saved(book(["file", "title"], ["a.txt", "One"])), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part) if "worksheets/" in name else part)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        GERMAN.encode("utf-8-sig"),
        GERMAN.encode("windows-1252"),
        GERMAN.encode("utf-16"),
        ("sep=;\r\n" + GERMAN).encode(),
        GERMAN.replace(";", "\t").encode(),
        ("For the import\n\n" + GERMAN).encode(),
        b'file,"title",authors,pages\na.txt,"\xc3\x9cber Z\xc3\xb6lle, zweitens",Ada Marsh,"3, 4"',
    ],
)
def test_any_usual_dialect_and_encoding_of_csv_is_read(data: bytes) -> None:
    [row] = read_sheet(data, name="sheet.csv").rows.values()
    assert row.fields == {"title": "Über Zölle, zweitens", "authors": ["Ada Marsh"]}


@pytest.mark.parametrize(
    ("date", "read"),
    [
        ("2012-02-04", "2012-02-04"),
        ("2012", "2012"),
        ("40943", "2012-02-04"),
        ("4 February 2012", "4 February 2012"),
        ("12/31/2012", "2012-12-31"),
        ("whenever", None),
    ],
)
def test_a_date_is_as_precise_as_its_cell(date: str, read: str | None) -> None:
    [row] = read_sheet(f"file,date\na.txt,{date}\n".encode(), name="s.csv").rows.values()
    assert row.fields.get("date") == read
    assert [field for field, _told in row.problems] == ([] if read else ["date"])


def test_one_date_of_a_sheet_tells_how_the_others_are_meant() -> None:
    both = read_sheet(b"file,date\na,04/02/2012\nb,13/02/2012\n", name="s.csv").rows
    assert [row.fields["date"] for row in both.values()] == ["2012-02-04", "2012-02-13"]
    [alone] = read_sheet(b"file,date\na,04/02/2012\n", name="s.csv").rows.values()
    assert "either of two days" in alone.problems[0][1]


def test_a_workbook_is_read_as_it_shows() -> None:
    made = book(
        ["All of them", None, None, None, None],
        ["File name", "Published", "Publisher", "Rights", "Year"],
        ["a.txt", datetime.date(2012, 2, 4), "The Ledger", "=A1", 1999],
        ["b.txt", datetime.date(2012, 2, 1), None, "#N/A", None],
        ["c.txt", 40943, None, None, None],
        [None, None, None, "no file", None],
        ["d.txt", None, None, None, 2013],
    )
    made.active["B4"].number_format = "mmm yyyy"
    made.active.merge_cells("C3:C5")
    hidden = made.create_sheet("Old", 0)
    hidden.append(["file"])
    hidden.append(["z.txt"])
    hidden.sheet_state = "hidden"
    sheet = read_sheet(saved(made), name="s.xlsx")
    dates = [row.fields.get("published", row.fields.get("date")) for row in sheet.rows.values()]
    assert list(sheet.rows) == [3, 4, 5, 7]
    assert dates == ["2012-02-04", "2012-02", "2012-02-04", "2013"]
    assert [row.fields.get("publisher") for row in sheet.rows.values()] == ["The Ledger"] * 3 + [
        None
    ]
    assert "A formula in it has no value" in sheet.rows[3].problems[0][1]
    assert sheet.rows[4].problems[0][0] == "rights"
    assert sheet.warnings == ("Rows that name no file: 6.",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "It is empty."),
        (b"name,title\na.txt,One\n", "No column of it says which file"),
        (b"file,title\n", "no rows below"),
        (b'file,title\na.txt,"One\nb.txt,Two\n', "never closed"),
        (b"file\n" + b"a.txt\n" * 20_001, "more than 20,000 rows"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "an old Excel file"),
        (b"PK\x03\x04broken", "a broken archive"),
        (b"\x00\x01\x02\x03" * 9, "not text"),
        (with_sheet(lambda part: part + b" " * 3_000_000), "more than 200 times"),
        (with_sheet(lambda part: b'<!DOCTYPE a [<!ENTITY b "c">]>' + part), "declares entities"),
        (with_sheet(lambda part: part[:90]), "a broken Excel file"),
    ],
)  # fmt: skip
def test_what_is_no_sheet_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ImportRefused, match=reason):
        read_sheet(data, name="sheet")


def test_forged_places_and_extents_cost_nothing() -> None:
    def forged(part: bytes) -> bytes:
        far = b'<row r="9999999999"><c r="A9999999999"><v>1</v></c></row></sheetData>'
        far = part.replace(b"</sheetData>", b'<row r="3"><c r="XFD3"><v>1</v></c></row>' + far)
        return far.replace(b"A1:B2", b"A1:XFD1048576")

    sheet = read_sheet(with_sheet(forged), name="s.xlsx")
    assert [row.file for row in sheet.rows.values()] == ["a.txt"]


def test_rows_find_their_files_by_path_or_by_a_name_that_only_one_has() -> None:
    names = ["Z/A.TXT", "b.txt", "twice.txt", "both.txt", "Both.txt", "cafe\u0301.txt", "no.txt"]
    sheet = Sheet("s", {number: Row(name, {}) for number, name in enumerate(names, start=2)})
    files = ["z.zip/z/a.txt", "z.zip/deep/b.txt", "z.zip/1/twice.txt", "z.zip/2/twice.txt"]
    pairing = paired(sheet, [*files, "both.txt", "café.txt", "alone.txt"])
    assert pairing.rows == {"z.zip/z/a.txt": 2, "z.zip/deep/b.txt": 3, "café.txt": 7}
    assert set(pairing.unclear) == {*files[2:], "both.txt"}
    assert "Several rows of the metadata sheet name it: 5, 6." in pairing.unclear.values()
    assert (pairing.rows_alone, pairing.files_alone) == (((8, "no.txt"),), ("alone.txt",))


def test_a_row_has_the_last_word_and_says_so() -> None:
    found = Document(
        title="Found",
        html="<p>Words.</p>",
        tags=("old",),
        suggested_people=(Contributor("Home"),),
        origins={"title": Origin(Sureness.STATED, "line 1")},
    )
    row = Row(
        "a", {"title": "Said", "authors": ["Marsh, Ada"], "tags": ["new"], "doi": "10.1234/x"}
    )
    document = stated(found, row, where="the metadata sheet, row 7")
    assert (document.title, document.tags, document.suggested_people) == ("Said", ("new",), ())
    assert document.origins["title"] == Origin(Sureness.STATED, "the metadata sheet, row 7")
    assert document.identifiers == (("doi", "10.1234/x"),)
    assert stated(found, row, where="x", several=True).title == "Found"
