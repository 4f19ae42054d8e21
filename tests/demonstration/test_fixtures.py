"""The demonstration: loaded into an empty database, and worth showing."""

from collections import Counter
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from annotations.models import Anchor, Annotation
from archive.search import search
from articles.models import Article, Revision
from articles.sanitize import clean
from articles.text import sha256_of, text_of

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


@pytest.fixture(scope="module")
def filled(kept_rows):
    call_command("loaddata", FIXTURES / "demo.json", verbosity=0)


@pytest.fixture
def loaded(filled, db):
    """The demonstration's rows, and what a test writes on top of them."""


def test_there_is_enough_to_browse(loaded):
    assert Article.objects.published().count() >= 24
    assert Article.objects.exclude(language="en").values("language").distinct().count() >= 3
    assert any(article.direction == "rtl" for article in Article.objects.all())
    assert set(Article.objects.values_list("date_precision", flat=True)) == {
        "day", "month", "year", "none",
    }  # fmt: skip
    for revision in Revision.objects.all():
        assert 300 <= len(revision.text.split()) <= 900, revision.article.slug


def test_the_notes_are_many_and_show_every_fate(loaded):
    assert Annotation.objects.count() >= 120
    assert Annotation.objects.values("creator").distinct().count() == 6
    roots = Annotation.objects.filter(root=None, article__slug="a-shared-ledger")
    assert roots.count() >= 60
    article = Article.objects.get(slug="the-valve-and-the-contract")
    states = Counter(
        Anchor.objects.filter(revision__article=article).values_list("state", flat=True)
    )
    assert set(states) == {"unchanged", "shifted", "moved", "changed", "orphaned"}


def test_the_texts_are_stored_as_an_import_would_store_them(loaded):
    for revision in Revision.objects.all():
        assert clean(revision.html) == revision.html
        assert text_of(revision.html) == revision.text
        assert sha256_of(revision.text) == revision.sha256


def test_what_is_loaded_can_be_found_at_once(loaded):
    titles = [hit.article.title for hit in search(AnonymousUser(), "exercise book").articles.found]
    assert titles[0] == "A Shared Ledger"
    assert search(AnonymousUser(), "Astrup-Vale").articles.found


def test_every_page_of_the_demonstration_answers(loaded, client):
    assert client.get("/").status_code == 200
    for article in Article.objects.all():
        assert client.get(article.get_absolute_url()).status_code == 200


def test_nobody_can_log_in_as_a_person_of_the_fixture(loaded, client):
    assert not client.login(username="lindqvist", password="lindqvist")
    assert not client.login(username="lindqvist", password="!")
