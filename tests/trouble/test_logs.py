"""The log has a line for every request, and nothing that somebody wrote, sought or keeps secret."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from annotations.models import Annotation
from archive import logs
from archive.urls import handler400, handler403, handler404, handler500
from articles.models import Article
from tests.factories import make_annotation, make_article

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
SECRET = "what I think in private"


def refused_by_the_database(request: HttpRequest) -> HttpResponse:
    """Has two authors, which a constraint forbids; PostgreSQL answers with the whole row."""
    article = Article.objects.get()
    Annotation.objects.create(
        article=article, creator=request.user, attributed_name="Another", body=request.POST["body"]
    )
    return HttpResponse()


def not_of_its_type(request: HttpRequest) -> HttpResponse:
    Annotation.objects.extra(where=["%s::int = 1"], params=[request.POST["body"]]).first()
    return HttpResponse()


urlpatterns = [
    path("refused/", refused_by_the_database),
    path("odd/", not_of_its_type),
    path("", include("archive.urls")),
]
handlers = (handler400, handler403, handler404, handler500)


@pytest.fixture(params=["text", "json"])
def log(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """What an operator reads, in either format."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    text = logs.Text("{asctime} {levelname} {name}{request_id}: {message}", style="{")
    handler.setFormatter(text if request.param == "text" else logs.Json())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield said
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize("address", ["/refused/", "/odd/"])
def test_a_row_that_the_database_refuses_is_not_told(
    client: Client, reader: Any, log: io.StringIO, address: str
) -> None:
    make_article()
    client.force_login(reader)
    client.raise_request_exception = False
    assert client.post(address, {"body": SECRET}).status_code == 500
    said = log.getvalue()
    assert SECRET not in said
    assert "Traceback" in said
    assert "test_logs.py" in said
    assert ("annotation_one_author" if address == "/refused/" else "[22P02]") in said


def test_writing_searching_and_resetting_leave_no_words_in_the_log(
    client: Client, reader: Any, log: io.StringIO
) -> None:
    article = make_article(slug="on-trust")
    client.force_login(reader)
    body = {"body": SECRET, "whole": "1", "audience": "private"}
    assert client.post("/articles/on-trust/notes/", body).status_code == 302
    note = make_annotation(article, by=reader, body=SECRET, audience="private")
    client.get(f"/annotations/{note.pk}/")
    client.get("/search/", {"q": SECRET})
    client.get("/accounts/password/reset/key/1-abc123-keykeykey/")
    client.get("/", headers={"Authorization": "Bearer cp_tokentoken"})
    client.post("/accounts/login/", {"login": "reader", "password": "passpass"})
    said = log.getvalue()
    assert "/articles/on-trust/notes/" in said
    for word in (SECRET, "think", "keykeykey", "tokentoken", "passpass"):
        assert word not in said


def test_a_line_says_who_asked_for_what_and_what_came_of_it(
    client: Client, reader: Any, log: io.StringIO
) -> None:
    client.force_login(reader)
    client.get("/annotations/mine/?after=x")
    answer = client.get("/nowhere/")
    lines = [line for line in log.getvalue().splitlines() if "archive.requests" in line]
    assert len(lines) == 2
    if not lines[0].startswith("{"):
        assert "GET /annotations/mine/ 200 " in lines[0]
        assert lines[0].endswith(f"user {reader.pk}")
        assert answer["X-Request-ID"][:8] in lines[1]
        return
    first, last = (json.loads(line) for line in lines)
    assert (first["method"], first["path"], first["status"]) == ("GET", "/annotations/mine/", 200)
    assert first["user_id"] == reader.pk
    assert first["duration_ms"] >= 0
    assert (last["status"], last["request_id"]) == (404, answer["X-Request-ID"])


@pytest.mark.parametrize(("proxies", "kept"), [(0, False), (1, True)])
def test_the_number_of_a_request_is_a_trusted_proxys_or_our_own(
    client: Client, settings: Any, proxies: int, kept: bool
) -> None:
    settings.TRUSTED_PROXIES = proxies
    answer = client.get("/healthz", headers={"X-Request-ID": "from-the-proxy.1"})
    assert (answer["X-Request-ID"] == "from-the-proxy.1") is kept
    odd = client.get("/healthz", headers={"X-Request-ID": "two words"})
    assert odd["X-Request-ID"].isalnum()
