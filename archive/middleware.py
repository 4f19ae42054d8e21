"""What many views would otherwise repeat: former slugs, withdrawn articles, who corrects."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from pghistory.middleware import HistoryMiddleware

from archive.citing import citation
from articles.access import ArticleWithdrawn, Moved


class ArticleFates:
    """301 to the present slug, 410 with citation and reason for what was withdrawn."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, Moved):
            match = request.resolver_match
            path = reverse(match.view_name, kwargs=match.kwargs | {"slug": problem.slug})
            query = f"?{urlencode(request.GET, doseq=True)}" if request.GET else ""
            # A form that is sent keeps its words only with a redirect that repeats the method.
            preserve = request.method not in ("GET", "HEAD")
            return HttpResponsePermanentRedirect(path + query, preserve_request=preserve)
        if isinstance(problem, ArticleWithdrawn):
            article = problem.article
            context = {"article": article, "citation": citation(article)}
            return render(request, "articles/withdrawn.html", context, status=410)
        return None


class WhoEdits(HistoryMiddleware):
    """Corrections made at the editors' desk keep whose they are; no other request is concerned."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(reverse("admin:index")):
            return self.get_response(request)
        return super().__call__(request)

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        return {"user": request.user.pk}
