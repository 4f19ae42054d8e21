"""Notes as rows of a list: what was said, on which words, and what became of these."""

from collections.abc import Iterable

from django.db.models import QuerySet

from annotations.models import Anchor, Annotation


def with_articles(notes: QuerySet[Annotation]) -> QuerySet[Annotation]:
    """With everything a row shows besides ``ready``. Cost: 2 queries when it is evaluated."""
    with_thread = notes.select_related("article", "creator", "group", "root", "parent__creator")
    return with_thread.prefetch_related("tags")


def ready(notes: Iterable[Annotation]) -> list[Annotation]:
    """``notes`` with what their rows show. Cost: one query, for where they stand now."""
    notes = list(notes)
    anchors = Anchor.objects.filter(annotation__in=notes, revision__superseded_at=None)
    stand = {anchor.annotation_id: anchor for anchor in anchors}
    for note in notes:
        note.anchor = stand.get(note.pk)
        answered = note.parent is not None and note.parent.deleted_at is None
        note.answers = note.parent.author_name if answered else ""
        note.tag_list = sorted(note.tags.all(), key=lambda tag: tag.name.lower())
    return notes
