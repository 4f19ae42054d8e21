"""Groups and their members."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Group, Membership
from articles.admin.base import NamedFields, OfferedLookups, QuietDeletion, QuietInline


class OneOwner(NamedFields):
    editor: Any = None  # whose hand this is

    def clean(self) -> None:
        super().clean()
        if self.instance.pk and any(self._is_oneself(form) for form in self.extra_forms):
            raise ValidationError(
                _("You cannot let yourself into a group that exists: its owner decides.")
            )
        roles = [
            form.cleaned_data.get("role")
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        if roles.count(Membership.Role.OWNER) > 1:
            raise ValidationError(_("A group has one owner."))

    def _is_oneself(self, form: Any) -> bool:
        return bool(form.cleaned_data) and form.cleaned_data.get("user") == self.editor


class MembershipInline(QuietInline):
    model = Membership
    formset = OneOwner
    related = ("user", "group")
    autocomplete_fields = ["user"]
    fields = ["user", "role", "joined_at"]
    readonly_fields = ["joined_at"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return type(
            "Members", (super().get_formset(request, obj, **kwargs),), {"editor": request.user}
        )


@admin.register(Group)
class GroupAdmin(OfferedLookups, QuietDeletion, admin.ModelAdmin):
    list_display = ["name", "description", "people", "created_at"]
    search_fields = ["name", "description"]
    date_hierarchy = "created_at"
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "description", "invitation_code"]
    inlines = [MembershipInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        return super().get_queryset(request).annotate(people_count=Count("memberships"))

    @admin.display(description=gettext_lazy("members"), ordering="people_count")
    def people(self, group: Any) -> int:
        return group.people_count

    def in_use(self, protected: list[str]) -> list[str]:
        return [_("notes written for this group")] if protected else []
