"""A file in, the documents in it out: finds the format, calls its reader, names each refusal.

A file of records (JSON Lines) is read one line at a time, so that its size is of no account;
anything else is one document and is held in memory, up to a limit.
"""

import io
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import BinaryIO

from . import html, jsonl, markdown, plain
from .decoding import decode
from .detect import FORMAT_OF_SUFFIX, check_is_text, check_size, detect
from .document import Document, ImportRefused

logger = logging.getLogger(__name__)

_PEEK = 1 << 16


@dataclass(frozen=True)
class Found:
    """One document of a file, or why there is none: exactly one of both.

    ``line`` counts from 1 in a file of records, and is 0 elsewhere.
    """

    raw: bytes
    line: int = 0
    document: Document | None = None
    refusal: str = ""


def documents_in(file: BinaryIO, *, name: str, max_bytes: int, format: str = "") -> Iterator[Found]:
    """What is in ``file`` (seekable), read as ``format``, or as what it is found to be.

    ``max_bytes`` counts the file, or one record in a file of records. Bad input raises nothing:
    it comes out as a Found with its refusal.
    """
    try:
        if _is_named_as_records(name) and format in ("", "jsonl"):
            _refuse_no_records(file, name, max_bytes)
            yield from _records(file, max_bytes, jsonl.collection_of(name))
            return
        data = file.read(max_bytes + 1)
        check_size(data, max_bytes=max_bytes)
        check_is_text(data)
        found = format or detect(data, name=name, max_bytes=max_bytes)
        if found == "jsonl":
            yield from _records(io.BytesIO(data), max_bytes, jsonl.collection_of(name))
        else:
            yield _read(_READERS[found], data)
    except ImportRefused as refusal:
        yield Found(b"", refusal=str(refusal))


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
            yield Found(b"", number, refusal="It is larger than the limit.")
        elif raw.strip(b" \t\xef\xbb\xbf"):
            yield _read(read, raw, number)


def _read(reader: Callable[[bytes], Document], data: bytes, line: int = 0) -> Found:
    try:
        return Found(data, line, document=reader(data))
    except ImportRefused as refusal:
        return Found(data, line, refusal=str(refusal))
    except Exception as error:
        # What strangers send meets bugs of ours and of others; one file must not stop the rest.
        logger.exception("a reader failed")
        name = type(error).__name__
        return Found(data, line, refusal=f"It could not be read: the reader failed ({name}).")


def _text_reader(read: Callable[[str], Document]) -> Callable[[bytes], Document]:
    def read_bytes(data: bytes) -> Document:
        text, warning = decode(data)
        document = read(text)
        return replace(document, warnings=(warning, *document.warnings)) if warning else document

    return read_bytes


_READERS: dict[str, Callable[[bytes], Document]] = {
    "plain": _text_reader(plain.read),
    "markdown": _text_reader(markdown.read),
    "html": lambda data: html.extract(data, None),
}
