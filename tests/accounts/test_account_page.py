"""The account page: name, e-mail address, password, tokens."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from archive.models import ApiToken
from tests.factories import make_annotation, make_article, make_group

HOME = "/accounts/"


@pytest.fixture
def mine(client: Client, reader: Any) -> Client:
    client.post("/accounts/login/", {"login": "reader", "password": "reader"})
    return client


def confirm_password(client: Client, answer: Any) -> Any:
    """Give the password again where it is asked for."""
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    next_page = answer["Location"].partition("next=")[2].replace("%2F", "/")
    return client.post("/accounts/reauthenticate/", {"password": "reader", "next": next_page})


def test_the_display_name_changes_and_the_username_does_not(mine: Client, reader: Any) -> None:
    make_annotation(make_article(slug="on-trust"), by=reader)
    mine.post(HOME, {"display_name": "Rita Reader", "username": "rita"})
    reader.refresh_from_db()
    assert (reader.username, str(reader)) == ("reader", "Rita Reader")
    assert "Rita Reader" in mine.get("/articles/on-trust/").content.decode()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("  Rita   Reader ", "Rita Reader"),
        ("Second", ""),  # that is how somebody else logs in
        ("ｓｅｃｏｎｄ", ""),
        ("𝐬𝐞𝐜𝐨𝐧𝐝", ""),
        ("READER", "READER"),
        ("Rita \u202eredaeR", ""),
        ("نمی\u200cخواهم", "نمی\u200cخواهم"),
    ],
)
def test_a_display_name_is_nobody_elses_username_and_hides_nothing(
    mine: Client, reader: Any, second: Any, name: str, kept: str
) -> None:
    answer = mine.post(HOME, {"display_name": name})
    reader.refresh_from_db()
    assert (reader.display_name, answer.status_code) == (kept, 302 if kept else 422)


def test_the_page_costs_the_same_for_2_and_20_of_everything(
    mine: Client, reader: Any, count_queries: Any
) -> None:
    costs = []
    for number in (2, 18):
        for _ in range(number):
            ApiToken.objects.issue(user=reader, label="x")
            make_annotation(make_annotation(make_article(), by=reader), by=reader)
            make_group(reader)
        costs.append([count_queries(mine.get, page) for page in (HOME, "/accounts/close/")])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 16


def test_the_page_lists_ones_own_groups_and_tokens_only(
    mine: Client, reader: Any, second: Any
) -> None:
    make_group(reader, name="Friends of Trust")
    make_group(second, name="Others")
    ApiToken.objects.issue(user=second, label="not mine")
    page = mine.get(HOME).content.decode()
    assert "Friends of Trust" in page
    assert "Others" not in page
    assert "not mine" not in page


def test_a_token_is_made_with_the_password_and_shown_once(mine: Client, reader: Any) -> None:
    answer = mine.post("/accounts/tokens/", {"label": "at home"})
    assert not ApiToken.objects.exists()
    shown = confirm_password(mine, answer)
    assert shown.status_code == 201
    assert "no-store" in shown["Cache-Control"]
    text = re.search(r"cp_[\w-]{40,}", shown.content.decode())[0]
    page = mine.get(HOME).content.decode()
    assert "at home" in page
    assert text not in page
    header = {"Authorization": f"Bearer {text}"}
    assert Client().get("/annotations/mine/", headers=header).status_code == 200
    mine.post(f"/accounts/tokens/{ApiToken.objects.get().pk}/revoke/")
    assert Client().get("/annotations/mine/", headers=header).status_code == 401


def test_a_token_is_taken_back_by_its_owner_alone(mine: Client, reader: Any, second: Any) -> None:
    ApiToken.objects.issue(user=reader, label="mine")
    ApiToken.objects.issue(user=second, label="not mine")
    for token in ApiToken.objects.all():
        mine.post(f"/accounts/tokens/{token.pk}/revoke/")
    assert ApiToken.objects.get().user == second


def test_a_token_neither_opens_the_account_nor_makes_another(reader: Any) -> None:
    header = {"Authorization": f"Bearer {ApiToken.objects.issue(user=reader, label='a script')}"}
    client = Client(enforce_csrf_checks=True)
    for page in (HOME, "/accounts/tokens/", "/accounts/close/", "/accounts/password/change/"):
        for ask in (client.get, client.post):
            assert ask(page, headers=header).status_code == 403
    assert client.get("/annotations/mine/", headers=header).status_code == 200


def test_a_new_address_counts_once_confirmed_and_needs_the_password(
    mine: Client, reader: Any
) -> None:
    answer = mine.post("/accounts/email/", {"email": "new@example.org", "action_add": "1"})
    assert not EmailAddress.objects.exists()
    confirm_password(mine, answer)
    reader.refresh_from_db()
    assert "not confirmed yet" in mine.get(HOME).content.decode()
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    mine.post(link)
    reader.refresh_from_db()
    assert reader.email == "new@example.org"
    assert EmailAddress.objects.get().verified
    mine.post("/accounts/email/", {"email": "new@example.org", "action_remove": "1"})
    reader.refresh_from_db()
    assert (reader.email, EmailAddress.objects.count()) == ("", 0)


def test_a_new_password_ends_the_other_sessions(mine: Client, reader: Any) -> None:
    elsewhere = Client()
    elsewhere.post("/accounts/login/", {"login": "reader", "password": "reader"})
    assert elsewhere.get(HOME).status_code == 200
    new = "seven quiet herons"
    sent = {"oldpassword": "wrong", "password1": new, "password2": new}
    assert (
        "not your present password"
        in mine.post("/accounts/password/change/", sent).content.decode()
    )
    sent["oldpassword"] = "reader"
    assert mine.post("/accounts/password/change/", sent)["Location"] == HOME
    assert mine.get(HOME).status_code == 200
    assert elsewhere.get(HOME).status_code == 302


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(
    client: Client, reader: Any
) -> None:
    EmailAddress.objects.create(user=reader, email="r@example.org", verified=True, primary=True)
    answers = [
        client.post("/accounts/password/reset/", {"email": email}, follow=True)
        for email in ("r@example.org", "unknown@example.org")
    ]
    assert answers[0].content == answers[1].content
    assert [one.to[0] for one in mail.outbox] == ["r@example.org", "unknown@example.org"]
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    assert "http" not in mail.outbox[1].body
    form = client.get(link, follow=True)
    new = {"password1": "seven quiet herons", "password2": "seven quiet herons"}
    page = form.redirect_chain[-1][0]
    assert "is changed" in client.post(page, new, follow=True).content.decode()
    assert Client().login(username="reader", password="seven quiet herons")
    assert "not valid any more" in Client().get(link, follow=True).content.decode()


def test_an_address_that_is_only_claimed_replaces_no_password(
    client: Client, reader: Any, second: Any
) -> None:
    for user in (reader, second):
        user.email = "r@example.org"
        user.save()
    claim = EmailAddress.objects.create(user=reader, email=reader.email, primary=True)
    client.post("/accounts/password/reset/", {"email": "R@example.org"})
    # An administrator gave the other theirs.
    assert ["second" in one.body for one in mail.outbox] == [True]
    second.delete()
    client.post("/accounts/password/reset/", {"email": "r@example.org"})
    claim.set_verified()
    client.post("/accounts/password/reset/", {"email": "r@example.org"})
    assert ["http" in one.body for one in mail.outbox[1:]] == [False, True]
