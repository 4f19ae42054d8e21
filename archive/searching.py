"""The search page: what was typed, what is wrong with it, what was found."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive.narrowing import NARROWING
from archive.query import MOST_TERMS, Mistake, Place
from archive.search import KINDS, SORTS, count, search
from archive.suggesting import suggest

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
    "newest": _("Last added"),
    "date": _("By date"),
}
KIND_NAMES = {"": _("Everything"), "articles": _("Articles"), "annotations": _("Notes")}
FILTER_NAMES = {
    "tag": _("tag"),
    "author": _("author"),
    "publisher": _("publisher"),
    "from": _("from"),
    "to": _("to"),
    "year": _("year"),
    "kind": _("kind"),
    "language": _("language"),
}


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
    given = {name: request.GET.getlist(name) for name in NARROWING if request.GET.getlist(name)}
    after = request.GET.get("after", "") if len(kinds) == 1 else ""
    results = search(request.user, text, kinds=kinds, given=given, sort=sort, after=after)
    found = sum(part.count for part in (results.articles, results.notes) if part)
    other = None
    if results.asked and not found:
        other = suggest(results.asked.query, lambda text: count(request.user, text, kinds, given))
    context = {
        "q": results.asked.query.text,
        "results": results,
        "is_empty": not found,
        "suggestion": other,
        "suggestion_query": _with(request, q=other.text) if other else "",
        "is_later_page": bool(after),
        "mistakes": [_told(results.asked.query.text, place) for place in results.asked.mistakes],
        "kinds": [
            Choice(
                name, _with(request, **{"in": kind}), kind == ("" if len(kinds) > 1 else kinds[0])
            )
            for kind, name in KIND_NAMES.items()
        ],
        "sorts": [
            Choice(name, _with(request, sort=key), key == sort) for key, name in SORT_NAMES.items()
        ],
        "filters": [
            Choice(f"{FILTER_NAMES[name]}: {value}", _with(request, without=(name, value)))
            for name, values in given.items()
            for value in values
        ],
        "more_articles": _with(request, **{"in": "articles"}, after=_after(results.articles)),
        "more_notes": _with(request, **{"in": "annotations"}, after=_after(results.notes)),
    }
    return render(request, "archive/search.html", context)


def _kinds(given: QueryDict) -> list[str]:
    asked = {kind.strip() for value in given.getlist("in") for kind in value.split(",")}
    return [kind for kind in KINDS if kind in asked] or list(KINDS)


def _after(part) -> str:
    return part.after if part else ""


def _with(request: HttpRequest, *, without: tuple[str, str] = ("", ""), **changed: str) -> str:
    """The address's query with other values, from its first page unless ``after`` is given."""
    query = request.GET.copy()
    for name, value in ({"after": ""} | changed).items():
        query.pop(name, None)
        if value:
            query[name] = value
    name, value = without
    if name:
        query.setlist(name, [one for one in query.getlist(name) if one != value])
    return f"?{query.urlencode()}"


def _told(text: str, place: Place) -> Told:
    message = MISTAKES[place.mistake] % {"most": MOST_TERMS}
    return Told(message, text[: place.start], text[place.start : place.end], text[place.end :])
