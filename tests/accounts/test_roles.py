"""Readers, editors, administrators: each act, allowed and refused."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client

from annotations.models import Annotation
from archive.models import ApiToken
from archive.roles import ADMINISTRATORS, give_role, role_of
from articles.models import Article, Tag
from tests.cast import make_user
from tests.factories import make_annotation, make_article

NOTE = {"body": "A note.", "whole": "1", "audience": "public"}
ACTS: dict[str, tuple[str, dict[str, str], str]] = {
    "write a note": ("/articles/on-trust/notes/", NOTE, "reader editor admin"),
    "make a tag": (
        "/admin/articles/tag/add/",
        {"name": "trade", "slug": "trade"},
        "editor admin",
    ),
    "invite": ("/admin/archive/invitation/add/", {"email": ""}, "editor admin"),
    "hide a note": (
        "/admin/annotations/annotation/hide/?ids={note}",
        {"reason": "Rude."},
        "editor admin",
    ),
    "withdraw": (
        "/admin/articles/article/withdraw/?ids={article}",
        {"reason": "Wrong."},
        "editor admin",
    ),
    "shut an account": (
        "/admin/archive/user/{second}/change/",
        {"display_name": "Shut", "role": ""},
        "admin",
    ),
    "set a password": (
        "/admin/archive/user/{second}/password/",
        {"usable_password": "true", "password1": "seven herons", "password2": "seven herons"},
        "admin",
    ),
    "take a token back": ("/admin/archive/apitoken/{token}/delete/", {"post": "yes"}, "admin"),
    "give a role": (
        "/admin/archive/user/{second}/change/",
        {"role": "Editors", "is_active": "on"},
        "admin",
    ),
    "change a superuser": (
        "/admin/archive/user/{root}/change/",
        {"display_name": "Mine", "role": "", "is_active": "on"},
        "",
    ),
}


def state(second: Any, root: Any) -> list[Any]:
    """Everything the acts could change."""
    second.refresh_from_db()
    root.refresh_from_db()
    return [
        *(list(model.objects.values_list("pk")) for model in (Annotation, ApiToken, Tag)),
        *Annotation.objects.values_list("hidden_at"),
        *Article.objects.values_list("state"),
        *type(second).objects.filter(invitations__isnull=False).values_list("pk"),
        (second.display_name, second.is_active, second.password, role_of(second)),
        (root.display_name, root.is_superuser),
    ]


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_done_by_those_who_may_and_by_nobody_else(
    reader: Any, editor: Any, admin_user: Any, second: Any, act: str
) -> None:
    url, sent, may = ACTS[act]
    root = make_user("root", is_staff=True, is_superuser=True)
    ApiToken.objects.issue(user=second, label="theirs")
    article = make_article(slug="on-trust")
    names = {
        "note": make_annotation(article, by=second).pk,
        "article": article.pk,
        "second": second.pk,
        "root": root.pk,
        "token": ApiToken.objects.get().pk,
    }
    # Those who may not come first, so that there is still something to change.
    people = {"reader": reader, "editor": editor, "admin": admin_user}
    for name, person in people.items():
        before = state(second, root)
        client = Client()
        client.force_login(person)
        client.post(url.format(**names), sent)
        assert (state(second, root) != before) == (name in may.split()), name
        if name in may.split():
            break


def test_administrators_hold_every_permission_without_being_superusers(admin_user: Any) -> None:
    assert not admin_user.is_superuser
    assert admin_user.get_all_permissions() == {
        f"{app}.{code}"
        for app, code in Permission.objects.values_list("content_type__app_label", "codename")
    }


def test_a_role_brings_its_holder_to_the_desk_and_goes_again(
    client: Client, admin_user: Any, reader: Any
) -> None:
    client.force_login(admin_user)
    page = f"/admin/archive/user/{reader.pk}/change/"
    for role, staff in (("Editors", True), (ADMINISTRATORS, True), ("", False)):
        client.post(page, {"role": role, "is_active": "on"})
        reader.refresh_from_db()
        assert (role_of(reader), reader.is_staff) == (role, staff)
    acts = LogEntry.objects.filter(object_id=str(reader.pk), change_message__contains="roles")
    assert [entry.user for entry in acts] == [admin_user] * 3


def test_nobody_takes_the_role_from_themselves(client: Client, admin_user: Any) -> None:
    client.force_login(admin_user)
    page = f"/admin/archive/user/{admin_user.pk}/change/"
    refused = client.post(page, {"role": "", "is_active": "on"})
    assert "another administrator" in refused.content.decode()
    assert role_of(admin_user) == ADMINISTRATORS
    renamed = {"role": ADMINISTRATORS, "is_active": "on", "display_name": "Ada"}
    assert client.post(page, renamed).status_code == 302


def test_a_role_leaves_other_groups_alone(editor: Any, admin_user: Any) -> None:
    other = editor.groups.create(name="Proofreaders")
    give_role(editor, ADMINISTRATORS, by=admin_user)
    give_role(editor, "", by=admin_user)
    assert list(editor.groups.all()) == [other]
