"""Many files at once, without a person between: one result a document, and the rest goes on."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from articles.importing.captures import digest_of
from articles.importing.document import Document, ImportRefused
from articles.importing.found import Found
from articles.importing.matching import foresee
from articles.importing.opening import documents_in
from articles.importing.pending import doubts, name_of
from articles.importing.record import reason_for, record
from articles.models import Article, ImportBatch, ImportItem

logger = logging.getLogger(__name__)

Outcome = ImportItem.Outcome


@dataclass(frozen=True)
class Result:
    """What became of one document, or with a dry run what would. ``doubts`` are its guesses."""

    name: str
    outcome: str
    reason: str = ""
    doubts: tuple[str, ...] = ()


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files at ``paths``; of a folder those in it to any depth, in order, but hidden ones."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for file in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
            if file.is_file() and not hidden:
                yield file


def import_files(
    paths: Iterable[Path], *, format: str = "", publish: bool = False, dry_run: bool = False
) -> Iterator[Result]:
    """Import every document of the files at ``paths``, each in a transaction of its own.

    A result follows each, so whoever stops asking leaves whole documents. A dry run writes
    nothing at all.
    """
    paths = list(paths)
    batch = None
    if not dry_run:
        batch = ImportBatch.objects.create(label=", ".join(path.name for path in paths)[:200])
    for path in files_in(paths):
        try:
            with path.open("rb") as file:
                yield from _import_file(file, path, format, publish, batch)
        except OSError as error:
            yield _refused(batch, str(path), error.strerror or str(error))


def _import_file(
    file: BinaryIO, path: Path, format: str, publish: bool, batch: ImportBatch | None
) -> Iterator[Result]:
    limit = settings.IMPORT_MAX_BYTES
    for found in documents_in(file, name=path.name, max_bytes=limit, format=format):
        name = name_of(found, str(path))
        if found.document is None:
            yield _refused(batch, name, found.refusal)
            continue
        try:
            outcome, reason = _bring(found.document, found, path, publish, batch)
        except ImportRefused as refusal:
            yield _refused(batch, name, refusal.reason)
        except (DataError, IntegrityError):
            logger.exception("the database refused %s", name)
            yield _refused(batch, name, _("The database refused it; the log says why."))
        else:
            yield Result(name, outcome, reason, tuple(doubts(found.document)))


def _bring(
    document: Document, found: Found, path: Path, publish: bool, batch: ImportBatch | None
) -> tuple[str, str]:
    """What became of the document, or would, and what is to be said of it."""
    if batch is None:
        foreseen = foresee(document, digest=digest_of(found.raw))
        known = foreseen.article
        is_draft = known is None or known.state == Article.State.DRAFT
        unpublished = publish and document.is_record and is_draft and not foreseen.has_text
        return foreseen.outcome, reason_for(foreseen.kept, unpublished=unpublished)
    recorded = record(
        document,
        raw=found.raw,
        media_type=document.media_type,
        file_name=path.name,
        batch=batch,
        name=name_of(found, path.name),
        publish=publish,
    )
    return recorded.outcome, reason_for(recorded.kept, unpublished=recorded.unpublished)


def _refused(batch: ImportBatch | None, name: str, reason: str) -> Result:
    if batch is not None:
        ImportItem.objects.create(
            batch=batch, name=name[-500:], outcome=Outcome.REFUSED, reason=reason
        )
    return Result(name, Outcome.REFUSED, reason)
