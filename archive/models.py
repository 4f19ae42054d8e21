"""People who use the archive, and the tokens their scripts carry."""

import hashlib
import secrets

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Somebody with an account. The username is for good: notes are attributed by it."""

    username = models.CharField(
        _("username"),
        max_length=30,
        validators=[
            RegexValidator(
                r"\A[A-Za-z0-9._]{3,30}\Z",
                _("3 to 30 letters (A–Z), digits, dots and underscores."),
            )
        ],
        error_messages={"unique": _("Somebody already has this username.")},
    )
    display_name = models.CharField(
        _("display name"), max_length=150, blank=True, help_text=_("Shown beside your notes.")
    )

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_username_unique_whatever_the_case",
                violation_error_message=_("Somebody already has this username."),
            ),
            models.UniqueConstraint(fields=["username"], name="user_username_unique"),
            models.CheckConstraint(
                condition=models.Q(username__regex=r"^[A-Za-z0-9._]{3,30}$"),
                name="user_username_characters",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return str(self)


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def issue(self, *, user: User, label: str) -> str:
        """Make a token for ``user`` and give its text, which is kept nowhere."""
        text = f"cp_{secrets.token_urlsafe(32)}"
        self.create(user=user, label=label, digest=digest(text))
        return text


def digest(text: str) -> str:
    """SHA-256 of a token. The token is 256 random bits, so a plain hash cannot be guessed back."""
    return hashlib.sha256(text.encode()).hexdigest()


class ApiToken(models.Model):
    """A personal key for scripts, sent as ``Authorization: Bearer …``. Only its hash is stored."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens", verbose_name=_("user")
    )
    label = models.CharField(_("label"), max_length=100)
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        constraints = [models.UniqueConstraint(fields=["digest"], name="apitoken_digest_unique")]

    def __str__(self) -> str:
        return self.label
