"""Web pages: what a byline says besides the names of authors, and whom it does not name."""

import json

import pytest

from articles.importing.document import PublicationDate
from articles.importing.html import extract

WORDS = "The harbour froze and nobody wrote a word about it to anybody else that winter. " * 8


def document(byline, *, head="", title="Ice on the river", before="", url=None):
    html = (
        f"<html><head><title>{title}</title>{head}</head><body>{before}<h1>Ice on the river</h1>"
        f"{byline}<div><p>{WORDS}</p></div></body></html>"
    )
    return extract(html.encode(), url)


def names(found):
    return [person.name for person in found.people]


@pytest.mark.parametrize(
    "byline",
    [
        "By Ann Lee | 10/9/10 7:15 AM",
        "By Ann Lee @annlee",
        "By Ann Lee posted Aug 18th 2010",
        "By Ann Lee Juli 12, 2017 0 Kommentare",
        "By <span>Ann Lee</span> Harbour Correspondent",
        "By Ann Lee<script>var ice = 'a script is no byline, however long it may be';</script>",
    ],
)
def test_what_follows_a_name_is_no_part_of_it(byline):
    assert names(document(f'<p class="byline">{byline}</p>')) == ["Ann Lee"]


def test_a_link_to_all_posts_of_an_author_names_the_author():
    found = document('<a rel="author" href="/ann">View all posts by Ann Lee</a>')
    assert names(found) == ["Ann Lee"]


def test_a_name_that_the_page_and_its_byline_give_is_the_authors():
    head = '<meta name="author" content="Ann Lee">'
    assert names(document('<p class="author">Ann Lee, Riga</p>', head=head)) == ["Ann Lee"]
    assert names(document('<p class="author">Bo Li, Riga</p>', head=head)) == []


def test_the_heading_is_the_one_that_the_title_repeats():
    logo = f"<h1>The Baltic Letters</h1><p>{'Letters ' * 300}</p>"
    assert names(document('<p class="byline">By Ann Lee</p>', before=logo)) == ["Ann Lee"]


@pytest.mark.parametrize("name", ["The Harbour", "harbour online", "ann_zl7x", "Harbour Redaktion"])
def test_a_site_or_an_account_is_no_author(name):
    data = {"@type": "NewsArticle", "author": {"@type": "Person", "name": name}}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert names(document("", head=head, url="https://www.harbour.example/ice")) == []


def test_a_site_may_be_called_as_its_author_is():
    found = document('<p class="byline">By Ann Lee</p>', url="https://annlee.example/ice")
    assert names(found) == ["Ann Lee"]


def test_an_office_beside_a_name_is_no_second_author():
    data = {"@type": "NewsArticle", "author": "Ann Lee, Chief Harbour Officer"}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert names(document("", head=head)) == ["Ann Lee"]


@pytest.mark.parametrize("path", ["2012/02/04/ice", "2012/world/02/04/ice", "2012/world/2/4/ice"])
def test_the_address_may_name_a_section_within_its_date(path):
    found = document("", url=f"https://harbour.example/{path}")
    assert (found.date.year, found.date.month, found.date.day) == (2012, 2, 4)


def test_a_line_above_the_text_may_say_more_than_its_author():
    assert names(document("<p>By Ann Lee | 27.06.2018 09:54 | 3 Letters</p>")) == ["Ann Lee"]
    assert names(document("<p>Author: harbourline Juli 12, 2017 0 Letters</p>")) == []


def test_the_day_that_a_page_shows_counts_and_not_that_of_its_last_change():
    shown = '<time datetime="2012-03-01T10:00:00Z">Published 4 February 2012</time>'
    assert document(shown).date == PublicationDate(2012, 2, 4)
    hidden = '<time datetime="2012-03-01T10:00:00Z">3 days ago</time>'
    assert document(hidden).date == PublicationDate(2012, 3, 1)


def test_the_time_of_a_quoted_message_is_not_what_the_page_states():
    quoted = '<blockquote><p>Ice! <time datetime="2012-03-01">1 March</time></p></blockquote>'
    assert document(quoted).origins["date"].where == "a search of the page"
