"""The pages on which an article is read, by their public addresses."""

import pytest
from django.db import IntegrityError, connection, transaction

from articles.models import ArticleSlug, Revision
from articles.revisions import record_revision
from tests.factories import make_annotation, make_article, make_revision

HTML = "<p>Trust is won slowly.</p>\n<p>It is lost at once.</p>"


@pytest.fixture
def article(db):
    return make_article(
        slug="on-trust", html=HTML, title="On Trust", people=("A. Writer",), rights="No liability."
    )


def test_the_page_shows_text_people_rights_and_the_date_as_known(client, article):
    page = client.get("/articles/on-trust/").content.decode()
    for words in (
        "On Trust",
        "A. Writer",
        "No liability.",
        "No date is known",
        "Trust is won slowly.",
    ):
        assert words in page


def test_the_text_is_served_as_a_file_and_nothing_else(client, article):
    response = client.get("/articles/on-trust.txt")
    assert response.content.decode() == "Trust is won slowly.\nIt is lost at once."
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_drafts_are_for_editors(client, article, editor, stranger):
    article.state = "draft"
    article.save()
    for url in ("/articles/on-trust/", "/articles/on-trust.txt", "/articles/on-trust/notes/"):
        assert client.get(url).status_code == 404
    client.force_login(stranger)
    assert client.get("/articles/on-trust/").status_code == 404
    client.force_login(editor)
    assert client.get("/articles/on-trust/").status_code == 200


def test_a_withdrawn_article_answers_410_with_reason_and_citation(client, article):
    article.state, article.withdrawn_reason = "withdrawn", "Printed twice by mistake."
    article.save()
    response = client.get("/articles/on-trust/")
    assert response.status_code == 410
    page = response.content.decode()
    assert "Printed twice by mistake." in page
    assert "“<bdi>On Trust</bdi>,”" in page
    assert "Trust is won slowly." not in page


def test_a_former_slug_redirects_for_good(client, article):
    ArticleSlug.objects.create(article=article, slug="old-name")
    response = client.get("/articles/old-name/p/?start=1&end=2&revision=1")
    assert response.status_code == 301
    assert response.headers["Location"] == "/articles/on-trust/p/?start=1&end=2&revision=1"


def test_an_older_revision_stays_as_it_was_with_its_notes(client, article, reader):
    make_annotation(article, by=reader, words="won slowly", body="Said of old")
    make_revision(article, html="<p>Trust is earned.</p>")
    old = client.get("/articles/on-trust/revisions/1/").content.decode()
    assert "Trust is <mark" in old
    assert "Said of old" in old
    assert client.get("/articles/on-trust/revisions/3/").status_code == 404
    assert client.get("/articles/on-trust.txt?revision=1").content.startswith(b"Trust is won")


def test_a_passage_link_marks_its_words_without_script(client, article):
    url = client.get("/articles/on-trust/p/?revision=1&start=9&end=12").json()["url"]
    page = client.get(url).content.decode()
    assert "<mark data-cited>won</mark>" in page


@pytest.mark.parametrize("broken", ["1.9-12.000000", "1.9-999.abcdef", "7.9-12.abcdef", "nonsense"])
def test_a_mistyped_passage_link_is_not_found(client, article, broken):
    assert client.get(f"/articles/on-trust/p/{broken}").status_code == 404


@pytest.mark.parametrize(
    ("query", "told"), [("revision=1&start=5&end=99999", "outside"), ("start=1", "needed")]
)
def test_an_impossible_passage_is_told(client, article, query, told):
    response = client.get(f"/articles/on-trust/p/?{query}")
    assert response.status_code == 400
    assert told in response.json()["error"]


def test_an_open_page_asks_for_news_and_gets_304_without_any(
    client, article, reader, count_queries
):
    ask = {"HX-Request": "true"}
    make_annotation(make_annotation(article, by=reader, words="Trust"), by=reader)
    etag = client.get("/articles/on-trust/notes/", headers=ask).headers["ETag"]
    ask["If-None-Match"] = etag
    assert client.get("/articles/on-trust/notes/", headers=ask).status_code == 304
    make_annotation(article, by=reader, audience="private")
    assert client.get("/articles/on-trust/notes/", headers=ask).status_code == 304
    assert count_queries(client.get, "/articles/on-trust/notes/", headers=ask) <= 7
    make_annotation(article, by=reader)
    assert client.get("/articles/on-trust/notes/", headers=ask).status_code == 200


def test_the_reader_chooses_whose_notes_show(client, article, reader, second):
    make_annotation(article, by=reader, words="Trust", body="Of the reader")
    make_annotation(article, by=second, words="lost", body="Of the second")
    client.force_login(reader)
    shown = client.get("/articles/on-trust/?notes=mine").content.decode()
    assert "Of the reader" in shown
    assert "Of the second" not in shown
    assert "<mark" not in client.get("/articles/on-trust/?notes=none").content.decode()


def test_a_revision_is_immutable(article):
    with pytest.raises(IntegrityError, match="immutable"), transaction.atomic():
        Revision.objects.update(text="Other words")


def test_a_published_article_keeps_a_text(article):
    Revision.objects.all().delete()
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="without a text"):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_revision_with_the_same_text_makes_none(article):
    assert record_revision(article, html=HTML, metadata={}) is None
