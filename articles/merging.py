"""Two names for one thing become one; a name is corrected. Nothing that refers to it is lost.

Works for tags, publishers and people. Every foreign key to them is found in the models, of
whatever app, so that a model made later is not forgotten. Former addresses redirect for good and
former names are known to imports, also after several merges. A merge cannot be undone: afterwards
nobody can tell which reference was whose.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Field, Model, Q, UniqueConstraint

from articles import logbook
from articles.models import Authorship
from articles.naming import Named, aliases


class Vanished(Exception):
    """One of the rows is gone: somebody has merged it meanwhile."""


@transaction.atomic
def merge(kept: Named, others: Iterable[Named], *, by: Any, reason: str = "") -> Named:
    """``kept`` with everything that referred to ``others``, which are gone then.

    What ``kept`` lacks it takes from them; what both have stays as ``kept`` has it.
    Errors: Vanished. Cost: some queries for each model that refers to names.
    """
    kept, *gone = _locked(kept, others)
    absorb(kept, gone)
    taken = {}
    for field in own_fields(type(kept)):
        offers = [value for one in gone if (value := getattr(one, field.name))]
        if offers and not getattr(kept, field.name):
            taken[field.name] = offers[0]
    for name, value in taken.items():
        setattr(kept, name, value)
    kept.save(update_fields=list(taken))
    _take_back(kept, name=kept.name, slug=kept.slug)
    for one in gone:
        _remember(kept, name=one.name, slug=one.slug)
    others_named = ", ".join(f"“{one.name}”" for one in gone)
    logbook.enter(kept, "merged", by=by, reason=reason, others=others_named)
    return kept


@transaction.atomic
def absorb(kept: Named, gone: Sequence[Named]) -> None:
    """Have all that refers to ``gone`` refer to ``kept``, and drop ``gone`` without a trace."""
    for field in references_to(type(kept)):
        _move(field, kept, gone)
    type(kept)._base_manager.filter(pk__in=[one.pk for one in gone]).delete()


@transaction.atomic
def rename(row: Named, *, name: str, slug: str, by: Any) -> Named:
    """``row`` under another name, another address, or both; the former ones lead to it.

    Errors: IntegrityError where another row has or had one of them; Vanished.
    """
    (row,) = _locked(row, ())
    former = row.name, row.slug
    _take_back(row, name=name, slug=slug)
    row.name, row.slug = name, slug
    row.save(update_fields=["name", "slug"])
    _remember(row, name=former[0], slug=former[1])
    if former[0] != name:
        logbook.enter(row, "renamed", by=by, former=former[0])
    return row


def conflicts(rows: Sequence[Named]) -> list[tuple[Field, list[Any]]]:
    """The fields in which ``rows`` say different things, with what they say."""
    found = []
    for field in own_fields(type(rows[0])):
        values = list(dict.fromkeys(v for one in rows if (v := getattr(one, field.name))))
        if len(values) > 1:
            found.append((field, values))
    return found


def references_to(model: type[Model]) -> list[Field]:
    """Every foreign key to ``model``, of any app, but those of what is kept as it was.

    Errors: TypeError for a kind of reference that ``merge`` could not move.
    """
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue  # of many-to-many, the rows between have foreign keys and are found
        if not relation.field.db_constraint:
            continue  # an event of the past may name what is gone
        if relation.one_to_one:
            raise TypeError(f"{relation.field} allows one {model.__name__}; how to merge two?")
        found.append(relation.field)
    return found


def _locked(kept: Named, others: Iterable[Named]) -> list[Named]:
    """``kept`` and ``others`` as they are now; nobody can refer to them anew meanwhile."""
    wanted = list(dict.fromkeys([kept.pk, *(one.pk for one in others)]))
    rows = type(kept)._base_manager.select_for_update().order_by("pk").in_bulk(wanted)
    if len(rows) < len(wanted):
        raise Vanished
    return [rows[pk] for pk in wanted]


def own_fields(model: type[Model]) -> list[Field]:
    """What a name has beside name and address: ORCID, web site, definition."""
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in ("name", "slug", "curated")
    ]


def _remember(row: Named, *, name: str, slug: str) -> None:
    """Keep a former name and address of ``row``, as far as they are not its present ones."""
    name = "" if name.lower() == row.name.lower() else name
    slug = None if slug == row.slug else slug
    if name or slug:
        aliases(type(row)).objects.create(of=row, name=name, slug=slug)


def _take_back(row: Named, *, name: str, slug: str) -> None:
    """Strike a name and an address that ``row`` has now from its former ones."""
    for one in aliases(type(row)).objects.filter(Q(slug=slug) | Q(name__iexact=name), of=row):
        one.name = "" if one.name.lower() == name.lower() else one.name
        one.slug = None if one.slug == slug else one.slug
        if one.name or one.slug:
            one.save()
        else:
            one.delete()


def _move(field: Field, kept: Named, gone: Sequence[Named]) -> None:
    """Point ``field`` of every row to ``kept``; of rows that would be alike then, one stays."""
    model = field.model
    concerned = model._base_manager.filter(**{f"{field.name}__in": [kept, *gone]})
    alike = set()
    for others in _unique_with(field):
        seen = set()
        for pk, *rest in concerned.order_by(*model._meta.ordering, "pk").values_list("pk", *others):
            if tuple(rest) in seen:
                alike.add(pk)
            seen.add(tuple(rest))
    if alike:
        doubles = model._base_manager.filter(pk__in=alike)
        articles = set(doubles.values_list("article", flat=True)) if model is Authorship else set()
        doubles.delete()
        _close_gaps(articles)
    model._base_manager.filter(**{f"{field.name}__in": gone}).update(**{field.name: kept})


def _unique_with(field: Field) -> list[list[str]]:
    """The other fields of each constraint that ``field`` is unique together with."""
    together = [list(names) for names in field.model._meta.unique_together]
    for constraint in field.model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and field.name in constraint.fields:
            if constraint.condition is not None:
                raise TypeError(f"{constraint.name} holds under a condition; how to merge?")
            together.append(list(constraint.fields))
    return [
        [name for name in names if name != field.name] for names in together if field.name in names
    ]


def _close_gaps(articles: Iterable[int]) -> None:
    """Number the people of ``articles`` 0, 1, 2 … again."""
    people = Authorship.objects.filter(article__in=articles).order_by("article", "position")
    moved, expected, article = [], 0, None
    for one in people:
        expected = 0 if one.article_id != article else expected
        article = one.article_id
        if one.position != expected:
            one.position = expected
            moved.append(one)
        expected += 1
    Authorship.objects.bulk_update(moved, ["position"])
