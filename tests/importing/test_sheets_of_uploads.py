"""A metadata sheet beside the files of an upload: over what the reader found, under an editor."""

import io
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags

from articles.importing.pending import document_of
from articles.models import Article, Capture, ImportBatch, ImportItem

PAGE = "/admin/articles/importbatch/import/"
TEXT = (
    "%s\n\npublished by\nThe Ledger\n on March 1, 2001\n\nTariffs are taxes, paid at home by %s.\n"
)
SHEET = (
    "File;Title;Date;Publisher;Tags;Kind\n"
    "letters/a.txt;On tariffs, said;2012-02-04;The Gazette;trade;essay\n"
    "b.txt;;Thursday;;;sonnet\n"
    "nothing.txt;;;;;\n"
    "c.txt;One;;;;\n"
    "C.TXT;Another;;;;\n"
)


@pytest.fixture
def desk(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def packed(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, TEXT % (f"On {name}", name))
    return file.getvalue()


def upload(desk: Client, sheet: str, name: str, content: bytes, **fields: Any) -> Any:
    files = [SimpleUploadedFile(name, content)]
    given = SimpleUploadedFile("sheet.csv", sheet.encode("utf-8-sig"))
    return desk.post(PAGE, {"files": files, "sheet": given, **fields}, follow=True)


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def test_its_values_win_and_all_that_does_not_fit_is_told(desk: Client) -> None:
    names = ("letters/a.txt", "b.txt", "c.txt", "d.txt")
    defaults = {"publisher": "Nobody", "rights": "All reserved", "tags": "imported"}
    said = words(upload(desk, SHEET, "all.zip", packed(*names), **defaults))
    first, second, third, fourth = ImportItem.objects.order_by("position")
    document = document_of(first)
    assert (document.title, document.publisher) == ("On tariffs, said", "The Gazette")
    assert (document.date.isoformat(), document.kind) == ("2012-02-04", "essay")
    assert (document.tags, document.rights) == (("trade", "imported"), "All reserved")
    assert document.origins["date"].where == "the metadata sheet, row 2"
    assert document_of(second).date.isoformat() == "2001-03-01"
    assert [first.doubts, second.doubts] == [[], ["date", "kind"]]
    assert "Please check: Date, Kind." in said
    assert "The date “Thursday” was not understood." in document_of(second).warnings[0]
    assert "Several rows of the metadata sheet name it: 5, 6." in third.reason
    assert document_of(third).title == "On c.txt"
    assert "has no row" in document_of(fourth).warnings[0]
    assert "Metadata sheet “sheet.csv”: 2 of 5 rows used" in said
    assert "1 row names no file of the upload: nothing.txt (4)" in said
    assert "1 file has no row: all.zip/d.txt" in said


def test_of_a_single_file_too_a_row_without_one_is_told(desk: Client) -> None:
    said = words(upload(desk, "file;title\na.txt;T\nb.txt;U\n", "a.txt", b"Title\n\nText."))
    assert "1 row names no file of the upload: b.txt (3)" in said


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        ("name;title\na.txt;T\n", "No column of it says which file"),
        ("file;title\nz.txt;T\n", "None of its rows names a file of this upload."),
    ],
)
def test_a_useless_sheet_is_refused_before_anything_is_stored(
    desk: Client, sheet: str, message: str
) -> None:
    response = upload(desk, sheet, "a.txt", b"Title\n\nText.", publisher="The Ledger")
    assert response.status_code == 422
    assert message in words(response)
    assert response.context["form"]["publisher"].value() == "The Ledger"
    assert (ImportBatch.objects.count(), Capture.objects.count()) == (0, 0)


def test_what_an_editor_protected_stays(desk: Client) -> None:
    content = (TEXT % ("On tariffs", "everybody")).encode()
    upload(desk, "file,publisher\na.txt,First\n", "a.txt", content, arrival="draft")
    article = Article.objects.get()
    origin = article.field_origins.get(field="publisher")
    assert (str(article.publisher), origin.sureness) == ("First", "stated")
    upload(desk, "file,publisher\na.txt,Second\n", "a.txt", content, arrival="draft")
    article.refresh_from_db()
    assert str(article.publisher) == "Second"
    article.field_origins.filter(field="publisher").update(locked=True)
    upload(desk, "file,publisher\na.txt,Third\n", "a.txt", content, arrival="draft")
    article.refresh_from_db()
    assert str(article.publisher) == "Second"
    assert "Protected here, so not overwritten: Publisher." in ImportItem.objects.last().reason


def test_a_row_says_of_every_record_in_a_file_what_it_can(desk: Client) -> None:
    lines = b'{"title": "One", "text": "Some words."}\n{"title": "Two", "text": "Other words."}\n'
    sheet = 'file,title,publisher\nall.jsonl,Said,The Ledger\n"all.jsonl, line 2",Second,Alone\n'
    upload(desk, sheet, "all.jsonl", lines)
    found = [document_of(item) for item in ImportItem.objects.order_by("position")]
    assert [(one.title, one.publisher) for one in found] == [
        ("One", "The Ledger"),
        ("Second", "Alone"),
    ]


def test_the_list_never_loads_the_sheet(desk: Client) -> None:
    response = upload(desk, SHEET, "all.zip", packed("letters/a.txt", "b.txt"))
    assert "sheet" in response.context["batch"].get_deferred_fields()
