"""Rows for tests: plain functions that give a valid row by default, numbered, never random."""

import itertools

from django.db import transaction

from annotations import writing
from annotations.models import Annotation, Audience, Group, Membership
from articles.models import Article, Authorship, Person, Publisher, Revision
from articles.revisions import record_revision
from articles.text import Span

_numbers = itertools.count(1)

HTML = "<p>The first paragraph speaks of trust.</p>\n<p>The second speaks of tariffs.</p>"


def make_publisher(name: str = "") -> Publisher:
    number = next(_numbers)
    return Publisher.objects.create(name=name or f"Publisher {number}", slug=f"publisher-{number}")


@transaction.atomic  # published and its text at once, also where a test is no transaction
def make_article(
    *, html: str | None = HTML, people: tuple[str, ...] = (), tags: tuple[str, ...] = (), **fields
) -> Article:
    """A published article with one revision; without a text (``html=None``) a draft."""
    number = next(_numbers)
    defaults = {
        "title": f"Article {number}",
        "slug": f"article-{number}",
        "state": Article.State.PUBLISHED if html else Article.State.DRAFT,
    }
    article = Article.objects.create(**defaults | fields)
    for position, name in enumerate(people):
        person, _ = Person.objects.get_or_create(
            name=name, defaults={"slug": f"person-{next(_numbers)}"}
        )
        Authorship.objects.create(article=article, person=person, position=position)
    article.tags.add(*tags)
    if html:
        make_revision(article, html=html)
    return article


def make_revision(article: Article, *, html: str = HTML, **fields) -> Revision:
    """The new current revision of ``article``. ``html`` must be a stored body."""
    revision = record_revision(article, html=html, **{"metadata": {}, **fields})
    assert revision is not None, "the article has this very text already"
    return revision


def make_group(*members, name: str = "") -> Group:
    number = next(_numbers)
    group = Group.objects.create(name=name or f"Group {number}", slug=f"group-{number}")
    for user in members:
        Membership.objects.create(group=group, user=user)
    return group


def make_annotation(
    on: Article | Revision | Annotation, *, by, words: str = "", body: str = "A note.", **fields
) -> Annotation:
    """A public note: on ``words`` of the current text, on the whole article, or a reply."""
    if isinstance(on, Annotation):
        return writing.reply(to=on, by=by, body=body, **fields)
    fields = {"audience": Audience.PUBLIC, **fields}
    if not words:
        article = on if isinstance(on, Article) else on.article
        return writing.annotate(article=article, by=by, body=body, **fields)
    revision = on if isinstance(on, Revision) else on.revisions.get(superseded_at=None)
    start = revision.text.index(words)
    span = Span(start, start + len(words))
    return writing.annotate(
        article=revision.article, revision=revision, span=span, by=by, body=body, **fields
    )
