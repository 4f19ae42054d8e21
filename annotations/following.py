"""Notes go along when their article is merged into another. Visibility is looked after before."""

from collections.abc import Collection
from uuid import UUID

from annotations import redacting
from annotations.models import Anchor, Annotation, Audience
from annotations.reanchoring import Foresight, foresee_on, reckon
from articles.models import Article, Redaction, Revision


def foresee(merged: Article, kept: Article, *, only: Collection[UUID]) -> Foresight:
    """What would become of the notes ``only`` on ``merged`` in the text of ``kept``.

    Writes nothing. Cost: that of mapping one text to the other, and 8 queries at most.
    """
    current, to = current_of(merged), current_of(kept)
    if current is None or to is None:
        return Foresight()
    return foresee_on(to, current=current, only=only)


def move(merged: Article, kept: Article) -> list[Anchor]:
    """Have all notes on ``merged`` stand on ``kept``; the anchors they got in its current text.

    Those they had stay. Whoever may read a note is not changed by it. Lock both articles before,
    and let ``merged`` have its current text still. Cost: 9 queries at most.
    """
    current, to = current_of(merged), current_of(kept)
    made = reckon(to=to, previous=current) if current is not None and to is not None else []
    notes = Annotation.objects.filter(article=merged)
    notes.filter(root=None).update(article=kept)  # a reply stays in the article of its thread
    notes.update(article=kept)
    return Anchor.objects.bulk_create(made)


def follow_removals(kept: Article) -> None:
    """Have the notes hold no word that was removed from a text of either. After the merge."""
    together = redacting.one_with(kept)
    if Redaction.objects.in_force().filter(revision__article__in=together).exists():
        redacting.follow(kept, redacting.removed_from(kept))


def shared(article: Article) -> bool:
    """Whether a living note on ``article`` is for others than its author."""
    living = Annotation.objects.filter(article=article, deleted_at=None)
    return living.exclude(audience=Audience.PRIVATE).exists()


def current_of(article: Article) -> Revision | None:
    """The current text of ``article``, which knows whose it is."""
    return article.revisions.filter(superseded_at=None).first()
