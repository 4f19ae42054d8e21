"""Facets: ways to narrow rows that are read from an address, and the values each has to offer.

They know nothing of what the rows are; ``articles.narrowing`` puts them together.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractYear, Lower
from django.http import QueryDict
from django.utils.translation import gettext as _

from articles import dates
from articles.given import line

MOST_VALUES = 50  # of one facet in one address


@dataclass(frozen=True)
class Value:
    """Something to choose, as the address and as a person has it."""

    key: str
    label: str
    count: int = 0
    known: bool = True


@dataclass(frozen=True)
class Facet:
    """One way to narrow rows; ``path`` leads from a row to what it goes by.

    ``words`` are translated when used: label "Tags", phrase "tagged %s", remove "Remove tag: %s",
    unknown "There is no tag “%s”.", every ("All %d tag", "All %d tags").
    """

    name: str
    path: str
    words: "Words"

    in_order = False  # whether its values are shown by key, the greatest first, and not by count
    form = ""  # the template of its fields, where people type instead of choosing

    def read(self, params: QueryDict, within: QuerySet) -> tuple[list[Value], list[str]]:
        """What ``params`` choose, with labels, and what is wrong with it, in sentences.

        ``within`` is everything the reader may see: what does not occur there is unknown.
        """
        asked = map(line, params.getlist(self.name))
        keys = list(dict.fromkeys(key for key in asked if key))[:MOST_VALUES]
        values = list({value.key: value for value in self.values(keys, within)}.values())
        return values, [self.words.unknown % value.key for value in values if not value.known]

    def write(self, params: QueryDict, values: Sequence[Value]) -> None:
        """Put ``values`` into ``params`` in place of what was there."""
        params.pop(self.name, None)
        if values:
            params.setlist(self.name, [value.key for value in values])

    def values(self, keys: list[str], within: QuerySet) -> Iterable[Value]:
        raise NotImplementedError

    def narrow(self, rows: QuerySet, values: Sequence[Value]) -> QuerySet:
        """``rows`` that have any of ``values``, none of them twice."""
        raise NotImplementedError

    def counts(self, rows: QuerySet) -> list[Value]:
        """Every value that occurs in ``rows``, the most frequent first. Cost: 1 query."""
        return []

    def left_out(self, rows: QuerySet) -> str:
        """What narrowing ``rows`` by this facet leaves out unsaid, in a sentence or ""."""
        return ""


@dataclass(frozen=True)
class Words:
    label: Any
    phrase: Any
    remove: Any
    unknown: Any
    every: Any = None


@dataclass(frozen=True)
class Labelled(Facet):
    """By a field of few values, each with a label; ``label_of`` gives None for none."""

    label_of: Callable[[str], str | None]

    def values(self, keys: list[str], within: QuerySet) -> Iterable[Value]:
        labels = {key: self.label_of(key) for key in keys}
        strange = [key for key, label in labels.items() if not label]
        if strange:
            there = within.filter(**{f"{self.path}__in": strange}).order_by().values_list(self.path)
            labels |= {key: key for (key,) in there.distinct()}
        return [Value(key, label or key, known=bool(label)) for key, label in labels.items()]

    def narrow(self, rows: QuerySet, values: Sequence[Value]) -> QuerySet:
        return rows.filter(**{f"{self.path}__in": [value.key for value in values]})

    def counts(self, rows: QuerySet) -> list[Value]:
        counted = rows.order_by().values_list(self.path).annotate(Count("pk"))
        return _sorted(Value(key, self.label_of(key) or key, n) for key, n in counted if key)


@dataclass(frozen=True)
class Named(Facet):
    """By rows of another table that have a key for addresses and a name."""

    key: str = "slug"
    label: str = "name"
    many: bool = False  # whether a row may have several
    twice: bool = False  # whether a row may have the same one twice
    former: str = "aliases"  # the relation that holds former keys, and former names if any

    def values(self, keys: list[str], within: QuerySet) -> Iterable[Value]:
        """By key, else by name whatever the case, else by a former one; of what occurs ``within``.

        Cost: one query, and another where something asked for is none of the present ones.
        """
        if not keys:
            return []
        model = _model(within, self.path)
        lower = [key.lower() for key in keys]
        occurring = within.filter(**{f"{self.path}__isnull": False}).values(self.path)
        named = model.objects.annotate(lower=Lower(self.label)).filter(pk__in=occurring)
        found = named.filter(Q(**{f"{self.key}__in": keys}) | Q(lower__in=lower))
        rows = list(found.values_list(self.key, self.label, "lower"))
        by_name = {name: Value(key, label) for key, label, name in rows}
        by_key = {key: Value(key, label) for key, label, _name in rows}
        now = {key: by_key.get(key) or by_name.get(key.lower()) for key in keys}
        if gone := [key for key, value in now.items() if value is None]:
            now |= self.once_called(gone, named)
        return [now[key] or Value(key, key, known=False) for key in keys]

    def once_called(self, keys: list[str], named: QuerySet) -> dict[str, Value]:
        """The values that had one of ``keys`` for key or name before they were renamed."""
        alias = named.model._meta.get_field(self.former).related_model
        key, name = f"{self.former}__slug", f"{self.former}__name"
        has_names = any(field.name == "name" for field in alias._meta.get_fields())
        spelt = Lower(name) if has_names else F(key)
        lower = [one.lower() for one in keys]
        rows = named.annotate(once=spelt).filter(Q(**{f"{key}__in": keys}) | Q(once__in=lower))
        found = {}
        for now, label, slug, once in rows.values_list(self.key, self.label, key, "once"):
            found |= {one: Value(now, label) for one in keys if one == slug or one.lower() == once}
        return found

    def narrow(self, rows: QuerySet, values: Sequence[Value]) -> QuerySet:
        wanted = {f"{self.path}__{self.key}__in": [value.key for value in values]}
        if not self.many:
            return rows.filter(**wanted)
        return rows.filter(pk__in=rows.model._base_manager.filter(**wanted).values("pk"))

    def counts(self, rows: QuerySet) -> list[Value]:
        """Cost: 2 queries; counting by key and label in one took twice as long."""
        counted = rows.order_by().values_list(self.path).annotate(Count("pk", distinct=self.twice))
        counts = {pk: n for pk, n in counted if pk is not None}
        named = _model(rows, self.path).objects.filter(pk__in=counts).order_by()
        names = named.values_list("pk", self.key, self.label)
        return _sorted(Value(key, label, counts[pk]) for pk, key, label in names)


UNDATED = "none"


@dataclass(frozen=True)
class Years(Facet):
    """By the year of a date; rows without one have a value of their own."""

    in_order = True

    def values(self, keys: list[str], within: QuerySet) -> Iterable[Value]:
        return [
            Value(key, self._label(key), known=_year(key) is not None or key == UNDATED)
            for key in keys
        ]

    def narrow(self, rows: QuerySet, values: Sequence[Value]) -> QuerySet:
        years = [year for value in values if (year := _year(value.key)) is not None]
        wanted = Q(**{f"{self.path}__year__in": years})
        if any(value.key == UNDATED for value in values):
            wanted |= Q(**{f"{self.path}__isnull": True})
        return rows.filter(wanted)

    def counts(self, rows: QuerySet) -> list[Value]:
        years = rows.order_by().annotate(year_of_it=ExtractYear(self.path))
        counted = years.values_list("year_of_it").annotate(Count("pk"))
        values = {UNDATED if year is None else str(year): n for year, n in counted}
        return _sorted(Value(key, self._label(key), n) for key, n in values.items())

    @staticmethod
    def _label(key: str) -> str:
        return _("No date") if key == UNDATED else key


@dataclass(frozen=True)
class Between(Facet):
    """By a stretch of time, ``?from=`` and ``?to=``: years, months or days.

    A row whose date is known to the month or the year alone belongs to the stretch when it may.
    """

    precision: str = ""

    form = "articles/_between.html"

    def read(self, params: QueryDict, within: QuerySet) -> tuple[list[Value], list[str]]:
        problems = []
        ends = {}
        for end in ("from", "to"):
            text = line(params.get(end, ""))
            try:
                dates.from_iso(text)
            except ValueError:
                problems.append(self.words.unknown % text)
                text = ""
            ends[end] = text
        if not any(ends.values()):
            return [], problems
        begin, end = ends["from"], ends["to"]
        if begin and end and dates.from_iso(begin)[0] > _last_day(end):
            begin, end = end, begin
        if not end:
            label = _("since %s") % begin
        elif not begin:
            label = _("until %s") % end
        else:
            label = begin if begin == end else f"{begin}–{end}"
        return [Value(f"{begin}..{end}", label)], problems

    def write(self, params: QueryDict, values: Sequence[Value]) -> None:
        for end in ("from", "to"):
            params.pop(end, None)
        for value in values:
            for end, text in zip(("from", "to"), value.key.split(".."), strict=True):
                if text:
                    params[end] = text

    def narrow(self, rows: QuerySet, values: Sequence[Value]) -> QuerySet:
        for value in values:
            begin, end = value.key.split("..")
            if begin:
                rows = rows.filter(self._not_before(dates.from_iso(begin)[0]))
            if end:
                rows = rows.filter(**{f"{self.path}__lte": _last_day(end)})
        return rows

    def left_out(self, rows: QuerySet) -> str:
        undated = rows.filter(**{f"{self.path}__isnull": True}).count()
        return _("%d without a date left out") % undated if undated else ""

    def _not_before(self, day: datetime.date) -> Q:
        first = {
            "day": day,
            "month": day.replace(day=1),
            "year": day.replace(month=1, day=1),
        }
        by_precision = Q()
        for precision, since in first.items():
            by_precision |= Q(**{self.precision: precision, f"{self.path}__gte": since})
        return Q(**{f"{self.path}__gte": first["year"]}) & by_precision


def _model(rows: QuerySet, path: str) -> Any:
    return rows.model._meta.get_field(path).related_model


def _sorted(values: Iterable[Value]) -> list[Value]:
    return sorted(values, key=lambda value: (-value.count, value.label.lower(), value.key))


def _year(key: str) -> int | None:
    return int(key) if len(key) == 4 and key.isdecimal() and key != "0000" else None


def _last_day(text: str) -> datetime.date:
    """The last day of the year, month or day that ``text`` writes."""
    day, precision = dates.from_iso(text)
    if precision == "year":
        return day.replace(month=12, day=31)
    if precision == "month":
        following = day.replace(day=28) + datetime.timedelta(days=4)
        return following - datetime.timedelta(days=following.day)
    return day
