"""Pages about notes themselves: one note, its history, one's own, and help while writing."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from annotations import access, browsing, rows
from annotations.forms import BODY_LENGTH
from annotations.models import Annotation, Audience
from annotations.models.notes import html_of
from articles.facets import Facet
from articles.given import line
from articles.keyset import page_of
from articles.narrowing import Selection
from articles.views import all_values

PAGE = 30
SUGGESTIONS = 10


@require_safe
@never_cache
def history(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Every version of a note its reader may know of, newest first."""
    note = access.annotation_to_read(request.user, annotation_id)
    earlier = access.versions_to_read(request.user).filter(annotation=note)
    context = {"annotation": note, "versions": [] if note.deleted_at else list(earlier)}
    name = "_history" if request.htmx else "history"
    response = render(request, f"annotations/{name}.html", context)
    response["Vary"] = "HX-Request, Cookie"
    return response


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The reader's own notes from every article, newest first, narrowed as the address says."""
    own = access.visible(request.user).filter(creator=request.user)
    to_check = browsing.to_check(own).count()
    shown = {"heading": _("My notes"), "author": False, "to_check": to_check}
    return _list(request, own, browsing.MINE, "annotations/mine.html", shown)


@require_safe
def recent(request: HttpRequest) -> HttpResponse:
    """What people said for everyone to read, newest first, narrowed as the address says."""
    said = access.visible(request.user).filter(audience=Audience.PUBLIC).living().exclude(body="")
    shown = {"heading": _("Recent notes"), "author": True}
    return _list(request, said, browsing.RECENT, "annotations/recent.html", shown)


@require_POST
@login_required
def preview(request: HttpRequest) -> HttpResponse:
    """Markdown as its note would look."""
    body = request.POST.get("body", "")[:BODY_LENGTH]
    return render(request, "annotations/_preview.html", {"body_html": html_of(body)})


@require_safe
@never_cache
def tags(request: HttpRequest) -> JsonResponse:
    """Names of tags that begin with ``q``, among those the reader may know of, as a JSON list.

    With ``?definitions``, {"name": …, "definition": …} of each. A former name finds the tag.
    """
    begun = line(request.GET.get("q", ""))
    found = []
    if begun:
        called_so = Q(name__istartswith=begun) | Q(aliases__name__istartswith=begun)
        known = access.visible_tags(request.user).filter(called_so).distinct()
        found = list(known.order_by("name").values("name", "definition")[:SUGGESTIONS])
    if "definitions" in request.GET:
        return JsonResponse(found, safe=False)
    return JsonResponse([tag["name"] for tag in found], safe=False)


def _list(
    request: HttpRequest,
    notes: QuerySet[Annotation],
    facets: tuple[Facet, ...],
    template: str,
    page_context: dict[str, Any],
) -> HttpResponse:
    selection = Selection(request.GET, facets, within=notes, path=request.path)
    if "all" in request.GET:
        return all_values(request, selection)
    page = page_of(
        rows.with_articles(selection.rows),
        by="recorded_at",
        after=request.GET.get("after", ""),
        size=PAGE,
    )
    context = selection.for_page() | {
        **page_context,
        "notes": rows.ready(page.rows),
        "next_url": selection.address(after=page.after) if page.after else "",
    }
    return render(request, template, context)
