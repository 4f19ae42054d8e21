"""A file in, its documents out: each refusal is named, and none stops the rest."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from articles.importing import opening
from articles.importing.found import Found
from articles.importing.opening import documents_in


def opened(data: bytes, name: str = "", **options: Any) -> list[Found]:
    return list(documents_in(io.BytesIO(data), name=name, **{"max_bytes": 10_000, **options}))


def line(title: str, text: str = "Words.") -> bytes:
    return json.dumps({"title": title, "text": text}).encode()


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("note.txt", b"A title\n\nThe text of it.\n", "text/plain"),
        ("note.md", b"# A title\n\nThe text of it.\n", "text/markdown"),
        ("page.html", b"<html><body><h1>A title</h1><p>The text of it.</p></body>", "text/html"),
        ("note", b"A title\n\nThe text of it.\n", "text/plain"),
    ],
)
def test_a_file_is_one_document_of_the_format_it_is_in(
    name: str, data: bytes, media_type: str
) -> None:
    [found] = opened(data, name)
    assert found.document is not None, found.refusal
    assert (found.document.title, found.document.media_type) == ("A title", media_type)
    assert "The text of it." in found.document.text
    assert (found.raw, found.part, found.refusal) == (data, "", "")


def test_a_file_of_records_gives_each_with_its_line_and_its_own_bytes() -> None:
    first, second = opened(line("One") + b"\n\n" + line("Two") + b"\r\n", "works.jsonl")
    assert [(found.part, found.document.title) for found in (first, second)] == [
        ("line 1", "One"),
        ("line 3", "Two"),
    ]
    assert second.raw == line("Two")


def test_a_bad_record_is_refused_and_the_rest_goes_on() -> None:
    data = b"\n".join([line("One"), b"{broken", line("", "No title."), line("Four")])
    assert [(found.part, found.refusal) for found in opened(data, "works.jsonl")] == [
        ("line 1", ""),
        ("line 2", "It is not JSON."),
        ("line 3", "It has no title."),
        ("line 4", ""),
    ]


def test_the_limit_counts_a_record_and_not_the_file_of_records() -> None:
    data = b"\n".join([line("One"), line("Two", "word " * 50), line("Three")])
    found = opened(data, "works.jsonl", max_bytes=200)
    assert [one.document.title if one.document else one.refusal for one in found] == [
        "One",
        "It is larger than the limit.",
        "Three",
    ]


def test_a_first_record_longer_than_a_glance_is_still_a_record() -> None:
    data = line("One", "word " * 30_000) + b"\n" + line("Two")
    found = opened(data, "works.jsonl", max_bytes=1_000_000)
    assert [one.document.title for one in found] == ["One", "Two"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "It is empty."),
        ("empty.jsonl", b"", "It is empty."),
        ("picture.txt", b"\x89PNG\r\n\x1a\n0000", "PNG"),
        ("note.jsonl", b"Not a record.\nNor this.\n", "not what its name says"),
        ("big.txt", b"A title\n\n" + b"word " * 3000, "It has 15.0 kB; the limit is 10.0 kB."),
        ("page.html", b"No markup at all.", "not what its name says"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    name: str, data: bytes, reason: str
) -> None:
    [found] = opened(data, name)
    assert found.document is None
    assert reason in found.refusal


def test_a_named_format_is_believed_but_not_for_what_is_no_text() -> None:
    [found] = opened(b"# A title\n\nText.\n", "note.txt", format="markdown")
    assert found.document is not None
    assert found.document.media_type == "text/markdown"
    [found] = opened(b"%PDF-1.7 ...", "note.txt", format="plain")
    assert "PDF" in found.refusal


def test_a_reader_of_many_that_fails_is_told_and_raises_nothing(monkeypatch) -> None:
    def failing(data: bytes) -> Iterator[Found]:
        yield Found(b"", "record 1", refusal="It has no title.")
        raise KeyError("oops")

    monkeypatch.setitem(opening._READERS_OF_SEVERAL, "ris", failing)
    first, last = opened(b"TY  - JOUR\nER  - \n", "a.ris")
    assert (first.part, last.refusal) == (
        "record 1",
        "It could not be read: the reader failed (KeyError).",
    )


class Counted(io.BytesIO):
    """A file that remembers how much was asked of it at once."""

    largest = 0

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self.largest = max(self.largest, len(piece))
        return piece


@pytest.mark.parametrize("name", ["big.txt", "big.pdf", "big.html", "big.docx", "big.xml"])
def test_what_is_too_large_is_not_even_read(name: str) -> None:
    file = Counted(b"A title and its words.\n" * 10_000)
    [found] = documents_in(file, name=name, max_bytes=10_000)
    assert found.refusal == "It has 230.0 kB; the limit is 10.0 kB."
    assert file.largest <= 1 << 16
