"""Search finds names, texts and notes, whoever wrote the rows."""

import pytest
from django.db import connection

from annotations import writing
from archive.search import search
from articles.models import Article, Person, TextChunk
from tests.factories import make_annotation, make_article, make_publisher, make_revision


def titles(results) -> list[str]:
    return [found.article.title for found in results.articles.found]


def notes(results) -> list:
    return [found.note for found in results.notes.found]


@pytest.fixture
def anybody(stranger):
    return stranger


@pytest.mark.parametrize(
    ("fields", "query"),
    [
        ({"title": "Deficits of trust"}, "deficit"),
        ({"standfirst": "On negotiating"}, "negotiation"),
        ({"people": ("Ana Ferreira",)}, "ferreira"),
        ({"tags": ("arms control",)}, '"arms control"'),
        ({"html": "<p>The treaties held.</p>"}, "treaty"),
        ({"language": "de", "html": "<p>Die Verträge halten.</p>"}, "Vertrag"),
    ],
)
def test_an_article_is_found_by_what_it_has(anybody, fields, query):
    article = make_article(**fields)
    make_article(title="Something else", html="<p>Nothing to see.</p>")
    assert titles(search(anybody, query)) == [article.title]


def test_web_search_syntax(anybody):
    make_article(title="One", html="<p>Arms and the treaty.</p>")
    make_article(title="Two", html="<p>Arms and the man.</p>")
    assert titles(search(anybody, "arms -treaty")) == ["Two"]
    assert sorted(titles(search(anybody, "treaty OR man"))) == ["One", "Two"]
    assert titles(search(anybody, '"the treaty"')) == ["One"]


def test_a_renamed_person_and_publisher_are_found_by_the_new_name(anybody):
    publisher = make_publisher("Old Gazette")
    article = make_article(people=("Jane Doe",), publisher=publisher)
    changed = Article.objects.get().changed_at
    Person.objects.update(name="Jane Roe")
    publisher.name = "New Gazette"
    publisher.save()
    for query in ("roe", "new gazette"):
        assert titles(search(anybody, query)) == [article.title]
    assert titles(search(anybody, "doe")) == []
    assert Article.objects.get().changed_at > changed


def test_rows_written_in_bulk_are_found_too(anybody):
    with connection.cursor() as cursor:
        article = make_article(html=None)
        cursor.execute(
            "INSERT INTO articles_revision"
            " (article_id, number, html, text, sha256, metadata, reason, made_at)"
            " VALUES (%s, 1, '', 'A marzipan treaty', '', '{}', '', now())",
            [article.pk],
        )
    Article.objects.update(state="published")
    assert titles(search(anybody, "marzipan")) == [article.title]


def test_only_the_current_text_is_searched(anybody):
    article = make_article(html="<p>Old marzipan.</p>")
    make_revision(article, html="<p>New nougat.</p>")
    assert titles(search(anybody, "marzipan")) == []
    assert titles(search(anybody, "nougat")) == [article.title]


def test_a_long_text_is_searched_to_its_end(anybody):
    html = "<p>" + " ".join(f"w{n}" for n in range(31_000)) + " final phrase</p>"
    article = make_article(html=html)
    assert TextChunk.objects.count() == 7
    assert titles(search(anybody, '"final phrase"')) == [article.title]
    assert titles(search(anybody, '"w4999 w5000 w5001"')) == [article.title]


def test_a_changed_language_indexes_the_text_again(anybody):
    article = make_article(html="<p>Die Kinder spielen.</p>")
    assert titles(search(anybody, "Kind")) == []
    Article.objects.filter(pk=article.pk).update(language="de")
    assert titles(search(anybody, "Kind")) == [article.title]


def test_snippets_are_escaped_and_marked(anybody):
    make_article(html="<p>If a &lt; b the treaty &amp; more.</p>")
    (found,) = search(anybody, "treaty").articles.found
    (snippet,) = found.snippets
    assert snippet.html == "If a &lt; b the <mark>treaty</mark> &amp; more."


def test_notes_and_replies_are_found_until_they_are_deleted(anybody, reader):
    note = make_annotation(make_article(), by=reader, body="On marzipan")
    reply = make_annotation(note, by=reader, body="No, nougat")
    assert notes(search(anybody, "marzipan")) == [note]
    assert notes(search(anybody, "nougat")) == [reply]
    writing.delete(reply)
    assert notes(search(anybody, "nougat")) == []


@pytest.mark.parametrize("query", ["", "   ", '"', "-", "!!", "a" * 10_000, "\x00", "(&|"])
def test_odd_queries_find_nothing_and_do_not_fail(anybody, client, query):
    make_article()
    assert client.get("/search/", {"q": query}).status_code == 200
