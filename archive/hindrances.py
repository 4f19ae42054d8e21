"""What undoing an import would do, and what stands in its way; told before anything is done.

An import is undone as a whole or not at all, and never where somebody built on it since: with a
note, a correction, another import. Private notes of others are counted and never told.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations import access
from annotations.clearing import living_on
from annotations.models import Annotation
from articles import metadata
from articles.importing.appearing import places_of
from articles.importing.touched import (
    Touched,
    astray,
    items_of_others,
    names_only_of,
    touched_by,
)
from articles.importing.traces import NAMES, names_in
from articles.models import Appearance, Article, ImportBatch, ImportItem, Redaction

SHOWN = 20  # notes linked for each article


@dataclass(frozen=True)
class Link:
    label: str
    address: str


@dataclass(frozen=True)
class Hindrance:
    """One thing that stands in the way, as a sentence, with where to look at it."""

    article: Article | None
    sentence: str
    links: tuple[Link, ...] = ()


@dataclass
class Prospect:
    """What undoing a batch would do. With ``hindrances`` it does nothing."""

    batch: ImportBatch
    touched: list[Touched] = field(default_factory=list)
    hindrances: list[Hindrance] = field(default_factory=list)
    names: dict[str, set[int]] = field(default_factory=dict)
    waiting: int = 0
    places: list[Appearance] = field(default_factory=list)

    @property
    def goes(self) -> list[Touched]:
        return [one for one in self.touched if one.goes]

    @property
    def withdrawn(self) -> list[Touched]:
        return [one for one in self.touched if one.is_withdrawn]

    @property
    def restored(self) -> list[Touched]:
        """Articles that were there before; some of them are withdrawn as well."""
        return [one for one in self.touched if not one.is_made]

    @property
    def texts(self) -> int:
        """Texts that the batch recorded."""
        return sum(len(one.revisions) for one in self.touched)

    @property
    def fields(self) -> list[tuple[str, int]]:
        """The fields that get back what they said, each with the number of articles."""
        counts = Counter(name for one in self.restored for name in one.found)
        return [(str(metadata.LABELS[name]), counts[name]) for name in counts]

    @property
    def names_gone(self) -> list[str]:
        """The people, publishers and tags that go. Cost: a query for each of the three."""
        return [
            row.name
            for name, gone in self.names.items()
            for row in (NAMES[name]._default_manager.filter(pk__in=gone) if gone else ())
        ]

    def count(self) -> dict[str, int]:
        return {
            "deleted": len(self.goes),
            "withdrawn": len(self.withdrawn),
            "restored": len(self.restored),
            "names": sum(map(len, self.names.values())),
        }


def foresee(batch: ImportBatch, user: Any = None) -> Prospect:
    """What undoing ``batch`` would do, and all that stands in its way, as ``user`` may know it.

    Writes nothing. Cost: 32 queries at most, however many articles.
    """
    touched = touched_by(batch)
    waiting = batch.items.filter(outcome=ImportItem.Outcome.PENDING).count()
    found = Prospect(batch, touched, waiting=waiting, places=places_of(batch))
    others = items_of_others(batch, [one.article.pk for one in touched])
    by_article: dict[int, list[ImportItem]] = defaultdict(list)
    for item in others:
        by_article[item.article_id].append(item)
    found.hindrances += map(_astray, astray(batch))
    found.hindrances += _notes(touched, user or AnonymousUser())
    found.hindrances += _merged(touched)
    redacted = _redacted(touched)
    vanished = _vanished(touched)
    for one in touched:
        found.hindrances += _imports(one, by_article[one.article.pk])
        found.hindrances += _corrections(one, by_article[one.article.pk])
        if one.article.pk in redacted:
            found.hindrances.append(_hindered(one, _("Words were removed from its text.")))
        if one.article.pk in vanished:
            said = _("People, publishers or tags that it had before were merged or deleted since.")
            found.hindrances.append(_hindered(one, said))
    if not found.hindrances:
        found.names = names_only_of(touched)
    return found


def _hindered(one: Touched, sentence: str, *links: Link) -> Hindrance:
    desk = reverse("admin:articles_article_change", args=[one.article.pk])
    return Hindrance(one.article, sentence, links or (Link(_("Look at it"), desk),))


def _astray(item: ImportItem) -> Hindrance:
    if item.before is None:
        told = _("“%(name)s” brought notes in, or came in before imports could be undone.")
    else:
        told = _("What “%(name)s” became was deleted or merged since.")
    return Hindrance(item.article, told % {"name": item.name})


def _notes(touched: list[Touched], user: Any) -> Iterable[Hindrance]:
    """Cost: 3 queries."""
    made = [one.article.pk for one in touched if one.is_made]
    texts = [pk for one in touched for pk in _texts_since(one)]
    of_all = Annotation.objects.filter(article__in=[one.article.pk for one in touched])
    standing = of_all.filter(living_on(made, texts)).order_by("recorded_at")
    rows = list(standing.values_list("pk", "article_id"))
    if not rows:
        return
    count = Counter(article for _pk, article in rows)
    readable: dict[int, list[Annotation]] = defaultdict(list)
    seen = access.visible(user).filter(pk__in=[pk for pk, _article in rows])
    for note in seen.only("pk", "article_id").order_by("recorded_at"):
        readable[note.article_id].append(note)
    for one in touched:
        if number := count[one.article.pk]:
            yield _noted(one, number, readable[one.article.pk])


def _noted(one: Touched, number: int, readable: list[Annotation]) -> Hindrance:
    told = ngettext("%d note stands on it.", "%d notes stand on it.", number) % number
    if hidden := number - len(readable):
        told += " " + (
            ngettext("%d is not yours to read.", "%d are not yours to read.", hidden) % hidden
        )
    links = [
        Link(_("Note %(number)d") % {"number": place}, note.get_absolute_url())
        for place, note in enumerate(readable[:SHOWN], start=1)
    ]
    if len(readable) > SHOWN:
        links.append(Link(_("all of them"), one.article.get_absolute_url()))
    return Hindrance(one.article, told, tuple(links))


def _texts_since(one: Touched) -> list[int]:
    """The texts the batch recorded, and all that followed them."""
    rows = list(one.article.revisions.all())
    own = [row.number for row in rows if row.pk in one.revisions]
    return [row.pk for row in rows if own and row.number >= min(own)]


def _merged(touched: list[Touched]) -> Iterable[Hindrance]:
    """Articles that were merged since, or into which others were. Cost: 2 queries."""
    at = {one.article.pk: one.items[0].before["at"] for one in touched}
    into = Article.objects.in_bulk({one.article.merged_into_id for one in touched} - {None})
    others: dict[int, list[Article]] = defaultdict(list)
    for other in Article.objects.filter(merged_into__in=at).order_by("merged_at"):
        if other.merged_at.isoformat() > at[other.merged_into_id]:
            others[other.merged_into_id].append(other)
    for one in touched:
        if one.article.is_merged:
            standing = into[one.article.merged_into_id]
            told = _("It was merged into “%(title)s” since.") % {"title": standing.title}
            address = standing.get_absolute_url()
            yield Hindrance(one.article, told, (Link(_("Look at it"), address),))
        for other in others[one.article.pk]:
            told = _("“%(title)s” was merged into it since.") % {"title": other.title}
            yield _hindered(one, told)


def _imports(one: Touched, others: list[ImportItem]) -> Iterable[Hindrance]:
    """Other batches that did something to the article since, each once."""
    since = one.items[0].before["at"]
    batches = {
        item.batch_id: item.batch
        for item in others
        if item.before["at"] > since and item.batch.state != ImportBatch.State.UNDONE
    }
    for batch in batches.values():
        told = _("Another import added to it since: %(import)s. Undo that one first.")
        address = reverse("admin:articles_importbatch_undo", args=[batch.pk])
        yield _hindered(one, told % {"import": batch}, Link(str(batch), address))


def _corrections(one: Touched, others: list[ImportItem]) -> Iterable[Hindrance]:
    article = one.article
    # What another import recorded is told as its own; what was undone with it is no correction.
    known = one.revisions | {item.revision_id for item in others}
    known |= {item.before.get("restored") for item in others}
    numbers = {row.pk: row.number for row in article.revisions.all()}
    texts = [numbers[pk] for pk in _texts_since(one) if pk not in known]
    if one.is_made:
        texts = [number for pk, number in numbers.items() if pk not in known]
    if texts:
        told = ngettext(
            "Its text was corrected since: revision %(numbers)s.",
            "Its text was corrected since: revisions %(numbers)s.",
            len(texts),
        )
        history = reverse("articles:history", args=[article.slug])
        told %= {"numbers": ", ".join(map(str, sorted(texts)))}
        yield _hindered(one, told, Link(_("History"), history))
    if one.changed_since and not _imports_since(one, others):
        labels = {"slug": _("Address")} | metadata.LABELS
        fields = ", ".join(str(labels[name]) for name in one.changed_since)
        told = _("Corrected or protected since: %(fields)s.") % {"fields": fields}
        yield _hindered(one, told)
    if one.has_other_names and not _imports_since(one, others):
        yield _hindered(one, _("An identifier or web address was added since."))


def _imports_since(one: Touched, others: list[ImportItem]) -> bool:
    return any(True for _hindrance in _imports(one, others))


def _redacted(touched: list[Touched]) -> set[int]:
    """Articles of ``touched`` whose text would change and from whose texts words were removed."""
    concerned = [one.article.pk for one in touched if one.is_made or one.revisions]
    in_force = Redaction.objects.in_force().filter(revision__article__in=concerned)
    return set(in_force.values_list("revision__article", flat=True))


def _vanished(touched: list[Touched]) -> set[int]:
    """Articles that had names before which are no more. Cost: a query for each kind of name."""
    needed: dict[str, set[int]] = defaultdict(set)
    for one in touched:
        for name, keys in names_in(one.found).items():
            needed[name] |= keys
    there = {
        name: set(NAMES[name]._default_manager.filter(pk__in=keys).values_list("pk", flat=True))
        for name, keys in needed.items()
        if keys
    }
    return {
        one.article.pk
        for one in touched
        if any(keys - there.get(name, set()) for name, keys in names_in(one.found).items())
    }
