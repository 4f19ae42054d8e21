"""What an account may do is what Django says of it, for one query instead of two."""

from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.models import User

pytestmark = pytest.mark.django_db


def anew(user: User) -> User:
    """The account as the next request gets it."""
    return User.objects.get(pk=user.pk)


def django_says(user: User) -> set[str]:
    return ModelBackend().get_all_permissions(anew(user))


def test_they_are_the_accounts_own_and_those_of_its_groups(
    reader: Any, editor: Any, admin_user: Any
) -> None:
    assert anew(reader).get_all_permissions() == set()
    reader.user_permissions.add(Permission.objects.get(codename="view_flag"))
    reader.groups.add(Group.objects.create(name="Readers of the log"))
    group = Group.objects.create(name="Helpers")
    group.permissions.set(Permission.objects.filter(codename__in=["view_flag", "add_article"]))
    reader.groups.add(group)
    assert anew(reader).get_all_permissions() == {"annotations.view_flag", "articles.add_article"}
    editor.user_permissions.add(Permission.objects.get(codename="view_flag"))
    for somebody in (reader, editor, admin_user):
        assert anew(somebody).get_all_permissions() == django_says(somebody)
    assert len(django_says(admin_user)) > len(django_says(editor)) > 2


def test_they_cost_one_query_however_often_they_are_asked(editor: Any) -> None:
    somebody = anew(editor)
    with CaptureQueriesContext(connection) as queries:
        assert somebody.has_perm("articles.change_article")
        assert not somebody.has_perm("articles.change_article", obj=object())
        assert not somebody.has_perm("archive.delete_user")
    assert len(queries) == 1


def test_who_is_shut_out_or_unknown_may_nothing_and_a_superuser_everything(editor: Any) -> None:
    User.objects.filter(pk=editor.pk).update(is_active=False, is_superuser=True)
    assert anew(editor).get_all_permissions() == set()
    assert not anew(editor).has_perm("articles.change_article")
    assert AnonymousUser().get_all_permissions() == set()
    User.objects.filter(pk=editor.pk).update(is_active=True)
    assert anew(editor).get_all_permissions() == django_says(editor)
    assert len(django_says(editor)) == Permission.objects.count()
