"""A table in CSV, in the dialects that spreadsheets of all countries write.

Python's own Sniffer takes letters for separators, and fails where a cell holds commas. Here the
names of the columns tell: the separator is the one that makes most of them out of the head.
"""

import codecs
import csv
import io
import re
from itertools import islice

from articles.importing.decoding import decode
from articles.importing.document import ImportRefused

from .columns import columns_of
from .tables import HEAD_WITHIN, MOST_COLUMNS, Table

_SEPARATORS = (",", ";", "\t", "|")
_SAID = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)  # a first line that Excel understands
_HIGH = re.compile(rb"[\x80-\xff]")
_ALONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_EAST_ASIAN = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)
_NOT_CLOSED = "unexpected end of data"


def commas_in(data: bytes) -> Table:
    """The table in ``data``. Errors: ImportRefused when a quotation mark is never closed."""
    text, warning = _decoded(data)
    text = text.removeprefix("\ufeff")
    first = 1
    if said := _SAID.match(text):
        text, separator, first = text[said.end() :], said[1], 2
    else:
        separator = max(_SEPARATORS, key=lambda one: _names_made_by(one, text))
    rows = _rows(text, separator)
    kept = [
        (number, [" ".join(cell.split()) for cell in row[:MOST_COLUMNS]])
        for number, row in enumerate(rows, start=first)
        if any(cell.strip() for cell in row)
    ]
    return Table("", kept, warnings=(warning,) if warning else ())


def _decoded(data: bytes) -> tuple[str, str]:
    """As ``decode``; but a few accents in short cells, which it takes for Chinese, are Western."""
    text, warning = decode(data)
    high = len(_HIGH.findall(data))
    few_and_apart = high < 0.15 * len(data) and len(_ALONE.findall(data)) > 0.8 * high
    if few_and_apart and _EAST_ASIAN.search(text) and not data.startswith(_MARKS):
        return data.decode("windows-1252", "replace"), "The encoding was guessed: windows-1252."
    return text, warning


def _names_made_by(separator: str, text: str) -> int:
    """How many names of columns ``separator`` makes out of the first rows, with a file column."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    try:
        found = [columns_of(row) for row in islice(rows, HEAD_WITHIN)]
    except csv.Error:
        return 0
    return max((1 + len(columns.names) for columns in found if columns is not None), default=0)


def _rows(text: str, separator: str) -> list[list[str]]:
    try:
        return _read(text, separator, strict=True)
    except csv.Error as error:
        if _NOT_CLOSED in str(error):
            raise ImportRefused("A quotation mark in it is never closed.") from error
    try:
        return _read(text, separator, strict=False)
    except csv.Error as error:
        raise ImportRefused(f"It is no table in CSV: {error}.") from error


def _read(text: str, separator: str, *, strict: bool) -> list[list[str]]:
    lines = io.StringIO(text, newline="")
    return list(csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=strict))
