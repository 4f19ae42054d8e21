"""How django-allauth behaves here: who may open an account, where people land, what is refused."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is not in use any more."),
        "duplicate_email": _("This is your e-mail address already."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "invalid_password_reset": _("This link is not valid any more."),
        "username_password_mismatch": _("This username and this password do not go together."),
        "username_taken": _("Somebody already has this username."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether there is a form at all; whether an invitation is asked for, the form says."""
        return settings.SIGNUP != "closed"

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Who is guessed at; allauth adds the host, which whoever guesses may vary by its port."""
        return credentials.get("email", credentials.get("username", "")).lower()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Too many wrong passwords are answered as every other rate is: 429."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as problem:
            raise ImmediateHttpResponse(respond_429(request)) from problem

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("account" if self.request.user.is_authenticated else "account_login")
