"""Where the texts of an article came from, and where each thing that is known of it did.

Of a file from which words were removed for legal reasons nothing is told: its digest would
confirm a guess at them, its name or address may say them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from articles.access import is_editor
from articles.corrections import corrections_of
from articles.metadata import LABELS
from articles.models import Article, Capture, FieldOrigin, ImportBatch, ImportItem, Revision
from articles.redacting import sealed_among

SURENESS = {
    FieldOrigin.Sureness.STATED: _("Stated"),
    FieldOrigin.Sureness.LIKELY: _("Likely"),
    FieldOrigin.Sureness.GUESS: _("A guess"),
}


@dataclass(frozen=True)
class Text:
    """One revision, the file it came from unless that is sealed, and the imports that made it."""

    revision: Revision
    capture: Capture | None
    is_sealed: bool
    batches: list[ImportBatch]


@dataclass(frozen=True)
class Field:
    """Where the value of one field came from, how sure that is, and when it was corrected."""

    label: str
    sureness: str
    where: str
    is_protected: bool
    corrected: list[datetime]


def texts_of(user, revisions: Iterable[Revision]) -> list[Text]:
    """``revisions``, which a gate gave, with their origins. Cost: at most 2 queries."""
    revisions = list(revisions)
    sealed = sealed_among({one.capture.sha256 for one in revisions if one.capture})
    batches: dict[int, dict[int, ImportBatch]] = {}
    if is_editor(user):
        items = ImportItem.objects.filter(revision__in=revisions).select_related("batch")
        for item in items.only("revision", "batch__label", "batch__created_at").order_by("pk"):
            batches.setdefault(item.revision_id, {})[item.batch_id] = item.batch
    return [
        Text(
            revision,
            capture=None if is_sealed else revision.capture,
            is_sealed=is_sealed,
            batches=list(batches.get(revision.pk, {}).values()),
        )
        for revision in revisions
        for is_sealed in [revision.capture is not None and revision.capture.sha256 in sealed]
    ]


def fields_of(user, article: Article) -> list[Field]:
    """What is known of where the fields of ``article`` came from, in the order of pages.

    Corrections from before it was published are for editors. Cost: at most 13 queries.
    """
    since = None if is_editor(user) else article.published_at
    corrected: dict[str, list[datetime]] = {}
    for correction in corrections_of(article, since=since):
        for change in correction.changes:
            corrected.setdefault(change.label, []).append(correction.at)
    origins = {one.field: one for one in article.field_origins.all()}
    return [
        Field(
            str(label),
            sureness=str(SURENESS[FieldOrigin.Sureness(origins[field].sureness)]),
            where=origins[field].where,
            is_protected=origins[field].locked,
            corrected=corrected.get(str(label), []),
        )
        for field, label in LABELS.items()
        if field in origins
    ]
