"""What the cells of a row say. What is not understood is told, and changes nothing."""

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any

from articles.importing.drafting import is_address, kind_of, shortened
from articles.importing.front_matter import DATES, KIND, LANGUAGE, URLS
from articles.importing.languages import language_named
from articles.importing.reading_dates import parse_date

from .columns import field_of
from .tables import Table

# The field that a cell was about, and what is to be said of it.
Problem = tuple[str, str]

_ERRORS = frozenset({
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
})  # fmt: skip
_NUMBERS = re.compile(r"(\d{1,2})([/-])(\d{1,2})[/-](\d{4})")
_SERIAL = re.compile(r"[1-9]\d{4}")  # 1927 to 2173; four digits are a year
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def understood(
    fields: Mapping[str, Any], table: Table, *, day_first: bool | None
) -> tuple[dict[str, Any], list[Problem]]:
    """``fields`` as front matter would write them, and what of them was not understood."""
    kept: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in fields.items():
        if isinstance(value, str) and value in _ERRORS:
            problems.append((field_of(key), f"The cell “{value}” holds an error of Excel."))
            continue
        told = ""
        if key in DATES:
            value, told = _date(value, table.epoch, day_first)
        elif key in KIND and kind_of(value) is None:
            told, value = f"The archive has no kind “{shortened(value)}”.", None
        elif key in LANGUAGE:
            value, told = _language(value)
        elif key in URLS and not is_address(value):
            told, value = f"“{shortened(value)}” is no web address.", None
        if value is not None:
            kept[key] = value
        if told:
            problems.append((field_of(key), told))
    return kept, problems


def day_comes_first(rows: Iterable[Iterable[str]]) -> bool | None:
    """Whether the dates of a sheet that are written 04/02/2012 begin with the day.

    None where none of them tells, or one gainsays another.
    """
    says = set()
    for cells in rows:
        for cell in cells:
            if found := _NUMBERS.fullmatch(cell.strip()):
                if int(found[1]) > 12:
                    says.add(True)
                elif int(found[3]) > 12:
                    says.add(False)
    return says.pop() if len(says) == 1 else None


def _date(text: str, epoch: datetime.date, day_first: bool | None) -> tuple[str | None, str]:
    if _SERIAL.fullmatch(text):
        return (epoch + datetime.timedelta(days=int(text))).isoformat(), ""
    if (found := _NUMBERS.fullmatch(text)) and day_first is not None:
        day, month = (found[1], found[3]) if day_first else (found[3], found[1])
        text = f"{found[4]}-{int(month):02}-{int(day):02}"
    date = parse_date(text)
    if date is None:
        return None, f"The date “{shortened(text)}” was not understood."
    if _NUMBERS.fullmatch(text) and date.precision == "year" and day_first is None:
        return text, f"“{shortened(text)}” may be either of two days: only its year is taken."
    return text, ""


def _language(text: str) -> tuple[str | None, str]:
    if named := language_named(text):
        return named, ""
    if _TAG.fullmatch(text):
        return text, ""
    return None, f"“{shortened(text)}” is no language that is known here."
