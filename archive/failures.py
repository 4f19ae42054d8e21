"""What people and programs are told when something cannot be done, and what to do next.

Pages for people, ``{"error": …}`` for programs that ask for JSON. The pages of an outage ask the
database nothing: neither for the session nor for whoever is logged in.
"""

import logging
import sys
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from archive.cluster import ClusterProblem

logger = logging.getLogger(__name__)

RETRY_AFTER = 30  # seconds
# SQLSTATEs of a server that goes away, is not ready, or has no connection left.
_AWAY = ("08", "57P", "53300")


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks: JSON is named, and liked better than HTML."""
    if request.path.endswith(".json"):
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def problem_as_json(status: int, said: str) -> JsonResponse:
    return JsonResponse({"error": said}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request makes no sense, or calls the archive by another's name; or 413."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    if isinstance(exception, TooManyFilesSent):
        most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        said = gettext("More than %(most)d files were sent at once.") % {"most": most}
        return _alone(request, "413.html", 413, said, most_files=most)
    said = gettext("The archive does not understand this request.")
    return _alone(request, "400.html", 400, said)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more was sent than a form takes."""
    return _alone(request, "413.html", 413, gettext("More was sent than can be taken here."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: this account may not."""
    if wants_json(request):
        return problem_as_json(403, gettext("This account may not do this."))
    return render(request, "403.html", {"log_in_url": _log_in_url(request)}, status=403)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without its CSRF token, or with that of an earlier log-in."""
    if wants_json(request):
        return problem_as_json(403, reason or gettext("The form's token is missing."))
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing here, or nothing that this reader may know of."""
    if wants_json(request):
        return problem_as_json(404, gettext("There is no such page."))
    return render(request, "404.html", {"log_in_url": _log_in_url(request)}, status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """500 with the number of the request; 503 while the database cannot be reached.

    Django calls it with the problem at hand, in a middleware, a view or another error page.
    """
    problem = sys.exception()
    if is_outage(problem):
        logger.error("the database cannot be reached: %s", type(problem).__name__)
        response = _alone(
            request, "503.html", 503, gettext("The archive cannot reach its database.")
        )
        response["Retry-After"] = str(RETRY_AFTER)
        response["Cache-Control"] = "no-store"
        response._has_been_logged = True  # else with a traceback for every request
        return response
    return _alone(request, "500.html", 500, gettext("The archive failed to answer."))


def is_outage(problem: BaseException | None) -> bool:
    """Whether ``problem`` says that the database is away, rather than that it refused."""
    if isinstance(problem, ClusterProblem):
        return True
    if not isinstance(problem, OperationalError | InterfaceError):
        return False
    cause = problem.__cause__
    state = getattr(cause, "sqlstate", None)
    if state is not None:
        return state.startswith(_AWAY)
    return isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError)


def _alone(
    request: HttpRequest, template: str, status: int, said: str, **context: Any
) -> HttpResponse:
    """A page that needs neither database nor session, whatever else does not work."""
    if wants_json(request):
        return problem_as_json(status, said)
    context |= {"request_id": getattr(request, "id", ""), "again": _same_address(request)}
    try:
        page = render_to_string(template, context)
    except Exception:
        logger.exception("the page for an error failed")
        page = f"<!doctype html><title>{said}</title><p>{said}</p>"
    return HttpResponse(page, status=status)


def _log_in_url(request: HttpRequest) -> str:
    return f"{reverse('account_login')}?{urlencode({'next': _same_address(request) or '/'})}"


def _same_address(request: HttpRequest) -> str:
    return request.get_full_path() if request.method in ("GET", "HEAD") else ""
