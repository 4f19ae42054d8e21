"""What the page of a batch shows: how far it is, its documents as filtered, what may be done."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import metadata
from articles.admin.import_sources import UNREAD, Unread, unread_sources
from articles.bulk_form import BulkForm
from articles.importing import acts, batches
from articles.models import ImportAct, ImportBatch, ImportItem
from articles.tasks import worker_is_there

PAGE = 100
PENDING = ImportItem.Outcome.PENDING
ANY, NONE = "any", "none"  # values of the filter by doubt beside the names of fields


@dataclass(frozen=True)
class Shown:
    """Which documents of a batch are shown: of one outcome, with a field in doubt."""

    outcome: str = ""
    doubt: str = ""

    @classmethod
    def of(cls, data: QueryDict) -> "Shown":
        """What an address or form asks for; what it cannot mean is passed over."""
        outcome, doubt = data.get("outcome", ""), data.get("doubt", "")
        return cls(
            outcome if outcome in ImportItem.Outcome or outcome in UNREAD else "",
            doubt if doubt in (ANY, NONE, *metadata.LABELS) else "",
        )

    def items_of(self, batch: ImportBatch) -> QuerySet[ImportItem]:
        items = batch.items.all()
        if self.outcome in UNREAD:
            return items.none()
        if self.outcome:
            items = items.filter(outcome=self.outcome)
        return items.filter(self.doubtful)

    @property
    def doubtful(self) -> Q:
        if not self.doubt:
            return Q()
        waiting = Q(outcome=PENDING)
        if self.doubt in (ANY, NONE):
            return waiting & (Q(doubts=[]) if self.doubt == NONE else ~Q(doubts=[]))
        return waiting & Q(doubts__contains=[self.doubt])

    def query(self, **more: Any) -> str:
        """The address's part behind the question mark."""
        given = {"outcome": self.outcome, "doubt": self.doubt, **more}
        return urlencode({name: value for name, value in given.items() if value})


def batch_context(
    batch: ImportBatch,
    shown: Shown,
    *,
    page: str | None = None,
    form: BulkForm | None = None,
    ticked: Collection[int] = (),
    all_ticked: bool = False,
) -> dict[str, Any]:
    """The context of the page of ``batch``. Cost: at most 13 queries."""
    items = shown.items_of(batch).select_related("article", "nearly").defer("document", "before")
    rows = Paginator(items, PAGE).get_page(page)
    for one in rows:
        one.doubtful = metadata.in_words(
            field for field in metadata.LABELS if field in (one.doubts or ())
        )
        one.is_ticked = one.pk in ticked
    counts = dict(batch.items.order_by().values_list("outcome").annotate(Count("pk")))
    in_doubt = _counts_of_doubts(batch)
    sure, pending = in_doubt[NONE], counts.get(PENDING, 0)
    if batch.state == ImportBatch.State.UNDONE:
        sure = pending = 0
    unread = unread_sources(batch, shown.outcome)
    act = batch.acts.defer("items").last()
    is_acting = act is not None and act.state == ImportAct.State.RUNNING
    refused = counts.get(ImportItem.Outcome.REFUSED, 0)
    return {
        "batch": batch,
        "shown": shown,
        "progress": batches.progress(batch),
        "is_served": worker_is_there(),
        "act": act,
        "is_acting": is_acting,
        "is_moving": is_acting or batch.state == ImportBatch.State.RUNNING,
        "act_summary": sentences(act) if act and _was_a_job(act) and not is_acting else (),
        "again": unread.failed + (batches.can_be_read_again(batch).count() if refused else 0),
        "unread": unread,
        "page": rows if shown.outcome not in UNREAD else None,
        "outcomes": _outcome_choices(shown, counts, unread),
        "doubt_choices": _doubt_choices(shown, in_doubt) if pending else [],
        "pending": pending,
        "sure": sure,
        "only_records": bool(sure) and not _with_text(batch).exists(),
        "selectable": _selectable(shown, counts, in_doubt) if pending else 0,
        "form": form or BulkForm(),
        "all_ticked": all_ticked,
    }


