"""What hangs on an article: people, names, origins, and its history to look at."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.base import QuietInline
from articles.metadata import LABELS
from articles.models import (
    ArticleSlug,
    Authorship,
    FieldOrigin,
    Identifier,
    Revision,
    UrlAlias,
)


class AuthorshipInline(QuietInline):
    model = Authorship
    related = ("person",)
    autocomplete_fields = ["person"]
    fields = ["person", "role", "position"]


class IdentifierInline(QuietInline):
    model = Identifier


class UrlAliasInline(QuietInline):
    model = UrlAlias


class LookOnlyInline(QuietInline):
    can_delete = False

    def has_add_permission(self, *args: Any) -> bool:
        return False

    def has_change_permission(self, *args: Any) -> bool:
        return False


class FieldOriginInline(LookOnlyInline):
    model = FieldOrigin
    related = ("locked_by",)
    fields = ["name", "sureness", "where", "locked", "locked_by"]
    readonly_fields = ["name", "sureness", "where", "locked_by"]
    ordering = ["field"]

    def has_change_permission(self, request: HttpRequest, *args: Any) -> bool:
        return request.user.has_perm("articles.change_fieldorigin")

    @admin.display(description=_("field"))
    def name(self, origin: FieldOrigin) -> str:
        return str(LABELS.get(origin.field, origin.field))


class RevisionInline(LookOnlyInline):
    model = Revision
    related = ("made_by",)
    fields = ["number", "made_at", "made_by", "reason", "is_current"]
    readonly_fields = fields
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).defer("html", "text")

    @admin.display(boolean=True, description=_("current"))
    def is_current(self, revision: Revision) -> bool:
        return revision.is_current


class FormerSlugInline(LookOnlyInline):
    model = ArticleSlug
    fields = readonly_fields = ["slug"]
