"""What people do to notes: make, answer, edit, delete, bring back. Each in one transaction.

Access was passed before; the invariants of the database hold whoever calls. Callers give
a ``submission`` so that sending the same form twice makes one note.
"""

from collections.abc import Collection, Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from annotations.holding import hold
from annotations.models import (
    Anchor,
    Annotation,
    AnnotationVersion,
    Audience,
    Group,
    Motivation,
    SealedSelectors,
)
from annotations.reanchoring import catch_up
from annotations.selectors import as_json, check, describe
from articles.models import Article, Revision
from articles.text import Span

# How long a deleted note can be brought back; then its words and earlier versions are dropped.
UNDO_SECONDS = 10


class StaleEdit(Exception):
    """Somebody saved another version meanwhile; ``theirs`` is the note as it is now."""

    def __init__(self, theirs: Annotation) -> None:
        super().__init__(f"annotation {theirs.pk} is at version {theirs.version}")
        self.theirs = theirs


class SentBefore(Exception):
    """The form was sent before and saved with other words; ``note`` is what it made."""

    def __init__(self, note: Annotation) -> None:
        super().__init__(f"the submission made annotation {note.pk}")
        self.note = note


class AudienceFixed(Exception):
    """The audience cannot change any more: others have replied."""


@transaction.atomic
def annotate(
    *,
    article: Article,
    by,
    body: str = "",
    tags: Iterable[str] = (),
    audience: str = Audience.PRIVATE,
    group: Group | None = None,
    motivation: str = Motivation.COMMENTING,
    revision: Revision | None = None,
    span: Span | None = None,
    exact: str | None = None,
    submission: UUID | None = None,
) -> Annotation:
    """A new note on ``span`` of ``revision``, or on the whole article without them.

    The article is locked, as whoever records a revision does: a text recorded meanwhile gets
    the note by mapping, once, whichever of the two came first; and as whoever deletes a draft
    does, who must see the note. On an article merged meanwhile it becomes one of the other.
    Errors: SelectorError when the span lies outside the text or does not hold ``exact``;
    SentBefore when the submission made another note.
    """
    selectors = []
    article = hold(article)
    if revision is not None and span is not None:
        selectors = as_json(describe(revision.text, check(revision.text, span, exact)))
    note, is_new = _create_once(
        by,
        submission,
        article=article,
        made_on=revision,
        audience=audience,
        group=group,
        motivation=motivation,
        body=body,
        selectors=selectors,
    )
    if not is_new:
        return note
    if revision is not None and span is not None:
        anchor = Anchor.objects.create(
            annotation=note,
            revision=revision,
            state=Anchor.State.UNCHANGED,
            start=span.start,
            end=span.end,
            **{key: selectors[0][key] for key in ("exact", "prefix", "suffix")},
        )
        catch_up(anchor)
    note.tags.add(*tags)
    return note


@transaction.atomic
def reply(
    *,
    to: Annotation,
    by,
    body: str,
    tags: Iterable[str] = (),
    only_me: bool = False,
    submission: UUID | None = None,
) -> Annotation:
    """An answer to ``to``, for the thread's audience or for ``by`` alone.

    A reply to a note that only its author sees is seen by its author only. Errors: SentBefore
    when the submission made another note.
    """
    article = hold(to.article)
    root = to.root or to
    private = only_me or to.audience == Audience.PRIVATE
    note, is_new = _create_once(
        by,
        submission,
        article=article,
        parent=to,
        root=root,
        audience=Audience.PRIVATE if private else root.audience,
        group=None if private else root.group,
        motivation=Motivation.REPLYING,
        body=body,
    )
    if is_new:
        note.tags.add(*tags)
    return note


