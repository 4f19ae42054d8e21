"""People who read and annotate together."""

import secrets
import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# The words of Audience in notes.py, which stand beside the names of groups in every form.
AUDIENCES = ("Only me", "Everyone", "A group")
_MARKS = "[[:space:][:punct:]]*"


def invitation_code() -> str:
    return secrets.token_urlsafe(16)


def not_an_audience(name: str) -> None:
    """Errors: ValidationError for a name that reads as one of the other audiences."""
    taken = {_read(str(word)) for said in AUDIENCES for word in (said, _(said))}
    if _read(name) in taken | {""}:
        raise ValidationError(
            _("“%(name)s” would be taken for one of the audiences of every note."),
            params={"name": name},
        )


def _read(name: str) -> str:
    """``name`` as it is taken in at a glance."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


class Group(models.Model):
    """People who read and annotate together."""

    name = models.CharField(_("name"), max_length=100, validators=[not_an_audience])
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    description = models.TextField(_("description"), blank=True)
    invitation_code = models.CharField(
        _("invitation code"), max_length=40, unique=True, default=invitation_code
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="annotation_groups"
    )

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="group_name_unique_whatever_the_case",
                violation_error_message=_("There is a group of this name."),
            ),
            models.CheckConstraint(
                condition=~Q(
                    name__iregex=rf"^{_MARKS}(only{_MARKS}me|everyone|a{_MARKS}group){_MARKS}$"
                ),
                name="group_name_is_no_audience",
                violation_error_message=_("This name would be taken for another audience."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person's place in one group."""

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        MODERATOR = "moderator", _("Moderator")
        OWNER = "owner", _("Owner")

    group = models.ForeignKey(
        Group, models.CASCADE, related_name="memberships", verbose_name=_("group")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=9, choices=Role.choices, default=Role.MEMBER)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["group", "user"], name="membership_once"),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(role="owner"),
                name="membership_one_owner",
                violation_error_message=_("A group has one owner."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["member", "moderator", "owner"]), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.group}"
