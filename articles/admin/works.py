"""Articles: what is known of them, and whether readers see them. Their text is under Revisions."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import editing
from articles.admin import alike_pages
from articles.admin.base import HTTPS, OfferedLookups, QuietDeletion
from articles.admin.filters import Lacks
from articles.admin.forms import ArticleForm
from articles.admin.inlines import (
    AppearanceInline,
    AuthorshipInline,
    FieldOriginInline,
    FormerSlugInline,
    IdentifierInline,
    RevisionInline,
    UrlAliasInline,
)
from articles.admin.text_pages import text_page
from articles.admin.withdrawal import withdrawal_address, withdrawal_page
from articles.models import Article, Authorship, FieldOrigin


@admin.register(Article)
class ArticleAdmin(OfferedLookups, QuietDeletion, admin.ModelAdmin):
    form = ArticleForm
    formfield_overrides = HTTPS
    list_display = ["title", "state", "publisher", "date"]
    list_filter = ["state", Lacks, "kind", "language", "date_precision"]
    list_select_related = ["publisher"]
    list_per_page = 50
    date_hierarchy = "created_at"
    search_fields = [
        *("title", "standfirst", "publisher__name", "authorships__person__name"),
        *("identifiers__value", "url_aliases__url", "slug"),
    ]
    search_help_text = gettext_lazy("Title, standfirst, person, publisher, identifier or address")
    ordering = ["-changed_at"]
    autocomplete_fields = ["publisher"]
    actions = ["publish", "withdraw"]
    readonly_fields = ["state", "withdrawn_reason", "created_at", "published_at", "changed_at"]
    fieldsets = [
        (None, {"fields": ["title", "standfirst", "kind", "language", "tags"]}),
        (
            gettext_lazy("Published"),
            {
                "fields": [
                    *("publisher", "publication"),
                    ("published_on", "date_precision"),
                    *("period", "source", "source_url", "rights"),
                ]
            },
        ),
        (
            gettext_lazy("Here"),
            {
                "fields": [
                    "slug",
                    "state",
                    "withdrawn_reason",
                    ("created_at", "published_at"),
                    "public_from",
                ]
            },
        ),
    ]
    inlines = [
        *(AuthorshipInline, RevisionInline, FieldOriginInline),
        *(AppearanceInline, IdentifierInline, UrlAliasInline, FormerSlugInline),
    ]

    def get_urls(self) -> list:
        pages = [
            path("withdraw/", withdrawal_page, name="articles_article_withdraw"),
            path("alike/", alike_pages.listed, name="articles_article_alike"),
            path("alike/<int:pair_id>/", alike_pages.pair, name="articles_article_pair"),
            path("<int:article_id>/text/", text_page, name="articles_article_text"),
        ]
        for page in pages:
            page.callback = self.admin_site.admin_view(page.callback)
        return [*pages, *super().get_urls()]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict:
        return {} if obj else {"slug": ["title"]}

    def get_inlines(self, request: HttpRequest, obj: Any) -> list:
        return self.inlines if obj else [AuthorshipInline, IdentifierInline, UrlAliasInline]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A draft nobody was shown may go; what was published is withdrawn, never deleted."""
        may = super().has_delete_permission(request, obj)
        never_public = obj is None or obj.published_at is None
        return may and never_public

    def get_actions(self, request: HttpRequest) -> dict:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def in_use(self, protected: list[str]) -> list[str]:
        return [_("notes written about it, or articles merged into it")] if protected else []

    @admin.display(description=gettext_lazy("date"), ordering="published_on")
    def date(self, article: Article) -> str:
        return article.date_text

    # Writing goes through articles.editing.

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        editing.save(obj, changed=form.changed_data, by=request.user)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is FieldOrigin:
            for origin in formset.save(commit=False):
                editing.set_protection(origin, by=request.user)
            return
        super().save_formset(request, form, formset, change)
        if formset.model is Authorship and formset.has_changed():
            editing.protect(form.instance, ["people"], by=request.user)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        if "_publish" in request.POST:
            self._publish(request, [obj])
            return HttpResponseRedirect(request.path)
        if "_withdraw" in request.POST:
            return HttpResponseRedirect(withdrawal_address([obj.pk]))
        return super().response_change(request, obj)

    @admin.action(description=gettext_lazy("Publish"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._publish(request, queryset)

    @admin.action(description=gettext_lazy("Withdraw …"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse:
        return HttpResponseRedirect(withdrawal_address(queryset.values_list("pk", flat=True)))

    def _publish(self, request: HttpRequest, articles: Any) -> None:
        count = 0
        for article in articles:
            try:
                editing.publish(article, by=request.user)
            except editing.CannotPublish as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
            else:
                count += 1
        if count:
            told = ngettext("%d article is published.", "%d articles are published.", count)
            self.message_user(request, told % count, messages.SUCCESS)
