"""Tables in a workbook of Excel (XLSX), read row by row once its size is known to be bearable.

Formulas count with the value that Excel computed last. A merged cell says the same in every row
it covers. Sheets that are hidden are passed over.
"""

import datetime
import io
import re
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from articles.importing.document import ImportRefused
from articles.importing.safe_zip import Archive, Limits

from .tables import EPOCH_1900, EPOCH_1904, HEAD_WITHIN, MOST_COLUMNS, MOST_ROWS, Table

_LIMITS = Limits(members=2_000, member_bytes=60_000_000, all_bytes=120_000_000)
_MOST_ROWS = 1_048_576  # of a sheet of Excel; a number beyond is forged
_MOST_FILLED = 200_000  # cells that merged ones may stand for
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})\""
)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')  # what is no code in the format of a number
Merged = tuple[int, int, int]  # its first and last row, and its first column


def sheets_in(data: bytes) -> list[Table]:
    """The visible sheets of the workbook ``data``. Errors: ImportRefused when it is none."""
    has_formulas, merged = _surveyed(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        formulas = load_workbook(io.BytesIO(data), read_only=True) if has_formulas else None
        visible = [one for one in book.worksheets if one.sheet_state == "visible"]
        epoch = EPOCH_1904 if book.epoch == CALENDAR_MAC_1904 else EPOCH_1900
        return [
            _table(one, formulas[one.title] if formulas else None, epoch, merged) for one in visible
        ]
    except ImportRefused:
        raise
    except Exception as error:
        # A strangers' file meets whatever openpyxl did not foresee; it writes nothing.
        raise ImportRefused("It is a broken Excel file: save it anew, or as CSV.") from error


def _surveyed(data: bytes) -> tuple[bool, dict[str, list[Merged]]]:
    """Whether there are formulas, and the merged cells of each sheet by its part.

    Errors: ImportRefused for what unpacks to too much, or declares entities.
    """
    archive = Archive(data, limits=_LIMITS)
    if archive.climbing or "[Content_Types].xml" not in archive:
        raise ImportRefused("It is no Excel file: save it as XLSX or CSV.")
    if not any(name.startswith("xl/") for name in archive.names):
        raise ImportRefused("It is no Excel file: save it as XLSX or CSV.")
    has_formulas, merged = False, {}
    for name in archive.names:
        part = archive.read(name)
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in part.replace(b"\x00", b"").upper():
            raise ImportRefused("It declares entities, as no Excel file does.")
        if "/worksheets/" in f"/{name}":
            has_formulas = has_formulas or _FORMULA.search(part) is not None
            merged[name] = [
                (int(top), int(bottom), column_index_from_string(left.decode()) - 1)
                for left, top, bottom in (one.groups() for one in _MERGED.finditer(part))
            ]
    return has_formulas, merged


def _table(
    sheet: Any,
    formulas: Any,
    epoch: datetime.date,
    merged: dict[str, list[Merged]],
) -> Table:
    rows, uncomputed = {}, {}
    written = _written(formulas) if formulas is not None else iter(())
    for number, cells in _cells(sheet):
        values = [_text(cell) for cell in cells]
        there = next(written, ())
        lacking = [
            column
            for column, formula in enumerate(there)
            if formula and not (column < len(values) and values[column])
        ]
        if lacking:
            uncomputed[number] = lacking
        if any(values) or lacking:
            rows[number] = values
        if len(rows) > MOST_ROWS + HEAD_WITHIN:
            break  # it is refused
    _fill(rows, merged.get(sheet._worksheet_path.lstrip("/"), []))
    return Table(sheet.title, sorted(rows.items()), epoch, uncomputed)


def _cells(sheet: Any) -> Iterator[tuple[int, Any]]:
    sheet.reset_dimensions()  # what the file says of its extent may be anything
    for number, cells in enumerate(sheet.iter_rows(max_row=_MOST_ROWS), start=1):
        yield number, cells[:MOST_COLUMNS]


def _written(sheet: Any) -> Iterator[list[bool]]:
    for _number, cells in _cells(sheet):
        yield [cell.data_type == "f" for cell in cells]


def _fill(rows: dict[int, list[str]], merged: list[Merged]) -> None:
    """Let every row that a merged cell covers say what it says."""
    left = _MOST_FILLED
    for top, bottom, first in merged:
        value = rows[top][first] if top in rows and first < len(rows[top]) else ""
        left -= bottom - top if value else 0
        if left < 0:
            return
        for number in range(top + 1, bottom + 1) if value else ():
            if number not in rows:
                continue
            row = rows[number]
            row += [""] * (first + 1 - len(row))
            row[first] = row[first] or value


def _text(cell: Any) -> str:
    """What the cell shows, on one line; a date as precisely as it is shown."""
    value = cell.value
    if value is None or isinstance(value, datetime.time | datetime.timedelta):
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        shown = _QUOTED.sub("", str(cell.number_format)).lower()
        length = 10 if "d" in shown or "y" not in shown else 7 if "m" in shown else 4
        return value.isoformat()[:length]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool):
        return ""
    return " ".join(str(value).split())
