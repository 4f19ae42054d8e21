"""Names and the slugs made of them: publishers and people found or made, addresses of articles.

Everything here may run twice at once: rows are inserted in a savepoint, and whoever comes
second takes the row of the first.
"""

import re
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.text import slugify

from articles.models import Article, ArticleSlug, Person, Publisher, Tag
from articles.models.names import Alias

Named = TypeVar("Named", Publisher, Person, Tag)

# Shorter than the column, so that a year and a number fit behind it.
_LONGEST_SLUG = 90


# Rows that had to be made are added to ``made``, where that is given.


def publisher_named(name: str, *, made: list[Any] | None = None) -> Publisher:
    """The publisher of this name, now or formerly, whatever the case; made when there is none."""
    return _found_or_made(Publisher, name, made)


def people_named(names: Iterable[str], *, made: list[Any] | None = None) -> list[Person]:
    """The person of each name, now or formerly, whatever the case; made when there is none.

    Of several namesakes the one known longest: telling them apart is for an editor. Cost: one
    query, and a few more for each name that nobody has now.
    """
    return _each_found_or_made(Person, names, made)


def tags_named(names: Iterable[str], *, made: list[Any] | None = None) -> list[Tag]:
    """The tags of these names, now or formerly, whatever the case, each once; or made.

    Cost: as ``people_named``.
    """
    found = _each_found_or_made(Tag, names, made)
    return list({tag.pk: tag for tag in found}.values())


def save_new_article(article: Article) -> Article:
    """Insert ``article`` under a slug made of its title, which no other has or ever had.

    A second "State of the Union" gets its year, a third of that year a number.
    """
    base = slug_of(article.title) or "article"
    year = article.published_on.year if article.published_on else None
    while True:
        article.slug = base if _is_free(base) else _free_slug(base, year)
        try:
            with transaction.atomic():
                article.save(force_insert=True)
        except IntegrityError:
            if not Article.objects.filter(slug=article.slug).exists():
                raise  # something else is wrong with it
        else:
            return article


def slug_of(words: str) -> str:
    """``words`` as part of an address, in their own script, cut between words; perhaps empty."""
    slug = slugify(words, allow_unicode=True)
    if len(slug) > _LONGEST_SLUG:
        slug = slug[: _LONGEST_SLUG + 1].rpartition("-")[0] or slug[:_LONGEST_SLUG]
    return slug.strip("-_")


def _is_free(slug: str) -> bool:
    # The usual case costs one query, however many slugs begin so.
    present = Article.objects.order_by().filter(slug=slug).values("slug")
    return not present.union(ArticleSlug.objects.filter(slug=slug).values("slug")).exists()


def _free_slug(base: str, year: int | None) -> str:
    # Former slugs redirect for good, so they are taken too. Cost: two queries.
    taken = set(Article.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= set(ArticleSlug.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base in taken and year is not None:
        base = f"{base}-{year}"
    return _numbered(base, taken)


def _numbered(base: str, taken: set[str]) -> str:
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def present_names(model: type[Named], names: Iterable[str]) -> dict[str, str]:
    """What the rows that formerly had some of ``names`` are called now, by the name in lower case.

    A name that a row has now is that row's. Cost: 2 queries, none without names.
    """
    asked = {name.lower() for name in names}
    if not asked:
        return {}
    former = aliases(model).objects.alias(lower=Lower("name")).filter(lower__in=asked)
    found = {one.name.lower(): one.of.name for one in former.select_related("of").order_by("-pk")}
    rows = model.objects.alias(lower=Lower("name")).filter(lower__in=asked)
    for name in rows.values_list("name", flat=True) if found else ():
        found.pop(name.lower(), None)
    return found


def aliases(model: type[Named]) -> type[Alias]:
    """The model that keeps the former names and addresses of ``model``."""
    return model._meta.get_field("aliases").related_model


def free_slug(
    model: type[Named], name: str, *, but: Named | None = None, among: QuerySet | None = None
) -> str:
    """An address made of ``name`` that no row of ``model`` has or had; ``but`` may have it.

    ``among`` are the rows that count, where not all do. Cost: 2 queries.
    """
    base = slug_of(name) or model._meta.model_name
    rows = (model.objects.all() if among is None else among).filter(slug__startswith=base)
    former = aliases(model).objects.filter(slug__startswith=base)
    if but is not None:
        rows, former = rows.exclude(pk=but.pk), former.exclude(of=but)
    taken = {*rows.values_list("slug", flat=True), *former.values_list("slug", flat=True)}
    return _numbered(base, taken)


def _each_found_or_made(
    model: type[Named], names: Iterable[str], made: list[Any] | None
) -> list[Named]:
    names = [re.sub(r"\s+", " ", name).strip() for name in names]
    rows = model.objects.alias(lower=Lower("name")).order_by("-pk")
    found = {row.name.lower(): row for row in rows.filter(lower__in=[n.lower() for n in names])}
    # Where Python and PostgreSQL fold a letter otherwise, it is found in the second way.
    return [found.get(name.lower()) or _found_or_made(model, name, made) for name in names]


def _found_or_made(model: type[Named], name: str, made: list[Any] | None) -> Named:
    name = re.sub(r"\s+", " ", name).strip()
    while True:
        for called_so in (model, aliases(model)):
            same = called_so.objects.alias(lower=Lower("name"))
            found = same.filter(lower=Lower(models.Value(name))).order_by("pk").first()
            if found is not None:
                return found if called_so is model else found.of
        try:
            with transaction.atomic():
                row = model.objects.create(name=name, slug=free_slug(model, name))
        except IntegrityError:
            continue  # somebody was faster, with the name or with the slug: look again
        if made is not None:
            made.append(row)
        return row
