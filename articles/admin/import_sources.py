"""What a batch's page shows of files and links from which no document came yet."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import ImportBatch, ImportSource

# Choices beside the outcomes: what failed, and what is still to be read.
UNREAD = {"failed": gettext_lazy("Failed"), "left": gettext_lazy("To be read")}
_STATES = {"failed": ["failed"], "left": ["working", "waiting"]}
_SHOWN = 8  # beside the documents
_SHOWN_ALONE = 500


@dataclass(frozen=True)
class Unread:
    """``sources`` to show now, how many ``more`` there are of them, and the choices to see each."""

    sources: list[ImportSource]
    more: int
    failed: int
    has_links: bool
    choices: list[dict[str, Any]]


def unread_sources(batch: ImportBatch, chosen: str) -> Unread:
    """The files and links of ``batch`` that failed, are being read, or wait. Cost: 2 queries."""
    counts = batch.sources.aggregate(
        links=Count("pk", filter=~Q(url="")),
        **{name: Count("pk", filter=Q(state__in=states)) for name, states in _STATES.items()},
    )
    all_states = [state for states in _STATES.values() for state in states]
    states = _STATES.get(chosen, [] if chosen else all_states)
    shown = _SHOWN_ALONE if chosen else _SHOWN
    sources = list(_first_first(batch.sources.filter(state__in=states))[:shown])
    for source in sources:
        source.said = _said(source)
    matching = sum(counts[name] for name in UNREAD if not chosen or name == chosen)
    return Unread(
        sources=sources,
        more=max(0, matching - shown) if states else 0,
        failed=counts["failed"],
        has_links=counts["links"] > 0,
        choices=[
            {"value": name, "label": label, "count": counts[name]}
            for name, label in UNREAD.items()
            if counts[name]
        ],
    )


def _first_first(sources: QuerySet[ImportSource]) -> QuerySet[ImportSource]:
    """What is being read, then what its host lets wait, then what failed, then the rest."""
    rank = Case(
        When(state="working", then=Value(0)),
        When(~Q(reason=""), state="waiting", then=Value(1)),
        When(state="failed", then=Value(2)),
        default=Value(3),
    )
    return sources.order_by(rank, "pk")


def _said(source: ImportSource) -> str:
    """The state of a source in words."""
    if source.url and source.capture_id is None:
        if source.state == ImportSource.State.WORKING:
            return _("Being fetched")
        if source.state == ImportSource.State.FAILED:
            return _("Could not be fetched")
    return source.get_state_display()
