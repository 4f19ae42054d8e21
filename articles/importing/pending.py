"""Files on their way in: read, kept, and waiting for a person to decide about each."""

import logging
from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from articles import logbook
from articles.importing.document import Document, ImportRefused, Sureness
from articles.importing.found import Found
from articles.importing.matching import foresee, tidy
from articles.importing.opening import documents_in
from articles.importing.record import Recorded, keep_capture, note_outcome, record_captured
from articles.importing.stored import from_json, to_json
from articles.models import ImportBatch, ImportItem

logger = logging.getLogger(__name__)


class AlreadyDecided(Exception):
    """Somebody has decided about the item meanwhile."""


def receive(files: Iterable[UploadedFile], *, by: Any) -> ImportBatch:
    """A batch with an item for each document in ``files``: waiting, or refused with the reason."""
    files = list(files)
    label = files[0].name if len(files) == 1 else _("%(count)d files") % {"count": len(files)}
    batch = ImportBatch.objects.create(created_by=by, label=label[:200])
    for file in files:
        for found in documents_in(file, name=file.name, max_bytes=settings.IMPORT_MAX_BYTES):
            _keep(batch, found, file.name)
    logger.info("import %s received %s files", batch.pk, len(files))
    return batch


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

    Errors: AlreadyDecided, and ImportRefused when the archive cannot take it so.
    """
    item = (
        ImportItem.objects.select_for_update(of=("self",)).select_related("capture").get(pk=item.pk)
    )
    if item.outcome != ImportItem.Outcome.PENDING:
        raise AlreadyDecided
    recorded = record_captured(
        document, capture=item.capture, by=by, publish=publish, protect=protect
    )
    note_outcome(item, recorded)
    logbook.enter(recorded.article, "imported", by=by, file=item.name)
    return recorded


def publish_sure(batch: ImportBatch, *, by: Any) -> tuple[int, int, int]:
    """Publish every waiting item of ``batch`` without a guess.

    How many are public now, how many are drafts because they have no text, and how many the
    archive could not take: those are refused with their reason, and the rest goes on.
    """
    published = drafts = refused = 0
    for item in batch.items.filter(outcome=ImportItem.Outcome.PENDING, document__doubts=[]):
        try:
            recorded = settle(item, document=document_of(item), by=by, publish=True)
        except ImportRefused as refusal:
            item.outcome, item.reason = ImportItem.Outcome.REFUSED, refusal.reason
            item.save(update_fields=["outcome", "reason"])
            refused += 1
        except AlreadyDecided:
            continue
        else:
            drafts += recorded.unpublished
            published += not recorded.unpublished
    return published, drafts, refused


def _keep(batch: ImportBatch, found: Found, file_name: str) -> None:
    item = ImportItem(batch=batch, name=name_of(found, file_name)[:500])
    if found.document is None:
        item.outcome, item.reason = ImportItem.Outcome.REFUSED, found.refusal
    else:
        document = tidy(found.document)
        item.outcome = ImportItem.Outcome.PENDING
        item.capture = keep_capture(
            found.raw, media_type=document.media_type, file_name=file_name, document=document
        )
        unsure = [*doubts(document), *_changes_a_text(document, item.capture.sha256)]
        item.document = {"document": to_json(document), "doubts": unsure}
    item.save()


def _changes_a_text(document: Document, digest: str) -> list[str]:
    """["text"] where a known article would get another text: somebody looks what that does."""
    try:
        foreseen = foresee(document, digest=digest)
    except ImportRefused:
        return []
    return ["text"] if foreseen.has_text and "text" in foreseen.changed else []
