"""Dates as people write them, read no more precisely than they are written.

A date whose day and month could be either (04/02/2012) is read as its year.
"""

import re
import unicodedata
from functools import cache

from dateparser.date import DateDataParser

from .document import PublicationDate

_EARLIEST, _LATEST = 1000, 2100
_ISO = re.compile(
    r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?)?)?|(\d{4})(\d{2})(\d{2})"
    r"|(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?"
)
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})[./-](\d{4})")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DAY_NAME = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MONTH_NAME = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_TIME = r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d{2}.{0,20})?"
_ENGLISH = re.compile(
    rf"{_DAY_NAME}(?:{_MONTH_NAME}(?:\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?)?,?\s+(?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH_NAME.replace('month', 'month2')},?"
    rf"\s+(?P<year2>\d{{4}})){_TIME}",
    re.IGNORECASE,
)
_LANGUAGES = (
    "ar", "bg", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it",
    "ja", "ko", "nb", "nl", "pl", "pt", "ro", "ru", "sv", "tr", "uk", "vi", "zh",
)  # fmt: skip


def parse_date(text: str) -> PublicationDate | None:
    """The date that ``text`` is, and nothing else but a date; None when it is none.

    ISO ("2012-02-04", "2012-02", "2012", also with a time), English and other languages' long
    forms ("February 4, 2012", "4 février 2012", "February 2012"). The time and its zone are
    dropped: the date stays as written.
    """
    plain = "".join(_western_digit(character) for character in " ".join(text.split())).strip(" .,")
    if len(plain) > 60 or not re.search(r"\d{4}", plain):
        return None
    if found := _ISO.fullmatch(plain):
        groups = [group for group in found.groups() if group]
        return _date(*groups)
    if found := _NUMBERS.fullmatch(plain):
        return _of_numbers(int(found[1]), found[2], int(found[3]), found[4])
    if found := _ENGLISH.fullmatch(plain):
        parts = found.groupdict()
        month = _MONTHS[(parts["month"] or parts["month2"]).lower()]
        return _date(parts["year"] or parts["year2"], month, parts["day"] or parts["day2"])
    if len(plain.split()) > 7 or not re.search(r"[^\W\d]{3}", plain):
        return None
    return _other_language(plain)


def _date(
    year: str, month: str | int | None = None, day: str | None = None
) -> PublicationDate | None:
    if not _EARLIEST <= int(year) <= _LATEST:
        return None
    try:
        return PublicationDate(int(year), int(month) if month else None, int(day) if day else None)
    except ValueError:
        return None


def _of_numbers(first: int, separator: str, second: int, year: str) -> PublicationDate | None:
    if first == second or second > 12:
        return _date(year, first, str(second))
    if first > 12 or separator == ".":  # with dots the day comes first everywhere
        return _date(year, second, str(first))
    return _date(year)


@cache
def _parser() -> DateDataParser:
    return DateDataParser(
        languages=list(_LANGUAGES),
        settings={"PREFER_DAY_OF_MONTH": "first", "RETURN_AS_TIMEZONE_AWARE": False},
    )


def _other_language(plain: str) -> PublicationDate | None:
    found = _parser().get_date_data(plain)
    date = found.date_obj
    # Where words are not understood it takes what is left: the year must be one that is written.
    if date is None or str(date.year) not in plain:
        return None
    precise = found.period if found.period in ("day", "month", "year") else "day"
    if precise == "day" and not re.search(r"(?<!\d)\d{1,2}(?!\d)", plain):
        precise = "month"
    month = date.month if precise in ("day", "month") else None
    return _date(str(date.year), month, str(date.day) if precise == "day" else None)


def _western_digit(character: str) -> str:
    if character.isascii() or not character.isdecimal():
        return character
    return str(unicodedata.decimal(character))
