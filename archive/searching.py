"""The search page: what was typed, what is wrong with it, what was found."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive.browsing import narrowed
from archive.query import MOST_TERMS, Mistake, Place
from archive.search import KINDS, SORTS, count, search
from archive.suggesting import suggest
from articles.browsing import ORDERS
from articles.models import Article
from articles.views import all_values

MISTAKES = {
    Mistake.UNCLOSED: _(
        "This quotation mark has no second one. Everything after it is one phrase."
    ),
    Mistake.LONE_OR: _("OR stands between two words. This one was passed over."),
    Mistake.TOO_MANY: _("Only the first %(most)s words were searched for. These were left out:"),
    Mistake.ONLY_WITHOUT: _("These words are only to be left out. Add one to look for."),
    Mistake.ONLY_COMMON: _("These words stand in nearly every text. Add a rarer one."),
    Mistake.NO_WORD: _("There is no word in this to look for."),
}
SORT_NAMES = {
    "relevance": _("Best match"),
    "newest": ORDERS["new"].label,
    "date": ORDERS["date"].label,
}
KIND_NAMES = {"": _("Everything"), "articles": _("Articles"), "annotations": _("Notes")}


@dataclass(frozen=True)
class Told:
    """A mistake in words, and the query in three parts, the middle one being the place."""

    message: str
    before: str
    place: str
    after: str


@dataclass(frozen=True)
class Choice:
    """A link to the same search with something else chosen."""

    name: str
    query: str
    is_current: bool = False


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Articles and notes for ``?q=``; ``in``, ``sort``, ``after`` and filters as in DESIGN."""
    text = request.GET.get("q", "").strip()
    kinds = _kinds(request.GET)
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else SORTS[0]
    after = request.GET.get("after", "") if len(kinds) == 1 else ""

    def narrow(articles: QuerySet[Article]) -> QuerySet[Article]:
        return narrowed(request, articles).rows

    results = search(request.user, text, kinds=kinds, narrow=narrow, sort=sort, after=after)
    selection = narrowed(request, results.found)
    if "all" in request.GET:
        return all_values(request, selection)
    asked, articles, notes = results.asked, results.articles, results.notes
    found = sum(part.count for part in (articles, notes) if part)
    other = None
    if asked and not found:
        other = suggest(asked.query, lambda text: count(request.user, text, kinds, narrow))
    context = {
        "q": asked.query.text,
        "results": results,
        "found": found,
        "is_later_page": bool(after),
        "suggestion": other,
        "suggestion_query": _with(request, q=other.text) if other else "",
        "mistakes": [_told(asked.query.text, place) for place in asked.mistakes],
        "kinds": [
            Choice(
                name, _with(request, **{"in": kind}), kind == ("" if len(kinds) > 1 else kinds[0])
            )
            for kind, name in KIND_NAMES.items()
        ],
        "sorts": [
            Choice(name, _with(request, sort=key), key == sort) for key, name in SORT_NAMES.items()
        ],
        "more_articles": _with(request, **{"in": "articles"}, after=_after(articles)),
        "more_notes": _with(request, **{"in": "annotations"}, after=_after(notes)),
        "selection": selection,
        "parts": selection.parts(),
        "panel": selection.panel() if articles and (articles.count or selection.active) else [],
        "rescues": selection.rescues() if articles and not found else [],
    }
    return render(request, "archive/search.html", context)


def _kinds(given: QueryDict) -> list[str]:
    asked = {kind.strip() for value in given.getlist("in") for kind in value.split(",")}
    return [kind for kind in KINDS if kind in asked] or list(KINDS)


def _after(part) -> str:
    return part.after if part else ""


def _with(request: HttpRequest, **changed: str) -> str:
    """The address's query with other values, from its first page unless ``after`` is given."""
    query = request.GET.copy()
    for name, value in ({"after": ""} | changed).items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


def _told(text: str, place: Place) -> Told:
    message = MISTAKES[place.mistake] % {"most": MOST_TERMS}
    return Told(message, text[: place.start], text[place.start : place.end], text[place.end :])
