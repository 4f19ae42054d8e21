"""Who may see and change which note: the only file that decides.

Every page, count, search, suggestion, feed and export asks here. Absent and forbidden look the
same: 404. Three audiences: only me, a group, everyone; a reply never reaches further than its
thread, and whoever may not read the thread may not read what hangs on it.
"""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import Http404

from annotations.models import Annotation, AnnotationVersion, Audience, Group, Membership
from articles.access import is_editor
from articles.models import Article, Tag


def groups_of(user) -> QuerySet[Group]:
    """The groups whose notes ``user`` may read and write."""
    if not user.is_authenticated:
        return Group.objects.none()
    return Group.objects.filter(memberships__user=user)


def visible(user, *, whoever_deleted: bool = False) -> QuerySet[Annotation]:
    """The notes ``user`` may read now, without tombstones unless ``whoever_deleted``.

    Tombstones are for the thread that shows "deleted" above the replies they left.
    """
    notes = Annotation.objects.filter(
        Q(root=None) | _audience(user, "root__"), _audience(user, ""), _article_open_to(user)
    )
    if not is_editor(user):
        notes = notes.exclude(~_own(user), pk__in=_hidden_from(user))
    return notes if whoever_deleted else notes.filter(deleted_at=None)


def versions_to_read(user) -> QuerySet[AnnotationVersion]:
    """Earlier versions ``user`` may read: one's own, and of others what was for them at the time.

    What somebody wrote for themselves stays theirs when they open the note later. Whether the
    note itself may be read is asked before.
    """
    versions = AnnotationVersion.objects.select_related("group")
    return versions.filter(_audience(user, "", creator="annotation__creator"))


def visible_tags(user) -> QuerySet[Tag]:
    """Tags ``user`` may know of: those of articles and notes they may read, and the editors'."""
    articles = Article.objects.visible_to(user).filter(taggedarticle__tag=OuterRef("pk"))
    notes = visible(user).filter(taggedannotation__tag=OuterRef("pk"))
    return Tag.objects.filter(Q(curated=True) | Exists(articles) | Exists(notes))


def annotation_to_read(user, pk: UUID) -> Annotation:
    """Note ``pk``, tombstone or not, if ``user`` may read it; else Http404."""
    return _get(visible(user, whoever_deleted=True), pk)


def annotation_to_answer(user, pk: UUID) -> Annotation:
    """Note ``pk`` to which ``user`` may reply: one that is readable and not deleted or hidden."""
    note = _get(visible(user).filter(hidden_at=None), pk)
    if not user.is_authenticated:
        raise Http404
    return note


def annotation_to_change(user, pk: UUID) -> Annotation:
    """Note ``pk`` if it is ``user``'s own, living one; else Http404."""
    return _get(visible(user).filter(_own(user)), pk)


def annotation_to_restore(user, pk: UUID) -> Annotation:
    """Note ``pk`` that ``user`` deleted and may still bring back; else Http404."""
    notes = visible(user, whoever_deleted=True).filter(_own(user), deleted_at__isnull=False)
    return _get(notes, pk)


def annotation_to_place(user, pk: UUID) -> Annotation:
    """Root note ``pk`` whose words ``user`` may choose anew: one's own, for editors any; or 404."""
    notes = visible(user).filter(root=None).exclude(selectors=[])
    if not is_editor(user):
        notes = notes.filter(_own(user))
    return _get(notes, pk)


def may_place(user, note: Annotation) -> bool:
    """Whether ``annotation_to_place`` would give this note, which ``user`` sees."""
    return may_change(user, note) or (note.deleted_at is None and is_editor(user))


def may_change(user, note: Annotation) -> bool:
    return user.is_authenticated and note.creator_id == user.pk and note.deleted_at is None


def _get(notes: QuerySet[Annotation], pk: UUID) -> Annotation:
    note = notes.select_related("article", "creator", "group", "root").filter(pk=pk).first()
    if note is None:
        raise Http404
    return note


def _hidden_from(user) -> RawSQL:
    """The notes editors hid from ``user``, and every reply below them at any depth.

    Their own author still sees a hidden note and what was answered. Cost: as many rows as are
    hidden, found by index.
    """
    sql = """
        WITH RECURSIVE hidden AS (
          SELECT id FROM annotations_annotation
           WHERE hidden_at IS NOT NULL AND (creator_id IS NULL OR creator_id <> %s)
          UNION
          SELECT reply.id FROM annotations_annotation reply
            JOIN hidden ON reply.parent_id = hidden.id
        ) SELECT id FROM hidden"""
    return RawSQL(sql, [user.pk or 0])  # noqa: S611 - the value goes as a parameter


def _own(user) -> Q:
    return Q(creator=user) if user.is_authenticated else Q(pk__in=[])


def _audience(user, prefix: str, *, creator: str = "") -> Q:
    everyone = Q(**{f"{prefix}audience": Audience.PUBLIC})
    if not user.is_authenticated:
        return everyone
    in_group = Membership.objects.filter(user=user).values("group")
    return (
        everyone
        | Q(**{creator or f"{prefix}creator": user})
        | Q(**{f"{prefix}audience": Audience.GROUP, f"{prefix}group__in": in_group})
    )


def _article_open_to(user) -> Q:
    return Q() if is_editor(user) else Q(article__state=Article.State.PUBLISHED)
