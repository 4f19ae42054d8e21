"""What an attacker would try at the door."""

from typing import Any

import pytest
from django.test import Client

from archive.models import ApiToken

LOGIN = "/accounts/login/"


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "reading", "messages"])
@pytest.mark.parametrize("value", [r'"\000abcdefghij"', "x" * 8, "é" * 20, "'; drop table --"])
@pytest.mark.django_db
def test_an_odd_cookie_is_as_none(client: Client, name: str, value: str) -> None:
    header = {"Cookie": f"{name}={value}".encode().decode("latin-1")}
    assert client.get("/", headers=header).status_code == 200
    assert client.post(LOGIN, {"login": "a", "password": "b"}, headers=header).status_code == 200


def test_logging_in_begins_a_new_session(client: Client, reader: Any) -> None:
    client.cookies["sessionid"] = "chosenbyanattacker0000000000000000"
    client.post(LOGIN, {"login": "reader", "password": "reader"})
    session = client.cookies["sessionid"]
    assert session.value != "chosenbyanattacker0000000000000000"
    assert session["httponly"]
    assert session["samesite"] == "Lax"


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/articles/?q=x#y", "/articles/?q=x#y"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("http://testserver.evil.example/", "/"),
    ],
)
def test_after_the_log_in_one_stays_on_this_site(
    reader: Any, settings: Any, wanted: str, reached: str
) -> None:
    settings.SIGNUP = "open"
    log_in = {"login": "reader", "password": "reader", "next": wanted}
    assert Client().post(LOGIN, log_in)["Location"] == reached
    new = {"username": "new", "password1": "seven herons", "password2": "seven herons"}
    assert Client().post("/accounts/signup/", {**new, "next": wanted})["Location"] == reached
    client = Client()
    client.force_login(reader)
    assert client.post("/accounts/logout/", {"next": wanted})["Location"] == reached


def test_another_site_can_send_none_of_the_forms(reader: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(LOGIN, {"login": "reader", "password": "reader"}).status_code == 403
    client.force_login(reader)
    for page in ("", "close/", "tokens/", "email/", "password/change/", "logout/"):
        assert client.post(f"/accounts/{page}").status_code == 403, page


def test_wrong_name_and_wrong_password_are_answered_alike(client: Client, reader: Any) -> None:
    answers = [
        client.post(LOGIN, {"login": name, "password": "wrong"}) for name in ("reader", "nobody")
    ]
    said = [
        answer.content.decode().partition("<main")[2].partition("csrfmiddlewaretoken")[2][100:]
        for answer in answers
    ]
    assert said[0].replace("reader", "nobody") == said[1]
    assert "do not go together" in answers[0].content.decode()


def test_a_shut_account_is_out_at_once(client: Client, reader: Any) -> None:
    client.force_login(reader)
    assert client.get("/accounts/").status_code == 200
    reader.is_active = False
    reader.save()
    assert client.get("/accounts/").status_code == 302
    answer = client.post(LOGIN, {"login": "reader", "password": "reader"}, follow=True)
    assert "This account is not in use" in answer.content.decode()


def test_the_desk_has_no_second_door_at_which_passwords_are_tried(editor: Any) -> None:
    password = {"old_password": "editor", "new_password1": "seven herons"}
    sent = password | {"new_password2": "seven herons"}
    token = ApiToken.objects.issue(user=editor, label="x")
    program = Client(headers={"Authorization": f"Bearer {token}"})
    client = Client()
    client.force_login(editor)
    for one in (client, program):
        answer = one.post("/admin/password_change/", sent)
        assert (answer.status_code, answer["Location"]) == (302, "/accounts/password/change/")
    assert program.get("/accounts/password/change/").status_code == 403
    editor.refresh_from_db()
    assert editor.check_password("editor")
