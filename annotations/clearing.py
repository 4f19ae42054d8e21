"""What is left of deleted notes, dropped where the text they were on goes."""

from collections.abc import Collection

from django.db.models import Q

from annotations.models import Anchor, Annotation


def living_on(articles: Collection[int], revisions: Collection[int]) -> Q:
    """Notes and replies that stand on all of ``articles``, or on the very texts ``revisions``.

    On a text stands what was made on it, and what a person placed there; what was only carried
    over to it stands on the text it came from. Tombstones do not count, hidden notes do.
    """
    by_hand = Anchor.objects.filter(
        Q(review__in=[Anchor.Review.ACCEPTED, Anchor.Review.CORRECTED])
        | Q(overridden_by__isnull=False),
        revision__in=revisions,
    ).values("annotation")
    on_text = (
        Q(made_on__in=revisions)
        | Q(root__made_on__in=revisions)
        | Q(pk__in=by_hand)
        | Q(root__in=by_hand)
    )
    return Q(Q(article__in=articles) | on_text, deleted_at=None)


def drop_tombstones(articles: Collection[int], revisions: Collection[int]) -> None:
    """Drop what deleted notes left on ``articles`` and on the texts ``revisions``, which go."""
    on_text = Q(made_on__in=revisions) | Q(root__made_on__in=revisions)
    left = Annotation.objects.filter(Q(article__in=articles) | on_text, deleted_at__isnull=False)
    # Locked, so that none is brought back meanwhile.
    gone = list(left.select_for_update(of=("self",)).values_list("pk", flat=True))
    if gone:
        Anchor.objects.filter(annotation__in=gone).delete()
        # A reply protects what it answers.
        replies = Annotation.objects.filter(pk__in=gone, root__isnull=False)
        replies.update(parent=None, root=None)
        Annotation.objects.filter(pk__in=gone).delete()
    Anchor.objects.filter(revision__in=revisions).delete()
