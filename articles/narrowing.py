"""A list narrowed by facets: its rows, the choices beside it, and the sentence that says so.

Several values of one facet mean any of them, facets together mean all. The count beside a value
is the number of rows there are when the facet has that value alone and the others stay as they
are. Where the rows come from does not matter: a list, a search, one's own notes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from articles.facets import Facet, Value

SHOWN = 8  # values of a facet beside the list; the others have a page


@dataclass
class Choice:
    """A value beside the list, and the address that chooses it, or takes it back."""

    value: Value
    chosen: bool
    url: str


@dataclass
class Choices:
    """A facet beside the list: choices, or the fields of a form with what it sends along."""

    facet: Facet
    shown: list[Choice] = field(default_factory=list)
    total: int = 0
    all_url: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)

    @property
    def all_label(self) -> str:
        return self.facet.words.every % self.total


@dataclass
class Part:
    """A facet in the sentence that says what is shown."""

    before: str
    after: str
    chips: list["Chip"]
    left_out: str = ""

    @property
    def text(self) -> str:
        return f"{self.before}{_either(chip.label for chip in self.chips)}{self.after}"


@dataclass
class Chip:
    label: str
    remove: str
    url: str


@dataclass
class Rescue:
    """A facet without which there would be rows."""

    phrase: str
    count: int
    url: str


@dataclass
class Selection:
    """What an address chooses of ``rows``; ``within`` is all the reader may see of that kind.

    ``rows`` is evaluated once a facet: where finding them is dear, hand in their keys. Both must
    come from a gate. ``path`` is the address of the page, without its query.
    """

    params: QueryDict
    facets: Sequence[Facet]
    within: QuerySet
    path: str
    found: QuerySet | None = None
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.params = self.params.copy()
        for name in ("after", "all", "find"):
            self.params.pop(name, None)
        self.chosen: dict[str, list[Value]] = {}
        for facet in self.facets:
            values, problems = facet.read(self.params, self.within)
            facet.write(self.params, values)
            self.chosen[facet.name] = values
            self.problems += problems

    @cached_property
    def rows(self) -> QuerySet:
        return self.without(None)

    @cached_property
    def count(self) -> int:
        return self.rows.count()

    @property
    def active(self) -> list[Facet]:
        return [facet for facet in self.facets if self.chosen[facet.name]]

    @property
    def filter_count(self) -> int:
        return sum(len(values) for values in self.chosen.values())

    def without(self, left_out: Facet | None) -> QuerySet:
        """The rows that all facets but one leave."""
        rows = self.within if self.found is None else self.found
        for facet in self.active:
            if facet is not left_out:
                rows = facet.narrow(rows, self.chosen[facet.name])
        return rows

    def fields(self, without: Facet | None = None) -> list[tuple[str, str]]:
        """What a form has to send along, so that it changes one facet or none of them."""
        params = self.params.copy()
        if without is not None:
            without.write(params, [])
        return [(name, value) for name, values in params.lists() for value in values]

    def address(self, facet: Facet | None = None, values: Sequence[Value] = (), **more: str) -> str:
        """This page with other ``values`` of one facet, and with ``more`` parameters."""
        params = self.params.copy()
        if facet is not None:
            facet.write(params, values)
        params.update({name: value for name, value in more.items() if value})
        query = params.urlencode()
        return f"{self.path}?{query}" if query else self.path

    @property
    def clear_url(self) -> str:
        params = self.params.copy()
        for facet in self.facets:
            facet.write(params, [])
        query = params.urlencode()
        return f"{self.path}?{query}" if query else self.path

    def choices(self, facet: Facet) -> list[Choice]:
        """Every value of ``facet``, and those chosen that no row has. Cost: 1 query."""
        chosen = {value.key: value for value in self.chosen[facet.name]}
        values = facet.counts(self.without(facet))
        values += [replace(chosen[key], count=0) for key in chosen.keys() - {v.key for v in values}]
        return [self._choice(facet, value, chosen) for value in values]

    def panel(self) -> list[Choices]:
        """The facets with something to choose, at most 8 values each. Cost: 1 query a facet."""
        panel = []
        for facet in self.facets:
            if facet.form:
                panel.append(Choices(facet, fields=self.fields(facet)))
                continue
            choices = self.choices(facet)
            telling = any(c.chosen or c.value.count < self.count for c in choices)
            if telling or len(choices) > 1:
                shown = [c for place, c in enumerate(choices) if place < SHOWN or c.chosen]
                if facet.in_order:
                    shown.sort(key=lambda c: (c.value.key.isdecimal(), c.value.key), reverse=True)
                all_url = self.address(all=facet.name) if len(shown) < len(choices) else ""
                panel.append(Choices(facet, shown, len(choices), all_url))
        return panel

    def parts(self) -> list[Part]:
        """The sentence that says what is shown, facet by facet."""
        parts = []
        for facet in self.active:
            values = self.chosen[facet.name]
            before, _sign, after = str(facet.words.phrase).partition("%s")
            chips = [
                Chip(
                    value.label,
                    facet.words.remove % value.label,
                    self.address(facet, [other for other in values if other != value]),
                )
                for value in values
            ]
            parts.append(Part(before, after, chips, facet.left_out(self.without(facet))))
        return parts

    def rescues(self) -> list[Rescue]:
        """Which single facet to drop, and how many rows there would be. Cost: 1 query each."""
        rescues = []
        for facet in self.active:
            count = self.without(facet).count()
            if count:
                labels = _either(value.label for value in self.chosen[facet.name])
                phrase = facet.words.phrase % labels
                rescues.append(Rescue(phrase, count, self.address(facet, [])))
        return rescues

    def for_page(self) -> dict[str, Any]:
        """What the templates of narrowed lists show, asked for at once."""
        return {
            "selection": self,
            "count": self.count,
            "panel": self.panel(),
            "parts": self.parts(),
            "rescues": [] if self.count else self.rescues(),
        }

    def _choice(self, facet: Facet, value: Value, chosen: dict[str, Value]) -> Choice:
        now = list(chosen.values())
        taken = value.key in chosen
        values = [v for v in now if v.key != value.key] if taken else [*now, value]
        return Choice(value, taken, self.address(facet, values))


def _either(labels: Iterable[str]) -> str:
    return _(" or ").join(labels)
