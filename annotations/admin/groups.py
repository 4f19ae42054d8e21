"""Groups and their members."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Group, Membership
from articles.admin.base import QuietDeletion, QuietInline


class OneOwner(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        roles = [
            form.cleaned_data.get("role")
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        if roles.count(Membership.Role.OWNER) > 1:
            raise ValidationError(_("A group has one owner."))


class MembershipInline(QuietInline):
    model = Membership
    formset = OneOwner
    related = ("user", "group")
    autocomplete_fields = ["user"]
    fields = ["user", "role", "joined_at"]
    readonly_fields = ["joined_at"]


@admin.register(Group)
class GroupAdmin(QuietDeletion, admin.ModelAdmin):
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
