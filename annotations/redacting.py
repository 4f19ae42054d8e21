"""What notes quote of a text follows when words of the text are removed or put back.

Anchors are described anew from the text at their place. Selectors are kept as received, so where
they hold removed words they go under seal and the note gets masked ones: whoever shows a note,
here or in another program, need not know of redactions.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from annotations.models import Anchor, AnchorVersion, Annotation, Provenance, SealedSelectors
from annotations.selectors import describe
from articles.masking import masked, masked_value, places_of
from articles.models import Article, Redaction, Revision
from articles.redacting import partial, phrases_of
from articles.text import Span

WORDS = ("exact", "prefix", "suffix")
AROUND = 200  # characters on either side of a quote from elsewhere that its context may say


@dataclass(frozen=True)
class Removed:
    """What was removed from the texts of one article.

    ``before`` and ``after`` are the texts by the key of their revision, of those that were
    redacted; ``withheld`` the keys of those that are shown to nobody; ``phrases`` all words
    removed from any of them.
    """

    before: Mapping[int, str]
    after: Mapping[int, str]
    withheld: Collection[int]
    phrases: Collection[str]

    def masks(
        self, note: Annotation, selectors: list, extra: dict, brought: "Brought"
    ) -> tuple[list, dict]:
        """Selectors and further members of ``note`` without the words that were removed.

        A quote at its place is masked with the text, however much of the words it holds; one
        that stands nowhere, where it says all of them. One that was brought in counts its place
        on another page: unless the text around the note was spared, it is masked as every text
        has it.
        """
        key = note.made_on_id
        if key in self.withheld:
            return [_dark(one) for one in selectors], {}
        place = next((s for s in selectors if s.get("type") == "TextPositionSelector"), {})
        before, after = self.before.get(key, ""), self.after.get(key, "")
        if note.pk not in brought.notes:
            placed = [_at_place(one, place, before, after) for one in selectors]
        elif _is_spared(brought.stand.get(note.pk), before, after):
            placed = selectors
        else:
            placed = [self._wherever(one) for one in selectors]
        return masked_value(placed, self.phrases), masked_value(extra, self.phrases)

    def _wherever(self, selector: dict[str, Any]) -> dict[str, Any]:
        """``selector`` with its words as the texts have them now, wherever they stood."""
        shown = dict(selector)
        for name in WORDS:
            said = selector.get(name)
            for key, before in self.before.items() if isinstance(said, str) else ():
                for span in places_of(before, said):
                    if span.of(self.after[key]) != span.of(before):
                        shown[name] = span.of(self.after[key])
        return shown


@dataclass(frozen=True)
class Brought:
    """Notes that were brought in from elsewhere, and where they stand in the text they are on."""

    notes: Collection[UUID]
    stand: Mapping[UUID, Span]

    @classmethod
    def among(cls, notes: Iterable[Annotation]) -> "Brought":
        """Those among ``notes``. Cost: 2 queries."""
        rows = Provenance.objects.filter(annotation__in=notes)
        found = set(rows.values_list("annotation_id", flat=True))
        anchors = Anchor.objects.filter(
            annotation__in=found, revision=F("annotation__made_on"), start__isnull=False
        )
        return cls(found, {one.annotation_id: Span(one.start, one.end) for one in anchors})


def removed_from(article: Article) -> Removed:
    """What is removed now from ``article``, and from what is one with it by merging.

    Cost: one query.
    """
    in_force = Redaction.objects.in_force().filter(revision__article__in=one_with(article))
    in_force = list(in_force.select_related("revision__sealed"))
    return Removed(
        before={one.revision_id: one.revision.sealed.text for one in in_force},
        after={one.revision_id: one.revision.text for one in in_force},
        withheld={one.revision_id for one in in_force if one.whole},
        phrases=phrases_of(partial(in_force)),
    )


def one_with(article: Article) -> QuerySet[Article]:
    """``article`` and those merged with it: their notes stand in the texts of all of them."""
    standing = article.merged_into_id or article.pk
    return Article.objects.filter(Q(pk=standing) | Q(merged_into=standing))


def follow(
    article: Article, removed: Removed, *, only: Collection[Annotation] | None = None
) -> None:
    """Describe all notes on ``article`` by its texts as they are now, and seal what they were.

    ``only`` are those that came since, whose anchors were described by these texts. Cost: some
    queries, whatever the number of notes.
    """
    if only is None:
        _anchors(article)
    notes_of = Annotation.objects.filter(article__in=one_with(article))
    found = notes_of.exclude(selectors=[], extra={})
    notes = list(found if only is None else found.filter(pk__in=[one.pk for one in only]))
    brought = Brought.among(notes)
    sealed = {
        one.annotation_id: one for one in SealedSelectors.objects.filter(annotation__in=notes)
    }
    changed, seal, opened = [], [], []
    for note in notes:
        under = sealed.get(note.pk)
        original = (under.selectors, under.extra) if under else (note.selectors, note.extra)
        shown = removed.masks(note, *original, brought)
        if shown == original:
            opened += [under.pk] if under else []
        elif under is None:
            seal.append(SealedSelectors(annotation=note, selectors=original[0], extra=original[1]))
        if shown != (note.selectors, note.extra):
            note.selectors, note.extra = shown
            changed.append(note)
    SealedSelectors.objects.bulk_create(seal)
    Annotation.objects.bulk_update(changed, ["selectors", "extra"], 500)
    SealedSelectors.objects.filter(pk__in=opened).delete()


def erase(article: Article, removed: Removed) -> None:
    """Mask what lies under seal as well, for good."""
    sealed = SealedSelectors.objects.filter(annotation__article__in=one_with(article))
    sealed = list(sealed.select_related("annotation"))
    brought = Brought.among([one.annotation for one in sealed])
    for one in sealed:
        one.selectors, one.extra = removed.masks(one.annotation, one.selectors, one.extra, brought)
        one.save(update_fields=["selectors", "extra"])


def _dark(selector: dict[str, Any]) -> dict[str, Any]:
    quoted = {name: said for name in WORDS if isinstance(said := selector.get(name), str)}
    return selector | {name: masked(said, [Span(0, len(said))]) for name, said in quoted.items()}


def _is_spared(stand: Span | None, before: str, after: str) -> bool:
    """Whether nothing was removed from the text where the note stands, nor around it."""
    if stand is None:
        return False
    around = Span(max(0, stand.start - AROUND), stand.end + AROUND)
    return around.of(before) == around.of(after)


def _at_place(selector: dict[str, Any], place: dict, before: str, after: str) -> dict[str, Any]:
    start, exact = place.get("start"), selector.get("exact")
    if not isinstance(start, int) or not isinstance(exact, str) or not before:
        return selector
    prefix = selector.get("prefix") if isinstance(selector.get("prefix"), str) else ""
    suffix = selector.get("suffix") if isinstance(selector.get("suffix"), str) else ""
    end = start + len(exact)
    shown = dict(selector)
    for name, said, first in (
        ("exact", exact, start),
        ("prefix", prefix, start - len(prefix)),
        ("suffix", suffix, end),
    ):
        span = Span(max(first, 0), first + len(said))
        if said and span.of(before) == said:
            shown[name] = span.of(after)
    return shown


def _anchors(article: Article) -> None:
    """Give every anchor the words that its text has there; one without a place, its last ones."""
    together = one_with(article)
    texts = dict(Revision.objects.filter(article__in=together).values_list("pk", "text"))
    anchors = Anchor.objects.filter(revision__article__in=together).newest_first().reverse()
    last: dict[Any, dict[str, str]] = {}
    changed = []
    for anchor in anchors:
        words = last.get(anchor.annotation_id)
        if anchor.start is not None:
            words = _words(texts[anchor.revision_id], anchor.start, anchor.end)
            last[anchor.annotation_id] = words
        if words and any(getattr(anchor, name) != words[name] for name in WORDS):
            for name in WORDS:
                setattr(anchor, name, words[name])
            changed.append(anchor)
    Anchor.objects.bulk_update(changed, WORDS, 500)
    versions = []
    for version in AnchorVersion.objects.filter(anchor__in=anchors).select_related("anchor"):
        was, anchor = version.was, version.anchor
        words = last.get(anchor.annotation_id)
        if was.get("start") is not None:
            words = _words(texts[anchor.revision_id], was["start"], was["end"])
        if words and any(was.get(name) != words[name] for name in WORDS):
            version.was = was | words
            versions.append(version)
    AnchorVersion.objects.bulk_update(versions, ["was"], 500)


def _words(text: str, start: int, end: int) -> dict[str, str]:
    quote, _place = describe(text, Span(start, end))
    return {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
