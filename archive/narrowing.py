"""Articles narrowed by what an address asks for: tags, people, publisher, time, kind, language."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from articles.models import Article

NARROWING = ("tag", "author", "publisher", "from", "to", "year", "kind", "language")


def narrowed(articles: QuerySet[Article], given: Mapping[str, Sequence[str]]) -> QuerySet[Article]:
    """Those of ``articles`` that are any of several values of one name, and all of the names.

    A value that makes no sense finds nothing, except for a year, which is passed over.
    """
    for name, field in (("kind", "kind"), ("language", "language")):
        if values := _values(given, name):
            articles = articles.filter(**{f"{field}__in": values})
    if tags := _values(given, "tag"):
        articles = _with(articles, _any("tags__name__iexact", tags))
    if people := _values(given, "author"):
        named = _any("people__name__iexact", people) | Q(people__slug__in=people)
        articles = _with(articles, named)
    if publishers := _values(given, "publisher"):
        named = _any("publisher__name__iexact", publishers) | Q(publisher__slug__in=publishers)
        articles = articles.filter(named)
    if years := [year for year in map(_year, _values(given, "year")) if year]:
        articles = articles.filter(published_on__year__in=years)
    for name, compare in (("from", "gte"), ("to", "lte")):
        for year in filter(None, map(_year, _values(given, name))):
            day = date(year, 1, 1) if name == "from" else date(year, 12, 31)
            articles = articles.filter(**{f"published_on__{compare}": day})
    return articles


def _with(articles: QuerySet[Article], related: Q) -> QuerySet[Article]:
    """Filtered by rows that may be several for one article, without saying it twice."""
    return articles.filter(pk__in=Article.objects.filter(related).values("pk"))


def _values(given: Mapping[str, Sequence[str]], name: str) -> list[str]:
    return [value.replace("\x00", "").strip() for value in given.get(name, ()) if value.strip()]


def _any(lookup: str, values: Sequence[str]) -> Q:
    found = Q(pk__in=[])
    for value in values:
        found |= Q(**{lookup: value})
    return found


def _year(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and 1 <= int(value) <= 9999 else None
