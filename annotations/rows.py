"""Notes as rows of a list: what was said, on which words, and what became of these."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.safestring import mark_safe

from annotations import markdown
from annotations.models import Anchor, Annotation


def with_articles(notes: QuerySet[Annotation]) -> QuerySet[Annotation]:
    """With everything a row shows besides ``ready``. Cost: 2 queries when it is evaluated."""
    return notes.select_related("article", "creator", "group").prefetch_related("tags")


def ready(notes: Iterable[Annotation]) -> list[Annotation]:
    """``notes`` with what their rows show. Cost: one query, for where they stand now."""
    notes = list(notes)
    anchors = Anchor.objects.filter(annotation__in=notes, revision__superseded_at=None)
    stand = {anchor.annotation_id: anchor for anchor in anchors}
    for note in notes:
        note.anchor = stand.get(note.pk)
        note.body_html = mark_safe(markdown.render(note.body))  # noqa: S308 - sanitised there
        note.quote = next((s["exact"] for s in note.selectors if "exact" in s), "")
        note.tag_list = sorted(note.tags.all(), key=lambda tag: tag.name.lower())
    return notes
