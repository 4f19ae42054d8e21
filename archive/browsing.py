"""The list of articles narrowed by facets, those of its texts and those of notes on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_safe

from annotations import access
from articles.browsing import FACETS, ORDERS
from articles.facets import Facet, Value, Words
from articles.keyset import page_of
from articles.models import Article
from articles.narrowing import Selection
from articles.views import all_values

PAGE = 20

_NOTED = {"with": _("With notes"), "mine": _("With mine")}


@dataclass(frozen=True)
class Noted(Facet):
    """Articles by the notes that ``user`` may see on them."""

    user: Any

    def values(self, keys: list[str], within: QuerySet) -> Iterable[Value]:
        return [Value(key, str(_NOTED.get(key, key)), known=key in _NOTED) for key in keys]

    def narrow(self, rows: QuerySet, values: Sequence[Value]) -> QuerySet:
        keys = {value.key for value in values}
        if not keys & _NOTED.keys():
            return rows.none()
        notes = access.visible(self.user)
        if "with" not in keys:
            notes = notes.filter(creator=self.user.pk)
        return rows.filter(pk__in=notes.values("article"))

    def counts(self, rows: QuerySet) -> list[Value]:
        """Cost: a query, a second for people with an account."""
        offered = ["with", "mine"] if self.user.is_authenticated else ["with"]
        values = [Value(key, str(_NOTED[key])) for key in offered]
        counted = [(value, self.narrow(rows, [value]).count()) for value in values]
        return [Value(value.key, value.label, n) for value, n in counted if n]


def facets_for(user) -> tuple[Facet, ...]:
    """Every facet of articles, with what ``user`` may see of notes."""
    words = Words(
        _("Notes"),
        "%s",
        _("Remove: %s"),
        _("“%s” says nothing about notes."),
        ngettext_lazy("%d choice", "All %d choices"),
    )
    return (*FACETS, Noted("notes", "pk", words, user))


def narrowed(request: HttpRequest, found: QuerySet[Article] | None = None) -> Selection:
    """What the address chooses of all articles the reader may see, or of those ``found``."""
    return Selection(
        request.GET,
        facets_for(request.user),
        within=Article.objects.visible_to(request.user),
        path=request.path,
        found=found,
    )


def with_note_counts(user: Any | AnonymousUser, articles: Iterable[Article]) -> list[Article]:
    """``articles`` with ``note_count``, the notes ``user`` may see. Cost: 1 query."""
    articles = list(articles)
    notes = access.visible(user).filter(article__in=articles).order_by()
    counts = dict(notes.values_list("article").annotate(Count("pk")))
    for article in articles:
        article.note_count = counts.get(article.pk, 0)
    return articles


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """Articles, narrowed and ordered as the address says; ``?all=tag`` offers every tag."""
    selection = narrowed(request)
    if "all" in request.GET:
        return all_values(request, selection)
    asked = request.GET.get("sort", "")
    order = ORDERS.get(asked, ORDERS["new"])
    page = page_of(
        selection.rows.for_lists().annotate(**{order.by: order.expression}),
        by=order.by,
        after=request.GET.get("after", ""),
        size=PAGE,
        ascending=order.ascending,
    )
    context = selection.for_page() | {
        "articles": with_note_counts(request.user, page.rows),
        "next_url": selection.address(after=page.after) if page.after else "",
        "orders": [
            (one.label, one is order, selection.address(sort=name)) for name, one in ORDERS.items()
        ],
    }
    return render(request, "archive/articles.html", context)
