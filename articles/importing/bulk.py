"""Many files and links at once, without a person between: a result for each document."""

import logging
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from articles.importing.alike import Near
from articles.importing.apart import documents_apart
from articles.importing.captures import digest_of, keep_capture
from articles.importing.document import Document, ImportRefused
from articles.importing.fetching.refused import FetchRefused
from articles.importing.found import Found
from articles.importing.handlers import handler_of
from articles.importing.link_sources import Visit, keep_exchange, link_of, reason_with_time
from articles.importing.matching import foresee
from articles.importing.pending import doubt, doubts, name_of, near
from articles.importing.record import reason_for, record
from articles.importing.stored import to_json
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
    paths: Iterable[Path],
    links: Iterable[str] = (),
    *,
    format: str = "",
    publish: bool = False,
    dry_run: bool = False,
) -> Iterator[Result]:
    """Import every document of the files at ``paths`` and behind ``links``, one after the other.

    Each is brought in by a transaction of its own and a result follows it, so whoever stops
    asking leaves whole documents. A dry run fetches, and writes nothing at all.
    """
    paths, links = list(paths), list(links)
    batch = None
    if not dry_run:
        label = ", ".join([*(path.name for path in paths), *links])
        batch = ImportBatch.objects.create(label=label[:200])
    for path in files_in(paths):
        try:
            path.open("rb").close()
        except OSError as error:
            yield _refused(batch, str(path), error.strerror or str(error))
        else:
            yield from _import_file(path, format, publish, batch)
    visit = Visit()
    for link in links:
        yield from _import_link(link, visit, format, publish, batch)


def _import_file(
    path: Path, format: str, publish: bool, batch: ImportBatch | None
) -> Iterator[Result]:
    limit = settings.IMPORT_MAX_BYTES
    for found in documents_apart(path, name=path.name, max_bytes=limit, format=format):
        yield _taken(found, str(path), path.name, publish, batch)


def _import_link(
    url: str, visit: Visit, format: str, publish: bool, batch: ImportBatch | None
) -> Iterator[Result]:
    try:
        fetched = visit.fetch(url)
    except FetchRefused as refusal:
        yield _refused(batch, url, reason_with_time(refusal))
        return
    if batch is not None:
        keep_exchange(fetched)
    with tempfile.NamedTemporaryFile() as file:
        file.write(fetched.body)
        file.flush()
        for found in documents_apart(
            Path(file.name),
            name="",
            max_bytes=settings.IMPORT_MAX_BYTES,
            format=format,
            link=link_of(fetched),
        ):
            yield _taken(found, url, "", publish, batch)


def _taken(
    found: Found, origin: str, file_name: str, publish: bool, batch: ImportBatch | None
) -> Result:
    """What became of one document that came from ``origin``, a path or a link."""
    name = name_of(found, origin)
    if found.handler:
        handler = handler_of(found.handler)
        return _refused(batch, name, str(handler.instead) if handler else _("Not an article."))
    if found.document is None:
        return _refused(batch, name, found.refusal)
    if found.hold and not file_name:
        return _refused(batch, name, found.hold)  # here is nobody to look at it
    try:
        outcome, reason = _bring(
            found.document, found, file_name, publish, batch, name_of(found, file_name or origin)
        )
    except ImportRefused as refusal:
        return _refused(batch, name, refusal.reason)
    except (DataError, IntegrityError):
        logger.exception("the database refused %s", name)
        return _refused(batch, name, _("The database refused it; the log says why."))
    return Result(name, outcome, reason, tuple(doubts(found.document)))


def _bring(
    document: Document,
    found: Found,
    file_name: str,
    publish: bool,
    batch: ImportBatch | None,
    name: str,
) -> tuple[str, str]:
    """What became of the document, or would, and what is to be said of it.

    One that nearly is the text of an article becomes none: it waits in the batch for a person.
    """
    item = ImportItem(
        batch=batch,
        name=name[:500],
        outcome=Outcome.PENDING,
        document={"document": to_json(document), "doubts": doubts(document)},
    )
    digest = digest_of(found.raw)
    if (alike := near(item, document, digest=digest)) is not None:
        if batch is not None:
            _let_wait(item, alike, document, found, file_name)
        return Outcome.DUPLICATE, alike.reason
    if batch is None:
        foreseen = foresee(document, digest=digest)
        known = foreseen.article
        is_draft = known is None or known.state == Article.State.DRAFT
        unpublished = publish and document.is_record and is_draft and not foreseen.has_text
        return foreseen.outcome, reason_for(foreseen.kept, unpublished=unpublished)
    recorded = record(
        document,
        raw=found.raw,
        media_type=document.media_type,
        file_name=file_name,
        batch=batch,
        name=name,
        publish=publish,
    )
    return recorded.outcome, reason_for(recorded.kept, unpublished=recorded.unpublished)


def _let_wait(
    item: ImportItem, alike: Near, document: Document, found: Found, file_name: str
) -> None:
    """Keep ``item`` for a person, unless these bytes wait for one already."""
    with transaction.atomic():
        item.capture = keep_capture(
            found.raw, media_type=document.media_type, file_name=file_name, document=document
        )
        waiting = ImportItem.objects.filter(
            capture__sha256=item.capture.sha256, outcome=Outcome.PENDING
        )
        if not waiting.exists():
            doubt(item, alike)
            item.save()


def _refused(batch: ImportBatch | None, name: str, reason: str) -> Result:
    if batch is not None:
        ImportItem.objects.create(
            batch=batch, name=name[-500:], outcome=Outcome.REFUSED, reason=reason
        )
    return Result(name, Outcome.REFUSED, reason)
