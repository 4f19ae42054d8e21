"""A personal token stands for its owner, and for nobody else."""

import pytest
from django.test import Client

from annotations.models import Annotation
from archive.models import ApiToken
from tests.factories import make_annotation, make_article


@pytest.fixture
def token(reader):
    return ApiToken.objects.issue(user=reader, label="a script")


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def test_a_script_reads_what_its_owner_may_read(client, reader, second, token):
    note = make_annotation(make_article(), by=reader, audience="private")
    url = f"/annotations/{note.pk}/"
    assert client.get(url).status_code == 404
    assert client.get(url, headers=bearer(token)).status_code == 200
    other = ApiToken.objects.issue(user=second, label="another")
    assert client.get(url, headers=bearer(other)).status_code == 404


def test_a_script_writes_without_a_csrf_token(reader, token):
    make_article(slug="on-trust")
    sent = {"whole": "1", "body": "From a script", "audience": "private"}
    browser = Client(enforce_csrf_checks=True)
    assert browser.post("/articles/on-trust/notes/", sent).status_code == 403
    assert browser.post("/articles/on-trust/notes/", sent, headers=bearer(token)).status_code == 302
    assert Annotation.objects.get().creator == reader


def test_an_unknown_token_is_refused_and_not_served_as_anybody(client, reader, token):
    assert client.get("/", headers=bearer("cp_wrong")).status_code == 401
    reader.is_active = False
    reader.save()
    assert client.get("/", headers=bearer(token)).status_code == 401


def test_only_the_hash_is_stored(token):
    kept = ApiToken.objects.get()
    assert token not in str(vars(kept))
    assert kept.last_used_at is None
