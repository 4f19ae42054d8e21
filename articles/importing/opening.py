"""A file in, the documents in it out: finds the format, calls its reader, names each refusal.

Files of records and web archives are read one part at a time, so that their size is of no
account; anything else is one document and is held in memory, up to a limit.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import BinaryIO

from . import html, jsonl, markdown, plain
from .decoding import decode
from .detect import FORMAT_OF_SUFFIX, TEXTUAL, check_is_text, check_size, detect
from .document import Document, ImportRefused
from .found import Found, read_part

_PEEK = 1 << 16


def documents_in(
    file: BinaryIO, *, name: str, max_bytes: int, format: str = "", chapters: bool = False
) -> Iterator[Found]:
    """What is in ``file`` (seekable), read as ``format``, or as what it is found to be.

    ``max_bytes`` counts the file, or one part of a file that holds many. With ``chapters`` each
    chapter of a book is a document. Bad input raises nothing: it comes out as a Found with its
    refusal.
    """
    try:
        if _is_named_as_records(name) and format in ("", "jsonl"):
            _refuse_no_records(file, name, max_bytes)
            yield from _records(file, max_bytes, jsonl.collection_of(name))
            return
        data = file.read(max_bytes + 1)
        check_size(data, max_bytes=max_bytes)
        if format in TEXTUAL:
            check_is_text(data)
        found = format or detect(data, name=name, max_bytes=max_bytes)
        if found == "jsonl":
            yield from _records(io.BytesIO(data), max_bytes, jsonl.collection_of(name))
        elif found in _READERS:
            yield read_part(_READERS[found], data)
        else:
            yield from _READERS_OF_SEVERAL[found](data)
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
            yield Found(b"", f"line {number}", refusal="It is larger than the limit.")
        elif raw.strip(b" \t\xef\xbb\xbf"):
            yield read_part(read, raw, f"line {number}")


def _text_reader(read: Callable[[str], Document]) -> Callable[[bytes], Document]:
    def read_bytes(data: bytes) -> Document:
        text, warning = decode(data)
        document = read(text)
        return replace(document, warnings=(warning, *document.warnings)) if warning else document

    return read_bytes


# Formats whose file is one document, and those whose file may hold several.
_READERS: dict[str, Callable[[bytes], Document]] = {
    "plain": _text_reader(plain.read),
    "markdown": _text_reader(markdown.read),
    "html": lambda data: html.extract(data, None),
}
_READERS_OF_SEVERAL: dict[str, Callable[[bytes], Iterator[Found]]] = {}
