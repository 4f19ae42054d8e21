"""How lists of articles are narrowed and ordered: one table each."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import DateField, Value
from django.db.models.functions import Coalesce, Left, Lower
from django.utils.translation import get_language_info, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.facets import Between, Facet, Labelled, Named, Words, Years
from articles.models import Article


def kind_label(key: str) -> str | None:
    return str(Article.Kind(key).label) if key in Article.Kind else None


def language_name(tag: str) -> str | None:
    """The name of a language in the reader's: "German" for de; None for a tag nobody knows."""
    try:
        return str(get_language_info(tag.lower())["name_translated"])
    except KeyError:
        return None


# For whatever has tags, and whatever has kinds: articles, and notes.
TAG = Named(
    "tag",
    "tags",
    Words(
        _("Tags"),
        _("tagged %s"),
        _("Remove tag: %s"),
        _("There is no tag “%s”."),
        ngettext_lazy("All %d tag", "All %d tags"),
    ),
    many=True,
)
KINDS = Words(
    _("Kinds"),
    _("of the kind %s"),
    _("Remove kind: %s"),
    _("There is no kind “%s”."),
    ngettext_lazy("All %d kind", "All %d kinds"),
)

FACETS: tuple[Facet, ...] = (
    TAG,
    Named(
        "publisher",
        "publisher",
        Words(
            _("Publishers"),
            _("published by %s"),
            _("Remove publisher: %s"),
            _("There is no publisher “%s”."),
            ngettext_lazy("All %d publisher", "All %d publishers"),
        ),
    ),
    Named(
        "author",
        "people",
        Words(
            _("People"),
            _("with %s"),
            _("Remove person: %s"),
            _("There is nobody called “%s”."),
            ngettext_lazy("All %d person", "All %d people"),
        ),
        many=True,
        twice=True,
    ),
    Years(
        "year",
        "published_on",
        Words(
            _("Years"),
            _("of %s"),
            _("Remove year: %s"),
            _("“%s” is not a year."),
            ngettext_lazy("All %d year", "All %d years"),
        ),
    ),
    Between(
        "dates",
        "published_on",
        Words(
            _("From and to"),
            _("%s"),
            _("Remove dates: %s"),
            _("“%s” is not a date; write 2010, 2010-05 or 2010-05-31."),
        ),
        precision="date_precision",
    ),
    Labelled(
        "kind",
        "kind",
        KINDS,
        label_of=kind_label,
    ),
    Labelled(
        "language",
        "language",
        Words(
            _("Languages"),
            _("in %s"),
            _("Remove language: %s"),
            _("There is no language “%s”."),
            ngettext_lazy("All %d language", "All %d languages"),
        ),
        label_of=language_name,
    ),
)


@dataclass(frozen=True)
class Order:
    """An order of articles: what ``articles.keyset.page_of`` needs for it."""

    label: Any
    by: str
    expression: Any
    ascending: bool = False


# Expressions with an index of their own (Article.Meta); none of them is ever null.
ORDERS = {
    "new": Order(_("Newest here"), "listed_at", Coalesce("published_at", "created_at")),
    "date": Order(
        _("Latest date"),
        "dated",
        Coalesce("published_on", Value(datetime.date.min, DateField())),
    ),
    "oldest": Order(
        _("Earliest date"),
        "dated",
        Coalesce("published_on", Value(datetime.date.max, DateField())),
        ascending=True,
    ),
    "title": Order(_("Title"), "in_order", Lower(Left("title", 200)), ascending=True),
}
