"""Dates as bibliographic records state them, read no more precisely than they are stated.

Of a range the first day counts. What is no date, such as "in press" or "circa 1850", is a period
in words: a year that is only about right is not known.
"""

import re
from dataclasses import dataclass

from articles.importing.document import PublicationDate
from articles.importing.drafting import one_line
from articles.importing.reading_dates import parse_date

_LONGEST_PERIOD = 80
_EARLIEST, _LATEST = 1000, 2100
# Year, month, day and anything else, each perhaps empty: RIS of old and of today.
_SLASHED = re.compile(r"(\d{4})/(\d{0,2})(?:/(\d{0,2})(?:/(.*))?)?")
_UNKNOWN = re.compile(r"n\.? ?d\.?|no date|undated|s\.? ?d\.?|o\.? ?j\.?|unknown", re.IGNORECASE)
_CIRCA = re.compile(r"(?:circa|ca?\.|ca |about|approx\S*|around|um )\s*(?=\d)", re.IGNORECASE)
_SEASON_NAME = r"(?:spring|summer|autumn|fall|winter)"
_SEASON = re.compile(rf"{_SEASON_NAME}(?:\s*[-–/]\s*{_SEASON_NAME})?", re.IGNORECASE)
_SEASONS = ("Spring", "Summer", "Autumn", "Winter")
# Extended Date/Time Format, as biblatex has it: seasons as months 21 to 24, X for any digit.
_EDTF_SEASON = re.compile(r"(\d{4})-(2[1-4])")
_EDTF_DECADE = re.compile(r"(\d{2})(\d[XxUu]|XX|xx|UU|uu)")
_ISO = r"\d{4}(?:-\d{1,2}(?:-\d{1,2})?)?"
_TIME = r"(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?"
_RANGE = re.compile(
    rf"({_ISO}){_TIME}[~?%]?\s*(?:/|--+|[–—]|\s[-–—]\s|\sto\s)\s*(?:(?:{_ISO}){_TIME}[~?%]?|\.\.|open)?",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(\d{4})\s*[-–—/]+\s*\d{2,4}")
_MONTHS = re.compile(r"\b([A-Za-zÀ-ÿ]{3,9})\.?\s*[-–—/&]+\s*[A-Za-zÀ-ÿ]{3,9}\b\.?")
_DAYS = re.compile(r"\b(\d{1,2})\s*[-–—/]+\s*\d{1,2}\b(?!\d)")
_HALVES = re.compile(r"(\S.*?[^\W\d_]{3}.*?)\s*[–—-]\s*(\S.*[^\W\d_]{3}.*)")
_YEAR_FIRST = re.compile(r"(\d{4}),?\s+([^\W\d_]+)\.?(?:\s+(\d{1,2}))?")
_LONE_YEAR = re.compile(r"(?:©|\(c\)|c|cop\.|\[)?\s*(\d{4})\]?", re.IGNORECASE)


@dataclass(frozen=True)
class When:
    """A date, and the season beside it, which is more than a year and less than a month."""

    date: PublicationDate
    season: str = ""

    @property
    def said_season(self) -> str:
        """ "Spring 2012", or "" where no season is stated."""
        return f"{self.season} {self.date.year}" if self.season and self.date.year else self.season


def when(text: str) -> When | None:
    """What ``text`` says of the time of publication; None where it says nothing."""
    plain = one_line(text).lstrip(" ,;").rstrip(" .,;")
    if not plain.strip("/- ") or _UNKNOWN.fullmatch(plain):
        return None
    if slashed := _SLASHED.fullmatch(plain):
        return _of_parts(slashed[1], slashed[2], slashed[3], one_line(slashed[4] or ""))
    return _edtf(plain) or _in_words(plain) or _period(plain)


def most_exact(stated: list[str]) -> When | None:
    """The most exact of several statements that agree on the year; the first one leads."""
    found = [one for one in map(when, stated) if one is not None]
    if not found:
        return None
    leading = next((one for one in found if one.date.year), found[0])
    agreeing = [one for one in found if one.date.year == leading.date.year]
    best = max(agreeing, key=lambda one: len(one.date.isoformat()))
    season = next((one.season for one in agreeing if one.season), "")
    return When(best.date, season if best.date.precision == "year" else "")


def exact(year: int, month: int | None = None, day: int | None = None) -> PublicationDate | None:
    """The date as far as it can be one: an impossible day or month is left out."""
    if not _EARLIEST <= year <= _LATEST:
        return None
    for possible in ((month, day), (month, None)):
        try:
            return PublicationDate(year, possible[0] or None, possible[1] or None)
        except ValueError:
            continue
    return PublicationDate(year)


def _of_parts(year: str, month: str, day: str | None, more: str) -> When:
    date = exact(int(year), int(month or 0), int(day or 0) if month else None)
    season = _SEASON.fullmatch(more)
    if date is None:
        return When(PublicationDate(period=year))
    if not season and date.month is None and more:
        fuller = parse_date(f"{more} {year}")  # "2012///February 4"
        date = fuller if fuller and fuller.year == date.year else date
    return When(date, more.title() if season and date.month is None else "")


def _edtf(plain: str) -> When | None:
    if season := _EDTF_SEASON.fullmatch(plain):
        return When(PublicationDate(int(season[1])), _SEASONS[int(season[2]) - 21])
    if decade := _EDTF_DECADE.fullmatch(plain):
        known = decade[2][0]
        period = f"{decade[1]}{known}0s" if known.isdigit() else f"{decade[1]}00s"
        return When(PublicationDate(period=period))
    if re.fullmatch(rf"{_ISO}[~?%]", plain):
        about = plain[:-1] + "?" if plain.endswith("?") else f"circa {plain[:-1]}"
        return When(PublicationDate(period=about))
    if until := re.fullmatch(rf"\.\./({_ISO})", plain):
        return When(PublicationDate(period=f"until {until[1]}"))
    found = _RANGE.fullmatch(plain)
    date = parse_date(found[1]) if found else None
    return When(date) if date else None


def _in_words(plain: str) -> When | None:
    if _CIRCA.match(plain):
        return None
    if date := _first_of_range(plain) or parse_date(plain):
        return When(date)
    year = re.search(r"(?<!\d)\d{4}(?!\d)", plain)
    if year is None:
        return None
    if season := _SEASON.search(plain):
        rest = (plain[: season.start()] + plain[season.end() :]).strip(" ,/")
        known = _LONE_YEAR.fullmatch(rest) or _YEARS.fullmatch(rest)
        date = exact(int(known[1])) if known else None
        return When(date, season[0].title()) if date else None
    if lone := _LONE_YEAR.fullmatch(plain) or _YEARS.fullmatch(plain):
        date = exact(int(lone[1]))
        return When(date) if date else None
    return None


def _first_of_range(plain: str) -> PublicationDate | None:
    """The first day or month of "4-6 February 2012" or "Jan/Feb 2012"."""
    if not re.search(r"[^\W\d_]{3}", plain):
        return None
    first = _DAYS.sub(r"\1", _MONTHS.sub(r"\1", plain), count=1)
    if turned := _YEAR_FIRST.fullmatch(first):
        first = " ".join(part for part in (turned[3], turned[2], turned[1]) if part)
    if first != plain and (date := parse_date(first)):
        return date
    halves = _HALVES.fullmatch(plain)
    if halves is None:
        return None
    year = re.search(r"\d{4}", halves[2])  # "28 February – 1 March 2012" says it once
    return parse_date(halves[1]) or (parse_date(f"{halves[1]} {year[0]}") if year else None)


def _period(plain: str) -> When | None:
    return When(PublicationDate(period=plain)) if len(plain) <= _LONGEST_PERIOD else None
