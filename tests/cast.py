"""The people of the tests. Knows accounts and roles only, so that conftest.py may import it."""

import importlib

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group as Role


def make_user(username: str, **fields):
    """An account whose password is its name."""
    return get_user_model().objects.create_user(username, password=username, **fields)


# The migrations that make roles and give them more, in their order.
_ROLES = (
    ("0002_roles", "make_editors"),
    ("0005_administrators", "make_administrators"),
    ("0006_redactors", "let_editors_redact"),
    ("0007_editors_note_appearances", "let_editors"),
)


def _role(name: str) -> Role:
    """A role as the migrations made it; anew where a transactional test emptied the tables."""
    if not Role.objects.filter(name=name).exists():
        for migration, function in _ROLES:
            module = importlib.import_module(f"archive.migrations.{migration}")
            getattr(module, function)(apps, None)
    return Role.objects.get(name=name)


def make_editor(username: str = "editor"):
    """An account with the editors' role."""
    user = make_user(username, is_staff=True)
    user.groups.add(_role("Editors"))
    return user


def make_administrator(username: str = "admin"):
    """An account with the administrators' role, and no superuser."""
    user = make_user(username, is_staff=True)
    user.groups.add(_role("Administrators"))
    return user
