"""Carrying notes over when an article gets a new text.

Runs inside the transaction that records the revision: either the revision and all its anchors
are there, or neither. Anchors of earlier revisions are never touched.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable

from annotations.anchoring import ALGORITHM, Placement, State, carry
from annotations.models import Anchor
from annotations.selectors import TextQuote, describe
from articles.models import Revision
from articles.text import Span

logger = logging.getLogger(__name__)

# Below this a person should look; the author and the editors see that the note waits.
SURE = 0.8


def on_revision_recorded(sender, *, revision: Revision, previous: Revision | None, **_) -> None:
    """Receiver of ``articles.signals.revision_recorded``."""
    if previous is not None:
        carry_over(to=revision, previous=previous)


def carry_over(*, to: Revision, previous: Revision) -> Counter[str]:
    """Give every note that stood in ``previous`` an anchor in ``to``; how many in which state.

    A text that stood before takes the anchors it had then: a revert restores every note. Notes
    are mapped from the previous text, those whose words were gone from the last text that had
    them. Cost: 4 queries and one for each older revision mapped from.
    """
    last_good = _last_good(previous)
    earlier = _same_text_before(to)
    restored = {a.annotation_id: a for a in earlier.anchors.all()} if earlier else {}
    made: list[Anchor] = []
    by_revision: dict[Revision, list[Anchor]] = defaultdict(list)
    for anchor in last_good:
        if anchor.annotation_id in restored:
            made.append(_again(restored[anchor.annotation_id], to))
        else:
            by_revision[anchor.revision].append(anchor)
    for revision, anchors in by_revision.items():
        made += _carried(anchors, revision, to)
    Anchor.objects.bulk_create(made)
    counts = Counter(str(anchor.state) for anchor in made)
    logger.info("carried notes of article %s to revision %s: %s", to.article_id, to.number, counts)
    return counts


def _last_good(previous: Revision) -> list[Anchor]:
    """For each note with an anchor in ``previous``, its newest anchor that has a place."""
    anchors = (
        Anchor.objects.filter(
            annotation__anchors__revision=previous, revision__number__lte=previous.number
        )
        .exclude(start=None)
        .select_related("revision")
        .order_by("annotation_id", "-revision__number")
        .distinct("annotation_id")
    )
    return list(anchors)


def _same_text_before(to: Revision) -> Revision | None:
    return (
        Revision.objects.filter(article=to.article_id, sha256=to.sha256, number__lt=to.number)
        .order_by("-number")
        .first()
    )


def _again(anchor: Anchor, to: Revision) -> Anchor:
    """``anchor`` as it was, in a revision with the very same text."""
    earlier = anchor.revision
    anchor.pk, anchor.revision, anchor.from_revision = None, to, earlier
    anchor._state.adding = True
    return anchor


def _carried(anchors: list[Anchor], revision: Revision, to: Revision) -> Iterable[Anchor]:
    selectors = [
        {
            "exact": anchor.exact,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
            "start": anchor.start,
            "end": anchor.end,
        }
        for anchor in anchors
    ]
    placements = carry(revision.text, to.text, selectors)
    return [
        _anchor(anchor, placement, revision, to)
        for anchor, placement in zip(anchors, placements, strict=True)
    ]


def _anchor(anchor: Anchor, placement: Placement, revision: Revision, to: Revision) -> Anchor:
    gone = placement.start is None or placement.end is None
    if gone:
        quote = TextQuote(anchor.exact, anchor.prefix, anchor.suffix)
    else:
        quote, _ = describe(to.text, Span(placement.start, placement.end))
    unsure = not gone and placement.confidence < SURE
    return Anchor(
        annotation_id=anchor.annotation_id,
        revision=to,
        state=_state(anchor, placement),
        start=placement.start,
        end=placement.end,
        exact=quote.exact,
        prefix=quote.prefix,
        suffix=quote.suffix,
        survival=placement.survival,
        similarity=placement.similarity,
        confidence=placement.confidence,
        algorithm=ALGORITHM,
        from_revision=revision,
        review=Anchor.Review.WAITING if unsure else Anchor.Review.NONE,
    )


def _state(anchor: Anchor, placement: Placement) -> str:
    """The new state; words once changed stay "changed" though this correction spared them."""
    still = placement.state in (State.UNCHANGED, State.SHIFTED)
    if still and anchor.state in (Anchor.State.CHANGED, Anchor.State.MOVED):
        return anchor.state
    return str(placement.state)
