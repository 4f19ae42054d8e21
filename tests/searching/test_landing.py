"""A snippet leads to its hit: marked in the text, counted, and the next one a step away."""

import re

import pytest
from lxml import html

from articles.text import text_of
from tests.factories import make_annotation, make_article, make_revision

BODY = """<p>Trust is won; trusting is <em>trust</em> given.</p>
<p>Arms control, the “arms” of control and arms-control again.</p>"""


@pytest.fixture
def article(db):
    return make_article(slug="on-trust", html=BODY, title="On trust")


def page(client, address: str):
    return html.fromstring(client.get(address).content.decode())


def hits(tree) -> dict[str, str]:
    """The words of each hit by its number."""
    found: dict[str, str] = {}
    for mark in tree.xpath("//*[@id='article-body']//mark[@data-hit]"):
        number = mark.get("data-hit")
        found[number] = found.get(number, "") + mark.text_content()
    return found


def test_every_snippet_opens_at_its_own_hit(client, article, reader):
    make_annotation(article, by=reader, words="is won")
    results = page(client, "/search/?q=trust")
    links = [link.get("href") for link in results.xpath("//li[@class='snippet']/a")]
    assert links == ["/articles/on-trust/?q=trust&hit=1#hit-1"]
    found = page(client, links[0])
    assert hits(found) == {"1": "Trust", "2": "trusting", "3": "trust"}
    assert [m.text for m in found.xpath("//mark[@data-hit-now]")] == ["Trust"]
    assert len(found.xpath("//*[@id='hit-1']")) == 1
    (bar,) = found.xpath("//search-hits")
    assert "Hit 1 of 3" in bar.text_content()
    steps = [link.get("href") for link in bar.xpath(".//a")]
    assert steps == ["?q=trust&hit=3#hit-3", "?q=trust&hit=2#hit-2", "/articles/on-trust/"]


def test_hits_never_change_the_text(client, article, reader):
    make_annotation(article, by=reader, words="trusting is trust")
    body = page(client, "/articles/on-trust/?q=trust is").get_element_by_id("article-body")
    assert body.text_content() == text_of(BODY)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"arms control"', ["Arms control", "arms-control"]),
        ("arms OR given", ["given", "Arms", "arms", "arms"]),
        ("arms control", ["Arms control", "arms", "control", "arms", "control"]),
        ("trust -arms", ["Trust", "trusting", "trust"]),
        ("zebra", []),
    ],
)
def test_exactly_what_was_found_is_marked(client, article, query, expected):
    assert list(hits(page(client, f"/articles/on-trust/?q={query}")).values()) == expected


@pytest.mark.parametrize(
    ("language", "body", "query", "expected"),
    [
        ("fr", "La négociation au Sénégal", "negociation senegal", ["négociation", "Sénégal"]),
        ("de", "Die Verträge — „Verträge“ halten", "Vertrag", ["Verträge", "Verträge"]),
        ("zh", "政府的信任赤字，信任。", "信任", ["信任", "信任"]),
        ("ar", "انهارت الثقة، والثقة؟", "الثقة", ["الثقة"]),
        ("en", "A 😀 and a treaty", "treaty", ["treaty"]),
    ],
)
def test_hits_are_found_in_any_script(client, db, language, body, query, expected):
    make_article(slug="there", language=language, html=f"<p>{body}</p>")
    assert list(hits(page(client, f"/articles/there/?q={query}")).values()) == expected


def test_a_page_opened_again_after_a_note_keeps_its_hits(client, reader, article):
    client.force_login(reader)
    answer = client.post(
        "/articles/on-trust/notes/",
        {"body": "x", "whole": "1", "audience": "private"},
        headers={"HX-Request": "true", "HX-Current-URL": "http://t/articles/on-trust/?q=given"},
    )
    assert re.search('<mark data-hit="1">given</mark>', answer.content.decode())


def test_an_older_text_and_one_without_hits_say_so(client, article):
    make_revision(article, html="<p>Nothing of the kind.</p>")
    assert "No hit in the text" in client.get("/articles/on-trust/?q=trust").content.decode()
    assert len(hits(page(client, "/articles/on-trust/revisions/1/?q=trust&hit=9"))) == 3
    assert "search-hits" not in client.get("/articles/on-trust/?q=-trust").content.decode()
