"""Opening an account: allauth's form, and the invitation where the archive asks for one."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.account_forms import PlainWords
from archive.models import Invitation, User

# Keyboards on phones leave what is typed as it is.
UNTOUCHED = {"autocapitalize": "none", "spellcheck": "false"}


def refusal(invitation: Invitation | None) -> str:
    """Why an account cannot be opened with ``invitation``, in a sentence; empty when it can."""
    if invitation is None:
        return _("This invitation is not known. Look whether the whole of it was copied.")
    if invitation.used_at is not None:
        return _("This invitation was used already: an account was opened with it.")
    if invitation.is_expired:
        day = date_format(timezone.localtime(invitation.expires_at), "DATE_FORMAT")
        return _("This invitation expired on %(day)s. Ask for a new one.") % {"day": day}
    return ""


class SignupForm(PlainWords, AllauthSignupForm):
    """Username, e-mail address, password; and an invitation unless sign-up is open.

    ``problem`` says what is wrong with the invitation of the link that was followed.
    """

    field_order = ["invitation", "username", "email", "password1", "password2"]
    labels = {
        "email": gettext_lazy("E-mail address (optional)"),
        "password1": gettext_lazy("Password"),
        "password2": gettext_lazy("The same password again"),
    }
    problem = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = gettext_lazy(
            "3 to 30 letters from A to Z, digits, dots and underscores. It does not change later."
        )
        self.fields["username"].widget.attrs |= UNTOUCHED
        self.fields["email"].help_text = gettext_lazy(
            "Nobody sees it. Without one a forgotten password cannot be replaced."
        )
        if settings.SIGNUP == "invitation":
            self._ask_for_invitation()

    def _ask_for_invitation(self) -> None:
        self.fields["invitation"] = forms.CharField(
            label=gettext_lazy("Invitation"),
            max_length=200,
            help_text=gettext_lazy("The link you were sent fills it in."),
            error_messages={
                "required": _("Accounts are opened by invitation. Ask an editor for one.")
            },
            widget=forms.TextInput(attrs={"autocomplete": "off", **UNTOUCHED}),
        )
        self.order_fields(self.field_order)
        if not self.is_bound and (text := self._text_of_link()):
            invitation = Invitation.objects.of(text).first()
            self.problem = refusal(invitation)
            self.initial["invitation"] = text
            self.initial.setdefault("email", invitation.email if invitation else "")

    def _text_of_link(self) -> str:
        request = get_adapter().request
        return request.GET.get("invitation", "") if request else ""

    def clean_invitation(self) -> str:
        text = self.cleaned_data["invitation"]
        if problem := refusal(Invitation.objects.of(text).first()):
            raise ValidationError(problem)
        return text

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """The account and the invitation spent on it, both or neither.

        Where somebody else was faster with one of them, the way back to the form.
        """
        try:
            with transaction.atomic():
                return super().try_save(request)
        except ValidationError as problem:
            messages.error(request, problem.message)
        except IntegrityError:
            messages.error(request, _("Somebody else took this username just now."))
        # An invitation that was not spent confirms no address for whoever comes next.
        get_adapter().unstash_verified_email(request)
        return None, HttpResponseRedirect(request.get_full_path())

    def save(self, request: HttpRequest) -> User:
        text = self.cleaned_data.get("invitation", "")
        if not text:
            return super().save(request)
        invitation = Invitation.objects.of(text).select_for_update(of=("self",)).first()
        if problem := refusal(invitation):
            raise ValidationError(problem)
        if invitation.email and invitation.email.lower() == self.cleaned_data.get("email"):
            # Whoever has the invitation got it in that mailbox.
            get_adapter().stash_verified_email(request, invitation.email)
        user = super().save(request)
        invitation.used_at, invitation.used_by = timezone.now(), user
        invitation.save(update_fields=["used_at", "used_by"])
        return user
