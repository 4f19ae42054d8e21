"""Undoing an import: what it made goes, what it changed gets back what it had. All or nothing.

The files that were received stay as the proof of what came in, and the items of the batch as the
record of what happened. What the public has seen is withdrawn or corrected, never deleted; see
docs/decisions/0009.
"""

import logging
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from annotations.clearing import drop_tombstones
from archive.hindrances import Prospect, foresee
from articles import logbook
from articles.importing import appearing, turns
from articles.importing.taking_back import take_back
from articles.importing.touched import Touched
from articles.importing.traces import NAMES
from articles.models import Article, ImportBatch

logger = logging.getLogger(__name__)


class AlreadyUndone(Exception):
    """Somebody was faster; ``batch`` says when."""

    def __init__(self, batch: ImportBatch) -> None:
        super().__init__(f"import {batch.pk} was undone at {batch.undone_at}")
        self.batch = batch


class Hindered(Exception):
    """Something stands in the way, and nothing was changed; ``prospect`` tells what."""

    def __init__(self, prospect: Prospect) -> None:
        super().__init__(f"{len(prospect.hindrances)} hindrances")
        self.prospect = prospect


def undo(batch: ImportBatch, *, reason: str, by: Any = None) -> Prospect:
    """Undo ``batch``; what was done. ``by`` is None for a command.

    A batch that is being read stops after the document at hand, and is undone with it.
    Errors: AlreadyUndone; Hindered.
    """
    try:
        return _undo(batch, reason, by)
    except IntegrityError as error:
        # A note, or a use of one of the names, that was not there yet when we looked.
        prospect = foresee(batch, by)
        if not prospect.hindrances:
            raise
        raise Hindered(prospect) from error


@transaction.atomic
def _undo(batch: ImportBatch, reason: str, by: Any) -> Prospect:
    turns.undo()
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state == ImportBatch.State.UNDONE:
        raise AlreadyUndone(batch)
    _lock(batch)
    done = foresee(batch, by)
    if done.hindrances:
        raise Hindered(done)
    articles, revisions = _going(done.touched)
    drop_tombstones(articles, revisions)
    _enter(done, reason, by)
    done.names = take_back(done.touched, reason=reason, by=by)
    appearing.forget(batch)
    batch.state, batch.undone_at = ImportBatch.State.UNDONE, timezone.now()
    batch.save(update_fields=["state", "undone_at"])
    connection.check_constraints()  # now, while it can still be told
    logger.info("undid import %s: %s", batch.pk, done.count())
    return done


def _lock(batch: ImportBatch) -> None:
    """Names, then articles, each in order: as whoever merges names does."""
    befores = batch.items.filter(before__did=True).values_list("before__names", "article_id")
    rows = list(befores)
    for field, model in NAMES.items():
        names = {pk for found, _article in rows for pk in found[field]}
        _hold(model._base_manager.select_for_update().filter(pk__in=names))
    articles = {article for _found, article in rows if article}
    _hold(Article.objects.select_for_update().filter(pk__in=articles))


def _hold(rows: Any) -> None:
    list(rows.order_by("pk").values_list("pk"))


def _going(touched: Iterable[Touched]) -> tuple[list[int], list[int]]:
    """The articles that go, and the texts that go from articles that stay."""
    articles, revisions = [], []
    for one in touched:
        if one.goes:
            articles.append(one.article.pk)
        # A draft that waited for its text waits again.
        if one.goes or (one.revisions and one.text_before is None and not one.was_public):
            revisions += [row.pk for row in one.article.revisions.all()]
    return articles, revisions


def _enter(done: Prospect, reason: str, by: Any) -> None:
    """Log it with what was counted, and once for each article. Cost: 3 queries."""
    if by is None:
        return
    counts = done.count()
    logbook.enter(done.batch, "unimported", by=by, reason=reason, **counts)
    gone = [one.article for one in done.goes]
    stays = [one.article for one in done.touched if not one.goes]
    facts = {"by": by, "reason": reason, "batch": str(done.batch)}
    logbook.enter_each(gone, "taken_back", are_gone=True, **facts)
    logbook.enter_each(stays, "taken_back", **facts)
