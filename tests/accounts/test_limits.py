"""How often: beyond each rate 429, and below it nothing is felt."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.test import Client

from annotations.models import Annotation
from archive.models import ApiToken
from archive.tasks import drop_what_is_over
from tests.factories import make_annotation, make_article

pytestmark = pytest.mark.django_db
SIGNUP = {"password1": "seven quiet herons", "password2": "seven quiet herons"}


@pytest.fixture
def limit(settings: Any) -> Any:
    def set_rates(**rates: str) -> None:
        settings.ACCOUNT_RATE_LIMITS = rates

    return set_rates


def statuses(ask: Any, times: int) -> list[int]:
    return [ask(number).status_code for number in range(times)]


def test_all_processes_count_together() -> None:
    assert isinstance(cache._connections[cache._alias], DatabaseCache)


def test_logging_in_is_limited_by_address(limit: Any, reader: Any) -> None:
    limit(login="2/m/ip")
    right = {"login": "reader", "password": "reader"}
    assert statuses(lambda _: Client().post("/accounts/login/", right), 3) == [302, 302, 429]
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.post("/accounts/login/", right).status_code == 302


def test_wrong_passwords_are_limited_by_username_from_wherever_they_come(
    limit: Any, reader: Any, second: Any
) -> None:
    limit(login_failed="2/5m/key")

    def guess(number: int, name: str = "reader", word: str = "wrong") -> Any:
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        return client.post("/accounts/login/", {"login": name, "password": word})

    assert statuses(guess, 3) == [200, 200, 429]
    answer = guess(4, word="reader")
    assert (answer.status_code, answer["Retry-After"]) == (429, "300")
    assert "Wait 5 minutes" in answer.content.decode()
    assert guess(5, "second", "second").status_code == 302


def test_another_spelling_of_the_archives_name_begins_no_new_count(
    limit: Any, reader: Any, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = [".example.org"]
    limit(login_failed="2/5m/key")
    wrong = {"login": "reader", "password": "wrong"}
    hosts = ["example.org", "example.org:8443", "EXAMPLE.org", "www.example.org"]
    answers = [Client().post("/accounts/login/", wrong, headers={"Host": host}) for host in hosts]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]


def test_signing_up_is_limited(limit: Any, settings: Any) -> None:
    settings.SIGNUP = "open"
    limit(signup="1/h/ip")
    answers = [Client().post("/accounts/signup/", {"username": f"new{n}", **SIGNUP}) for n in "12"]
    assert [answer.status_code for answer in answers] == [302, 429]
    assert answers[1]["Retry-After"] == "3600"


def test_mails_to_one_address_are_limited(limit: Any, mailoutbox: list[Any]) -> None:
    limit(reset_password="1/h/key")
    reset = "/accounts/password/reset/"
    ask = lambda _: Client().post(reset, {"email": "r@example.org"})  # noqa: E731 - said once
    assert statuses(ask, 2) == [302, 429]
    assert len(mailoutbox) == 1
    assert Client().post(reset, {"email": "s@example.org"}).status_code == 302


def test_writing_is_limited_by_person_and_keeps_the_words(
    client: Client, limit: Any, reader: Any, second: Any
) -> None:
    article = make_article(slug="on-trust")
    theirs, mine = make_annotation(article, by=second), make_annotation(article, by=reader)
    limit(write="1/m/user")
    client.force_login(reader)
    body = {"body": "Words worth keeping.", "whole": "1", "audience": "public"}
    assert client.post("/articles/on-trust/notes/", body).status_code == 302
    pages = {
        "/articles/on-trust/notes/": body,
        f"/annotations/{theirs.pk}/replies/": body,
        f"/annotations/{mine.pk}/edit/": {**body, "version": "1"},
    }
    for page, sent in pages.items():
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.post(page, sent, headers=headers)
            said = answer.content.decode()
            assert (answer.status_code, answer["Retry-After"]) == (429, "60"), page
            assert "Words worth keeping.</textarea>" in said
            assert "Wait 1 minute, then send it again." in said
    assert Annotation.objects.filter(body__startswith="Words").count() == 1
    client.force_login(second)
    assert client.post("/articles/on-trust/notes/", body).status_code == 302


def test_a_script_is_counted_as_its_owner(client: Client, limit: Any, reader: Any) -> None:
    make_article(slug="on-trust")
    header = {"Authorization": f"Bearer {ApiToken.objects.issue(user=reader, label='x')}"}
    limit(write="1/m/user")
    sent = {"body": "A note.", "whole": "1", "audience": "public"}
    ask = lambda _: client.post("/articles/on-trust/notes/", sent, headers=header)  # noqa: E731
    assert statuses(ask, 2) == [302, 429]


def test_reading_and_refused_forms_are_not_counted(client: Client, limit: Any, reader: Any) -> None:
    make_article(slug="on-trust")
    limit(write="1/m/user", login="1/m/ip")
    client.force_login(reader)
    for _ in range(3):
        assert client.get("/articles/on-trust/notes/new/").status_code == 200
        assert client.post("/articles/on-trust/notes/", {"whole": "1"}).status_code == 422
        assert Client().get("/accounts/login/").status_code == 200


def test_addresses_are_those_the_trusted_proxies_tell(
    limit: Any, settings: Any, reader: Any
) -> None:
    limit(login="1/m/ip")
    right = {"login": "reader", "password": "reader"}

    def log_in(forwarded: str) -> int:
        headers = {"X-Forwarded-For": forwarded}
        return Client().post("/accounts/login/", right, headers=headers).status_code

    assert [log_in("203.0.113.1"), log_in("203.0.113.2")] == [302, 429], "nobody is believed"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    # What the client itself put before the proxy's word counts for nothing.
    assert [log_in("1.1.1.1, 203.0.113.3"), log_in("2.2.2.2, 203.0.113.3")] == [302, 429]
    assert log_in("203.0.113.4") == 302


def test_what_was_counted_is_dropped_when_it_is_over() -> None:
    cache.set("over", 1, timeout=60)
    cache.set("counted", 1, timeout=3600)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE archive_cache SET expires = expires - interval '2 minutes'")
        drop_what_is_over()
        cursor.execute("SELECT cache_key FROM archive_cache")
        assert [key for (key,) in cursor.fetchall()] == [":1:counted"]