def sentences(act: ImportAct) -> list[tuple[str, str]]:
    """What became of an act, each with its kind of message: success, info or error."""
    count = act.counts
    done, kind = count.get("done", 0), ImportAct.Kind(act.kind)
    told = []
    if done or not count:
        told.append(("success", _done_in_words(kind, done)))
    if drafts := count.get("drafts", 0):
        words = ngettext(
            "%d has no text, and is saved as a draft.",
            "%d have no text, and are saved as drafts.",
            drafts,
        )
        told.append(("success", words % drafts))
    for way, level, words in (
        ("same", "info", ngettext("%d was so before.", "%d were so before.", count.get("same", 0))),
        (
            "doubtful",
            "warning",
            ngettext(
                "%d is in doubt, and left for a look.",
                "%d are in doubt, and left for a look.",
                count.get("doubtful", 0),
            ),
        ),
        (
            "meanwhile",
            "info",
            ngettext(
                "%d was decided meanwhile.",
                "%d were decided meanwhile.",
                count.get("meanwhile", 0),
            ),
        ),
        (
            "refused",
            "error",
            ngettext("%d was refused.", "%d were refused.", count.get("refused", 0)),
        ),
        (
            "failed",
            "error",
            ngettext(
                "%d could not be written; the log says why.",
                "%d could not be written; the log says why.",
                count.get("failed", 0),
            ),
        ),
    ):
        if count.get(way):
            told.append((level, words % count[way]))
    return told


def _done_in_words(kind: ImportAct.Kind, count: int) -> str:
    words = {
        ImportAct.Kind.EDIT: ngettext(
            "%d document is changed.", "%d documents are changed.", count
        ),
        ImportAct.Kind.CHECK: ngettext(
            "%d document is marked as checked.", "%d documents are marked as checked.", count
        ),
        ImportAct.Kind.PUBLISH: ngettext(
            "%d article is published.", "%d articles are published.", count
        ),
        ImportAct.Kind.DRAFT: ngettext("%d article is saved.", "%d articles are saved.", count),
        ImportAct.Kind.REFUSE: ngettext(
            "%d document is refused.", "%d documents are refused.", count
        ),
    }
    return words[kind] % count


def _was_a_job(act: ImportAct) -> bool:
    return act.total > acts.AT_ONCE


def _with_text(batch: ImportBatch) -> QuerySet[ImportItem]:
    sure = batch.items.filter(outcome=PENDING, doubts=[])
    return sure.exclude(document__document__html="")


def _counts_of_doubts(batch: ImportBatch) -> dict[str, int]:
    """How many waiting documents have each field in doubt, any, and none."""
    asked = {
        field: Count("pk", filter=Shown(doubt=field).doubtful)
        for field in (ANY, NONE, *metadata.LABELS)
    }
    # Names of fields may be those of columns.
    counts = batch.items.order_by().aggregate(
        **{f"in_{field}": one for field, one in asked.items()}
    )
    return {name.removeprefix("in_"): count for name, count in counts.items()}


def _outcome_choices(shown: Shown, counts: dict[str, int], unread: Unread) -> list[dict[str, Any]]:
    choices = [("", _("All"), sum(counts.values()))]
    choices += [
        (value, label, counts[value])
        for value, label in ImportItem.Outcome.choices
        if value in counts
    ]
    choices += [(one["value"], one["label"], one["count"]) for one in unread.choices]
    return [
        {
            "query": Shown(outcome=value).query(),
            "label": label,
            "count": count,
            "is_chosen": shown.outcome == value and not shown.doubt,
        }
        for value, label, count in choices
    ]


def _doubt_choices(shown: Shown, counts: dict[str, int]) -> list[dict[str, Any]]:
    labels = {ANY: _("With doubts"), NONE: _("Without doubts"), **metadata.LABELS}
    return [
        {
            "query": Shown(PENDING, value).query(),
            "label": label,
            "count": counts[value],
            "is_chosen": shown.doubt == value,
        }
        for value, label in labels.items()
        if counts[value]
    ]


def _selectable(shown: Shown, counts: dict[str, int], in_doubt: dict[str, int]) -> int:
    """How many of what is shown wait, and so can be chosen."""
    if shown.outcome not in ("", PENDING):
        return 0
    return in_doubt[shown.doubt] if shown.doubt else counts.get(PENDING, 0)
