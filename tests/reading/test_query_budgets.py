"""A page costs the same number of queries for 2 rows and for 20."""

import pytest
from django.test import Client

from tests.factories import make_annotation, make_article, make_publisher

HTML = "<p>" + " ".join(f"word{n}" for n in range(60)) + "</p>"


@pytest.fixture
def grow(reader, second):
    """More of everything on the same pages, up to ``n`` of each."""
    article = make_article(slug="on-words", html=HTML, tags=("a", "b"), people=("P. One",))
    made = {"n": 0}

    def grow(n: int) -> None:
        for number in range(made["n"], n):
            note = make_annotation(
                article, by=reader, words=f"word{number} ", tags=[f"tag {number}"]
            )
            make_annotation(make_annotation(note, by=second), by=reader)
            make_article(people=(f"Person {number}",), tags=("a",), publisher=make_publisher())
        made["n"] = n

    return grow


MOST = {
    "/": 24,
    "/articles/": 24,
    "/articles/on-words/": 16,
    "/articles/on-words/?notes=mine": 16,
    "/annotations/mine/": 17,
    "/search/?q=word1": 31,
}


def test_a_page_costs_the_same_for_2_and_20_rows(reader, grow, count_queries):
    mine = Client()
    mine.force_login(reader)

    def costs():
        return {
            (page, who): count_queries(client.get, page)
            for page in MOST
            for who, client in (("nobody", Client()), ("reader", mine))
        }

    grow(2)
    few = costs()
    grow(20)
    assert costs() == few
    assert {one: cost for one, cost in few.items() if cost > MOST[one[0]]} == {}
