"""How what is known of an article was corrected: title, people, date and the like.

Triggers keep what rows were (``articles.models.keeping``); here that is read backwards from the
present, a transaction at a time, into what a reader would have seen before and after each.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Model
from django.utils.translation import gettext as _

from articles import dates
from articles.comparing import Piece, words
from articles.metadata import LABELS
from articles.models import Article, Authorship, Person, Publisher, Tag, TaggedArticle

_COLUMNS = (
    *("title", "standfirst", "kind", "language", "publisher_id", "publication", "published_on"),
    *("date_precision", "period", "source", "source_url", "rights"),
)
_NAMED = (Person, Publisher, Tag)


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, as pages show it; "" where it was empty."""

    label: str
    before: str
    after: str

    @property
    def difference(self) -> list[Piece]:
        """The two as one line; from or to nothing, all of it."""
        return words(self.before, self.after)


@dataclass(frozen=True)
class Correction:
    """What one transaction changed. ``by`` is None where no account is known, as in imports."""

    at: datetime
    by: Any
    changes: list[FieldChange]

    @property
    def fields(self) -> str:
        return ", ".join(change.label for change in self.changes)


def corrections_of(
    article: Article, *, since: datetime | None = None, until: datetime | None = None
) -> list[Correction]:
    """The corrections of ``article`` after ``since`` and up to ``until``, the newest first.

    What was entered when the article was made is none. Cost: 3 queries; 6 more, 9 at most, where
    anything was corrected.
    """
    events = _events(article, since)
    if not events:
        return []
    known = _Known(article)
    found = []
    for at, group in groupby(events, key=lambda event: event.pgh_created_at):
        together = list(group)
        made = any(_is(event, Article) and event.pgh_label == "insert" for event in together)
        if made:
            break
        after = known.state()
        known.undo(together)
        found.append((at, _user_of(together), known.state(), after))
    names = _names(state for _at, _by, *states in found for state in states)
    users = get_user_model().objects.in_bulk({by for _at, by, *_states in found if by})
    corrections = (
        Correction(at, users.get(by), _changes(before, after, names))
        for at, by, before, after in found
        if until is None or at <= until
    )
    return [correction for correction in corrections if correction.changes]


class _Known:
    """What was known of an article at a time: rows, with identifiers for names."""

    def __init__(self, article: Article) -> None:
        self.columns = {name: getattr(article, name) for name in _COLUMNS}
        people = Authorship.objects.filter(article=article)
        self.people = {row.pk: (row.position, row.person_id, row.role) for row in people}
        tags = TaggedArticle.objects.filter(content_object=article)
        self.tags = dict(tags.values_list("pk", "tag"))

    def undo(self, events: Iterable[Any]) -> None:
        """Back to before ``events``, given from the last to the first."""
        for event in events:
            if _is(event, Article):
                if event.pgh_label == "update":
                    self.columns = {name: getattr(event, name) for name in _COLUMNS}
            elif event.pgh_label == "insert":
                (self.people if _is(event, Authorship) else self.tags).pop(event.pgh_obj_id, None)
            elif _is(event, Authorship):
                self.people[event.pgh_obj_id] = (event.position, event.person_id, event.role)
            else:
                self.tags[event.pgh_obj_id] = event.tag_id

    def state(self) -> dict[str, Any]:
        people = [(person, role) for _position, person, role in sorted(self.people.values())]
        return {**self.columns, "people": people, "tags": set(self.tags.values())}


def _events(article: Article, since: datetime | None) -> list[Any]:
    """All that was kept of an article after ``since``, from the last to the first."""
    found: list[Any] = []
    for model, field in (
        (Article, "pgh_obj"),
        (Authorship, "article"),
        (TaggedArticle, "content_object"),
    ):
        rows = _event_model(model).objects.filter(**{field: article.pk})
        if since is not None:
            rows = rows.filter(pgh_created_at__gt=since)
        found += rows.order_by("-pgh_id")
    # Within a transaction each kind keeps its order; the kinds do not touch one another.
    return sorted(found, key=lambda event: event.pgh_created_at, reverse=True)


def _event_model(model: type[Model]) -> Any:
    return apps.get_model("articles", f"{model.__name__}Event")


def _is(event: Any, model: type[Model]) -> bool:
    return isinstance(event, _event_model(model))


def _user_of(events: Iterable[Any]) -> Any:
    return next((context["user"] for event in events if (context := event.pgh_context)), None)


def _names(states: Iterable[dict[str, Any]]) -> dict[tuple[type[Model], int], str]:
    """What the people, publishers and tags in ``states`` are called, or were when deleted."""
    needed: dict[type[Model], set[int]] = {model: set() for model in _NAMED}
    for state in states:
        needed[Person].update(person for person, _role in state["people"])
        needed[Publisher].update(filter(None, [state["publisher_id"]]))
        needed[Tag].update(state["tags"])
    names = {}
    for model, ids in needed.items():
        rows = model._default_manager.filter(pk__in=ids).values_list("pk", "name")
        found = dict(rows) if ids else {}
        gone = ids - found.keys()
        if gone:
            kept = _event_model(model).objects.filter(pgh_obj__in=gone)
            found |= dict(kept.values_list("pgh_obj_id", "name"))
        names |= {(model, pk): found.get(pk, "…") for pk in ids}
    return names


def _changes(
    before: dict[str, Any], after: dict[str, Any], names: dict[tuple[type[Model], int], str]
) -> list[FieldChange]:
    old, new = dict(_shown(before, names)), dict(_shown(after, names))
    return [
        FieldChange(str(label), old[field], new[field])
        for field, label in LABELS.items()
        if field in old and old[field] != new[field]
    ]


def _shown(
    state: dict[str, Any], names: dict[tuple[type[Model], int], str]
) -> Iterator[tuple[str, str]]:
    """Each field of ``state`` as a reader would read it."""
    for field in ("title", "standfirst", "publication", "language", "source", "source_url"):
        yield field, state[field]
    yield "rights", state["rights"]
    yield "kind", str(Article.Kind(state["kind"]).label)
    yield "date", dates.in_words(state["published_on"], state["date_precision"], state["period"])
    yield "publisher", names.get((Publisher, state["publisher_id"]), "")
    yield "people", "; ".join(_person(names[Person, pk], role) for pk, role in state["people"])
    yield "tags", ", ".join(sorted((names[Tag, pk] for pk in state["tags"]), key=str.lower))


def _person(name: str, role: str) -> str:
    if role == Authorship.Role.AUTHOR:
        return name
    return _("%(name)s (%(role)s)") % {"name": name, "role": Authorship.Role(role).label}
