"""Revisions and captures: what was published and what was received, to be looked at only."""

import base64

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseGone
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from articles.admin.base import LookOnly, OfferedLookups
from articles.admin.originals import original
from articles.models import Capture, Revision
from articles.redacting import is_sealed

PIECE = 1 << 16  # bytes of a download sent at once


@admin.register(Revision)
class RevisionAdmin(OfferedLookups, LookOnly, admin.ModelAdmin):
    list_display = ["article", "number", "made_at", "made_by", "is_current", "reason"]
    list_display_links = ["article", "number"]
    list_filter = [("superseded_at", admin.EmptyFieldListFilter)]
    list_select_related = ["article", "made_by"]
    date_hierarchy = "made_at"
    search_fields = ["article__title", "reason"]
    ordering = ["-made_at"]
    fields = [
        *("article", "number", "made_at", "made_by", "superseded_at", "reason", "capture"),
        *("sha256", "metadata", "as_it_reads"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        rows = super().get_queryset(request).select_related("article", "made_by", "capture")
        # Texts may be long, and a list shows none.
        return (
            rows.defer("html", "text")
            if request.resolver_match.url_name.endswith("changelist")
            else rows
        )

    @admin.display(boolean=True, description=_("current"), ordering="superseded_at")
    def is_current(self, revision: Revision) -> bool:
        return revision.is_current

    @admin.display(description=_("text"))
    def as_it_reads(self, revision: Revision) -> SafeString:
        # Stored HTML went through articles.sanitize before it came into the database.
        return format_html('<div class="as-it-reads">{}</div>', mark_safe(revision.html))  # noqa: S308 (see above)


@admin.register(Capture)
class CaptureAdmin(OfferedLookups, LookOnly, admin.ModelAdmin):
    list_display = [
        "__str__",
        "media_type",
        "captured_at",
        "importer",
        "importer_version",
        "condition",
    ]
    list_filter = ["condition", "media_type", "importer"]
    date_hierarchy = "captured_at"
    search_fields = ["file_name", "source_url", "sha256"]
    ordering = ["-captured_at"]
    fields = [
        *("file_name", "source_url", "captured_at", "media_type", "size", "sha256"),
        *("importer", "importer_version", "condition", "checked_at", "download"),
    ]

    def get_urls(self) -> list:
        name = "articles_capture_download"
        view = self.admin_site.admin_view(self.download_view)
        look = self.admin_site.admin_view(original)
        return [
            path("<int:pk>/download/", view, name=name),
            path("<int:pk>/original/", look, name="articles_capture_original"),
            *super().get_urls(),
        ]

    @admin.display(description=_("file"))
    def download(self, capture: Capture) -> SafeString:
        address = reverse("admin:articles_capture_download", args=[capture.pk])
        look = reverse("admin:articles_capture_original", args=[capture.pk])
        links = '<a href="{}">{}</a> · <a href="{}">{}</a>'
        return format_html(links, look, _("Look at it"), address, _("Download"))

    def download_view(self, request: HttpRequest, pk: int) -> FileResponse | HttpResponse:
        """The bytes as they came, always as a file to keep: they may be anything."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        capture = self.get_queryset(request).filter(pk=pk).first()
        if capture is None or not capture.file.storage.exists(capture.file.name):
            raise Http404
        if is_sealed(capture):
            told = _("Words were removed from an article made of this file. It is kept sealed.")
            return HttpResponseGone(told, content_type="text/plain; charset=utf-8")
        response = FileResponse(
            capture.file.open("rb"),
            as_attachment=True,
            filename=capture.file_name or capture.sha256,
            content_type="application/octet-stream",
        )
        response.block_size = PIECE
        digest = base64.b64encode(bytes.fromhex(capture.sha256)).decode()
        response["Repr-Digest"] = f"sha-256=:{digest}:"  # RFC 9530
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response["X-Content-Type-Options"] = "nosniff"
        return response
