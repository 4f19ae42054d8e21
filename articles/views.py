"""What needs no notes: the text of an article as a file, every value of a facet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import access
from articles.given import line, whole_number
from articles.narrowing import Selection

MOST_VALUES = 500


@require_safe
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """The canonical text and nothing else; ``?revision=N`` for an older one."""
    article = access.article_to_read(request.user, slug)
    number = request.GET.get("revision", "")
    revision = access.revision_to_read(article, whole_number(number), user=request.user)
    response = HttpResponse(revision.text, content_type="text/plain; charset=utf-8")
    response["ETag"] = f'"{revision.sha256}"'
    return response


def all_values(request: HttpRequest, selection: Selection) -> HttpResponse:
    """Every value of the facet ``?all=`` names, with counts; ``?find=`` narrows them."""
    facet = next((one for one in selection.facets if one.name == request.GET["all"]), None)
    if facet is None or facet.form:
        raise Http404
    find = line(request.GET.get("find", ""))
    choices = selection.choices(facet)
    matching = [one for one in choices if find.casefold() in one.value.label.casefold()]
    matching.sort(key=lambda one: one.value.label.casefold())
    context = {
        "selection": selection,
        "facet": facet,
        "title": facet.words.every % len(choices),
        "choices": matching[:MOST_VALUES],
        "more": len(matching) - MOST_VALUES,
        "find": find,
        "parts": selection.parts(),
    }
    return render(request, "articles/values.html", context)
