"""Accounts, invitations and tokens."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.inviting import invite
from archive.models import ApiToken, Invitation, User
from archive.roles import Role, give_role, role_of
from articles.admin.base import OfferedLookups


class AccountForm(UserChangeForm):
    """An account and what it may do, as one choice."""

    by: Any = None  # whose hand this is
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=Role.choices,
        required=False,
        help_text=gettext_lazy(
            "Readers write notes; editors look after texts and notes; administrators also after "
            "accounts."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["role"] = str(role_of(self.instance).value)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        lost = self.has_changed() and {"role", "is_active"} & {*self.changed_data}
        if self.instance == self.by and lost:
            raise ValidationError(
                _("Your own role is for another administrator to change, so that one is left.")
            )
        return data


# Roles are made by migrations, and an account is given one as a choice: whoever deleted or changed
# one here would shut its holders out.
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(OfferedLookups, DjangoUserAdmin):
    """Accounts. Editors look people up, to put them in groups; administrators change them."""

    form = AccountForm
    list_display = ["username", "display_name", "is_active", "is_staff", "date_joined"]
    list_filter = ["is_active", "is_staff", "groups"]
    search_fields = ["username", "display_name"]
    ordering = ["username"]
    date_hierarchy = "date_joined"
    fieldsets = [
        (None, {"fields": ["username", "display_name", "email", "password"]}),
        (gettext_lazy("Rights"), {"fields": ["role", "is_active"]}),
        (gettext_lazy("Dates"), {"fields": ["last_login", "date_joined", "closed_at"]}),
    ]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined", "closed_at"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is not None and not self.has_change_permission(request, obj):
            shown = ["username", "display_name", "is_active", "date_joined", "closed_at"]
            return [(None, {"fields": shown})]
        return super().get_fieldsets(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list:
        # Notes are attributed by it, so it is for good.
        return [*self.readonly_fields, "username"] if obj else self.readonly_fields

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)
        return type("AccountForm", (form,), {"by": request.user})

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "role" in form.changed_data:
            give_role(form.instance, form.cleaned_data["role"], by=request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A superuser is changed by superusers only, an account its owner closed by nobody."""
        if obj is not None and obj.closed_at is not None:
            return False
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never here: notes would lose their author. An account is made inactive instead."""
        return False


@admin.register(Invitation)
class InvitationAdmin(OfferedLookups, admin.ModelAdmin):
    """Made and taken back, never changed. The link is mailed, or shown once to whoever made it."""

    list_display = ["__str__", "made_by", "made_at", "expires_at", "used_by"]
    list_select_related = ["made_by", "used_by"]
    list_filter = [("used_at", admin.EmptyFieldListFilter)]
    search_fields = ["email", "used_by__username"]
    date_hierarchy = "made_at"
    ordering = ["-made_at"]
    fields = ["email", "made_by", "made_at", "expires_at", "used_by", "used_at"]
    readonly_fields = ["made_by", "made_at", "expires_at", "used_by", "used_at"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if obj else ["email"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return settings.SIGNUP != "closed" and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        used = obj is not None and obj.used_at is not None
        return not used and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}  # deleting many at once would not ask whether they were used

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> Any:
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *args, **kwargs)

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().add_view(request, *args, **kwargs)
        except OSError as problem:
            told = _("The mail could not be sent (%(problem)s), so nobody was invited.")
            messages.error(request, told % {"problem": problem})
            return HttpResponseRedirect(reverse("admin:archive_invitation_add"))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        site = request.build_absolute_uri("/")
        made, link = invite(site=site, email=obj.email, by=request.user)
        vars(obj).update(vars(made))
        obj.link = link

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        if obj.email:
            return super().response_add(request, obj, *args)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Invitation"),
            "opts": self.opts,
            "invitation": obj,
            "link": obj.link,
        }
        response = render(request, "admin/archive/invitation/link.html", context)
        response["Cache-Control"] = "no-store"
        return response


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
