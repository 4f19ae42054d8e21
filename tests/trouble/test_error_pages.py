"""Every error is told in the site's face, with what to do next; programs get it as JSON."""

import logging
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from archive.urls import handler400, handler403, handler404, handler500
from articles.models import ImportBatch
from tests.factories import make_article


def failing(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of ours")


urlpatterns = [path("failing/", failing), path("", include("archive.urls"))]
handlers = (handler400, handler403, handler404, handler500)
JSON = {"Accept": "application/json"}


@pytest.fixture
def calm(client: Client) -> Client:
    client.raise_request_exception = False
    return client


def told(answer: HttpResponse) -> str:
    page = answer.content.decode()
    assert 'class="site-name"' in page
    assert "css/tokens.css" in page
    return page


@pytest.mark.django_db
def test_an_address_that_is_nobodys_offers_search_and_the_log_in(client: Client) -> None:
    answer = client.get("/nowhere/?q=1")
    assert answer.status_code == 404
    page = told(answer)
    assert 'action="/search/"' in page
    assert 'href="/accounts/login/?next=%2Fnowhere%2F%3Fq%3D1"' in page
    answer = client.get("/nowhere/", headers=JSON)
    assert (answer.status_code, answer.json()) == (404, {"error": "There is no such page."})
    assert (
        "application/json" not in client.get("/nowhere/", headers={"Accept": "*/*"})["Content-Type"]
    )


def test_a_form_without_its_token_says_what_to_do(db: None, reader: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    answer = strict.post("/annotations/preview/", {"body": "x"})
    assert answer.status_code == 403
    assert "load the page again" in told(answer)
    assert strict.post("/annotations/preview/", headers=JSON).json()["error"]


def test_who_may_not_is_told_under_which_account(client: Client, reader: Any) -> None:
    client.force_login(reader)
    answer = client.get("/admin/login/")
    assert answer.status_code == 403
    assert "The account reader may not do this" in told(answer)


@pytest.mark.django_db
def test_what_was_withdrawn_is_told_to_programs_too(client: Client) -> None:
    make_article(slug="gone", state="withdrawn", withdrawn_reason="An error.")
    assert "An error." in told(client.get("/articles/gone/"))
    answer = client.get("/articles/gone/", headers=JSON)
    assert (answer.status_code, answer.json()) == (410, {"error": "This article is withdrawn."})


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_an_archive_called_by_a_wrong_name_answers_without_database(
    calm: Client, accept: str
) -> None:
    answer = calm.get("/", headers={"Host": "elsewhere.example", "Accept": accept})
    assert answer.status_code == 400
    said = answer.json()["error"] if accept == "application/json" else told(answer)
    assert "does not understand" in said


def test_more_than_a_form_holds_is_refused_unread(calm: Client) -> None:
    answer = calm.post("/annotations/preview/", {"body": "x" * 1_000_001})
    assert answer.status_code == 413
    assert "Nothing was saved" in told(answer)
    fields = "&".join(f"f{number}=1" for number in range(1001))
    form = "application/x-www-form-urlencoded"
    assert calm.post("/preferences/", fields, content_type=form).status_code == 400


@pytest.mark.django_db
def test_more_files_than_one_upload_takes_are_told_to_come_in_a_zip(
    client: Client, editor: Any, settings: Any
) -> None:
    assert settings.DATA_UPLOAD_MAX_NUMBER_FILES == 500
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 120
    client.force_login(editor)
    files = [SimpleUploadedFile(f"{number}.txt", b"Ice.") for number in range(121)]
    answer = client.post("/admin/articles/importbatch/import/", {"files": files})
    assert (answer.status_code, ImportBatch.objects.count()) == (413, 0)
    assert "More than 120 files" in told(answer)
    assert "zip" in told(answer)
    taken = client.post("/admin/articles/importbatch/import/", {"files": files[:120]})
    assert (taken.status_code, ImportBatch.objects.get().sources.count()) == (302, 120)


@pytest.mark.urls(__name__)
def test_a_fault_is_logged_with_its_traceback_and_the_page_names_the_request(
    calm: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        answer = calm.get("/failing/?q=secret")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in told(answer)
    assert "Content-Security-Policy" in answer
    fault = next(record for record in caplog.records if record.name == "django.request")
    assert "a fault of ours" in str(fault.exc_info)
    assert calm.get("/failing/", headers=JSON).json() == {"error": "The archive failed to answer."}
