"""Formats that another app brings in, which this one must not know.

An app enters what it takes when it is loaded (``annotations/apps.py``). It gets the bytes of a
file and the source it came in, and says of each thing in it what became of it; the outcomes stand
in the batch among those of the documents.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Field
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from articles.importing.document import ImportRefused
from articles.importing.found import Found
from articles.models import Article, ImportItem, ImportSource


@dataclass(frozen=True)
class Outcome:
    """What became of one thing in a file: ``place`` says which ("annotation 3")."""

    place: str
    outcome: str
    reason: str = ""
    article: Article | None = None


# Writes outcomes down, in the transaction of what they tell of. The first number is the place of
# the first of them in its file.
Keep = Callable[[Iterable[tuple[int, Outcome]]], None]


@dataclass(frozen=True)
class Handler:
    """What an app does with a format.

    ``bring(raw, source, keep)`` brings it in piece by piece, each in a transaction in which it
    calls ``keep``; between two it yields, so that whoever asks may stop. What came in before is
    not brought in twice. Errors: ImportRefused. ``fields(user)`` is what the upload form asks
    beforehand, ``told(cleaned)`` what of the answers is kept in ``ImportBatch.handed``, or raises
    ValidationError. ``instead`` says how to import it from the command line.
    """

    bring: Callable[[bytes, ImportSource, Keep], Iterator[None]]
    instead: str | Promise
    fields: Callable[[Any], Mapping[str, Field]]
    told: Callable[[Mapping[str, Any]], dict[str, Any]]


_HANDLERS: dict[str, Handler] = {}


def register(format: str, handler: Handler) -> None:
    """Have ``handler`` bring in files of ``format``, one of ``opening.HANDED_ON``."""
    _HANDLERS[format] = handler


def handler_of(format: str) -> Handler | None:
    """What brings in files of ``format``, or None where no app does."""
    return _HANDLERS.get(format)


def fields_for(user: Any) -> dict[str, dict[str, Field]]:
    """What an upload form asks ``user``, by format."""
    return {format: dict(one.fields(user)) for format, one in _HANDLERS.items()}


def hand_on(
    source: ImportSource, position: int, found: Found, may_go_on: Callable[[], bool]
) -> bool:
    """Have another app bring in what stands at ``position`` in ``source``; whether all of it."""

    def keep(outcomes: Iterable[tuple[int, Outcome]]) -> None:
        rows = _items(source, position, found.part, outcomes)
        # Read again after a stop, what came in before is known, and its first outcome stands.
        ImportItem.objects.bulk_create(rows, ignore_conflicts=True)

    handler = handler_of(found.handler)
    try:
        if handler is None:
            raise ImportRefused(_("Nothing here brings in what it holds."))
        for _piece in handler.bring(found.raw, source, keep):
            if not may_go_on():
                return False
    except ImportRefused as refusal:
        keep([(0, Outcome("", ImportItem.Outcome.REFUSED, refusal.reason))])
    return True


def _items(
    source: ImportSource, position: int, part: str, outcomes: Iterable[tuple[int, Outcome]]
) -> list[ImportItem]:
    return [
        ImportItem(
            batch=source.batch,
            source=source,
            position=position,
            within=number,
            name=", ".join(filter(None, [source.name, part, one.place]))[-500:],
            outcome=one.outcome,
            reason=one.reason,
            article=one.article,
        )
        for number, one in outcomes
    ]
