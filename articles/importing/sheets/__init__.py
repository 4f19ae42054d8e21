"""A sheet of metadata, CSV or Excel, that an editor gives along with files: a row for each file.

Its columns have the names that front matter uses (``articles.importing.front_matter``), its file
column says which file a row is about. Nothing here knows a database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from articles.importing.document import Document, ImportRefused
from articles.importing.drafting import Draft
from articles.importing.front_matter import put_fields

from .cells import Problem, day_comes_first, understood
from .columns import Columns, columns_of
from .commas import commas_in
from .tables import HEAD_WITHIN, MOST_ROWS, Table

MOST_BYTES = 10_000_000
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPPED = b"PK\x03\x04"
# What one row cannot say of each of the documents in a file.
_OF_ONE_DOCUMENT = ("title", "standfirst", "source_url")


@dataclass(frozen=True)
class Row:
    """What a sheet says of one file. ``problems`` are cells that were not understood."""

    file: str
    fields: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The rows of a sheet by their number in it, and what a person should know of it."""

    name: str
    rows: Mapping[int, Row] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def read_sheet(data: bytes, *, name: str) -> Sheet:
    """The sheet in ``data``. Errors: ImportRefused, with what is wrong, when it is none."""
    if len(data) > MOST_BYTES:
        raise ImportRefused(f"It is larger than {MOST_BYTES // 1_000_000} MB.")
    if not data.strip():
        raise ImportRefused("It is empty.")
    tables = _tables_in(data)
    for table in tables:
        if (head := _head(table)) is not None:
            others = [one.name for one in tables if one is not table and one.rows]
            return _sheet(name, table, *head, others=others)
    raise ImportRefused(
        "No column of it says which file a row is about. Call that column “file”, “filename” or"
        " “path”."
    )


def stated(document: Document, row: Row, *, where: str, several: bool = False) -> Document:
    """``document`` with what ``row`` says in place of what its reader found.

    With ``several`` the document is one of many in its file, and keeps what makes it that one.
    """
    draft = Draft()
    put_fields(row.fields, draft, where=where)
    values = {key: one for key, one in draft.values.items() if key in draft.origins}
    identifiers = draft.identifiers
    if several:
        values = {key: one for key, one in values.items() if key not in _OF_ONE_DOCUMENT}
        identifiers = []
    origins = dict(document.origins) | {key: draft.origins[key] for key in values}
    told = [sentence for _field, sentence in row.problems] + draft.warnings
    if "source_url" in values:
        values["url"] = values.pop("source_url")
    if "people" in values:
        values["suggested_people"] = ()
    return replace(
        document,
        **values,
        origins=origins,
        identifiers=tuple(dict.fromkeys((*identifiers, *document.identifiers))),
        warnings=(*(f"{where}: {one}" if where not in one else one for one in told),
                  *document.warnings),
    )  # fmt: skip


def _tables_in(data: bytes) -> list[Table]:
    if data.startswith(_OLD_WORKBOOK):
        raise ImportRefused("It is an old Excel file: save it as XLSX or CSV.")
    if not data.startswith(_ZIPPED):
        return [commas_in(data)]
    from .workbooks import sheets_in  # noqa: PLC0415 - loading it takes a tenth of a second

    return sheets_in(data)


def _head(table: Table) -> tuple[int, Columns] | None:
    """Where in ``table`` the row with the names of its columns is, and what they are."""
    for place, (_number, cells) in enumerate(table.rows[:HEAD_WITHIN]):
        if (columns := columns_of(cells)) is not None:
            return place, columns
    return None


def _sheet(name: str, table: Table, place: int, columns: Columns, *, others: list[str]) -> Sheet:
    below = table.rows[place + 1 :]
    if not below:
        raise ImportRefused("It has no rows below the names of its columns.")
    if len(below) > MOST_ROWS:
        raise ImportRefused(f"It has more than {MOST_ROWS:,} rows, which is the limit.")
    day_first = day_comes_first(columns.dates_in(cells) for _number, cells in below)
    rows, nameless = {}, []
    for number, cells in below:
        file = columns.file_in(cells)
        if not file:
            nameless.append(number)
            continue
        fields, problems = understood(columns.fields_in(cells), table, day_first=day_first)
        missing = [
            (columns.field_at(column), f"A formula in it has no value: {columns.names[column]}.")
            for column in table.formulas.get(number, ())
            if column in columns.names
        ]
        rows[number] = Row(file, fields, (*problems, *missing))
    warnings = [*table.warnings, *columns.warnings]
    if nameless:
        numbers = ", ".join(map(str, nameless[:10])) + (", …" if len(nameless) > 10 else "")
        warnings.append(f"Rows that name no file: {numbers}.")
    if others:
        warnings.append(f"Only “{table.name}” was read, and not: {', '.join(others)}.")
    if not rows:
        raise ImportRefused("None of its rows names a file.")
    return Sheet(name, rows, tuple(warnings))
