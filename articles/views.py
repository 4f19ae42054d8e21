"""What needs no notes: an article's text as a file, its origin, every value of a facet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import access
from articles.given import line, whole_number
from articles.models import Article
from articles.narrowing import Selection
from articles.origin import fields_of, texts_of

PAGE = 50
MOST_VALUES = 500


@require_safe
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """The canonical text and nothing else; ``?revision=N`` for an older one.

    With ``&merged=<slug>`` one of the article that had this address and was merged into this one.
    """
    article = access.article_to_read(request.user, slug)
    if "revision" in request.GET and (merged := request.GET.get("merged")):
        article = access.merged_to_read(request.user, article, merged)
    number = request.GET.get("revision", "")
    revision = access.revision_to_read(article, whole_number(number), user=request.user)
    response = HttpResponse(revision.text, content_type="text/plain; charset=utf-8")
    response["ETag"] = f'"{revision.sha256}"'
    return response


@require_safe
def origin(request: HttpRequest, slug: str) -> HttpResponse:
    """From which files the revisions came, and where what is known of the article did.

    The newest come first; ``?before=`` goes on from there.
    """
    article = access.article_to_read(request.user, slug)
    revisions = access.revisions_to_read(request.user, article).defer("html", "text", "metadata")
    before = whole_number(request.GET.get("before", ""))
    if before is not None:
        revisions = revisions.filter(number__lt=before)
    related = revisions.select_related("capture", "made_by").order_by("-number")
    found = list(related[: PAGE + 1])
    if before is not None and not found:
        raise Http404
    context = {
        "article": article,
        "texts": texts_of(request.user, found[:PAGE]),
        "fields": fields_of(request.user, article),
        "older": found[PAGE - 1].number if len(found) > PAGE else None,
        "is_editor": access.is_editor(request.user),
        "merged": _merged(request.user, article) if before is None else [],
    }
    return render(request, "articles/origin.html", context)


def _merged(user, article: Article) -> list[Article]:
    """What was merged into ``article``, each with the origins of its ``texts``."""
    merged = access.merged_with_texts(user, article)
    for former in merged:
        former.texts = texts_of(user, former.texts)
    return merged


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
