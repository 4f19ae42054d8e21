"""Pages of the names that works share: a tag, a person, a publisher, and the lists of each."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations import access as notes_access
from annotations import rows
from archive.browsing import with_note_counts
from articles import access
from articles.given import line
from articles.keyset import page_of
from articles.models import Article, Authorship, Person, Publisher, Tag

NAMES = 120  # on a page of names
NEW = 10  # articles, and notes, on the page of one name
RELATED = 12


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """What a tag means, the articles and notes that bear it, and the tags it meets."""
    name = access.name_to_read(notes_access.visible_tags(request.user), slug)
    articles = Article.objects.visible_to(request.user).filter(tags=name)
    notes = notes_access.visible(request.user).filter(tags=name)
    context = _works(request.user, articles) | {
        "tag": name,
        "related": _related(name, articles),
        "notes": rows.ready(rows.with_articles(notes).order_by("-recorded_at")[:NEW]),
        "note_count": notes.count(),
    }
    return render(request, "archive/tag.html", context)


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """Who somebody is, in which roles, and their works."""
    name = access.name_to_read(access.names_to_read(request.user, Person), slug)
    articles = Article.objects.visible_to(request.user).filter(people=name).distinct()
    parts = Authorship.objects.filter(person=name, article__in=articles).order_by()
    counts = dict(parts.values_list("role").annotate(Count("article", distinct=True)))
    roles = [(role.label, counts[role]) for role in Authorship.Role if role in counts]
    context = _works(request.user, articles) | {"person": name, "roles": roles}
    return render(request, "archive/person.html", context)


@require_safe
def publisher(request: HttpRequest, slug: str) -> HttpResponse:
    """A publisher, and what it made public."""
    name = access.name_to_read(access.names_to_read(request.user, Publisher), slug)
    articles = Article.objects.visible_to(request.user).filter(publisher=name)
    context = _works(request.user, articles) | {"publisher": name}
    return render(request, "archive/publisher.html", context)


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    """The tags of all articles and notes the reader may see."""
    return _index(request, notes_access.visible_tags(request.user), "archive/tags.html")


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The people of all articles the reader may see."""
    return _index(request, access.names_to_read(request.user, Person), "archive/people.html")


@require_safe
def publishers(request: HttpRequest) -> HttpResponse:
    """The publishers of all articles the reader may see."""
    return _index(request, access.names_to_read(request.user, Publisher), "archive/publishers.html")


def _works(user, articles: QuerySet[Article]) -> dict[str, Any]:
    newest = articles.for_lists().newest_first()[:NEW]
    return {"articles": with_note_counts(user, newest), "count": articles.count()}


def _related(name: Tag, articles: QuerySet[Article]) -> Iterable[Tag]:
    """The tags that stand beside ``name`` on ``articles``, the most frequent first."""
    beside = Tag.objects.filter(tagged_articles__content_object__in=articles).exclude(pk=name.pk)
    return beside.annotate(n=Count("tagged_articles")).order_by("-n", "name")[:RELATED]


def _index(request: HttpRequest, names: QuerySet, template: str) -> HttpResponse:
    """Names in alphabetical order, ``?find=`` narrows them; each with its number of articles."""
    find = line(request.GET.get("find", ""))
    if find:
        names = names.filter(name__icontains=find)
    page = page_of(
        names.annotate(in_order=Lower("name")),
        by="in_order",
        after=request.GET.get("after", ""),
        size=NAMES,
        ascending=True,
    )
    counts = _articles_of(request.user, names.model, page.rows)
    for name in page.rows:
        name.n = counts.get(name.pk, 0)
    return render(request, template, {"names": page.rows, "page": page, "find": find})


def _articles_of(user, model: type, names: list) -> dict[int, int]:
    path = access.PATHS[model]
    articles = Article.objects.visible_to(user).filter(**{f"{path}__in": names})
    return dict(articles.order_by().values_list(path).annotate(Count("pk", distinct=True)))
