"""A file in, the documents in it out: finds the format, calls its reader, names each refusal.

Files of JSON Lines, web archives and zip archives are read one part at a time, so that their size
is of no account; anything else is held in memory, up to a limit.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import BinaryIO

from . import docx, epub, html, jats, jsonl, markdown, mhtml, pdf, plain, tei, walls, warc
from .decoding import decode
from .detect import (
    FORMAT_OF_SUFFIX,
    NAMES,
    TEXTUAL,
    check_is_text,
    check_length,
    check_size,
    detect,
    streamed_format,
)
from .document import Document, ImportRefused
from .found import TOO_MUCH_MEMORY, Found, failed, read_part
from .linked import Link
from .records import bibtex, csl, ris
from .safe_zip import Archive
from .warc import wacz
from .zipped import LIMITS, told

_PEEK = 1 << 16


def documents_in(
    file: BinaryIO,
    *,
    name: str,
    max_bytes: int,
    format: str = "",
    chapters: bool = False,
    link: Link | None = None,
) -> Iterator[Found]:
    """What is in ``file`` (seekable), read as ``format``, or as what it is found to be.

    ``max_bytes`` counts the file, or one part of a file that holds many. With ``chapters`` each
    chapter of a book is a document. A file from a ``link`` has no name that it must live up to:
    its bytes decide, and what is one document is at that address. Bad input raises nothing: it
    comes out as a Found with its refusal.
    """
    if link is not None:
        yield from _behind(link, file, max_bytes, format, chapters)
        return
    try:
        if _is_named_as_records(name) and format in ("", "jsonl"):
            _refuse_no_records(file, name, max_bytes)
            yield from _records(file, max_bytes, jsonl.collection_of(name))
            return
        streamed = format or streamed_format(file, name=name)
        if streamed == "zip":
            yield from _members(file, max_bytes, chapters)
            return
        if streamed in _STREAMED:
            yield from map(_looked_at, _STREAMED[streamed](file, max_bytes=max_bytes))
            return
        check_length(file.seek(0, io.SEEK_END), max_bytes=max_bytes)
        file.seek(0)
        data = file.read()
        check_size(data, max_bytes=max_bytes)
        if format in TEXTUAL:
            check_is_text(data)
        found = format or detect(data, name=name, max_bytes=max_bytes)
        if found == "jsonl":
            yield from _records(io.BytesIO(data), max_bytes, jsonl.collection_of(name))
        elif found == "epub":
            yield from epub.read_chapters(data) if chapters else [read_part(epub.read, data)]
        elif found in HANDED_ON:
            yield Found(data, handler=found)
        elif found in _READERS:
            yield _looked_at(read_part(_READERS[found], data))
        elif found in _READERS_OF_SEVERAL:
            yield from _READERS_OF_SEVERAL[found](data)
        else:
            raise ImportRefused(f"It is {NAMES[found]}: it holds notes, and no article.")
    except ImportRefused as refusal:
        yield Found(b"", refusal=str(refusal))
    except MemoryError:
        yield Found(b"", refusal=TOO_MUCH_MEMORY)
    except Exception as error:
        yield Found(b"", refusal=failed(error))


def _behind(
    link: Link, file: BinaryIO, max_bytes: int, format: str, chapters: bool
) -> Iterator[Found]:
    """What is in a file that was fetched from ``link``."""
    try:
        found = format or streamed_format(file)
        if not found:
            data = file.read(max_bytes + 1)
            file.seek(0)
            found = link.format_of(detect(data, max_bytes=max_bytes))
    except ImportRefused as refusal:
        yield Found(b"", refusal=str(refusal))
        return
    if found == "jsonl":
        yield from _records(file, max_bytes, jsonl.collection_of(link.file_name))
    elif found in ("html", "plain", "markdown"):
        data = file.read(max_bytes)
        read = {
            "html": lambda data: html.extract(data, link.url, charset=link.charset),
            "plain": _text_reader(plain.read, link.charset),
            "markdown": _text_reader(markdown.read, link.charset),
        }[found]
        yield _looked_at(_at(link, read_part(read, data)), link)
    else:
        several = documents_in(file, name="", max_bytes=max_bytes, format=found, chapters=chapters)
        yield from _at_if_alone(link, several) if found in _MAY_BE_ALONE else several


def _at(link: Link, found: Found) -> Found:
    return replace(found, document=link.put_into(found.document)) if found.document else found


def _at_if_alone(link: Link, several: Iterator[Found]) -> Iterator[Found]:
    """A document that is all there is at the link is at its address; of many, none is."""
    first, second = next(several, None), next(several, None)
    if first is not None:
        yield first if second else _at(link, first)
    if second is not None:
        yield second
    yield from several


def _is_named_as_records(name: str) -> bool:
    return FORMAT_OF_SUFFIX.get(name.rpartition(".")[2].lower()) == "jsonl"


def _refuse_no_records(file: BinaryIO, name: str, max_bytes: int) -> None:
    """Errors: ImportRefused when the file does not begin as its name says."""
    begin = file.read(_PEEK)
    file.seek(0)
    whole_lines = begin.rpartition(b"\n")[0] if len(begin) == _PEEK else begin
    check_is_text(begin)
    if whole_lines or not begin:
        detect(whole_lines, name=name, max_bytes=max(max_bytes, _PEEK))


def _records(file: BinaryIO, max_bytes: int, collection: str) -> Iterator[Found]:
    read = partial(jsonl.read_record, collection=collection)
    number = 0
    while line := file.readline(max_bytes + len(b"\r\n")):
        number += 1
        raw = line.rstrip(b"\r\n")
        if len(raw) > max_bytes:
            while line and not line.endswith(b"\n"):
                line = file.readline(_PEEK)
            yield Found(b"", f"line {number}", refusal="It is larger than the limit.")
        elif raw.strip(b" \t\xef\xbb\xbf"):
            yield read_part(read, raw, f"line {number}")


def _looked_at(found: Found, link: Link | None = None) -> Found:
    """``found`` with the reason to hold a page that is an error, a wall or a menu."""
    document = found.document
    is_page = document.media_type == "text/html" if document else bool(found.part or link)
    if not found.raw or not is_page:
        return found
    url = document.url if document else found.part
    reason = walls.reason_to_hold(
        url=link.asked if link else url,
        final_url=link.url if link else None,
        status=link.status if link else None,
        html=found.raw,
        document=document,
    )
    if not reason:
        return found
    return replace(found, hold=reason) if document else replace(found, refusal=reason)


def _members(file: BinaryIO, max_bytes: int, chapters: bool) -> Iterator[Found]:
    """What is in each file of a zip archive; archives in it are not opened."""
    archive = Archive(file, limits=replace(LIMITS, member_bytes=max_bytes))
    for name in archive.climbing:
        yield Found(b"", name, refusal="Its name leads out of the archive, so it is not read.")
    for name in told(archive):
        try:
            data = archive.read(name)
        except ImportRefused as refusal:
            yield Found(b"", name, refusal=refusal.reason)
            continue
        inner = io.BytesIO(data)
        for found in _in_member(inner, name.rpartition("/")[2], max_bytes, chapters):
            part = f"{name}, {found.part}" if found.part else name
            yield replace(found, part=part, member=name)


def _in_member(file: BinaryIO, name: str, max_bytes: int, chapters: bool) -> Iterator[Found]:
    try:
        if streamed_format(file, name=name) == "zip":
            raise ImportRefused("It is an archive in an archive: unpack it first.")
    except ImportRefused as refusal:
        yield Found(file.read(), refusal=refusal.reason)
        return
    yield from documents_in(file, name=name, max_bytes=max_bytes, chapters=chapters)


def _text_reader(read: Callable[[str], Document], charset: str = "") -> Callable[[bytes], Document]:
    def read_bytes(data: bytes) -> Document:
        text, warning = decode(data, declared=charset)
        document = read(text)
        return replace(document, warnings=(warning, *document.warnings)) if warning else document

    return read_bytes


# Formats whose file is one document, those whose file may hold several, and those read from the
# file itself because it may be large.
_READERS: dict[str, Callable[[bytes], Document]] = {
    "plain": _text_reader(plain.read),
    "markdown": _text_reader(markdown.read),
    "html": lambda data: html.extract(data, None),
    "mhtml": mhtml.read,
    "pdf": pdf.read,
    "docx": docx.read,
}
_READERS_OF_SEVERAL: dict[str, Callable[[bytes], Iterator[Found]]] = {
    "jats": jats.read_all,
    "tei": tei.read_all,
    "ris": ris.read_all,
    "bibtex": bibtex.read_all,
    "csl": csl.read_all,
}
# Files that hold one document as a rule; a list of references is none of those that it names.
_MAY_BE_ALONE = frozenset({"pdf", "docx", "mhtml", "epub", "jats", "tei"})
# What other parts of the archive bring in: no documents, but what is said of them.
HANDED_ON = frozenset({"hypothesis"})
_IN_WEB_ARCHIVES = {"application/pdf": pdf.read}
_STREAMED = {
    "warc": partial(warc.read_all, readers=_IN_WEB_ARCHIVES),
    "wacz": partial(wacz.read_all, readers=_IN_WEB_ARCHIVES),
}
