"""Who is what: readers, editors, administrators.

A reader needs no group: an account is enough. Editors and administrators are Django groups made
by migrations; both come to the editors' desk. Administrators hold every permission, also those
of models that come later, and need not be superusers.
"""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from archive.models import User
from articles import logbook

EDITORS, ADMINISTRATORS = "Editors", "Administrators"


class Role(models.TextChoices):
    READER = "", _("Reader")
    EDITOR = EDITORS, _("Editor")
    ADMINISTRATOR = ADMINISTRATORS, _("Administrator")


def role_of(user: User) -> Role:
    """The highest role. Cost: a query."""
    names = set(user.groups.values_list("name", flat=True))
    if ADMINISTRATORS in names:
        return Role.ADMINISTRATOR
    return Role.EDITOR if EDITORS in names else Role.READER


@transaction.atomic
def give_role(user: User, role: str, *, by: User) -> None:
    """Make ``user`` what ``role`` says and nothing else; other groups stay. Logged."""
    user.groups.remove(*Group.objects.filter(name__in=[EDITORS, ADMINISTRATORS]))
    if role:
        user.groups.add(Group.objects.get(name=role))
    user.is_staff = bool(role) or user.is_superuser
    user.save(update_fields=["is_staff"])
    logbook.enter(user, "roles", by=by, what=user.username, roles=role or "Readers")


def administrators() -> models.QuerySet[User]:
    """The accounts in use that may do everything."""
    all_powerful = models.Q(is_superuser=True) | models.Q(groups__name=ADMINISTRATORS)
    return User.objects.filter(all_powerful, is_active=True).distinct()


def give_administrators_everything(app_config: AppConfig, using: str, **kwargs: Any) -> None:
    """After a migration: what it brought is administrators' too."""
    if not Group.objects.using(using).filter(name=ADMINISTRATORS).exists():
        return
    # Django makes the permissions on this same occasion, perhaps after us.
    create_permissions(app_config, using=using, apps=installed, verbosity=0)
    group = Group.objects.using(using).get(name=ADMINISTRATORS)
    group.permissions.add(
        *Permission.objects.using(using)
        .filter(content_type__app_label=app_config.label)
        .exclude(group=group)
    )
