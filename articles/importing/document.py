"""What every reader produces: one work, with where each of its facts came from.

Nothing here knows a source format or the database. A document that lacks a title cannot be
made: the archive has no place for it. One without words is a record: it tells of a work whose
text is elsewhere.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from articles.text import text_of

KINDS = ("article", "commentary", "essay", "interview", "report", "speech")
OWN_NUMBERS = "records:"  # begins the schemes that anybody may use for numbers of their own
ROLES = ("author", "editor", "translator", "interviewer")


class Sureness(StrEnum):
    """How sure a reader is of a field."""

    STATED = "stated"  # the document says so
    LIKELY = "likely"  # its shape says so
    GUESS = "guess"  # a person should look


class ImportRefused(Exception):
    """Nothing can be imported from this; ``reason`` is a sentence for the person who tried."""

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(f"{where}: {reason}" if where else reason)
        self.reason = reason
        self.where = where


@dataclass(frozen=True)
class Origin:
    """Where a field came from ("line 3", "front matter", "JSON-LD"), and how sure that is."""

    sureness: Sureness
    where: str


@dataclass(frozen=True)
class Contributor:
    """A person or institution with its part in the work, one of ``ROLES``."""

    name: str
    role: str = "author"

    def __post_init__(self) -> None:
        if not self.name.strip() or self.role not in ROLES:
            raise ValueError(f"not a contributor: {self.name!r}, {self.role!r}")


@dataclass(frozen=True)
class PublicationDate:
    """A date as precise as it is known, or a period in words where none is known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    period: str = ""

    def __post_init__(self) -> None:
        if (self.day and not self.month) or (self.month and not self.year):
            raise ValueError("a day needs its month, and a month its year")
        if self.year is None and (self.month is not None or self.day is not None):
            raise ValueError("a date needs a year")
        if self.period and self.year is not None:
            raise ValueError("a period stands where no date is known")
        self.as_date()

    @property
    def precision(self) -> str:
        """One of "day", "month", "year" and "none"."""
        if self.day is not None:
            return "day"
        if self.month is not None:
            return "month"
        return "none" if self.year is None else "year"

    def as_date(self) -> datetime.date | None:
        """The date itself; of a month or a year its first day."""
        if self.year is None:
            return None
        month = 1 if self.month is None else self.month
        return datetime.date(self.year, month, 1 if self.day is None else self.day)

    def isoformat(self) -> str:
        """As long as it is known: "2012-02-04", "2012-02", "2012" or ""."""
        date = self.as_date()
        return date.isoformat()[: {"year": 4, "month": 7}.get(self.precision, 10)] if date else ""


@dataclass(frozen=True)
class Document:
    """One work as a reader found it. ``html`` is in the stored form, or "" in a record.

    ``origins`` is keyed by field: title, standfirst, people, publisher, publication, date,
    language, source_url, source, rights, kind, tags. ``suggested_people`` are offered to a
    person and never filled in. ``also_at`` are further addresses that led to ``url``.
    Errors: ImportRefused without a title or without words.
    """

    title: str
    html: str
    standfirst: str = ""
    people: tuple[Contributor, ...] = ()
    suggested_people: tuple[Contributor, ...] = ()
    publisher: str = ""
    publication: str = ""
    date: PublicationDate = PublicationDate()
    language: str = ""
    url: str | None = None
    also_at: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    source: str = ""
    rights: str = ""
    kind: str = "article"
    tags: tuple[str, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    media_type: str = ""
    importer: str = ""
    importer_version: str = ""
    captured_at: datetime.datetime | None = None

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ImportRefused("It has no title.")
        if self.html and not self.text.strip():
            raise ImportRefused("It has a title, but no text.")
        if self.kind not in KINDS:
            raise ValueError(f"not a kind of work: {self.kind!r}")

    @property
    def is_record(self) -> bool:
        """Whether this tells of a work without giving its text."""
        return not self.html

    @cached_property
    def text(self) -> str:
        """The canonical text of the body."""
        return text_of(self.html)
