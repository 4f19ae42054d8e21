"""How somebody likes to read: kept on the device, and in a cookie where no script runs."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "reading"
YEAR = 365 * 24 * 3600
# Name and values, the usual one first. Names are those of the data attributes of <html>.
CHOICES = {
    "size": ("2", "1", "3", "4"),
    "width": ("normal", "narrow", "wide"),
    "face": ("serif", "sans"),
    "spacing": ("normal", "loose"),
    "theme": ("system", "light", "dark", "contrast"),
    "notes": ("all", "mine", "none"),
    "numbers": ("on", "off"),
    "shortcuts": ("on", "off"),
}


def preferences(request: HttpRequest) -> dict[str, str]:
    """What the cookie says, without anything unknown."""
    pairs = (pair.partition(":") for pair in request.COOKIES.get(COOKIE, "").split("."))
    return {name: value for name, _, value in pairs if value in CHOICES.get(name, ())}


def prefs(request: HttpRequest) -> dict[str, dict[str, str]]:
    """Context processor: ``prefs``, for the attributes of <html>; an address may ask for notes."""
    asked = request.GET.get("notes", "")
    notes = {"notes": asked} if asked in CHOICES["notes"] else {}
    return {"prefs": preferences(request) | notes}


@require_POST
def save_preferences(request: HttpRequest) -> HttpResponse:
    """Keep the reading panel's choices in the cookie and go back to the page."""
    chosen = [
        f"{name}:{value}"
        for name, values in CHOICES.items()
        if (value := request.POST.get(name)) in values
    ]
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = reverse("home")
    response = HttpResponseRedirect(back)
    response.set_cookie(
        COOKIE, ".".join(chosen), max_age=YEAR, samesite="Lax", secure=request.is_secure()
    )
    return response
