"""Scripts act for the person whose token they send."""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from archive.models import ApiToken, digest

SCHEME = "bearer "
# Written at most this often, so that a script that polls does not write with every request.
LAST_USED_EVERY = timedelta(minutes=5)


class BearerToken:
    """``Authorization: Bearer …`` in place of a session, for every address.

    A token no browser sends by itself, so a request that carries one needs no CSRF token. An
    unknown one, or one of a closed account, is refused with 401 rather than served as to anybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        header = request.headers.get("Authorization", "")
        if not header.lower().startswith(SCHEME):
            return self.get_response(request)
        token = (
            ApiToken.objects.select_related("user")
            .filter(digest=digest(header[len(SCHEME) :].strip()), user__is_active=True)
            .first()
        )
        if token is None:
            problem = {"error": "This token is not known, or no longer valid."}
            return JsonResponse(problem, status=401, headers={"WWW-Authenticate": "Bearer"})
        if request.path_info.startswith("/accounts/"):
            # A program could lock its owner out, or make itself another token.
            problem = {"error": "A token does not open the pages of the account."}
            return JsonResponse(problem, status=403)
        now = timezone.now()
        if token.last_used_at is None or now - token.last_used_at > LAST_USED_EVERY:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
        request.user = token.user
        request._dont_enforce_csrf_checks = True
        return self.get_response(request)
