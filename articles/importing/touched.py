"""What an import made and changed, article by article, as its items remember it.

Reads the database and writes nothing; ``taking_back`` acts on what this module finds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet

from articles import merging
from articles.importing.traces import FIELDS, NAMES, names_in, origins_of, values_of
from articles.models import Article, Authorship, ImportBatch, ImportItem, Revision, TaggedArticle


@dataclass
class Touched:
    """One article and the items of a batch that did something to it, in the order they did."""

    article: Article
    items: list[ImportItem] = field(default_factory=list)

    @cached_property
    def is_made(self) -> bool:
        """Whether the batch brought the article in, rather than adding to it."""
        return any(item.before["new"] for item in self.items)

    @cached_property
    def was_public(self) -> bool:
        """Whether anybody may have cited its address."""
        return self.article.published_at is not None

    @cached_property
    def found(self) -> dict[str, Any]:
        """What the article said, in the fields the batch wrote, before the first of its items."""
        return self._first("fields")

    @cached_property
    def found_origins(self) -> dict[str, Any]:
        return self._first("origins")

    @cached_property
    def left(self) -> dict[str, Any]:
        """What the batch left in these fields."""
        return self._last("fields")

    @cached_property
    def revisions(self) -> set[int]:
        """The texts that the batch recorded."""
        return {item.revision_id for item in self.items if item.revision_id}

    @cached_property
    def changed_since(self) -> list[str]:
        """Fields that do not say what the batch left, or are protected by somebody since."""
        origins = self._last("origins")
        now = values_of(self.article, self.left)
        found = {name for name, value in self.left.items() if now[name] != value}
        origins_now = origins_of(self.article, origins)
        found |= {name for name, value in origins.items() if origins_now[name] != value}
        if self.is_made and self.article.slug != self.items[-1].before["left"]["slug"]:
            found.add("slug")
        return [name for name in (*FIELDS, "text", "slug") if name in found]

    @cached_property
    def has_other_names(self) -> bool:
        """Whether somebody gave an article that the batch made an identifier or web address."""
        known, addresses = self.collected("identifiers"), self.collected("addresses")
        return self.is_made and not (
            {row.pk for row in self.article.identifiers.all()} <= known
            and {row.pk for row in self.article.url_aliases.all()} <= addresses
        )

    def collected(self, what: str) -> set[int]:
        """The keys of the rows of one kind that the batch added."""
        return {pk for item in self.items for pk in item.before[what]}

    @property
    def published_it(self) -> bool:
        """Whether a draft that was here became public with the batch."""
        before, left = self.items[0].before["state"], self.items[-1].before["left"]["state"]
        return before == Article.State.DRAFT and left == Article.State.PUBLISHED

    @property
    def text_before(self) -> int | None:
        """The revision that was current before, where the batch recorded another."""
        found: int | None = self.items[0].before["revision"]
        return found

    @property
    def goes(self) -> bool:
        """Whether the article goes: nobody but editors ever saw it."""
        return self.is_made and not self.was_public

    @property
    def is_withdrawn(self) -> bool:
        """Whether readers get a reason instead of the article, whose address may be cited."""
        if not self.was_public:
            return False
        return self.is_made or self.published_it or bool(self.revisions and not self.text_before)

    def _first(self, part: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for item in reversed(self.items):
            found |= item.before[part]
        return found

    def _last(self, part: str) -> dict[str, Any]:
        left: dict[str, Any] = {}
        for item in self.items:
            left |= item.before["left"][part]
        return left


def touched_by(batch: ImportBatch) -> list[Touched]:
    """The articles that ``batch`` made or changed and that are there. Cost: 8 queries."""
    items = list(_acting(batch.items))
    rows = Article.objects.select_related("publisher").prefetch_related(
        "authorships",
        "taggedarticle_set",
        "field_origins",
        "identifiers",
        "url_aliases",
        Prefetch("revisions", Revision.objects.defer("html", "text", "metadata")),
    )
    articles = rows.in_bulk({item.article_id for item in items if item.article_id})
    found: dict[int, Touched] = {}
    for item in sorted(items, key=lambda item: item.before["at"]):
        if item.article_id == item.before["article"] and item.article_id in articles:
            article = articles[item.article_id]
            found.setdefault(article.pk, Touched(article)).items.append(item)
    return sorted(found.values(), key=lambda one: (one.article.title.lower(), one.article.pk))


def astray(batch: ImportBatch) -> list[ImportItem]:
    """Items whose article was deleted or merged into another since, or of which nothing is known.

    Items of notes brought in are among the latter.
    """
    outcomes = [ImportItem.Outcome.NEW, ImportItem.Outcome.UPDATED]
    changed = batch.items.filter(outcome__in=outcomes).defer("document")
    return [
        item
        for item in changed
        if item.before is None or (item.before["did"] and item.article_id != item.before["article"])
    ]


def items_of_others(batch: ImportBatch, articles: Iterable[int]) -> list[ImportItem]:
    """What other imports did to ``articles``, undone ones included."""
    others = ImportItem.objects.filter(article__in=list(articles)).exclude(batch=batch)
    return list(_acting(others).select_related("batch"))


def _acting(items: QuerySet[ImportItem]) -> QuerySet[ImportItem]:
    return items.filter(before__did=True).defer("document")


def names_only_of(touched: Iterable[Touched]) -> dict[str, set[int]]:
    """Names made by a batch that nothing will refer to once it is undone, by field.

    A name that an editor described or renamed is theirs. Cost: a query for each kind of name,
    and one for each model that refers to it.
    """
    touched = list(touched)
    return {field: _unused(field, touched) for field in NAMES}


def _unused(field: str, touched: list[Touched]) -> set[int]:
    model = NAMES[field]
    candidates = {pk for one in touched for item in one.items for pk in item.before["names"][field]}
    for one in touched:
        candidates -= names_in(one.found)[field]
    if not candidates:
        return set()
    rows = model._default_manager.filter(pk__in=candidates)
    described = [one.name for one in merging.own_fields(model)]
    if field == "tags":
        described.append("curated")
    unused = {row.pk for row in rows if not any(getattr(row, name) for name in described)}
    for key in merging.references_to(model):
        used = key.model._base_manager.filter(**{f"{key.name}__in": unused})
        if (path := _PATHS.get(key.model)) is not None:
            used = used.exclude(**{f"{path}__in": _letting_go(field, touched)})
        unused -= set(used.values_list(key.attname, flat=True))
    return unused


# How the rows between articles and names say whose they are.
_PATHS: Mapping[type, str] = {
    Article: "pk",
    Authorship: "article",
    TaggedArticle: "content_object",
}


def _letting_go(field: str, touched: list[Touched]) -> list[int]:
    """The articles that will not say any more what they say in ``field``."""
    return [
        one.article.pk for one in touched if one.goes or (not one.is_made and field in one.found)
    ]
