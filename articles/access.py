"""Who may read which article. Absent and forbidden look the same: 404."""

from typing import TypeVar

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import Http404

from articles.models import Article, ArticleSlug, Person, Publisher, Redaction, Revision, Tag

Name = TypeVar("Name", Person, Publisher, Tag)

# How an article comes by its names.
PATHS: dict[type, str] = {Person: "people", Publisher: "publisher", Tag: "tags"}


class Moved(Exception):
    """The slug is a former one; ``slug`` is the present one."""

    def __init__(self, former: str, slug: str) -> None:
        super().__init__(f"{former} is now {slug}")
        self.slug = slug


class ArticleMoved(Moved):
    """The slug of an article is a former one."""


class ArticleMerged(ArticleMoved):
    """The slug is that of ``article``, which was merged into another."""

    def __init__(self, article: Article) -> None:
        super().__init__(article.slug, article.merged_into.slug)
        self.article = article


class NameMoved(Moved):
    """The slug of a tag, person or publisher is a former one."""


class ArticleWithdrawn(Exception):
    """The article was published once and is withdrawn; its reason may be told."""

    def __init__(self, article: Article) -> None:
        super().__init__(f"{article.slug} is withdrawn")
        self.article = article


class RevisionWithheld(Exception):
    """An editor took this text from everybody; ``reason`` may be told."""

    def __init__(self, revision: Revision, reason: str) -> None:
        super().__init__(f"revision {revision.number} of {revision.article_id} is withheld")
        self.revision = revision
        self.reason = reason


def is_editor(user) -> bool:
    """Whether ``user`` sees drafts and withdrawn articles."""
    return user.has_perm("articles.change_article")


def article_to_read(user, slug: str) -> Article:
    """The article ``user`` may read under ``slug``.

    Errors: Http404, ArticleMoved, ArticleMerged, ArticleWithdrawn. Cost: 3 queries, 2 more for a
    former slug and 1 more for a merged article.
    """
    article = Article.objects.for_lists().filter(slug=slug).first()
    if article is None:
        former = ArticleSlug.objects.select_related("article").filter(slug=slug).first()
        if former is None or not _may_know_of(user, former.article):
            raise Http404
        if former.article.is_merged:
            raise ArticleMerged(former.article)
        raise ArticleMoved(slug, former.article.slug)
    if not _may_know_of(user, article):
        raise Http404
    if article.is_merged:
        raise ArticleMerged(article)
    if article.state == Article.State.WITHDRAWN and not is_editor(user):
        raise ArticleWithdrawn(article)
    return article


def merged_to_read(user, article: Article, slug: str) -> Article:
    """What had the address ``slug`` before it was merged into ``article``; or Http404.

    ``user`` may read ``article``, and may read the texts of the answer.
    """
    merged = texts_merged_into(user, article).for_lists().filter(slug=slug).first()
    if merged is None:
        raise Http404
    merged.merged_into = article
    return merged


def texts_merged_into(user, article: Article) -> QuerySet[Article]:
    """The articles merged into ``article`` whose texts ``user``, who may read it, may read.

    What was a draft or withdrawn when it was merged is for editors.
    """
    merged = article.merged.order_by("merged_at", "pk")
    if is_editor(user):
        return merged
    return merged.filter(withdrawn_reason="", published_at__isnull=False)


def merged_with_texts(user, article: Article) -> list[Article]:
    """The articles of ``texts_merged_into``, each with ``texts``, its revisions, newest first.

    Of these without their bodies only those ``user`` may read. Cost: 1 query, 2 where any was
    merged.
    """
    merged = list(texts_merged_into(user, article).select_related("publisher"))
    known = {one.pk: one for one in merged}
    for one in merged:
        one.merged_into, one.texts = article, []
    if not merged:
        return []
    revisions = Revision.objects.filter(article__in=merged).order_by("-number")
    related = revisions.select_related("capture", "made_by").defer("html", "text", "metadata")
    for revision in related:
        revision.article = known[revision.article_id]
        if may_read_revision(user, revision.article, revision.number):
            revision.article.texts.append(revision)
    return merged


def article_to_change(user, slug: str) -> Article:
    """The article an editor may change under ``slug``; for everybody else Http404."""
    if not is_editor(user):
        raise Http404
    return article_to_read(user, slug)


def revision_to_read(article: Article, number: int | None = None, *, user=None) -> Revision:
    """Revision ``number`` of an article one may read, the current one without a number.

    Without a ``user`` only what everybody may read. ``removed_because`` is why words were removed
    from it, or None. Errors: Http404; RevisionWithheld.
    """
    if number is not None and not may_read_revision(user, article, number):
        raise Http404
    in_force = Redaction.objects.in_force().filter(revision=OuterRef("pk"))
    reason = in_force.order_by("-whole", "-made_at", "-pk").values("reason")[:1]
    revisions = article.revisions.select_related("capture").annotate(
        withheld=Exists(in_force.filter(whole=True)), removed_because=Subquery(reason)
    )
    revision = (
        revisions.filter(superseded_at=None) if number is None else revisions.filter(number=number)
    ).first()
    if revision is None:
        raise Http404
    revision.article = article
    if revision.withheld:
        raise RevisionWithheld(revision, revision.removed_because)
    return revision


def may_read_revision(user, article: Article, number: int) -> bool:
    """Whether ``user``, who may read ``article``, may read this revision, if there is one.

    What an article was before it was published is for editors; so are all texts of one that was
    a draft or withdrawn when it was merged.
    """
    if user is not None and is_editor(user):
        return True
    was_shown = not article.is_merged or (article.published_at and not article.withdrawn_reason)
    return bool(was_shown) and number >= article.public_from


def revisions_to_read(user, article: Article) -> QuerySet[Revision]:
    """The revisions of an article that ``user``, who may read it, may read."""
    if is_editor(user):
        return article.revisions.all()
    return article.revisions.filter(number__gte=article.public_from)


def names_to_read(user, model: type[Name]) -> QuerySet[Name]:
    """The people, publishers or tags on articles ``user`` may read; for editors all of them.

    Tags stand on notes too: ``annotations.access.visible_tags`` is the gate for those.
    """
    if is_editor(user):
        return model.objects.all()
    bearing = Article.objects.visible_to(user).filter(**{PATHS[model]: OuterRef("pk")})
    return model.objects.filter(Exists(bearing))


def name_to_read(names: QuerySet[Name], slug: str) -> Name:
    """The name under ``slug`` among ``names``, which a gate gave.

    Errors: Http404; NameMoved where it was renamed or merged. Cost: 1 query, 2 without a name.
    """
    name = names.filter(slug=slug).first()
    if name is None:
        present = names.filter(aliases__slug=slug).first()
        if present is None:
            raise Http404
        raise NameMoved(slug, present.slug)
    return name


def _may_know_of(user, article: Article) -> bool:
    """Of a merged one know those who knew of it before, and know of the one it became.

    Cost: 1 query for a merged one.
    """
    if is_editor(user):
        return True
    if article.is_merged:
        return article.published_at is not None and _may_know_of(user, article.merged_into)
    return article.state != Article.State.DRAFT
