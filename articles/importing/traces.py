"""What an import found and what it left: kept in ``ImportItem.before``, so that it can be undone.

Names are kept by their keys: a renamed person is no correction of the article. Plain JSON values,
so that what was kept and what is there now are simply compared.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.metadata import LABELS
from articles.models import (
    Article,
    Authorship,
    FieldOrigin,
    ImportBatch,
    ImportItem,
    Person,
    Publisher,
    Revision,
    Tag,
)

# Every field but the text, whose history are the revisions.
FIELDS = tuple(field for field in LABELS if field != "text")
NAMES: dict[str, type[Person] | type[Publisher] | type[Tag]] = {
    "people": Person,
    "publisher": Publisher,
    "tags": Tag,
}


class Trace:
    """Collects what one document found and did. ``kept`` is what its item remembers."""

    def __init__(self, article: Article | None = None, fields: Collection[str] = ()) -> None:
        """To be made before anything is written to ``article``; None for one that is new."""
        self.is_new = article is None
        self.fields = tuple(fields)
        self.names: list[Person | Publisher | Tag] = []  # rows made for it
        self.identifiers: list[int] = []
        self.addresses: list[int] = []
        # What was written last, so that nobody has to ask for it; None where nothing was.
        self.authorships: list[Authorship] | None = [] if self.is_new else None
        self.tags: list[Tag] | None = [] if self.is_new else None
        self.origins: list[FieldOrigin] | None = None
        self._found: dict[str, Any] = {"state": None, "revision": None, "fields": {}, "origins": {}}
        if article is not None:
            current = article.revisions.filter(superseded_at=None)
            self._found = {
                "state": article.state,
                "revision": current.values_list("pk", flat=True).first(),
                "fields": values_of(article, self.fields),
                "origins": origins_of(article, self.fields),
            }

    def kept(self, article: Article, revision: Revision | None) -> dict[str, Any]:
        """What was found and what is left, once everything is written.

        Cost: 3 queries at most, none for an article that is new and in which nobody protects.
        """
        fields = (*FIELDS, "text") if self.is_new else self.fields
        published = article.state != self._found["state"]
        written = (self.is_new, fields, self.identifiers, self.addresses, revision, published)
        return {
            **self._found,
            "article": article.pk,
            "at": timezone.now().isoformat(),
            "new": self.is_new,
            "did": any(written),
            "identifiers": self.identifiers,
            "addresses": self.addresses,
            "names": {
                field: [one.pk for one in self.names if isinstance(one, model)]
                for field, model in NAMES.items()
            },
            "left": {
                "slug": article.slug,
                "state": article.state,
                "fields": self._values_left(article, fields),
                "origins": origins_of(article, fields, rows=self.origins),
            },
        }

    def _values_left(self, article: Article, fields: Iterable[str]) -> dict[str, Any]:
        written: dict[str, Any] = {}
        if self.authorships is not None:
            written["people"] = _people(self.authorships)
        if self.tags is not None:
            written["tags"] = sorted(tag.pk for tag in self.tags)
        asked = [field for field in fields if field not in written]
        return values_of(article, asked) | {f: written[f] for f in fields if f in written}


def values_of(article: Article, fields: Iterable[str]) -> dict[str, Any]:
    """What ``article`` says in ``fields``. Cost: a query each for people and tags, if asked."""
    return {field: _value(article, field) for field in fields if field != "text"}


def _value(article: Article, field: str) -> Any:
    if field == "date":
        day = article.published_on and article.published_on.isoformat()
        return [day, str(article.date_precision), article.period]
    if field == "publisher":
        return article.publisher_id
    if field == "people":
        return _people(article.authorships.all())
    if field == "tags":
        return sorted(row.tag_id for row in article.taggedarticle_set.all())
    return str(getattr(article, field))


def _people(authorships: Iterable[Authorship]) -> list[list[Any]]:
    rows = sorted(authorships, key=lambda row: row.position)
    return [[row.person_id, str(row.role)] for row in rows]


def names_in(values: dict[str, Any]) -> dict[str, set[int]]:
    """The keys of the names in what ``values_of`` gave, by field."""
    return {
        "people": {person for person, _role in values.get("people", ())},
        "publisher": set(filter(None, [values.get("publisher")])),
        "tags": set(values.get("tags", ())),
    }


def origins_of(
    article: Article, fields: Collection[str], *, rows: Iterable[FieldOrigin] | None = None
) -> dict[str, list[Any] | None]:
    """Where ``fields`` came from and who protects them; None where nothing is known.

    Cost: one query, unless ``rows`` are all that there are.
    """
    if not fields:
        return {}
    known = {row.field: row for row in (article.field_origins.all() if rows is None else rows)}
    return {
        field: [str(row.sureness), row.where, row.locked, row.locked_by_id]
        if (row := known.get(field))
        else None
        for field in fields
    }


def taken_back() -> Q:
    """Articles withdrawn because the import that made them was undone: no import knows them."""
    made = ImportItem.objects.filter(
        article=OuterRef("pk"),
        outcome=ImportItem.Outcome.NEW,
        batch__state=ImportBatch.State.UNDONE,
    )
    return Q(Exists(made), state=Article.State.WITHDRAWN)
