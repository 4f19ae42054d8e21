"""Batches: files and links come in, are read apart, and each document has its outcome.

A source is a file as it was given, or a link, which is fetched and then is a file as well. Reading
it makes an item of every document in it, each in a transaction of its own, numbered as they come:
whoever reads the source again, after a pause or a crash, goes on where it stopped, and makes
nothing twice. A small upload is read at once; for the rest, and for every link, a job does it
(``articles/tasks.py``).
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import Any

from django.core.files.base import File
from django.db import DataError, IntegrityError, transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.importing import turns
from articles.importing.alike import nearest, sketch_item
from articles.importing.captures import forget_capture, keep_capture, keep_file
from articles.importing.completing import complete
from articles.importing.document import Document, ImportRefused
from articles.importing.fetching.refused import FetchRefused
from articles.importing.found import Found
from articles.importing.handlers import hand_on
from articles.importing.likeness import remember
from articles.importing.link_sources import Stopped, Visit, keep_answer, reason_with_time
from articles.importing.matching import Known, known_as, tidy
from articles.importing.pending import doubt, name_of, settle_new, unsure_of
from articles.importing.source_files import SourceFile, each_opened
from articles.importing.stored import to_json
from articles.models import Capture, ImportBatch, ImportItem, ImportSource

logger = logging.getLogger(__name__)

# What is read while the editor waits: more is a job.
AT_ONCE_FILES = 5
AT_ONCE_BYTES = 2_000_000

Outcome, State = ImportItem.Outcome, ImportBatch.State
Arrival = ImportBatch.Arrival


def receive(
    files: Iterable[File], links: Iterable[str] = (), *, by: Any, **plan: Any
) -> ImportBatch:
    """A batch of ``files``, kept as they came and read unless they are many or large, and links.

    ``plan`` are fields of ImportBatch: arrival, split_chapters, defaults, sheet. What is not read
    here is left to a job; ``ImportBatch.state`` tells.
    """
    files, links = list(files), list(links)
    names = [file.name for file in files]
    kept = [keep_file(file, file_name=file.name) for file in files]
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            created_by=by, label=_label(names, links)[:200], state=State.RUNNING, **plan
        )
        ImportSource.objects.bulk_create(
            ImportSource(batch=batch, name=name[-500:], capture=capture)
            for name, capture in zip(names, kept, strict=True)
        )
        ImportSource.objects.bulk_create(
            ImportSource(batch=batch, name=link[:500], url=link) for link in links
        )
    logger.info("import %s received %s files and %s links", batch.pk, len(files), len(links))
    is_small = len(files) <= AT_ONCE_FILES and sum(file.size for file in files) <= AT_ONCE_BYTES
    if is_small and not links:
        read(batch)
    return batch


def _label(names: list[str], links: list[str]) -> str:
    if len(names) + len(links) == 1:
        return [*names, *links][0]
    files = ngettext("%(count)d file", "%(count)d files", len(names)) % {"count": len(names)}
    told = ngettext("%(count)d link", "%(count)d links", len(links)) % {"count": len(links)}
    if names and links:
        return _("%(files)s and %(links)s") % {"files": files, "links": told}
    return files if names else told


def read(
    batch: ImportBatch,
    *,
    may_go_on: Callable[[], bool] = lambda: True,
    may_fetch_on: Callable[[], bool] = lambda: True,
    visit: Visit | None = None,
) -> None:
    """Read what is left of ``batch``, one source after the other, until it is paused.

    ``may_fetch_on`` is asked between two links alone: stopping there costs nothing. ``visit`` is
    what an earlier part of the same run knows of the hosts. Only one process may read a batch at
    a time; the lock of the job sees to that.
    """

    def go_on() -> bool:
        return may_go_on() and _is_running(batch)

    left = batch.sources.exclude(state__in=["read", "failed"]).select_related("capture")
    with closing(each_opened(left.filter(capture__isnull=False))) as files:
        for file in files:
            if not _read_file(file, may_go_on):
                return
    visit = visit or Visit()
    visit.may_go_on = go_on
    links = list(left.filter(capture=None))
    while links:
        try:
            if not go_on() or not may_fetch_on():
                return
            source = visit.wait_for_one(links)
            if not _read_link(source, visit, may_go_on):
                return
        except Stopped:
            left.filter(capture=None).update(state=ImportSource.State.WAITING, reason="")
            return
        links.remove(source)
    with transaction.atomic():
        # A source may have been added, or set waiting again, meanwhile.
        left = batch.sources.exclude(state__in=["read", "failed"]).select_for_update()
        if not left.exists():
            ImportBatch.objects.filter(pk=batch.pk, state=State.RUNNING).update(state=State.DONE)
    batch.refresh_from_db(fields=["state"])


def pause(batch: ImportBatch) -> bool:
    """Stop reading after the document at hand; whether there was something to stop."""
    return bool(
        ImportBatch.objects.filter(pk=batch.pk, state=State.RUNNING).update(state=State.PAUSED)
    )


def resume(batch: ImportBatch) -> bool:
    """Go on with a paused batch; whether it was paused. The caller defers the job."""
    return bool(
        ImportBatch.objects.filter(pk=batch.pk, state=State.PAUSED).update(state=State.RUNNING)
    )


@transaction.atomic
def retry(batch: ImportBatch) -> int:
    """Set everything refused to be read again; how many documents and sources. Defer the job."""
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state not in (State.DONE, State.PAUSED):
        return 0
    refused = can_be_read_again(locked)
    failed = locked.sources.filter(state=ImportSource.State.FAILED)
    count = refused.count() + failed.count()
    again = locked.sources.filter(Q(pk__in=refused.values("source")) | Q(pk__in=failed))
    again = list(again.values_list("pk", flat=True))
    refused.delete()
    waiting = locked.sources.filter(pk__in=again)
    waiting.update(state=ImportSource.State.WAITING, reason="")
    # A link may have another answer now. Where a part of the first was taken, that one counts.
    waiting.filter(items=None).exclude(url="").update(capture=None, exchange=None, answer=None)
    if count:
        locked.state = State.RUNNING
        locked.save(update_fields=["state"])
    return count


def can_be_read_again(batch: ImportBatch) -> QuerySet[ImportItem]:
    """What was refused by a reader, not by an editor, and whose file is still there."""
    return batch.items.filter(
        ~Q(source__url="") | Q(source__capture__isnull=False),
        outcome=Outcome.REFUSED,
        source__isnull=False,
        document__refused_by__isnull=True,
    )


def progress(batch: ImportBatch) -> dict[str, int]:
    """How far a batch is: documents ``done`` of ``expected``, sources ``read`` of ``sources``."""
    read_ones = Count("pk", filter=Q(state__in=["read", "failed"]))
    counts = batch.sources.aggregate(
        sources=Count("pk"), read=read_ones, expected=Coalesce(Sum("expected"), 0)
    )
    done = batch.items.count()
    return counts | {"done": done, "expected": max(counts["expected"], counts["sources"], done)}


def _is_running(batch: ImportBatch) -> bool:
    return ImportBatch.objects.filter(pk=batch.pk, state=State.RUNNING).exists()


def _read_link(source: ImportSource, visit: Visit, may_go_on: Callable[[], bool]) -> bool:
    """Fetch what is at the link, and read it; whether that was done. Errors: Stopped."""
    _note(source, state=ImportSource.State.WORKING, reason="")
    try:
        fetched = visit.fetch(source.url)
    except FetchRefused as refusal:
        logger.info("import %s: %s was not fetched (%s)", source.batch_id, source, refusal.kind)
        if refusal.may_try_again:
            _note(source, state=ImportSource.State.FAILED, reason=reason_with_time(refusal))
            return True
        with transaction.atomic():
            taken = _take(source, 0, Found(b"", refusal=refusal.reason))
            _note(source, state=ImportSource.State.READ if taken else ImportSource.State.WAITING)
        return taken
    keep_answer(source, fetched)
    with closing(SourceFile(source)) as file:
        return _read_file(file, may_go_on)


def _read_file(file: SourceFile, may_go_on: Callable[[], bool]) -> bool:
    """Make items of what ``file`` holds; whether all of it was read."""
    source = file.source
    there = set(source.items.values_list("position", flat=True))
    _note(source, state=ImportSource.State.WORKING)
    private = False
    if source.expected is None:
        _note(source, expected=file.expected())
    position = -1
    for position, found in enumerate(file.found):
        private = private or bool(found.handler)
        # What others bring in may be there in part; they tell what is.
        if position in there and not found.handler:
            continue
        if not _taken(source, position, found, may_go_on):
            _note(source, state=ImportSource.State.WAITING)
            return False
    nothing = Found(b"", refusal=_("Nothing was found in it."))
    if position < 0 and not there and not _taken(source, 0, nothing, may_go_on):
        _note(source, state=ImportSource.State.WAITING)
        return False
    if private:
        _let_go(source)
    else:
        _note(source, state=ImportSource.State.READ)
    return True


def _taken(
    source: ImportSource, position: int, found: Found, may_go_on: Callable[[], bool]
) -> bool:
    """Make items of what was found; whether that was all of it."""

    def go_on() -> bool:
        return may_go_on() and _is_running(source.batch)

    if found.handler:
        return go_on() and hand_on(source, position, found, go_on)
    return may_go_on() and _take(source, position, found)


@transaction.atomic
def _let_go(source: ImportSource) -> None:
    """Keep none of the bytes of a file that may hold what somebody wrote for few."""
    capture = source.capture
    _note(source, state=ImportSource.State.READ, capture=None)
    forget_capture(capture)


def _note(source: ImportSource, **values: Any) -> None:
    for field, value in values.items():
        setattr(source, field, value)
    source.save(update_fields=list(values))


def _take(source: ImportSource, position: int, found: Found) -> bool:
    """Make an item of one document found, in one transaction; not when its batch was paused."""
    try:
        with transaction.atomic():
            return _keep(source, position, found)
    except turns.BatchUndone:
        logger.info("import %s was undone while it was read", source.batch_id)
        return False
    except (DataError, IntegrityError):
        logger.exception("the database refused %s", source.name)
        refusal = _("The database refused it; the log says why.")
        with transaction.atomic():
            return _keep(source, position, Found(b"", found.part, refusal=refusal))


def _keep(source: ImportSource, position: int, found: Found) -> bool:
    batch = source.batch
    if turns.import_into(batch.pk) != State.RUNNING:
        return False
    item = ImportItem(
        batch=batch,
        source=source,
        position=position,
        name=name_of(found, source.name)[:500],
        outcome=Outcome.REFUSED,
        reason=found.refusal,
    )
    if found.document is not None:
        done = complete(found, batch, file=source.name, name=item.name)
        document = tidy(done.document)
        hold = " ".join(filter(None, [found.hold, done.hold]))
        item.outcome, item.reason = Outcome.PENDING, hold
        item.capture = keep_capture(
            found.raw,
            media_type=document.media_type,
            file_name="" if source.url else source.name,
            document=document,
        )
        if found.bands is not None and document.html == found.document.html:
            remember(document.text, found.bands)
        turns.of_document(document)
        known = _known(document, item.capture)
        unsure = unsure_of(document, known, hold=hold)
        unsure += [field for field in done.doubts if field not in unsure]
        item.document = {"doubts": unsure}
        is_known = known is None or known.article is not None
        if not is_known and (alike := nearest(document, item=item)) is not None:
            doubt(item, alike)
        is_sure = batch.arrival != Arrival.LOOK and not item.document["doubts"]
        if is_sure and _is_settled(item, document, known):
            return True
        item.document["document"] = to_json(document)
    item.save()
    if item.outcome == Outcome.PENDING:
        sketch_item(item, document)
    return True


def _known(document: Document, capture: Capture) -> Known | None:
    """Which article ``document`` is; None where that cannot be told, so that it is refused."""
    try:
        return known_as(document, digest=capture.sha256)
    except ImportRefused:
        return None


def _is_settled(item: ImportItem, document: Document, known: Known | None) -> bool:
    """Bring a document without doubts in, as its batch was told to; whether it was not refused."""
    batch = item.batch
    publish = batch.arrival == Arrival.PUBLISH
    try:
        settle_new(item, document=document, known=known, by=batch.created_by, publish=publish)
    except ImportRefused as refusal:
        item.outcome, item.reason = Outcome.REFUSED, refusal.reason
        return False
    return True
