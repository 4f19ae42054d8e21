"""Dates in TEI: what their attributes state, else what their words are."""

import re
from typing import Any

from articles.importing.document import PublicationDate
from articles.importing.reading_dates import parse_date
from articles.importing.xml_walk import attribute, words

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?")


def tei_date(date: Any) -> PublicationDate | None:
    """A date as precise as its attributes state; a range or what is unsure is a period in words."""
    if date is None:
        return None
    for name in ("when", "when-iso", "value"):
        if found := _iso(attribute(date, name)):
            return found
    said = words(date)
    first, last = (
        next(filter(None, (attribute(date, name) for name in names)), "")
        for names in (("from", "notBefore", "from-iso"), ("to", "notAfter", "to-iso"))
    )
    if first or last:
        begin, end = _iso(first), _iso(last)
        if begin and end and begin.year == end.year:
            return begin if begin == end else PublicationDate(begin.year)
        period = said or (f"{first}–{last}" if first and last else first or f"–{last}")
        return PublicationDate(period=period[:200])
    if found := parse_date(re.sub(r"[\[\]()]", "", said)):
        return found
    return PublicationDate(period=said[:200]) if re.search(r"\d", said) else None


def _iso(text: str) -> PublicationDate | None:
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(one) if one else None for one in found.groups())
    for parts in ((year, month, day), (year, month), (year,)):
        try:
            return PublicationDate(*parts)
        except ValueError:
            continue  # a day that no calendar has leaves the month
    return None
