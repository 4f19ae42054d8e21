"""The list of articles: its orders, its pages, what it costs, and every value of a facet."""

from itertools import product

import pytest

from tests.factories import make_annotation, make_article, make_publisher
from tests.paging import walk


@pytest.fixture
def many(db):
    """45 articles, most of one date, some with none, every third with a tag."""
    for number in range(45):
        date = {"published_on": "2012-01-01", "date_precision": "year"} if number % 4 else {}
        tags = ("NATO",) if number % 3 else ()
        make_article(title=f"{'abC'[number % 3]} {number:02}", tags=tags, **date)


def test_pages_have_neither_gaps_nor_doubles(client, many, editor):
    make_article(title="Draft", html=None, tags=("NATO",))
    for query, sort in product(
        ("", "tag=nato&year=none&year=2012"), ("new", "date", "oldest", "title")
    ):
        client.logout()
        seen = walk(client, f"/articles/?{query}&sort={sort}")
        assert len(seen) == len(set(seen)) == (30 if query else 45)
        client.force_login(editor)
        drafts_too = walk(client, f"/articles/?{query}&sort={sort}")
        assert sorted([*seen, "Draft"]) == sorted(drafts_too)


def test_the_orders_are_what_they_say(client, db):
    make_article(title="Beta", published_on="2012-01-01", date_precision="year")
    make_article(title="alpha")
    make_article(title="Émile", published_on="2010-05-01", date_precision="month")
    assert walk(client, "/articles/") == ["Émile", "alpha", "Beta"]
    assert walk(client, "/articles/?sort=date") == ["Beta", "Émile", "alpha"]
    assert walk(client, "/articles/?sort=oldest") == ["Émile", "Beta", "alpha"]
    assert walk(client, "/articles/?sort=title") == ["alpha", "Beta", "Émile"]


def test_eight_values_stand_beside_the_list_and_all_of_them_on_a_page(client, db):
    for number in range(12):
        make_article(publisher=make_publisher(f"Press {number:02}"), tags=("NATO",))
    make_article(publisher=make_publisher("Others"))
    (group,) = [
        one for one in client.get("/articles/?tag=nato").context["panel"]
        if one.facet.name == "publisher"
    ]  # fmt: skip
    assert (len(group.shown), group.all_label) == (8, "All 12 publishers")
    everything = client.get(group.all_url)
    assert [one.value.label for one in everything.context["choices"]][::11] == [
        "Press 00", "Press 11",
    ]  # fmt: skip
    found = client.get(f"{group.all_url}&find=SS+03").context["choices"]
    assert [(one.value.label, one.value.count) for one in found] == [("Press 03", 1)]
    assert len(walk(client, found[0].url)) == 1
    assert client.get("/articles/?all=nonsense").status_code == 404


def test_an_empty_archive_says_what_comes_next(client, editor):
    assert "No articles yet." in client.get("/articles/").content.decode()
    client.force_login(editor)
    assert "Import the first article" in client.get("/articles/").content.decode()


def test_the_list_costs_the_same_for_2_and_20_rows(client, reader, count_queries):
    narrowed = ("tag=nato&tag=trust&from=2010&notes=with&sort=title", "all=tag", "tag=none&year=1")

    def grow(count: int) -> None:
        for number in range(count):
            article = make_article(
                people=(f"A {number}", "Ada Marsh"), tags=("NATO", "trust", f"t {number}"),
                publisher=make_publisher(), published_on="2012-01-01", date_precision="year",
            )  # fmt: skip
            make_annotation(article, by=reader, words="trust")

    def costs() -> list[int]:
        return [count_queries(client.get, f"/articles/?{query}") for query in ("", *narrowed)]

    client.force_login(reader)
    grow(2)
    few = costs()
    grow(18)
    assert costs() == few
    assert max(few) <= 25


def test_the_tags_of_a_row_stand_in_alphabetical_order(db, client):
    article = make_article(tags=("zones",))
    for name in ("NATO", "arms control", "trust"):
        article.tags.add(name)
    make_article(tags=("trust", "zones", "arms control"))
    rows = client.get("/articles/").context["articles"]
    shown = [[tag.name for tag in row.tags.all()] for row in rows]
    assert shown == [["arms control", "trust", "zones"], ["arms control", "NATO", "trust", "zones"]]