@transaction.atomic
def edit(
    note: Annotation,
    *,
    version: int,
    body: str,
    tags: Iterable[str],
    audience: str,
    group: Group | None = None,
) -> Annotation:
    """``note`` with new words; what it said before is kept as an AnnotationVersion.

    ``version`` is the one the writer saw. Errors: StaleEdit when it is no longer the newest,
    AudienceFixed when the audience would change after others have replied.
    """
    # Not the key: anchors refer to it, and whoever records a revision would wait for us while we
    # wait for the article.
    note = Annotation.objects.select_for_update(of=("self",), no_key=True).get(pk=note.pk)
    if note.version != version:
        raise StaleEdit(note)
    tags = sorted(set(tags), key=str.lower)
    had = sorted(note.tags.names(), key=str.lower)
    same_audience = (note.audience, note.group) == (audience, group)
    if note.body == body and had == tags and same_audience:
        return note
    AnnotationVersion.objects.create(
        annotation=note,
        number=note.version,
        body=note.body,
        tags=had,
        audience=note.audience,
        group=note.group,
        written_at=note.modified,
    )
    if not same_audience:
        _change_audience(note, audience, group)
    note.body, note.modified, note.version = body, timezone.now(), note.version + 1
    if note.motivation == Motivation.HIGHLIGHTING and body:
        note.motivation = Motivation.COMMENTING  # a highlight that got words is a comment
    note.save(update_fields=["body", "modified", "version", "motivation", "audience", "group"])
    note.tags.set(tags)
    return note


def delete(note: Annotation) -> None:
    """Take ``note`` away; a tombstone stays where replies hang. ``restore`` undoes it."""
    note.deleted_at = note.modified = timezone.now()
    note.save(update_fields=["deleted_at", "modified"])


def restore(note: Annotation) -> bool:
    """Whether ``note`` is back: it is while its words have not been dropped."""
    back = Annotation.objects.filter(pk=note.pk, deleted_at__gt=_undo_limit()).update(
        deleted_at=None, modified=timezone.now()
    )
    return bool(back)


@transaction.atomic
def forget_deleted() -> int:
    """Drop words, earlier versions and tags of notes deleted longer ago than the undo period.

    How many were emptied. The rows stay, so that addresses and threads stay whole.
    """
    due = Annotation.objects.filter(deleted_at__lte=_undo_limit()).exclude(body="", selectors=[])
    ids = list(due.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True))
    return empty(ids)


def empty(ids: Collection[UUID]) -> int:
    """Drop what the notes ``ids`` said, now and before, and leave their rows; how many."""
    AnnotationVersion.objects.filter(annotation__in=ids).delete()
    Anchor.objects.filter(annotation__in=ids).delete()
    SealedSelectors.objects.filter(annotation__in=ids).delete()
    Annotation.tags.through.objects.filter(content_object__in=ids).delete()
    return Annotation.objects.filter(pk__in=ids).update(body="", selectors=[], extra={})


def audience_is_fixed(note: Annotation) -> bool:
    """Whether others have replied anywhere below, so that the audience can no longer change.

    Cost: one query a level of the thread.
    """
    return any(
        below.creator_id != note.creator_id and below.audience != Audience.PRIVATE
        for below in _replies_below(note)
    )


def _undo_limit():
    return timezone.now() - timedelta(seconds=UNDO_SECONDS)


def _create_once(by, submission: UUID | None, **fields) -> tuple[Annotation, bool]:
    """The note made by this submission, and whether it was made just now."""
    if submission is None:
        return Annotation.objects.create(creator=by, **fields), True
    # get_or_create inserts first in a savepoint and reads on a conflict: two clicks at once
    # meet in the unique constraint, not between a look and an insert.
    note, is_new = Annotation.objects.get_or_create(
        creator=by, submission=submission, defaults=fields
    )
    said = ("article", "parent", "body", "selectors", "audience", "group", "motivation")
    if not is_new and any(getattr(note, n) != fields[n] for n in said if n in fields):
        raise SentBefore(note)
    return note, is_new


def _change_audience(note: Annotation, audience: str, group: Group | None) -> None:
    """Set the audience on ``note`` and on the writer's own replies below it."""
    if audience_is_fixed(note):
        raise AudienceFixed
    if note.is_root:
        Annotation.objects.filter(pk=note.pk).update(audience=audience, group=group)
    own = [below for below in _replies_below(note) if below.creator_id == note.creator_id]
    for reply_below in reversed(own):  # the deepest first: none may reach further than its parent
        if reply_below.audience != Audience.PRIVATE:
            stays = audience if note.is_root else Audience.PRIVATE
            Annotation.objects.filter(pk=reply_below.pk).update(
                audience=stays, group=group if stays == Audience.GROUP else None
            )
    note.audience, note.group = audience, group


def _replies_below(note: Annotation) -> list[Annotation]:
    """The replies below ``note``, parents before children. Cost: one query a level."""
    found: list[Annotation] = []
    level = [note]
    while level:
        level = list(Annotation.objects.filter(parent__in=level))
        found += level
    return found
