"""What many views would otherwise repeat: moved, withdrawn, withheld; who corrects; large forms."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from pghistory.middleware import HistoryMiddleware

from archive import merged
from archive.citing import citation_html
from archive.failures import problem_as_json, too_large, wants_json
from articles.access import ArticleMerged, ArticleWithdrawn, Moved, RevisionWithheld


class ArticleFates:
    """301 to the present slug, 410 with citation and reason for what was withdrawn."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, ArticleMerged):
            return merged.follow(request, problem.article)
        if isinstance(problem, Moved):
            match = request.resolver_match
            path = reverse(match.view_name, kwargs=match.kwargs | {"slug": problem.slug})
            query = f"?{urlencode(request.GET, doseq=True)}" if request.GET else ""
            # A form that is sent keeps its words only with a redirect that repeats the method.
            preserve = request.method not in ("GET", "HEAD")
            return HttpResponsePermanentRedirect(path + query, preserve_request=preserve)
        if isinstance(problem, ArticleWithdrawn):
            article = problem.article
            if wants_json(request):
                return problem_as_json(410, gettext("This article is withdrawn."))
            context = {"article": article, "citation": citation_html(article)}
            return render(request, "articles/withdrawn.html", context, status=410)
        if isinstance(problem, RevisionWithheld):
            if wants_json(request):
                return problem_as_json(410, gettext("This text is withheld."))
            revision = problem.revision
            context = {
                "article": revision.article,
                "revision": revision,
                "reason": problem.reason,
                "citation": citation_html(revision.article),
            }
            return render(request, "articles/withheld.html", context, status=410)
        return None


class WhoEdits(HistoryMiddleware):
    """Corrections made at the editors' desk keep whose they are; no other request is concerned."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(reverse("admin:index")):
            return self.get_response(request)
        return super().__call__(request)

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        return {"user": request.user.pk}


class SmallForms:
    """413 for more than a form holds, before it is read. Editors at the desk send whole texts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.META.get("CONTENT_LENGTH") or "0"
        large = not sent.isdecimal() or int(sent) > settings.FORM_MAX_BYTES
        if large and not request.path.startswith(reverse("admin:index")):
            return too_large(request)
        return self.get_response(request)
