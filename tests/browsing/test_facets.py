"""Choosing narrows the list, and the count beside a choice is what one then walks through."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from annotations.models import Audience
from archive.browsing import facets_for
from articles.models import Article
from articles.narrowing import Selection
from tests.cast import make_user
from tests.factories import make_annotation, make_article, make_publisher
from tests.paging import walk


def choices(client, url: str = "/articles/") -> dict[tuple[str, str], tuple[int, str]]:
    """Every choice beside the list: {("tag", "nato"): (count, address)}."""
    panel = client.get(url).context["panel"]
    return {
        (group.facet.name, one.value.key): (one.value.count, one.url)
        for group in panel
        for one in group.shown
    }


@pytest.fixture(scope="module")
def library(kept_rows):
    """Articles that differ in everything, some with notes for everyone, some for the reader."""
    people = {name: make_user(name) for name in ("reader", "second")}
    forum, office = make_publisher("The Forum"), make_publisher("An Office")
    dates = [
        {"published_on": "2010-03-04", "date_precision": "day"},
        {"published_on": "2012-05-01", "date_precision": "month"},
        {"published_on": "2012-01-01", "date_precision": "year"},
        {"period": "19th century"},
    ]
    for number, (publisher, date, kind) in enumerate(
        product((forum, office, None), dates, ("essay", "speech"))
    ):
        article = make_article(
            title=f"Nr {number:02}", publisher=publisher, kind=kind, **date,
            language=("en", "de", "ar")[number % 3],
            tags=(("arms control", "NATO"), ("NATO",), ())[number % 3],
            people=(("Ada Marsh",), ("Bruno Dunn", "Ada Marsh"))[number % 2],
        )  # fmt: skip
        if number % 4 == 0:
            audience = Audience.PUBLIC if number % 8 else Audience.PRIVATE
            make_annotation(article, by=people["reader"], audience=audience)
    make_article(title="Draft", html=None, tags=("NATO",), kind="essay", publisher=forum)
    return people


@pytest.fixture
def corpus(library, db):
    """The library, and what a test writes on top of it."""


@pytest.fixture
def reader(library):
    return library["reader"]


@pytest.fixture
def second(library):
    return library["second"]


def selection(user, query: str) -> Selection:
    within = Article.objects.visible_to(user)
    return Selection(QueryDict(query), facets_for(user), within=within, path="/articles/")


@pytest.mark.parametrize("who", ["nobody", "reader", "second", "editor"])
def test_every_count_is_the_number_of_rows_one_walks_through(request, corpus, who):
    user = AnonymousUser() if who == "nobody" else request.getfixturevalue(who)
    for begin in ("", "tag=nato&kind=essay", "from=2012&tag=arms-control"):
        offered = [(g.facet.name, one) for g in selection(user, begin).panel() for one in g.shown]
        assert len(offered) > 8
        for facet, choice in offered:
            alone = QueryDict(begin, mutable=True)
            alone.setlist(facet, [choice.value.key])
            rows = list(selection(user, alone.urlencode()).rows)
            assert len(rows) == len(set(rows)) == choice.value.count, choice


def test_one_walks_through_as_many_rows_as_were_promised(client, corpus, reader):
    client.force_login(reader)
    offered = choices(client, "/articles/?tag=nato")
    for key in (("kind", "essay"), ("notes", "mine"), ("year", "none"), ("language", "de")):
        count, address = offered[key]
        assert len(walk(client, address)) == count > 0


def test_a_choice_is_taken_back_where_it_was_made(client, corpus):
    before = client.get("/articles/?kind=essay").context["selection"].address()
    _count, address = choices(client, before)["tag", "nato"]
    assert "kind=essay" in address
    assert "tag=nato" in address
    assert choices(client, address)["tag", "nato"][1] == before


def test_values_of_one_facet_mean_any_and_facets_together_mean_all(client, corpus):
    nato, arms = walk(client, "/articles/?tag=nato"), walk(client, "/articles/?tag=arms-control")
    speeches = walk(client, "/articles/?kind=speech")
    both = walk(client, "/articles/?tag=nato&tag=arms-control&kind=speech")
    assert sorted(both) == sorted((set(nato) | set(arms)) & set(speeches))
    response = client.get("/articles/?tag=arms-control&tag=nato&kind=speech&from=2010&to=2014")
    told = " · ".join(part.text for part in response.context["parts"])
    assert told == "tagged arms control or NATO · 2010–2014 · of the kind Speech"
    for name in ("Remove tag: NATO", "Remove kind: Speech", "Remove dates: 2010–2014", "Clear all"):
        assert name in response.content.decode()


def test_the_address_takes_names_as_well_as_slugs(client, corpus):
    assert walk(client, "/articles/?tag=Arms+Control") == walk(
        client, "/articles/?tag=arms-control"
    )
    assert walk(client, "/articles/?publisher=the forum")


@pytest.mark.parametrize(
    ("query", "dated"),
    [
        ("from=2012&to=2012", {"2012-05", "2012"}),
        ("from=2012&to=2010-03", {"2010-03-04", "2012-05", "2012"}),  # in the wrong order
        ("from=2012-06", {"2012"}),  # known to the year alone: it may be later than May
        ("from=2012-05-20", {"2012-05", "2012"}),
        ("to=2012-04-30", {"2010-03-04", "2012"}),
        ("to=2010", {"2010-03-04"}),
        ("year=none", {""}),
        ("year=2010&year=none", {"2010-03-04", ""}),
    ],
)
def test_dates_are_taken_as_precise_as_they_are_known(client, corpus, query, dated):
    found = Article.objects.filter(title__in=walk(client, f"/articles/?{query}"))
    length = {"day": 10, "month": 7, "year": 4, "none": 0}
    assert {str(one.published_on)[: length[one.date_precision]] for one in found} == dated


def test_articles_without_a_date_are_offered_and_said_to_be_left_out(client, corpus):
    assert choices(client)["year", "none"][0] == 6
    assert "(6 without a date left out)" in client.get("/articles/?from=2010").content.decode()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("tag=nothing", "There is no tag “nothing”."),
        ("publisher=%00&publisher=x", "There is no publisher “x”."),
        ("year=20x2", "“20x2” is not a year."),
        ("year=" + "9" * 500, "is not a year."),
        ("from=soon", "“soon” is not a date"),
        ("kind=poem&language=qq", "There is no kind “poem”."),
        ("notes=theirs", "“theirs” says nothing about notes."),
        ("author=<b>", "There is nobody called “&lt;b&gt;”."),
        ("after=%00~x&sort=odd", ""),
    ],
)
def test_what_makes_no_sense_is_told_plainly(client, corpus, query, told):
    response = client.get(f"/articles/?{query}")
    assert response.status_code == 200
    assert told in response.content.decode()


def test_an_empty_list_says_which_filter_to_drop_and_what_there_would_be(client, corpus):
    url = "/articles/?tag=nato&publisher=an office&year=1999"
    response = client.get(url)
    assert response.context["count"] == 0
    (rescue,) = response.context["rescues"]
    assert "Nothing matches all 3 filters." in response.content.decode()
    assert len(walk(client, rescue.url)) == rescue.count == 5
    assert "of 1999" in rescue.phrase
    both = client.get("/articles/?tag=nato&year=1999").content.decode()
    assert "Nothing matches both filters." in both


def test_nothing_private_counts_for_others(client, corpus, reader, second):
    def noted(user) -> tuple[int, int]:
        client.force_login(user)
        offered = choices(client)
        return offered["notes", "with"][0], offered.get(("notes", "mine"), (0,))[0]

    assert noted(second) == (3, 0)
    assert noted(reader) == (6, 6)
    rows = client.get("/articles/?notes=mine").context["articles"]
    assert {row.note_count for row in rows} == {1}
    client.force_login(second)
    assert walk(client, "/articles/?notes=mine") == []
