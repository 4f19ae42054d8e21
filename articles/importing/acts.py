"""Acts on many waiting documents of a batch: one transaction each, and none is done twice.

An act names its documents and counts how far it is, in the transaction of each: whoever goes on
with it after a stop, or presses twice, does the rest and no more. Few are done while the editor
waits; for the rest a job does it (``articles/tasks.py``).
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from articles import logbook, metadata
from articles.importing import turns
from articles.importing.document import (
    Document,
    ImportRefused,
    Origin,
    PublicationDate,
    Sureness,
)
from articles.importing.matching import foresee
from articles.importing.pending import AlreadyDecided, document_of, doubt, near, settle
from articles.importing.reading_dates import parse_date
from articles.importing.stored import to_json
from articles.models import Article, ImportAct, ImportBatch, ImportItem

logger = logging.getLogger(__name__)

AT_ONCE = 50  # documents that are done while the editor waits
Kind, State, Outcome = ImportAct.Kind, ImportAct.State, ImportItem.Outcome
_LOGGED = {Kind.EDIT: "changed_many", Kind.CHECK: "checked_many", Kind.REFUSE: "refused_many"}


class AlreadyActing(Exception):
    """Another act on the batch is being done: ``act``."""

    def __init__(self, act: ImportAct) -> None:
        super().__init__(str(act))
        self.act = act


def begin(
    batch: ImportBatch, *, kind: str, items: Iterable[int], by: Any, values: dict[str, Any]
) -> ImportAct:
    """An act on ``items`` of ``batch``, of which nothing is done yet. Errors: AlreadyActing."""
    chosen = sorted(set(items))
    try:
        with transaction.atomic():
            return ImportAct.objects.create(
                batch=batch,
                kind=kind,
                created_by=by,
                items=chosen,
                total=len(chosen),
                values=values,
            )
    except IntegrityError as error:
        running = batch.acts.filter(state=State.RUNNING).first()
        if running is None:  # it ended just now
            return begin(batch, kind=kind, items=chosen, by=by, values=values)
        raise AlreadyActing(running) from error


def go_on(act: ImportAct, *, may_go_on: Callable[[], bool] = lambda: True) -> None:
    """Do what is left of ``act``, unless somebody else does it meanwhile."""
    while act.state == State.RUNNING and may_go_on():
        _step(act)
        act.refresh_from_db(fields=["state", "done", "counts"])


@transaction.atomic
def _step(act: ImportAct) -> None:
    """Do the next document, or end; what was undone meanwhile is left as it is."""
    try:
        turns.import_into(act.batch_id)
    except turns.BatchUndone:
        ImportAct.objects.filter(pk=act.pk).update(state=State.DONE)
        return
    rows = ImportAct.objects.select_for_update(of=("self",)).defer("items")
    now = rows.select_related("created_by", "batch").defer("batch__sheet", "items").get(pk=act.pk)
    if now.state != State.RUNNING:
        return
    if now.done < now.total and now.created_by is not None:
        way = _way_of(now, act.items[now.done])
        now.counts = dict(Counter(now.counts) + Counter({way: 1}))
        now.done += 1
    if now.done == now.total or now.created_by is None:
        now.state = State.DONE
        _log(now)
    now.save(update_fields=["counts", "done", "state"])


def _log(act: ImportAct) -> None:
    """Enter the act; articles that were made have entries of their own."""
    logger.info("act %s on import %s: %s", act.kind, act.batch_id, act.counts)
    if act.created_by is not None and act.kind in _LOGGED and act.counts.get("done"):
        logbook.enter(
            act.batch,
            _LOGGED[Kind(act.kind)],
            by=act.created_by,
            reason=act.values.get("reason", ""),
            documents=act.counts["done"],
            fields=metadata.in_words(_fields(act.values)),
        )


def _way_of(act: ImportAct, item_id: int) -> str:
    """Do it to one document, and say how that ended."""
    rows = ImportItem.objects.select_for_update(of=("self",), no_key=True)  # as in ``pending``
    items = rows.select_related("capture")
    item = items.filter(pk=item_id, batch=act.batch_id).first()
    if item is None or item.outcome != Outcome.PENDING:
        return "meanwhile"
    try:
        with transaction.atomic():
            return _DONE_BY[Kind(act.kind)](item, act)
    except (DataError, IntegrityError):
        logger.exception("the database refused item %s", item_id)
        return "failed"


def _edit(item: ImportItem, act: ImportAct) -> str:
    before = document_of(item)
    document = _changed(before, act.values)
    fields = _fields(act.values)
    doubts = [field for field in item.document["doubts"] if field not in fields]
    if document == before and doubts == item.document["doubts"]:
        return "same"
    protect = sorted({*item.document.get("protect", ()), *fields})
    return _keep(item, document=to_json(document), doubts=doubts, protect=protect)


def _check(item: ImportItem, act: ImportAct) -> str:
    field = act.values["checked"]
    if field not in item.document["doubts"]:
        return "same"
    document = document_of(item)
    if (origin := document.origins.get(field)) is not None:
        where = _("%(where)s, checked by an editor") % {"where": origin.where}
        origins = dict(document.origins) | {field: Origin(Sureness.STATED, where)}
        document = replace(document, origins=origins)
    if field == "text":
        item.reason = ""
    checked = sorted({*item.document.get("checked", ()), field})
    doubts = [one for one in item.document["doubts"] if one != field]
    return _keep(item, document=to_json(document), doubts=doubts, checked=checked)


def _settle(item: ImportItem, act: ImportAct) -> str:
    document = document_of(item)
    if _is_for_a_look(item, document, act):
        return "doubtful"
    if (found := near(item, document)) is not None:
        doubt(item, found)  # it came in since this one was read
        item.save(update_fields=["reason", "nearly", "nearly_item", "document"])
        return "doubtful"
    publish = act.kind == Kind.PUBLISH
    try:
        recorded = settle(item, document=document, by=act.created_by, publish=publish)
    except ImportRefused as refusal:
        item.outcome, item.reason = Outcome.REFUSED, refusal.reason
        item.save(update_fields=["outcome", "reason"])
        return "refused"
    except AlreadyDecided:  # cannot be: the row is locked
        return "meanwhile"
    return "drafts" if recorded.unpublished else "done"


def _refuse(item: ImportItem, act: ImportAct) -> str:
    item.outcome, item.reason = Outcome.REFUSED, act.values["reason"]
    return _keep(item, refused_by=act.created_by_id)


_DONE_BY: dict[Kind, Callable[[ImportItem, ImportAct], str]] = {
    Kind.EDIT: _edit,
    Kind.CHECK: _check,
    Kind.PUBLISH: _settle,
    Kind.DRAFT: _settle,
    Kind.REFUSE: _refuse,
}


def _keep(item: ImportItem, **document: Any) -> str:
    item.document = item.document | document
    item.save(update_fields=["outcome", "reason", "document"])
    return "done"


def _is_for_a_look(item: ImportItem, document: Document, act: ImportAct) -> bool:
    """Whether a person should see it alone first, as the preview would have it.

    Nothing in doubt is published, and no text replaces another unseen: what that does to notes
    is told on the preview. A draft may hold guesses.
    """
    doubts = item.document["doubts"]
    if "text" in doubts or (doubts and act.kind == Kind.PUBLISH):
        return True
    try:
        foreseen = foresee(document, digest=item.capture.sha256)
    except ImportRefused:
        return False  # it is refused, with the reason
    if foreseen.has_text and "text" in foreseen.changed:
        if "text" in item.document.get("checked", ()):
            return False
        _keep(item, doubts=[*doubts, "text"])
        return True
    known = foreseen.article
    return bool(doubts) and known is not None and known.state != Article.State.DRAFT


def _fields(values: dict[str, Any]) -> list[str]:
    """The fields that an act gives a value, as LABELS names them."""
    if checked := values.get("checked"):
        return [checked]
    named = {"period": "date", "tags_added": "tags", "tags_removed": "tags"}
    given = {named.get(key, key) for key, value in values.items() if value}
    return [field for field in metadata.LABELS if field in given]


def _changed(document: Document, values: dict[str, Any]) -> Document:
    """``document`` with ``values``, said by an editor."""
    given = {
        key: values[key] for key in ("publisher", "rights", "language", "kind") if values.get(key)
    }
    if values.get("date") or values.get("period"):
        date = parse_date(values["date"]) if values.get("date") else None
        given["date"] = date or PublicationDate(period=values.get("period", ""))
    added, removed = values.get("tags_added", ()), values.get("tags_removed", ())
    if added or removed:
        gone = {tag.casefold() for tag in removed}
        tags = {tag.casefold(): tag for tag in (*document.tags, *added)}
        given["tags"] = tuple(tag for key, tag in tags.items() if key not in gone)
    origin = Origin(Sureness.STATED, _("an editor"))
    return replace(document, **given, origins=dict(document.origins) | dict.fromkeys(given, origin))
