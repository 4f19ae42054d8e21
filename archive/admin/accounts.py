"""Accounts and tokens."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive.models import ApiToken, User
from articles.admin.base import OfferedLookups


@admin.register(User)
class UserAdmin(OfferedLookups, DjangoUserAdmin):
    """Accounts. Editors look people up, to put them in groups; administrators change them."""

    list_display = ["username", "display_name", "is_active", "is_staff", "date_joined"]
    list_filter = ["is_active", "is_staff", "groups"]
    search_fields = ["username", "display_name"]
    ordering = ["username"]
    date_hierarchy = "date_joined"
    fieldsets = [
        (None, {"fields": ["username", "display_name", "email", "password"]}),
        (
            _("Rights"),
            {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]},
        ),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is not None and not self.has_change_permission(request, obj):
            return [(None, {"fields": ["username", "display_name", "is_active", "date_joined"]})]
        return super().get_fieldsets(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list:
        # Notes are attributed by it, so it is for good.
        return [*self.readonly_fields, "username"] if obj else self.readonly_fields

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never here: notes would lose their author. An account is made inactive instead."""
        return False


@admin.register(ApiToken)
class ApiTokenAdmin(OfferedLookups, admin.ModelAdmin):
    """Tokens can be taken back. Making one shows its text, which only its owner may see."""

    list_display = ["label", "user", "created_at", "last_used_at"]
    list_select_related = ["user"]
    search_fields = ["label", "user__username"]
    date_hierarchy = "created_at"
    ordering = ["-created_at"]
    fields = ["label", "user", "created_at", "last_used_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
