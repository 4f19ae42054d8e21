"""What came in is shown beside what was read of it, where nothing of it can run or reach out."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from articles.importing import docx, epub, mhtml, originals
from articles.importing.apart import Bounds, shown_apart
from articles.importing.captures import keep_file
from articles.importing.originals import shown
from articles.importing.shown import KINDS, Shown, is_shown
from articles.models import Capture
from tests.importing.pdf_maker import Sheet, pdf
from tests.redacted import FIRST, make_bribes, remove
from tests.word_files import paragraph, word_file

PAGE = b"""<!doctype html><meta charset=utf-8><LINK rel=preconnect href=//example.org>
<base href=//example.org/><script>alert(1)</script><p onclick=x>Words \xe2\x80\x9c.</p>"""
SAVED = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    b"Content-Type: text/html; charset=koi8-r\r\n\r\n<p>\xc4\xc1</p>\r\n--b--\r\n"
)


def look(data: bytes, media_type: str, number: int = 1) -> Shown:
    return shown(data, media_type=media_type, number=number, max_bytes=1_000_000)


def test_a_page_is_shown_as_it_is_but_for_what_reaches_out() -> None:
    made = look(PAGE, "text/html")
    assert "<script>alert(1)</script><p onclick=x>Words “.</p>" in made.html
    assert not re.search(r"<\s*(link|meta|base(?! target=))", made.html, re.IGNORECASE)
    assert look(SAVED, mhtml.MEDIA_TYPE).html.endswith("<p>да</p>")
    assert look(b"<p>Not zipped.</p>", epub.MEDIA_TYPE).html.count("Not zipped.") == 1


def test_all_kinds_that_are_promised_are_shown_and_no_others() -> None:
    assert originals._SHOWN.keys() == KINDS


def test_a_word_file_is_shown_as_what_it_is_turned_into() -> None:
    made = look(word_file(paragraph("Words of it.")), docx.MEDIA_TYPE)
    assert "Words of it.</p>" in made.html


@pytest.mark.parametrize(("asked", "given"), [(2, 2), (0, 1), (-7, 1), (99, 3)])
def test_a_page_of_a_pdf_is_drawn_and_the_nearest_where_there_is_none(
    asked: int, given: int
) -> None:
    sheets = [Sheet().put(72, 72, f"Page {number}") for number in range(3)]
    made = look(pdf(*sheets), "application/pdf", asked)
    assert (made.number, made.count, made.refusal) == (given, 3, "")
    assert made.picture.startswith(b"\x89PNG")
    assert int.from_bytes(made.picture[16:20], "big") == 1000, "pixels from side to side"
    assert (made.has_previous, made.has_next) == (given > 1, given < 3)


def test_a_page_of_any_shape_is_drawn_within_bounds() -> None:
    for size in ((14_400, 3), (3, 14_400)):
        made = look(pdf(Sheet(size=size).put(1, 1, "x")), "application/pdf")
        width, height = (int.from_bytes(made.picture[at : at + 4], "big") for at in (16, 20))
        assert 0 < width <= 1000
        assert 0 < height <= 3000


@pytest.mark.parametrize("media_type", [mhtml.MEDIA_TYPE, docx.MEDIA_TYPE, "application/pdf"])
def test_what_is_broken_is_told(media_type: str) -> None:
    assert look(b"PK nonsense", media_type).refusal


def test_it_is_made_within_bounds_of_memory_and_time(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    options: dict[str, Any] = {"media_type": "text/html", "number": 1, "max_bytes": 1_000_000}
    assert "Words" in shown_apart(path, **options).html
    endless = tmp_path / "endless"
    os.mkfifo(endless)  # nobody writes to it
    late = shown_apart(endless, **options, bounds=Bounds(seconds=0))
    assert "longer than 0 seconds" in late.refusal
    assert "the limit is 10 bytes" in shown_apart(path, **options | {"max_bytes": 10}).refusal


@pytest.fixture
def capture(db: None) -> Capture:
    return keep_file(ContentFile(PAGE), file_name="page.html", media_type="text/html")


def test_the_page_with_it_lets_nothing_run(client: Client, capture: Capture, editor: Any) -> None:
    client.force_login(editor)
    answer = client.get(f"/admin/articles/capture/{capture.pk}/original/")
    page = answer.content.decode()
    assert re.search(r'<iframe sandbox srcdoc="[^"]*&lt;script&gt;alert\(1\)', page)
    assert "<script" not in page
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox allow-same-origin;" in policy
    capture.file.storage.delete(capture.file.name)
    answer = client.get(f"/admin/articles/capture/{capture.pk}/original/")
    assert "The file is missing." in answer.content.decode()


def test_it_is_for_editors_and_never_of_a_sealed_file(
    client: Client, editor: Any, reader: Any
) -> None:
    article = make_bribes()
    capture = article.revisions.first().capture
    address = f"/admin/articles/capture/{capture.pk}/original/"
    client.force_login(reader)
    assert client.get(address).status_code in {302, 403}
    client.force_login(editor)
    assert is_shown(capture.media_type)
    assert "Zacharias" in client.get(address).content.decode()
    assert "Zacharias" in FIRST
    remove(client, article)
    for media_type in ("text/html", "text/plain"):
        Capture.objects.update(media_type=media_type)
        page = client.get(address).content.decode()
        assert "kept sealed" in page
        assert "Zacharias" not in page
