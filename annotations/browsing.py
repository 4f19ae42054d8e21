"""How lists of notes are narrowed: by tag, article, kind, audience, where they stand, and words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from annotations.models import Anchor, Annotation, Audience, Motivation
from articles.browsing import KINDS, TAG
from articles.facets import Facet, Labelled, Named, Value, Words
from articles.given import line

State = Anchor.State
_STANDS = {
    "noted": (_("As noted"), Q(state__in=(State.UNCHANGED, State.SHIFTED))),
    "moved": (_("Moved"), Q(state=State.MOVED)),
    "changed": (_("Wording changed"), Q(state=State.CHANGED)),
    "gone": (_("Words are gone"), Q(state=State.ORPHANED)),
    "check": (_("To be checked"), Q(review=Anchor.Review.WAITING)),
}
MOST_WORDS = 10


@dataclass(frozen=True)
class Stands(Facet):
    """By what became of the words in the current text; replies stand on none."""

    def values(self, keys: list[str], within: QuerySet) -> Iterable[Value]:
        known = _STANDS.keys()
        return [Value(k, str(_STANDS[k][0]) if k in known else k, known=k in known) for k in keys]

    def narrow(self, rows: QuerySet, values: Sequence[Value]) -> QuerySet:
        any_of = Q(pk__in=[])
        for value in values:
            any_of |= _STANDS[value.key][1] if value.key in _STANDS else Q(pk__in=[])
        return rows.filter(pk__in=_now().filter(any_of).values("annotation"))

    def counts(self, rows: QuerySet) -> list[Value]:
        stand = _now().filter(annotation__in=rows.order_by().values("pk"))
        found = stand.aggregate(**{key: Count("pk", filter=q) for key, (_l, q) in _STANDS.items()})
        return [Value(key, str(_STANDS[key][0]), n) for key, n in found.items() if n]


@dataclass(frozen=True)
class Containing(Facet):
    """By words of the note, of its tags, or of the text it stands on; all of them must occur."""

    form = "annotations/_containing.html"

    def read(self, params: QueryDict, within: QuerySet) -> tuple[list[Value], list[str]]:
        text = line(params.get(self.name, ""))
        return ([Value(text, text)] if text else []), []

    def narrow(self, rows: QuerySet, values: Sequence[Value]) -> QuerySet:
        for value in values:
            for word in value.key.split()[:MOST_WORDS]:
                on_words = Anchor.objects.filter(exact__icontains=word).values("annotation")
                tagged = Annotation.tags.through.objects.filter(tag__name__icontains=word)
                rows = rows.filter(
                    Q(body__icontains=word)
                    | Q(pk__in=on_words)
                    | Q(pk__in=tagged.values("content_object"))
                )
        return rows


def to_check(notes: QuerySet) -> QuerySet:
    """Those of ``notes`` whose place in the corrected text a person has yet to confirm."""
    return notes.filter(pk__in=_now().filter(_STANDS["check"][1]).values("annotation"))


def _now() -> QuerySet[Anchor]:
    return Anchor.objects.filter(revision__superseded_at=None)


@dataclass(frozen=True)
class OfArticle(Named):
    """By article; also by the address of one that was merged into it, where that was public."""

    def once_called(self, keys: list[str], named: QuerySet) -> dict[str, Value]:
        merged = named.filter(merged__slug__in=keys, merged__published_at__isnull=False)
        rows = merged.values_list("merged__slug", self.key, self.label)
        found = {former: Value(now, label) for former, now, label in rows}
        return found | super().once_called(keys, named)


_ARTICLE = OfArticle(
    "article",
    "article",
    Words(
        _("Articles"),
        _("on %s"),
        _("Remove article: %s"),
        _("There is no note on an article “%s”."),
        ngettext_lazy("All %d article", "All %d articles"),
    ),
    label="title",
    former="former_slugs",
)
_KIND = Labelled(
    "kind",
    "motivation",
    KINDS,
    label_of=lambda key: str(Motivation(key).label) if key in Motivation else None,
)
_AUDIENCE = Labelled(
    "audience",
    "audience",
    Words(
        _("Audience"),
        _("for %s"),
        _("Remove audience: %s"),
        _("There is no audience “%s”."),
        ngettext_lazy("All %d audience", "All %d audiences"),
    ),
    label_of=lambda key: str(Audience(key).label) if key in Audience else None,
)
_STATE = Stands(
    "state",
    "anchors",
    Words(
        _("Their words"),
        _("words: %s"),
        _("Remove: %s"),
        _("Nothing can be told of words by “%s”."),
        ngettext_lazy("%d choice", "All %d choices"),
    ),
)
_WORDS = Containing(
    "q",
    "body",
    Words(_("Words"), _("with “%s”"), _("Remove words: %s"), ""),
)

MINE: tuple[Facet, ...] = (_WORDS, TAG, _ARTICLE, _KIND, _AUDIENCE, _STATE)
RECENT: tuple[Facet, ...] = (_WORDS, TAG, _ARTICLE, _KIND)
