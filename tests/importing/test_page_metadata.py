"""Web pages: which of several statements counts, and who is never made an author."""

import json

import pytest

from articles.importing.document import PublicationDate, Sureness
from articles.importing.html import extract

WORDS = "The harbour froze and nobody wrote a word about it to anybody else that winter. " * 8


def document(*head, title="Ice", before="", url=None):
    html = (
        f"<html><head><title>{title}</title>{''.join(head)}</head>"
        f"<body>{before}<article><p>{WORDS}</p></article></body></html>"
    )
    return extract(html.encode(), url)


def meta(**fields):
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{value}">'
        for name, value in fields.items()
    )


def json_ld(**fields):
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps({"@graph": [data]})}</script>'


def names(found):
    return [person.name for person in found.people]


def test_json_ld_comes_before_all_others():
    found = document(
        json_ld(
            headline="Ice on the river",
            alternativeHeadline="Two ministries",
            author=[{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Bo Li"}],
            editor={"name": "Cy Ma"},
            datePublished="2012-02-04T23:30:00-05:00",
            publisher={"@type": "Organization", "name": "Baltic Letters"},
            keywords="ice, harbours",
        ),
        meta(citation_title="Other", citation_author="Other, Otto", citation_date="2001/01/02"),
        meta(og__title="Third", article__published_time="2003-03-03"),
    )
    assert found.title == "Ice on the river"
    assert found.standfirst == "Two ministries"
    assert [(person.name, person.role) for person in found.people] == [
        ("Ann Lee", "author"),
        ("Bo Li", "author"),
        ("Cy Ma", "editor"),
    ]
    assert found.date == PublicationDate(2012, 2, 4)
    assert (found.publisher, found.tags) == ("Baltic Letters", ("ice", "harbours"))
    assert found.origins["date"].where == "JSON-LD"


def test_citation_tags_name_a_scholarly_article():
    head = (
        '<meta name="citation_title" content="Ice on the river">'
        '<meta name="citation_author" content="Lee, Ann">'
        '<meta name="citation_author" content="Bo Li">'
        '<meta name="citation_publication_date" content="2012/02">'
        '<meta name="citation_journal_title" content="Harbour Quarterly">'
        '<meta name="citation_doi" content="10.1000/ICE">'
    )
    found = document(head)
    assert names(found) == ["Ann Lee", "Bo Li"]
    assert found.date == PublicationDate(2012, 2)
    assert found.publication == "Harbour Quarterly"
    assert found.identifiers == (("doi", "10.1000/ice"),)


def test_dublin_core_counts_where_nothing_better_is():
    found = document(
        '<meta name="DC.creator" content="Ann Lee"><meta name="DC.date" content="2012">'
        '<meta name="DC.rights" content="CC BY 4.0">'
    )
    assert names(found) == ["Ann Lee"]
    assert found.date == PublicationDate(2012)
    assert found.rights == "CC BY 4.0"


@pytest.mark.parametrize(
    "stated",
    [
        json_ld(author={"@type": "Person", "name": "admin"}),
        json_ld(author={"name": "Baltic Letters"}, publisher={"name": "Baltic Letters"}),
        json_ld(author="https://baltic.example/lee"),
        meta(author="Ann Lee"),
        meta(article__author="https://facebook.example/baltic"),
        '<meta name="citation_author" content="webmaster@baltic.example">',
    ],
)
def test_who_is_not_called_an_author_is_none(stated):
    found = document(stated)
    assert found.people == ()
    assert "people" not in found.origins


def test_a_name_without_a_role_is_only_suggested():
    found = document(meta(author="Ann Lee"), before='<div class="author-name">Bo Li</div>')
    assert {person.name for person in found.suggested_people} >= {"Ann Lee", "Bo Li"}


def test_a_byline_names_its_authors_but_a_list_of_other_articles_does_not():
    byline = '<p class="byline">By Ann Lee and Bo Li</p>'
    related = '<aside><p class="byline">By Cy Ma</p></aside>'
    assert names(document(before=byline + related)) == ["Ann Lee", "Bo Li"]
    assert names(document(before=related)) == []


def test_a_date_that_nobody_states_is_a_guess_and_invents_no_day():
    found = document(before="<p>Copyright 2012 by the harbour</p>")
    if found.date.year:
        assert found.origins["date"].sureness is Sureness.GUESS
        assert found.date.precision == "year"


def test_a_date_in_the_address_is_likely():
    found = document(url="https://baltic.example/2012/02/04/ice")
    assert found.date == PublicationDate(2012, 2, 4)
    assert found.origins["date"].sureness is Sureness.LIKELY


def test_the_site_is_not_part_of_the_title():
    found = document(meta(og__site_name="Baltic Letters"), title="Ice - Baltic Letters")
    assert found.title == "Ice"
    assert found.origins["title"].sureness is Sureness.GUESS
    assert document(title="Ice", before="<h1>Ice on the river</h1>").title == "Ice on the river"


def test_a_description_that_repeats_the_text_is_no_standfirst():
    assert document(meta(og__description=WORDS[:70] + "…")).standfirst == ""
    assert document(meta(og__description="In short.")).standfirst == "In short."


def test_broken_json_ld_is_passed_over():
    broken = '<script type="application/ld+json">{"@type": </script>'
    assert document(broken, meta(og__title="Ice on the river")).title == "Ice on the river"
