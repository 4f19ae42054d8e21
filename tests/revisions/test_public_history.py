"""Texts an article had while it was a draft are for editors, unless one says otherwise."""

import pytest

from articles import editing
from articles.passages import address_of
from articles.text import Span
from tests.factories import make_annotation, make_article, make_revision

FIRST = "<p>Trust is a secret we keep.</p>\n<p>The treaties that lasted were dull ones.</p>"
SECOND = FIRST.replace("a secret we keep", "won slowly")
THIRD = SECOND.replace("dull", "long")


@pytest.fixture
def article(db, editor):
    article = make_article(slug="on-trust", html=FIRST, state="draft")
    make_revision(article, html=SECOND)
    editing.publish(article, by=editor)
    make_revision(article, html=THIRD)
    article.refresh_from_db()
    return article


def link(article, number, words):
    text = article.revisions.get(number=number).text
    start = text.index(words)
    return f"/articles/on-trust/p/{address_of(text, number, Span(start, start + len(words)))}"


def test_the_public_history_begins_with_the_text_first_published(client, article, editor):
    assert article.public_from == 2
    draft_pages = [
        "/articles/on-trust/revisions/1/",
        "/articles/on-trust/revisions/1..3/",
        "/articles/on-trust.txt?revision=1",
        "/articles/on-trust/p/?revision=1&start=0&end=5",
    ]
    assert [client.get(page).status_code for page in draft_pages] == [404] * 4
    assert client.get("/articles/on-trust/revisions/2/").status_code == 200
    history = client.get("/articles/on-trust/revisions/").content.decode()
    assert "The first text." in history
    assert 'id="revision-2"' in history
    assert 'id="revision-1"' not in history
    client.force_login(editor)
    assert [client.get(page).status_code for page in draft_pages] == [200] * 4
    assert 'id="revision-1"' in client.get("/articles/on-trust/revisions/").content.decode()


def test_an_editor_may_open_the_history_of_the_draft(client, article):
    article.public_from = 1
    article.save(update_fields=["public_from"])
    assert client.get("/articles/on-trust/revisions/1/").status_code == 200


def test_a_link_made_on_the_draft_leads_to_its_words_but_never_shows_other_ones(
    client, article, editor
):
    kept, gone = link(article, 1, "The treaties"), link(article, 1, "a secret we keep")
    page = client.get(kept).content.decode()
    assert "long ones" in page
    assert 'id="cited"' in page
    assert client.get(gone).status_code == 404
    client.force_login(editor)
    assert "a secret we keep" in client.get(gone).content.decode()


def test_a_note_made_on_the_draft_leads_nobody_to_a_page_they_may_not_see(client, editor):
    article = make_article(slug="on-trust", html=FIRST, state="draft")
    make_annotation(article, by=editor, words="a secret we keep")
    make_revision(article, html=SECOND)
    editing.publish(article, by=editor)
    assert "See it in revision" not in client.get("/articles/on-trust/").content.decode()
    client.force_login(editor)
    assert "See it in revision 1" in client.get("/articles/on-trust/").content.decode()


def test_withdrawing_and_publishing_again_keeps_what_was_public(client, article, editor):
    editing.withdraw(article, reason="Wait", by=editor)
    editing.publish(article, by=editor)
    article.refresh_from_db()
    assert article.public_from == 2
