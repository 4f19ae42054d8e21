"""How often somebody may do something: allauth counts, this file answers.

The rates are settings (``RATE_…``); allauth keeps the times in the cache that all processes share.
"""

from allauth.core.ratelimit import consume
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext

from archive.failures import problem_as_json, wants_json

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
# What allauth counts at its addresses, where it does not say so itself.
_COUNTED_AT = {
    "account_login": ("login", "login_failed"),
    "account_signup": ("signup",),
    "account_reset_password": ("reset_password",),
    "account_reset_password_from_key": ("reset_password_from_key",),
    "account_reauthenticate": ("reauthenticate", "login_failed"),
    "account_change_password": ("change_password",),
    "account_email": ("manage_email", "confirm_email"),
}


def too_often(request: HttpRequest) -> bool:
    """Whether this is one act of writing too many; if not, it is counted."""
    return not consume(request, action="write")


def seconds_to_wait(*actions: str) -> int:
    """After how long the rates of ``actions`` allow one more, at the latest."""
    rates = ",".join((settings.ACCOUNT_RATE_LIMITS or {}).get(action, "") for action in actions)
    windows = [rate.split("/")[1] for rate in rates.split(",") if rate]
    return max((int(one[:-1] or 1) * _SECONDS[one[-1]] for one in windows), default=60)


def wait_in_words(seconds: int) -> str:
    if seconds < 60:
        return ngettext("%d second", "%d seconds", seconds) % seconds
    minutes = -(-seconds // 60)
    return ngettext("%d minute", "%d minutes", minutes) % minutes


def refusal(*actions: str) -> str:
    """What to tell whoever came too often, in a sentence."""
    wait = wait_in_words(seconds_to_wait(*actions))
    return gettext("That was too much in a short time. Wait %(wait)s, then send it again.") % {
        "wait": wait
    }


def ask_to_wait(response: HttpResponse, *actions: str) -> HttpResponse:
    """``response`` as 429, with the header that tells programs when to come back."""
    response.status_code = 429
    response["Retry-After"] = str(seconds_to_wait(*actions))
    return response


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """The page for whoever came too often; allauth finds it as ``handler429``."""
    match = request.resolver_match
    actions = _COUNTED_AT.get(match.url_name if match else "", ("write",))
    wait = wait_in_words(seconds_to_wait(*actions))
    if wants_json(request):
        return ask_to_wait(problem_as_json(429, refusal(*actions)), *actions)
    return ask_to_wait(render(request, "429.html", {"wait": wait}), *actions)
