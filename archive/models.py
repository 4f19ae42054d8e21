"""People who use the archive, and the tokens their scripts carry."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
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
    # Closed by its owner; the row stays so that nobody else gets the username.
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

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
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(is_active=False, email=""),
                name="user_closed_is_inactive_and_empty",
                violation_error_message=_("Its owner closed this account; it stays closed."),
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
    """SHA-256 of a token or an invitation. Those are 256 random bits: no guessing back."""
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


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def issue(self, *, email: str = "", by: User | None = None) -> tuple["Invitation", str]:
        """A new invitation and its text, which is kept nowhere."""
        text = secrets.token_urlsafe(32)
        expires = timezone.now() + timedelta(days=settings.INVITATION_DAYS)
        made = self.create(digest=digest(text), email=email, made_by=by, expires_at=expires)
        return made, text

    def of(self, text: str) -> "InvitationQuerySet":
        """The invitation with this text, used and expired ones included."""
        return self.filter(digest=digest(text.strip()))


class Invitation(models.Model):
    """Lets one person open an account, once, until it expires. Only its hash is stored."""

    email = models.EmailField(
        _("e-mail address"),
        blank=True,
        help_text=_("The invitation is sent there. Left empty, it is shown to you once."),
    )
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="invitations",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires"), editable=False)
    used_at = models.DateTimeField(_("used"), null=True, blank=True, editable=False)
    used_by = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="invitation",
        verbose_name=_("used by"),
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="invitation_digest_unique"),
            models.CheckConstraint(
                condition=models.Q(used_at=None, used_by=None)
                | models.Q(used_at__isnull=False, used_by__isnull=False),
                name="invitation_used_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.email or str(_("Invitation without an address"))

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()
