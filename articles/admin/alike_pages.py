"""The list of articles that have nearly the same text, and a look at two of them."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from articles import metadata
from articles.access import is_editor
from articles.admin.near_text import beside
from articles.given import whole_numbers
from articles.importing import alike
from articles.models import AlikePair, Article

PAGE = 50


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Pairs nobody has decided about, the most alike first; ``?after=share,id`` goes on.

    Cost: 2 queries, one of them a stretch of an index, and what is owed of at most 50 texts.
    """
    _permitted(request)
    alike.reckon_owed(alike.AT_ONCE)
    pairs = AlikePair.objects.filter(apart_at=None).order_by("-share", "-pk")
    after = whole_numbers(request.GET.get("after", ""))
    if len(after) == 2:
        share, pk = after
        pairs = pairs.filter(Q(share__lt=share) | Q(share=share, pk__lt=pk))
    found = list(pairs.select_related("first__publisher", "second__publisher")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    context = {"pairs": found[:PAGE], "after": f"{last.share},{last.pk}" if last else ""}
    return _page(request, "alike", _("Likely duplicates"), context)


@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Two articles side by side; a POST says that both are to stay."""
    _permitted(request)
    related = ("first__publisher", "second__publisher")
    found = AlikePair.objects.select_related(*related).filter(pk=pair_id, apart_at=None).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        alike.keep_apart(found.first, found.second, by=request.user)
        messages.success(request, _("Both stay, and nobody is asked about the two again."))
        return HttpResponseRedirect(reverse("admin:articles_article_alike"))
    shown = beside(_sides(found.first), _sides(found.second))
    return _page(request, "pair", _("Nearly the same text"), {"pair": found, **shown})


def _sides(article: Article) -> tuple[dict[str, Any], str]:
    text = article.revisions.filter(superseded_at=None).values_list("text", flat=True).first()
    return metadata.of_article(article), text or ""


def _permitted(request: HttpRequest) -> None:
    if not is_editor(request.user):
        raise PermissionDenied


def _page(request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": title,
        "opts": Article._meta,
        "is_nav_sidebar_enabled": False,
        **context,
    }
    return render(request, f"admin/articles/article/{name}.html", context)
