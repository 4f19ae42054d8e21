"""Dates as precise as they are known: a day, a month, a year, or a period in words."""

import datetime
import re

from django.utils import formats
from django.utils.translation import gettext as _

_ISO = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def in_words(date: datetime.date | None, precision: str, period: str) -> str:
    """The date as a reader sees it: "4 February 2012", "February 2012", "2012", or a period."""
    if date is None:
        return period or _("No date is known")
    if precision == "year":
        return str(date.year)
    if precision == "month":
        return formats.date_format(date, "YEAR_MONTH_FORMAT")
    return formats.date_format(date, "DATE_FORMAT")


def iso(date: datetime.date | None, precision: str) -> str:
    """The date as long as it is known: "2012-02-04", "2012-02", "2012" or ""."""
    if date is None:
        return ""
    return date.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


def from_iso(text: str) -> tuple[datetime.date | None, str]:
    """The date and its precision that ``iso`` wrote. Errors: ValueError when it is none."""
    if not text:
        return None, "none"
    if not _ISO.fullmatch(text):
        raise ValueError(f"not a date: {text!r}")
    precision = {4: "year", 7: "month"}.get(len(text), "day")
    return datetime.date.fromisoformat(f"{text}-01-01"[:10]), precision
