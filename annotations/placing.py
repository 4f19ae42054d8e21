"""What people decide about where a note stands: attach it, accept a place, call its words gone.

Each decision is about the current text, is kept with what it replaced, and can be undone. A
later text follows it; reckoning anew leaves it alone. Access was passed before.
"""

from django.db import transaction

from annotations.holding import hold
from annotations.models import Anchor, AnchorVersion, Annotation
from annotations.selectors import check, describe
from articles import logbook
from articles.text import Span

KEPT = (
    *("state", "start", "end", "exact", "prefix", "suffix", "survival", "similarity"),
    *("confidence", "algorithm", "review", "overridden_by_id"),
)


class TextChanged(Exception):
    """The text was corrected since the person looked; ``number`` is the revision now."""

    def __init__(self, number: int) -> None:
        super().__init__(f"revision {number} is the current one")
        self.number = number


@transaction.atomic
def attach(note: Annotation, *, span: Span, revision: int, by) -> Anchor:
    """Have ``note`` stand on ``span`` of the current text, revision number ``revision``.

    Errors: SelectorError where the span lies outside the text; TextChanged.
    """
    anchor = _current(note, revision)
    text = anchor.revision.text
    quote, _ = describe(text, check(text, span))
    _keep(anchor, AnchorVersion.Act.ATTACHED, by)
    as_noted = quote.exact == note.quote
    anchor.state = Anchor.State.SHIFTED if as_noted else Anchor.State.CHANGED
    anchor.start, anchor.end = span.start, span.end
    anchor.exact, anchor.prefix, anchor.suffix = quote.exact, quote.prefix, quote.suffix
    anchor.survival = anchor.similarity = anchor.confidence = 1
    return _decided(anchor, Anchor.Review.CORRECTED, by)


@transaction.atomic
def accept(note: Annotation, *, revision: int, by) -> Anchor:
    """Confirm the place ``note`` was given. Errors: TextChanged."""
    anchor = _current(note, revision)
    if anchor.review == Anchor.Review.ACCEPTED:
        return anchor
    _keep(anchor, AnchorVersion.Act.ACCEPTED, by)
    return _decided(anchor, Anchor.Review.ACCEPTED, by)


@transaction.atomic
def call_gone(note: Annotation, *, revision: int, by) -> Anchor:
    """Say that the words of ``note`` are gone from the current text. Errors: TextChanged."""
    anchor = _current(note, revision)
    if anchor.start is None and anchor.review != Anchor.Review.WAITING:
        return anchor
    _keep(anchor, AnchorVersion.Act.GONE, by)
    earlier = note.anchors.up_to(anchor.revision).exclude(pk=anchor.pk)
    last = earlier.exclude(start=None).newest_first().first()
    anchor.state, anchor.start, anchor.end = Anchor.State.ORPHANED, None, None
    if last is not None:
        anchor.exact, anchor.prefix, anchor.suffix = last.exact, last.prefix, last.suffix
    anchor.survival = anchor.similarity = anchor.confidence = 0
    return _decided(anchor, Anchor.Review.CORRECTED, by)


@transaction.atomic
def undo(note: Annotation, *, version: int, revision: int, by) -> Anchor:
    """Put ``note`` where it stood before the decision kept as ``version``; undone by another undo.

    Errors: TextChanged; AnchorVersion.DoesNotExist where no such one is of the current text.
    """
    anchor = _current(note, revision)
    was = anchor.versions.get(pk=version).was
    _keep(anchor, AnchorVersion.Act.UNDONE, by)
    for name in KEPT:
        setattr(anchor, name, was[name])
    anchor.save()
    return anchor


def _current(note: Annotation, revision: int) -> Anchor:
    """The anchor of ``note`` in the current text, with the article locked first, then the anchor.

    Errors: TextChanged where that is not the revision of the given number.
    """
    hold(note.article)
    anchor = (
        Anchor.objects.select_for_update(of=("self",))
        .select_related("revision__article", "annotation__article")
        .get(annotation=note, revision__superseded_at=None)
    )
    if anchor.revision.number != revision:
        raise TextChanged(anchor.revision.number)
    return anchor


def _keep(anchor: Anchor, act: str, by) -> None:
    """Keep ``anchor`` as it was, and enter in the log what an editor does to another's note."""
    note = anchor.annotation
    if note.creator_id != by.pk:
        logbook.enter(note, act, by=by, what=str(note.article))
    was = {name: getattr(anchor, name) for name in KEPT}
    AnchorVersion.objects.create(anchor=anchor, was=was, act=act, by=by)


def _decided(anchor: Anchor, review: str, by) -> Anchor:
    anchor.review, anchor.overridden_by = review, by
    anchor.save()
    return anchor
