"""Opening an account: open to all, by invitation, or not at all."""

import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from archive.models import Invitation
from archive.sessions import SessionStore
from archive.signup import SignupForm

pytestmark = pytest.mark.django_db
SIGNUP = "/accounts/signup/"
PASSWORD = "seven quiet herons"


@pytest.fixture(autouse=True)
def _by_invitation(settings: Any) -> None:
    settings.SIGNUP = "invitation"


def form(**fields: str) -> dict[str, str]:
    return {"username": "newcomer", "password1": PASSWORD, "password2": PASSWORD, **fields}


def account_exists(name: str = "newcomer") -> bool:
    return get_user_model().objects.filter(username=name).exists()


def test_an_invitation_opens_one_account_and_logs_its_owner_in(client: Client) -> None:
    _, text = Invitation.objects.issue()
    page = client.get(f"{SIGNUP}?invitation={text}").content.decode()
    assert f'value="{text}"' in page
    answer = client.post(SIGNUP, form(invitation=text))
    assert answer.status_code == 302
    assert client.get("/accounts/").status_code == 200
    invitation = Invitation.objects.get()
    assert invitation.used_by.username == "newcomer"
    refused = Client().post(SIGNUP, form(username="another", invitation=text))
    assert "used already" in refused.content.decode()
    assert not account_exists("another")
    assert text not in str(vars(invitation))


def test_of_two_at_once_the_slower_is_told(client: Client, rf: Any) -> None:
    _, text = Invitation.objects.issue()
    slower = SignupForm(form(invitation=text, username="slower"))
    assert slower.is_valid(), slower.errors
    client.post(SIGNUP, form(invitation=text))
    request = rf.post(f"{SIGNUP}?invitation={text}")
    request.session = SessionStore()
    request._messages = messages.storage.default_storage(request)
    user, answer = slower.try_save(request)
    assert user is None
    assert answer["Location"] == f"{SIGNUP}?invitation={text}"
    assert [str(told) for told in request._messages] == [
        "This invitation was used already: an account was opened with it."
    ]
    assert not account_exists("slower")


def test_an_invitation_that_was_not_spent_confirms_nothing(client: Client, rf: Any) -> None:
    _, text = Invitation.objects.issue(email="new@example.org")
    slower = SignupForm(form(invitation=text, email="new@example.org"))
    assert slower.is_valid(), slower.errors
    get_user_model().objects.create_user("newcomer")
    request = rf.post(SIGNUP)
    request.session = SessionStore()
    request._messages = messages.storage.default_storage(request)
    assert slower.try_save(request)[0] is None
    assert get_adapter().unstash_verified_email(request) is None
    assert Invitation.objects.get().used_at is None


def test_a_refused_form_leads_to_the_first_mistake_and_keeps_the_rest(client: Client) -> None:
    _, text = Invitation.objects.issue()
    page = client.post(SIGNUP, form(invitation=text, username="a", email="no address"))
    body = page.content.decode()
    first = re.search(r"<input[^>]*autofocus[^>]*>", body)[0]
    assert 'name="username"' in first
    assert 'aria-invalid="true"' in first
    assert "id_username_error" in first
    assert 'id="id_username_error"' in body
    assert body.count("autofocus") == 1
    assert f'value="{text}"' in body
    assert 'value="no address"' in body


def test_without_a_good_invitation_the_form_says_why(client: Client) -> None:
    expired, text = Invitation.objects.issue()
    Invitation.objects.filter(pk=expired.pk).update(expires_at=timezone.now() - timedelta(days=1))
    for sent, said in {"": "by invitation", "wrong": "not known", text: "expired on"}.items():
        answer = client.post(SIGNUP, form(invitation=sent))
        assert said in answer.content.decode()
        if sent:
            link = client.get(f"{SIGNUP}?invitation={sent}").content.decode()
            assert said in link
            assert "<input" not in link.partition("<main")[2].partition("</main")[0]
    assert not account_exists()


