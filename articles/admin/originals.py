"""What came in, shown to editors beside what was read from it, where nothing of it can run.

Markup is put into a frame of its own within this page: without scripts, forms or an origin, and
under a policy by which nothing is fetched. Parsing and drawing happen in another process.
"""

import base64
import json
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.given import whole_number
from articles.importing.apart import shown_apart
from articles.importing.captures import on_disk
from articles.importing.decoding import decode
from articles.importing.document import ImportRefused
from articles.importing.shown import Shown, is_shown
from articles.models import Capture
from articles.redacting import is_sealed

# More than anybody looks through; the whole is a download.
_MOST_LETTERS = 200_000
_POLICY = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


@dataclass(frozen=True)
class Letters:
    """The bytes of a capture as text, or why that cannot be."""

    text: str = ""
    is_cut: bool = False
    refusal: str = ""


@require_safe
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The original itself; of a PDF or a book the page that ``?page=`` names."""
    if not request.user.has_perm("articles.view_capture"):
        raise PermissionDenied
    capture = Capture.objects.filter(pk=pk).first()
    if capture is None:
        raise Http404
    context = {
        "capture": capture,
        "name": capture.file_name or capture.source_url or capture.sha256[:12],
        **_content(capture, whole_number(request.GET.get("page", "")) or 1),
    }
    response = render(request, "admin/articles/capture/original.html", context)
    response["Content-Security-Policy"] = _POLICY
    response["Referrer-Policy"] = "no-referrer"
    response["X-DNS-Prefetch-Control"] = "off"
    return response


def is_framed(capture: Capture) -> bool:
    """Whether ``capture`` is looked at in a frame, because it is more than its letters."""
    return is_shown(capture.media_type)


def letters_of(capture: Capture) -> Letters:
    """The beginning of ``capture`` as text; a record is laid out, which changes white space only.

    Cost: one query.
    """
    if refusal := _why_not(capture):
        return Letters(refusal=refusal)
    with capture.file.open("rb") as file:
        raw = file.read(_MOST_LETTERS * 4)
    try:
        text, _warning = decode(raw)
    except ImportRefused as refusal:
        return Letters(refusal=refusal.reason)
    if capture.media_type.endswith(("/json", "+json")):
        with suppress(ValueError):
            text = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    return Letters(text[:_MOST_LETTERS], len(text) > _MOST_LETTERS)


def _content(capture: Capture, number: int) -> dict[str, Shown | Letters | str]:
    if not is_framed(capture):
        return {"letters": letters_of(capture)}
    if refusal := _why_not(capture):
        return {"shown": Shown(refusal=refusal)}
    with on_disk(capture) as path:
        made = shown_apart(
            path,
            media_type=capture.media_type,
            number=number,
            max_bytes=settings.IMPORT_MAX_BYTES,
        )
    return {"shown": made, "picture": base64.b64encode(made.picture).decode()}


def _why_not(capture: Capture) -> str:
    if is_sealed(capture):
        return _("Words were removed from an article made of this file. It is kept sealed.")
    if not capture.file.storage.exists(capture.file.name):
        return _("The file is missing.")
    return ""
