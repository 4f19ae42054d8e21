"""What every answer says to the browser, and who may open an account."""

from html.parser import HTMLParser

import pytest
from django.test import Client
from procrastinate.contrib.django import app

pytestmark = pytest.mark.django_db


class Inline(HTMLParser):
    """The scripts, styles and handlers that stand in a page itself."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        data = names.get("type", "").endswith("json")
        if tag == "style" or (tag == "script" and "src" not in names and not data):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in names if name == "style" or name[:2] == "on"]


@pytest.mark.parametrize("page", ["/", "/articles/", "/search/?q=a", "/accounts/login/"])
def test_a_page_runs_nothing_that_stands_in_it(client: Client, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 200
    policy = dict(
        part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["img-src"] == "'self' data:"
    assert policy["frame-ancestors"] == policy["form-action"] == "'self'"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert Inline(answer.content.decode()).found == []


def test_the_admin_runs_nothing_that_stands_in_it(admin_client: Client) -> None:
    job = app.configure_task("anything", allow_unknown=True).defer(words="some")
    jobs = "/admin/procrastinate/procrastinatejob/"
    for page in ("/admin/", "/admin/archive/user/add/", jobs, f"{jobs}{job}/change/"):
        answer = admin_client.get(page)
        assert answer.status_code == 200
        assert Inline(answer.content.decode()).found == []


@pytest.mark.parametrize(("signup", "made"), [("closed", False), ("open", True)])
def test_an_account_is_opened_only_where_sign_up_is_open(
    client: Client, django_user_model, settings, signup: str, made: bool
) -> None:
    settings.SIGNUP = signup
    password = "correct horse battery"
    form = {"username": "newcomer", "password1": password, "password2": password}
    client.post("/accounts/signup/", form)
    assert django_user_model.objects.filter(username="newcomer").exists() is made
