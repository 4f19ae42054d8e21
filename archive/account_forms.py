"""The forms of an account: allauth's, in the words of this site, and our own few."""

import unicodedata
from typing import Any

from allauth.account import forms as allauth
from allauth.account.models import EmailAddress
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from archive.models import ApiToken, User


class PlainWords:
    """Labels in this site's words, no placeholder beside them, and focus on the first mistake."""

    labels: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            if name == "password1":
                field.help_text = _(
                    "At least 8 characters, not only digits, no common password, and not like "
                    "your name."
                )

    def full_clean(self) -> None:
        super().full_clean()  # type: ignore[misc]
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            if name in self._errors:  # type: ignore[attr-defined]
                field.widget.attrs["autofocus"] = True
                break


# Controls, formats and private use: they could turn a name around or hide in it.
_UNSEEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"  # some scripts are not spelt without them
_NEW_PASSWORD = {"password1": _("New password"), "password2": _("The same password again")}


class ChangePasswordForm(PlainWords, allauth.ChangePasswordForm):
    labels = {"oldpassword": _("Present password"), **_NEW_PASSWORD}


class SetPasswordForm(PlainWords, allauth.SetPasswordForm):
    labels = _NEW_PASSWORD


class ResetPasswordKeyForm(PlainWords, allauth.ResetPasswordKeyForm):
    labels = _NEW_PASSWORD


class ResetPasswordForm(PlainWords, allauth.ResetPasswordForm):
    labels = {"email": _("E-mail address")}

    def clean_email(self) -> str:
        """No account that only claims the address: somebody else may have prepared it."""
        email = super().clean_email()
        claims = EmailAddress.objects.filter(email=email.lower(), verified=False)
        claimants = set(claims.values_list("user", flat=True))
        self.users = [user for user in self.users if user.pk not in claimants]
        return email


class AddEmailForm(PlainWords, allauth.AddEmailForm):
    labels = {"email": _("New e-mail address")}


class ReauthenticateForm(PlainWords, allauth.ReauthenticateForm):
    pass


class NameForm(PlainWords, forms.ModelForm):
    """How somebody is called beside their notes."""

    class Meta:
        model = User
        fields = ["display_name"]
        help_texts = {
            "display_name": _("Shown beside your notes; your username where it is empty.")
        }
        widgets = {"display_name": forms.TextInput(attrs={"autocomplete": "name"})}

    def clean_display_name(self) -> str:
        """Two people may bear one name, but nobody another's username, nor what cannot be seen."""
        name = " ".join(self.cleaned_data["display_name"].split())
        if any(unicodedata.category(one) in _UNSEEN and one not in _JOINERS for one in name):
            raise ValidationError(_("There are invisible characters in this name. Type it anew."))
        # Wide letters, mathematical ones and the like look as plain ones do.
        plain = unicodedata.normalize("NFKC", name)
        if User.objects.filter(username__iexact=plain).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("This is somebody else’s username."))
        return name


class TokenForm(PlainWords, forms.ModelForm):
    class Meta:
        model = ApiToken
        fields = ["label"]
        labels = {"label": _("What the token is for")}
        help_texts = {"label": _("For example “reading list at home”; only you see it.")}
        widgets = {"label": forms.TextInput(attrs={"autocomplete": "off"})}


class ClosingForm(forms.Form):
    """What becomes of one's notes, and the password once more."""

    notes = forms.ChoiceField(
        label=_("Your notes"),
        choices=[("keep", _("They stay, under my name")), ("remove", _("They are removed"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of your notes.")},
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        error_messages={"required": _("Give your password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
