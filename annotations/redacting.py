"""What notes quote of a text follows when words of the text are removed or put back.

Anchors are described anew from the text at their place. Selectors are kept as received, so where
they hold removed words they go under seal and the note gets masked ones: whoever shows a note,
here or in another program, need not know of redactions.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from annotations.models import Anchor, AnchorVersion, Annotation, SealedSelectors
from annotations.selectors import describe
from articles.masking import masked, masked_value
from articles.models import Article, Revision
from articles.text import Span

WORDS = ("exact", "prefix", "suffix")


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

    def masks(self, note: Annotation, selectors: list, extra: dict) -> tuple[list, dict]:
        """Selectors and further members of ``note`` without the words that were removed.

        A quote at its place is masked with the text, however much of the words it holds; one
        that stands nowhere, where it says all of them.
        """
        key = note.made_on_id
        if key in self.withheld:
            return [_dark(one) for one in selectors], {}
        place = next((s for s in selectors if s.get("type") == "TextPositionSelector"), {})
        before, after = self.before.get(key, ""), self.after.get(key, "")
        placed = [_at_place(one, place, before, after) for one in selectors]
        return masked_value(placed, self.phrases), masked_value(extra, self.phrases)


def follow(article: Article, removed: Removed) -> None:
    """Describe all notes on ``article`` by its texts as they are now, and seal what they were.

    Cost: some queries, whatever the number of notes.
    """
    _anchors(article)
    notes = list(Annotation.objects.filter(article=article).exclude(selectors=[], extra={}))
    sealed = {
        one.annotation_id: one for one in SealedSelectors.objects.filter(annotation__in=notes)
    }
    changed, seal, opened = [], [], []
    for note in notes:
        under = sealed.get(note.pk)
        original = (under.selectors, under.extra) if under else (note.selectors, note.extra)
        shown = removed.masks(note, *original)
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
    sealed = SealedSelectors.objects.filter(annotation__article=article)
    for one in sealed.select_related("annotation"):
        one.selectors, one.extra = removed.masks(one.annotation, one.selectors, one.extra)
        one.save(update_fields=["selectors", "extra"])


def _dark(selector: dict[str, Any]) -> dict[str, Any]:
    quoted = {name: said for name in WORDS if isinstance(said := selector.get(name), str)}
    return selector | {name: masked(said, [Span(0, len(said))]) for name, said in quoted.items()}


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
    texts = dict(Revision.objects.filter(article=article).values_list("pk", "text"))
    anchors = Anchor.objects.filter(revision__article=article).order_by("revision__number")
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
