"""The people of the tests. Knows accounts and roles only, so that conftest.py may import it."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group as Role


def make_user(username: str, **fields):
    """An account whose password is its name."""
    return get_user_model().objects.create_user(username, password=username, **fields)


def make_editor(username: str = "editor"):
    """An account with the editors' role."""
    user = make_user(username, is_staff=True)
    user.groups.add(Role.objects.get(name="Editors"))
    return user


def make_administrator(username: str = "admin"):
    """An account with the administrators' role, and no superuser."""
    user = make_user(username, is_staff=True)
    user.groups.add(Role.objects.get(name="Administrators"))
    return user