def test_an_open_archive_asks_for_none_and_a_closed_one_takes_nobody(
    client: Client, settings: Any
) -> None:
    settings.SIGNUP = "closed"
    assert "No new accounts" in client.post(SIGNUP, form()).content.decode()
    assert not account_exists()
    settings.SIGNUP = "open"
    client.post(SIGNUP, form())
    assert account_exists()


@pytest.mark.parametrize("name", ["ab", "a b", "näme", "a-b", "x" * 31, "READER", "nul\x00"])
def test_a_username_keeps_to_its_characters_and_is_nobody_elses(
    client: Client, settings: Any, reader: Any, name: str
) -> None:
    settings.SIGNUP = "open"
    answer = client.post(SIGNUP, form(username=name))
    assert answer.status_code == 200
    assert get_user_model().objects.count() == 1


def test_whoever_signs_up_with_the_invited_address_has_confirmed_it(client: Client) -> None:
    call_command("invite", "new@example.org", site="https://archive.example", stdout=StringIO())
    link = re.search(r"https://archive\.example(/\S+)", mail.outbox[0].body)[1]
    assert mail.outbox[0].to == ["new@example.org"]
    text = link.partition("invitation=")[2]
    assert 'value="new@example.org"' in client.get(link).content.decode()
    client.post(link, form(invitation=text, email="New@example.org"))
    assert EmailAddress.objects.get().verified
    assert len(mail.outbox) == 1


def test_any_other_address_is_confirmed_by_a_link(client: Client, settings: Any) -> None:
    settings.SIGNUP = "open"
    client.post(SIGNUP, form(email="new@example.org"))
    assert not EmailAddress.objects.get().verified
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    assert "newcomer" in client.get(link).content.decode()
    assert not EmailAddress.objects.get().verified, "looking at the page confirms nothing"
    client.post(link)
    assert EmailAddress.objects.get().verified


def test_sign_up_does_not_tell_whose_address_is_known(
    client: Client, settings: Any, reader: Any
) -> None:
    settings.SIGNUP = "open"
    EmailAddress.objects.create(user=reader, email="r@example.org", verified=True, primary=True)
    known = client.post(SIGNUP, form(email="r@example.org"))
    unknown = Client().post(SIGNUP, form(username="another", email="u@example.org"))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert EmailAddress.objects.get(email="r@example.org", verified=True).user == reader


def test_the_command_prints_a_link_once_and_refuses_in_a_sentence(settings: Any) -> None:
    out = StringIO()
    call_command("invite", stdout=out)
    assert "/accounts/signup/?invitation=" in out.getvalue()
    with pytest.raises(CommandError, match="valid email"):
        call_command("invite", "nobody")
    settings.SIGNUP = "closed"
    with pytest.raises(CommandError, match="closed"):
        call_command("invite")
    assert Invitation.objects.count() == 1


def test_editors_invite_at_the_desk_and_see_the_link_once(
    client: Client, editor: Any, reader: Any
) -> None:
    add = "/admin/archive/invitation/add/"
    client.force_login(reader)
    assert client.post(add, {"email": ""}).status_code == 302
    client.force_login(editor)
    page = client.post(add, {"email": ""})
    link = re.search(r"http://testserver(/accounts/signup/\?invitation=[\w-]+)", str(page.content))
    assert "no-store" in page["Cache-Control"]
    made = Invitation.objects.get()
    assert made.made_by == editor
    shown = client.get(f"/admin/archive/invitation/{made.pk}/change/").content.decode()
    assert link[1].partition("=")[2] not in shown
    assert Client().get(link[1]).context["form"].problem == ""
    client.post(add, {"email": "new@example.org"}, follow=True)
    assert mail.outbox[0].to == ["new@example.org"]
    assert "http://testserver/accounts/signup/" in mail.outbox[0].body
