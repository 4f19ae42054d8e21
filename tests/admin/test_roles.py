"""Who may do what on the desk; the people, groups, names and tokens there."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from annotations.models import Group
from archive.models import ApiToken
from articles.models import Tag
from tests.cast import make_user

EDITORS = {
    "articles/article": 200,
    "articles/capture": 200,
    "articles/importbatch": 200,
    "articles/importbatch/import": 200,
    "articles/importitem": 200,
    "articles/person": 200,
    "articles/publisher": 200,
    "articles/revision": 200,
    "articles/tag": 200,
    "annotations/annotation": 200,
    "annotations/flag": 200,
    "annotations/group": 200,
    "archive/user": 200,
    "archive/apitoken": 403,
}


@pytest.mark.parametrize(("page", "status"), EDITORS.items())
def test_what_editors_administrators_and_readers_may_open(
    client: Client, editor: Any, admin_user: Any, reader: Any, page: str, status: int
) -> None:
    answers = []
    for user in (editor, admin_user, reader):
        client.force_login(user)
        answers.append(client.get(f"/admin/{page}/").status_code)
    assert answers[:2] == [status, 200]
    assert answers[2] in {302, 403}


def test_the_way_in_is_the_log_in_of_everybody(client: Client) -> None:
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=")
    assert "Username" in answer.content.decode()


def test_editors_look_people_up_and_see_no_more_than_a_name(
    client: Client, editor: Any, reader: Any
) -> None:
    reader.email = "reader@example.org"
    reader.save()
    client.force_login(editor)
    for page in ("", f"{reader.pk}/change/", "?q=reader"):
        shown = client.get(f"/admin/archive/user/{page}").content.decode()
        assert "reader@example.org" not in shown
        assert reader.password not in shown
    answer = client.post(f"/admin/archive/user/{reader.pk}/change/", {"is_superuser": "on"})
    assert answer.status_code == 403


def test_a_username_is_for_good_and_an_account_is_not_deleted(
    client: Client, admin_user: Any, reader: Any
) -> None:
    client.force_login(admin_user)
    page = f"/admin/archive/user/{reader.pk}/"
    client.post(f"{page}change/", {"username": "other", "display_name": "Rita", "is_active": "on"})
    reader.refresh_from_db()
    assert (reader.username, reader.display_name) == ("reader", "Rita")
    assert client.post(f"{page}delete/", {"post": "yes"}).status_code == 403


def group_form(*roles: tuple[Any, str]) -> dict[str, Any]:
    form: dict[str, Any] = {
        "name": "Readers",
        "slug": "readers",
        "invitation_code": "code",
        "memberships-TOTAL_FORMS": len(roles),
        "memberships-INITIAL_FORMS": 0,
    }
    for number, (user, role) in enumerate(roles):
        form |= {f"memberships-{number}-user": user.pk, f"memberships-{number}-role": role}
    return form


def test_an_editor_makes_a_group_and_gives_it_one_owner(
    client: Client, editor: Any, reader: Any, second: Any
) -> None:
    client.force_login(editor)
    page = "/admin/annotations/group/add/"
    refused = client.post(page, group_form((reader, "owner"), (second, "owner")))
    assert "A group has one owner." in refused.content.decode()
    client.post(page, group_form((reader, "owner"), (second, "member")))
    assert set(Group.objects.get().memberships.values_list("user__username", "role")) == {
        ("reader", "owner"),
        ("second", "member"),
    }


def test_a_tag_is_one_whatever_the_case(client: Client, editor: Any) -> None:
    client.force_login(editor)
    Tag.objects.create(name="Trade", slug="trade", curated=True)
    answer = client.post("/admin/articles/tag/add/", {"name": "trade", "slug": "trade-2"})
    assert "This tag exists already." in answer.content.decode()


def test_a_capture_is_kept_as_a_file_and_never_opened(client: Client, editor: Any) -> None:
    client.force_login(editor)
    page = b"<html><body><h1>T</h1><p>Some words for a text.</p><script>1</script></body></html>"
    file = io.BytesIO(page)
    file.name = "page.html"
    preview = client.post("/admin/articles/importbatch/import/", {"files": [file]}, follow=True)
    capture = preview.context["item"].capture
    assert f"/admin/articles/capture/{capture.pk}/download/" in preview.content.decode()
    answer = client.get(f"/admin/articles/capture/{capture.pk}/download/")
    assert b"".join(answer.streaming_content) == page
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"].startswith("sandbox")
    client.force_login(make_user("nosy", is_staff=True))
    assert client.get(f"/admin/articles/capture/{capture.pk}/download/").status_code == 403


def test_a_token_is_printed_once_and_kept_as_a_hash(reader: Any) -> None:
    out = io.StringIO()
    call_command("token", "reader", stdout=out)
    text = out.getvalue().strip()
    token = ApiToken.objects.get()
    assert text.startswith("cp_")
    assert token.user == reader
    assert text not in {token.digest, token.label}


@pytest.mark.django_db
def test_a_token_for_nobody_is_an_error_in_a_sentence() -> None:
    with pytest.raises(CommandError, match="no active account “nobody”") as error:
        call_command("token", "nobody")
    assert error.value.returncode == 1
