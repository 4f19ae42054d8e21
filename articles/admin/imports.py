"""Acts of importing, and what became of each file. Deciding is done on import_pages."""

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin import bulk_pages, import_pages
from articles.admin.base import LookOnly, OfferedLookups
from articles.admin.filters import Waiting, WaitingItems
from articles.models import ImportBatch, ImportItem, ImportSource


@admin.register(ImportBatch)
class ImportBatchAdmin(OfferedLookups, LookOnly, admin.ModelAdmin):
    list_display = ["created_at", "label", "created_by", "files", "waiting", "refused"]
    list_select_related = ["created_by"]
    list_filter = [Waiting]
    date_hierarchy = "created_at"
    search_fields = ["label", "items__name"]
    ordering = ["-created_at"]

    def get_urls(self) -> list:
        pages = [
            path("import/", import_pages.upload, name="articles_importbatch_import"),
            path("<int:batch_id>/items/", import_pages.batch, name="articles_importbatch_items"),
            path(
                "<int:batch_id>/progress/",
                import_pages.batch_progress,
                name="articles_importbatch_progress",
            ),
            path("<int:batch_id>/steer/", import_pages.steer, name="articles_importbatch_steer"),
            path("<int:batch_id>/next/", import_pages.next_item, name="articles_importbatch_next"),
            path(
                "<int:batch_id>/publish/",
                bulk_pages.publish_sure,
                name="articles_importbatch_publish",
            ),
            path("<int:batch_id>/bulk/", bulk_pages.bulk, name="articles_importbatch_bulk"),
            path(
                "<int:batch_id>/items/<int:item_id>/",
                import_pages.item,
                name="articles_importbatch_item",
            ),
            path(
                "<int:batch_id>/items/<int:item_id>/standing/",
                import_pages.standing,
                name="articles_importbatch_standing",
            ),
        ]
        for page in pages:
            page.callback = self.admin_site.admin_view(page.callback)
        return [*pages, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportBatch]:
        outcome = ImportItem.Outcome
        return (
            super()
            .get_queryset(request)
            .defer("sheet")
            .annotate(
                all_files=Count("items"),
                waiting_files=Count(
                    "items",
                    filter=Q(items__outcome=outcome.PENDING) & ~Q(state=ImportBatch.State.UNDONE),
                ),
                refused_files=Count("items", filter=Q(items__outcome=outcome.REFUSED)),
            )
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.add_importbatch")

    def add_view(self, *args: object, **kwargs: object) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_importbatch_import"))

    def change_view(self, request: HttpRequest, object_id: str, **kwargs: object) -> HttpResponse:
        if not object_id.isascii() or not object_id.isdecimal():
            raise Http404
        return HttpResponseRedirect(reverse("admin:articles_importbatch_items", args=[object_id]))

    @admin.display(description=_("files"), ordering="all_files")
    def files(self, batch: ImportBatch) -> int:
        return batch.all_files

    @admin.display(description=_("waiting for a look"), ordering="waiting_files")
    def waiting(self, batch: ImportBatch) -> int:
        return batch.waiting_files

    @admin.display(description=_("refused"), ordering="refused_files")
    def refused(self, batch: ImportBatch) -> int:
        return batch.refused_files


@admin.register(ImportItem)
class ImportItemAdmin(OfferedLookups, LookOnly, admin.ModelAdmin):
    list_display = ["name", "outcome", "decide", "batch", "article", "reason"]
    list_filter = [WaitingItems, "outcome"]
    list_select_related = ["batch", "article"]
    search_fields = ["name", "reason", "article__title"]
    ordering = ["-id"]
    fields = ["name", "outcome", "reason", "batch", "article", "revision", "capture"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportItem]:
        return super().get_queryset(request).defer("document", "before", "batch__sheet")

    @admin.display(description=_("to do"), empty_value="")
    def decide(self, item: ImportItem) -> SafeString | None:
        """The way to the preview of a document that waits."""
        undone = item.batch.state == ImportBatch.State.UNDONE
        if undone or item.outcome != ImportItem.Outcome.PENDING:
            return None
        address = reverse("admin:articles_importbatch_item", args=[item.batch_id, item.pk])
        return format_html('<a href="{}">{}</a>', address, _("Look at it"))


@admin.register(ImportSource)
class ImportSourceAdmin(OfferedLookups, LookOnly, admin.ModelAdmin):
    list_display = ["name", "state", "reason", "batch", "capture"]
    list_filter = ["state"]
    list_select_related = ["batch", "capture"]
    search_fields = ["name", "url", "reason"]
    ordering = ["-id"]
    fields = ["name", "url", "state", "reason", "expected", "batch", "capture", "exchange"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportSource]:
        return super().get_queryset(request).defer("batch__sheet")
