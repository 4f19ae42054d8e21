"""A passage link through all that can happen to its words, without a script or a log-in."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_article, make_revision

FIRST = "<p>Trust is won slowly and lost at once.</p>\n<p>Nobody keeps count of the favours.</p>"
WORDS = "Trust is won slowly and lost at once."
ELSEWHERE = f"<p>A new beginning stands here.</p>\n{FIRST}"
CHANGED = FIRST.replace("won slowly", "won very slowly")
GONE = "<p>Nobody keeps count of the favours.</p>"


@pytest.fixture
def article(db):
    return make_article(slug="on-trust", html=FIRST)


@pytest.fixture
def link(client, article):
    start, end = FIRST.index(WORDS) - 3, FIRST.index(WORDS) - 3 + len(WORDS)
    return client.get(f"/articles/on-trust/p/?revision=1&start={start}&end={end}").json()["url"]


def marked(page: str) -> str:
    return "".join(re.findall(r"<mark[^>]* data-cited[^>]*>(.*?)</mark>", page))


def test_a_correction_elsewhere_leaves_the_words_in_the_current_text(client, article, link):
    make_revision(article, html=ELSEWHERE)
    page = client.get(link).content.decode()
    assert marked(page) == WORDS
    assert "A new beginning stands here." in page
    assert "cited-note" not in page
    assert '<span id="cited"></span><mark' in page


def test_changed_words_are_shown_as_cited_as_now_and_their_difference(client, article, link):
    make_revision(article, html=CHANGED)
    make_revision(article, html=CHANGED.replace("favours.", "favours done."))
    page = client.get(link).content.decode()
    assert marked(page) == "Trust is won very slowly and lost at once."
    assert "favours done." in page, "the text shown is the current one"
    changed = article.revisions.get(number=2).made_at
    assert f"Wording changed on {changed:%-d %B %Y}; you cited revision 1." in page
    assert f'<q dir="auto">{WORDS}</q>' in page
    assert re.search(r"<ins>.*very .*</ins>", page)
    assert "/articles/on-trust/revisions/1..3/" in page


def test_the_change_is_dated_by_the_revision_that_made_it(client, article, link, monkeypatch):
    for number in range(2, 10):
        html = (FIRST if number < 6 else CHANGED) + f"\n<p>Addition {number}.</p>"
        day = datetime(2020, 1, number, tzinfo=UTC)
        monkeypatch.setattr("articles.revisions.timezone.now", lambda day=day: day)
        make_revision(article, html=html)
    monkeypatch.undo()
    with CaptureQueriesContext(connection) as queries:
        page = client.get(link).content.decode()
    assert "Wording changed on 6 January 2020; you cited revision 1." in page
    texts = [q for q in queries if q["sql"].startswith('SELECT "articles_revision"."text"')]
    assert 1 <= len(texts) <= 3, "halving, not walking"


def test_words_that_are_gone_are_shown_as_cited_with_a_notice(client, article, link):
    make_revision(article, html=GONE)
    response = client.get(link)
    page = response.content.decode()
    assert response.status_code == 200
    assert marked(page) == WORDS
    assert "The words you came for are gone from the text since" in page
    assert "This is revision 1, as you cited it; the current one is 2." in page


def test_words_that_moved_are_marked_where_they_stand_now(client, article, link):
    first, second = FIRST.split("\n")
    make_revision(article, html=f"{second}\n<p>An addition in between.</p>\n{first}")
    page = client.get(link).content.decode()
    assert marked(page) == WORDS
    assert "cited-note" not in page


def test_a_reverted_text_shows_the_words_again(client, article, link):
    make_revision(article, html=GONE)
    make_revision(article, html=FIRST)
    page = client.get(link).content.decode()
    assert marked(page) == WORDS
    assert "cited-note" not in page


def test_a_withdrawn_article_answers_410_to_its_passage_links(client, article, link):
    article.state, article.withdrawn_reason = "withdrawn", "Printed twice by mistake."
    article.save()
    response = client.get(link)
    assert response.status_code == 410
    assert "Printed twice by mistake." in response.content.decode()
    assert WORDS not in response.content.decode()


@pytest.mark.parametrize("html", [FIRST, ELSEWHERE, CHANGED, GONE])
def test_following_a_link_writes_nothing(client, article, link, html):
    if html != FIRST:
        make_revision(article, html=html)
    with CaptureQueriesContext(connection) as queries:
        client.get(link)
    wrote = [q["sql"] for q in queries if not q["sql"].lstrip("( ").startswith("SELECT")]
    assert wrote == []
