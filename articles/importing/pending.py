"""Files on their way in: read, kept, and waiting for a person to decide about each."""

import logging
from collections.abc import Collection
from typing import Any

from django.db import transaction

from articles import logbook
from articles.importing import turns
from articles.importing.document import Document, ImportRefused, Sureness
from articles.importing.found import Found
from articles.importing.matching import foresee
from articles.importing.record import Recorded, note_outcome, record_captured
from articles.importing.stored import from_json
from articles.models import ImportItem

logger = logging.getLogger(__name__)


class AlreadyDecided(Exception):
    """Somebody has decided about the item meanwhile."""


def name_of(found: Found, file_name: str) -> str:
    """What to call one document of a file: the file, and which part of it."""
    return f"{file_name}, {found.part}" if found.part else file_name


def doubts(document: Document) -> list[str]:
    """The fields of ``document`` that are guesses, and so need a person's look."""
    return [
        field for field, origin in document.origins.items() if origin.sureness == Sureness.GUESS
    ]


def document_of(item: ImportItem) -> Document:
    """The document that waits in ``item``."""
    return from_json(item.document["document"])


@transaction.atomic
def settle(
    item: ImportItem,
    *,
    document: Document,
    by: Any,
    publish: bool,
    protect: Collection[str] = (),
) -> Recorded:
    """Bring ``document`` in, as ``by`` decided about ``item``.

    What was set for many items at once is protected like what was set for one. Errors:
    AlreadyDecided, turns.BatchUndone, and ImportRefused when the archive cannot take it so.
    """
    turns.import_into(item.batch_id)
    item = (
        ImportItem.objects.select_for_update(of=("self",)).select_related("capture").get(pk=item.pk)
    )
    if item.outcome != ImportItem.Outcome.PENDING:
        raise AlreadyDecided
    protect = {*protect, *(item.document or {}).get("protect", ())}
    recorded = record_captured(
        document, capture=item.capture, by=by, publish=publish, protect=protect
    )
    note_outcome(item, recorded)
    logbook.enter(recorded.article, "imported", by=by, file=item.name)
    return recorded


def unsure_of(document: Document, digest: str, *, hold: str = "") -> list[str]:
    """The fields of ``document`` that a person should look at before it goes on."""
    unsure = doubts(document)
    if "text" not in unsure and (hold or changes_a_text(document, digest)):
        unsure.append("text")
    return unsure


def changes_a_text(document: Document, digest: str) -> bool:
    """Whether a known article would get another text: somebody looks what that does."""
    try:
        foreseen = foresee(document, digest=digest)
    except ImportRefused:
        return False
    return foreseen.has_text and "text" in foreseen.changed
