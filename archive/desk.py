"""The admin site of the archive: its names, its door and its start page."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from archive.startpage import start_context


class Desk(AdminSite):
    site_header = _("Commonplace, editors’ desk")
    site_title = _("Commonplace")
    index_title = _("Editors’ desk")

    # One door for everybody, with its rate limit.
    @method_decorator(secure_admin_login)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().login(request, extra_context)

    def password_change(
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponseRedirect:
        """On the pages of the account: Django's own counts no wrong guesses and sends no mail."""
        return HttpResponseRedirect(reverse("account_change_password"))

    def index(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = start_context(request.user, self)
        return super().index(request, context | (extra_context or {}))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        sections = super().get_app_list(request, app_label)
        for model in (model for section in sections for model in section["models"]):
            if model["object_name"] == "LogEntry":
                model["name"] = _("Editors’ log")
        return sections
