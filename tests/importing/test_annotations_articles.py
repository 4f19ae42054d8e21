"""Which article an annotation is about: by address, by identifier, by title, or nobody knows."""

import pytest

from annotations.importing.door import bring
from articles.models import Identifier, UrlAlias
from tests.factories import make_article
from tests.hypothesis_export import PAGE, annotation, export_of

ELSEWHERE = "https://elsewhere.example/x"


@pytest.fixture
def article(db):
    make_article(title="Another")
    return make_article(title="On  Trust", slug="on-trust")


def brought(**fields):
    (result,) = bring(export_of(annotation(**fields)), by=None)
    return result


def untitled(**fields):
    return brought(**{"document": {}, **fields})


@pytest.mark.parametrize(
    "uri",
    [
        *(PAGE, "http://example.org/on-trust?utm_source=x#p", "https://EXAMPLE.org/on-trust/"),
        "https://example.org:443/on-trust",
    ],
)
def test_by_address_however_it_is_spelt(article, uri) -> None:
    UrlAlias.objects.create(article=article, url=PAGE)
    assert untitled(uri=uri).article == article


def test_by_the_source_that_an_editor_wrote(article) -> None:
    article.source_url = "http://example.org/on-trust/#top"
    article.save()
    assert untitled().article == article


@pytest.mark.parametrize(
    ("scheme", "value", "fields"),
    [
        ("x-pdf", "0123456789abcdef", {"uri": "urn:x-pdf:0123456789ABCDEF"}),
        ("doi", "10.1234/ice", {"uri": "https://doi.org/10.1234/ICE"}),
        ("doi", "10.1234/ice", {"document": {"highwire": {"doi": ["10.1234/ice"]}}}),
        (
            "x-pdf",
            "0123456789abcdef",
            {"document": {"link": [{"href": "urn:x-pdf:0123456789abcdef"}]}},
        ),
    ],
)
def test_by_identifier(article, scheme, value, fields) -> None:
    Identifier.objects.create(article=article, scheme=scheme, value=value)
    assert untitled(**{"uri": ELSEWHERE} | fields).article == article


def test_by_its_title_alone_which_is_told(article) -> None:
    result = brought(uri=ELSEWHERE, document={"title": ["ON TRUST"]})
    assert (result.article, "title alone" in result.reason) == (article, True)


def test_of_several_of_one_title_none_is_chosen(article) -> None:
    make_article(title="on trust")
    result = brought()
    assert (result.outcome, "any of several articles" in result.reason) == ("refused", True)


@pytest.mark.parametrize("document", [{}, {"title": []}, {"title": ["On trust | Example"]}])
def test_what_is_about_nothing_here_is_refused(article, document) -> None:
    result = brought(document=document)
    assert (result.outcome, "no article here" in result.reason) == ("refused", True)


def test_words_wait_for_a_text_and_a_page_note_does_not(db) -> None:
    make_article(title="On trust", html=None)
    assert brought().outcome == "new"
    (result,) = bring(export_of(annotation("dull ones")), by=None)
    assert (result.outcome, result.reason) == ("refused", "The article has no text yet.")
