"""An editor gives an article an earlier text again, knowing what that does to the notes."""

import re

import pytest

from annotations.models import Anchor
from articles.models import Revision
from tests.factories import make_annotation, make_article, make_revision

STEADY = (
    "\n<p>The treaties that lasted were dull ones, written by clerks who had time, and read by "
    "ministers who had none; each side knew what the other counted, and how, and when.</p>"
)
FIRST = f"<p>Trust is won slowly and lost at once.</p>\n<p>Nobody counts favours.</p>{STEADY}"
SECOND = FIRST.replace("won slowly", "won very slowly") + "\n<p>A last word was added here.</p>"
URL = "/articles/on-trust/revisions/1/restore/"


@pytest.fixture
def article(db, reader):
    article = make_article(slug="on-trust", html=FIRST)
    make_revision(article, html=SECOND)
    make_annotation(article, by=reader, words="The treaties that lasted")
    make_annotation(article, by=reader, words="won very slowly and lost at once")
    make_annotation(article, by=reader, words="A last word was added")
    make_annotation(article, by=reader, words="The treaties", audience="private")
    return article


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_the_consequence_is_shown_first_and_each_note_can_be_opened(client, article, editor):
    client.force_login(editor)
    anchors = Anchor.objects.count()
    page = client.get(URL).content.decode()
    assert "Of 3 notes: 1 stays, 1 changes, 1 loses its words" in plain(page)
    assert page.count("Open the note") == 3
    assert (Revision.objects.count(), Anchor.objects.count()) == (2, anchors), "it only looked"


def test_restoring_records_a_new_revision_and_keeps_the_others(client, article, editor):
    client.force_login(editor)
    response = client.post(URL, {"reason": "The correction was wrong", "replacing": 2}, follow=True)
    assert "Revision 3 now has the text of revision 1." in response.content.decode()
    made = article.revisions.get(superseded_at=None)
    first = article.revisions.get(number=1)
    assert (made.number, made.text, made.html) == (3, first.text, first.html)
    assert (made.reason, made.made_by) == ("The correction was wrong", editor)
    assert made.metadata["title"] == article.title


def test_a_reason_is_asked_for(client, article, editor):
    client.force_login(editor)
    response = client.post(URL, {"reason": " ", "replacing": 2})
    assert response.status_code == 422
    assert "Say why the earlier text is restored." in response.content.decode()
    assert article.revisions.count() == 2


def test_the_second_of_two_editors_is_told_and_asked_again(client, article, editor):
    client.force_login(editor)
    made = make_revision(article, html=SECOND + "\n<p>More.</p>", made_by=editor)
    response = client.post(URL, {"reason": "My reason", "replacing": 2})
    page = response.content.decode()
    assert response.status_code == 412
    assert f"editor recorded revision {made.number} at" in page
    assert "My reason" in page
    assert 'name="replacing" value="3"' in page
    assert article.revisions.count() == 3


def test_only_editors_may_restore(client, article, editor, stranger):
    data = {"reason": "Because", "replacing": 2}
    assert client.post(URL, data).status_code == 302, "to the log-in"
    client.force_login(stranger)
    assert client.get(URL).status_code == client.post(URL, data).status_code == 404
    assert "Restore this text" not in client.get("/articles/on-trust/revisions/").content.decode()
    assert article.revisions.count() == 2
    client.force_login(editor)
    assert URL in client.get("/articles/on-trust/revisions/").content.decode()
    assert client.post(URL, data).status_code == 302
    assert article.revisions.count() == 3


def test_looking_costs_the_same_for_many_notes(client, article, editor, reader, count_queries):
    client.force_login(editor)
    few = count_queries(client.get, URL)
    for _ in range(10):
        make_annotation(article, by=reader, words="won very slowly and lost at once")
        make_annotation(article, by=reader, words="The treaties that lasted")
    assert count_queries(client.get, URL) == few <= 22
