"""The search page: kinds, orders, filters with their counts, and every result on some page."""

import re
from datetime import date

import pytest

from archive import search
from tests.factories import make_annotation, make_article, make_publisher


def page(client, **query) -> str:
    return client.get("/search/", query).content.decode()


def titles(html: str) -> list[str]:
    return [re.sub("<[^>]+>", "", one) for one in re.findall(r"<h3[^>]*>(.*?)</h3>", html)]


def walk(client, **query) -> list[str]:
    """The titles of all pages, one after the other."""
    found: list[str] = []
    while True:
        html = page(client, **query)
        found += titles(html)
        after = re.search(r'rel="next" href="[^"]*after=([^"&]+)', html)
        if after is None:
            return found
        query["after"] = after[1].replace("%3A", ":").replace("%7E", "~").replace("%2B", "+")


@pytest.mark.parametrize("sort", ["relevance", "newest", "date"])
def test_every_result_is_on_one_page(client, db, monkeypatch, sort):
    monkeypatch.setattr(search, "PAGE", 3)
    monkeypatch.setattr(search, "RANKED", 4)
    for number in range(10):
        dated = {"published_on": date(2000 + number, 1, 1), "date_precision": "year"}
        make_article(title=f"Treaty {number}", **(dated if number % 3 else {}))
    found = walk(client, q="treaty", sort=sort, **{"in": "articles"})
    assert sorted(found) == [f"Treaty {number}" for number in range(10)]
    if sort == "newest":
        assert found[0] == "Treaty 9"
    if sort == "date":
        assert found[0] == "Treaty 8"
        assert set(found[-4:]) == {"Treaty 0", "Treaty 3", "Treaty 6", "Treaty 9"}


def test_the_best_match_comes_first(client, db):
    for title in ("A treaty", "Other matters", "More matters"):
        make_article(title=title, html="<p>One treaty among much else that is said here.</p>")
    assert titles(page(client, q="treaty"))[0] == "A treaty"


def test_articles_or_notes_alone(client, db, reader):
    article = make_article(title="A treaty")
    make_annotation(article, by=reader, words="trust", body="On the treaty.", tags=["pact"])
    everything, texts, notes = (
        page(client, q="treaty", **given)
        for given in ({}, {"in": "articles"}, {"in": "annotations"})
    )
    assert "1 article" in everything
    assert "Note by reader on A treaty" in everything
    assert "Note by reader" not in texts
    assert titles(notes) == []
    assert "<q" not in notes
    assert ">trust</blockquote>" in notes, "the words the note is about"
    assert "Note by reader" in page(client, q="pact"), "by its tag"


def test_filters_narrow_what_was_found_and_count_it(client, db, reader):
    halyard = make_publisher("Halyard")
    first = make_article(title="Treaty one", publisher=halyard, tags=("arms",))
    make_article(title="Treaty two", publisher=halyard, tags=("trade",))
    make_article(title="Nothing", publisher=halyard, tags=("arms",))
    make_annotation(first, by=reader, body="A treaty indeed.")
    html = page(client, q="treaty", publisher=halyard.slug)
    assert sorted(titles(html)) == ["Treaty one", "Treaty two"]
    counts = re.findall(r'class="value"[^>]*>(\w+)</span> <span class="figures">(\d+)', html)
    assert {"arms": "1", "trade": "1", "Halyard": "2"}.items() <= dict(counts).items()
    narrowed = page(client, q="treaty", tag="trade")
    assert titles(narrowed) == ["Treaty two"]
    assert "Note by reader" not in narrowed, "notes are those on the articles chosen"
    assert "Nothing matches" in page(client, q="treaty", tag="trade", language="fr")


def test_a_common_word_alone_is_told_to_be_too_common(client, db):
    make_article()
    for query in ("the", "the of"):
        html = page(client, q=query)
        assert "nearly every text" in html
        assert f'<span class="mistake">{query}</span>' in html
    assert titles(page(client, q="the trust")) != []
