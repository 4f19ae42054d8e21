"""The people of the tests. Knows accounts and roles only, so that conftest.py may import it."""

import importlib

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group as Role


def make_user(username: str, **fields):
    """An account whose password is its name."""
    return get_user_model().objects.create_user(username, password=username, **fields)


def make_editor(username: str = "editor"):
    """An account with the editors' role."""
    roles = importlib.import_module("archive.migrations.0002_roles")
    if not Role.objects.filter(name="Editors").exists():
        roles.make_editors(apps, None)  # a transactional test before this one emptied the tables
        importlib.import_module("archive.migrations.0006_redactors").let_editors_redact(apps, None)
    user = make_user(username, is_staff=True)
    user.groups.add(Role.objects.get(name="Editors"))
    return user


def make_administrator(username: str = "admin"):
    """An account with the administrators' role, and no superuser."""
    roles = importlib.import_module("archive.migrations.0005_administrators")
    if not Role.objects.filter(name="Administrators").exists():
        roles.make_administrators(apps, None)
    user = make_user(username, is_staff=True)
    user.groups.add(Role.objects.get(name="Administrators"))
    return user
