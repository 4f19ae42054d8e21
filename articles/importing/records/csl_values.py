"""Names and dates as CSL-JSON writes them."""

import re
from typing import Any

from articles.importing.document import PublicationDate

from .bibliographic import plain
from .dates import When, exact, when

_SEASONS = ("Spring", "Summer", "Autumn", "Winter")
# Names in these scripts have no space, and the family first.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3·]+")


def name_of(person: Any) -> str:
    """The name of a person or institution in reading order, or ""."""
    if isinstance(person, str):
        return plain(person)
    if not isinstance(person, dict):
        return ""
    if literal := _text(person, "literal") or _text(person, "name"):
        return literal
    given, family = _text(person, "given"), _text(person, "family")
    if given and family and _UNSPACED.fullmatch(given + family):
        return family + given
    particles = (_text(person, "dropping-particle"), _text(person, "non-dropping-particle"))
    said = (given, *particles, family, _text(person, "suffix"))
    if person.get("static-ordering") is True:
        said = (*particles, family, given, said[-1])
    # "d’" stands at the name itself.
    return re.sub(r"(\b[dlDL]['’]) ", r"\1", " ".join(filter(None, said)))


def date_of(issued: Any, status: str = "") -> When | None:
    """When a work was issued; without a date its status ("in press"), where that says so."""
    found = _issued(issued)
    if found is None and re.search(r"press|forthcoming|submitted|preparation", status, re.I):
        found = When(PublicationDate(period=plain(status)))
    return found


def _issued(issued: Any) -> When | None:
    if isinstance(issued, str | int):
        return when(str(issued))
    if not isinstance(issued, dict):
        return None
    parts = _first_parts(issued.get("date-parts"))
    if parts:
        return _of_parts(parts, issued)
    for key in ("raw", "edtf", "literal"):
        if isinstance(issued.get(key), str) and (found := when(issued[key])):
            return found
    return None


def _first_parts(stated: Any) -> list[int]:
    """Year, month and day of the first date, as far as they are given."""
    first = stated[0] if isinstance(stated, list) and stated else stated
    numbers = []
    for part in first if isinstance(first, list) else [first]:
        if isinstance(part, bool) or not re.fullmatch(r"-?\d{1,6}", str(part).strip()):
            break
        numbers.append(int(part))
    return numbers[:3]


def _of_parts(parts: list[int], issued: dict[str, Any]) -> When:
    year, month, day = (*parts, 0, 0)[:3]
    if year <= 0:
        return When(PublicationDate(period=f"{-year} BC" if year else "in the year 0"))
    if issued.get("circa"):
        return When(PublicationDate(period=f"circa {year}"))
    season = _season(issued.get("season"))
    if month > 12:  # seasons as months, 13 to 16 or 21 to 24
        season = season or _season(month - 20 if month > 20 else month - 12)
        month = 0
    date = exact(year, month or None, day or None) if month else exact(year)
    if date is None:
        return When(PublicationDate(period=str(year)))
    return When(date, season if date.month is None else "")


def _season(stated: Any) -> str:
    text = str(stated or "").strip()
    if re.fullmatch(r"[1-4]", text):
        return _SEASONS[int(text) - 1]
    return "" if text.isdecimal() else plain(text).title()


def _text(person: dict[str, Any], key: str) -> str:
    value = person.get(key)
    return plain(value) if isinstance(value, str) else ""
