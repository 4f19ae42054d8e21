"""Web pages: what is said around the heading, and of which article a byline is."""

import json

import pytest

from articles.importing.document import PublicationDate
from articles.importing.html import extract

WORDS = [
    f"The {name} letter asks for nothing and gets it, after a delay of seven weeks and a day, from"
    f" the {office} office, which has since then moved to another harbour further down the coast."
    for name, office in (("first", "old"), ("second", "new"), ("third", "last"), ("other", "same"))
]
TEXT = "".join(f"<p>{words}</p>" for words in WORDS)


def document(body, head=""):
    return extract(f"<html><head>{head}</head><body>{body}</body></html>".encode(), None)


def names(found):
    return [person.name for person in found.people]


def card(name, year):
    return (
        f"<article class=card><h3><a href=/x{year}>Another piece of {year}</a></h3>"
        f"<span class=byline>By {name}</span><time datetime={year}-01-02>{year}</time></article>"
    )


CARDS = card("Cy Ma", 2019) + card("Di Na", 2018)


def test_json_ld_may_name_its_people_elsewhere():
    graph = {
        "@graph": [
            {"@type": "WebPage", "@id": "#page", "datePublished": "2011-01-01"},
            {
                "@type": "NewsArticle",
                "headline": "Ice",
                "datePublished": "2012-02-04",
                "author": [{"@id": "#ann"}, {"@id": "#nobody"}],
                "publisher": {"@id": "#site"},
            },
            {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
            {"@type": "Organization", "@id": "#site", "name": "Baltic Letters"},
        ]
    }
    head = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    found = document(f"<article><h1>Ice</h1>{TEXT}</article>", head)
    assert (names(found), found.publisher) == (["Ann Lee"], "Baltic Letters")
    assert found.date == PublicationDate(2012, 2, 4)


def test_a_page_that_is_called_no_article_has_its_date_too():
    data = {"@type": "WebPage", "name": "Ice", "datePublished": "2012-02-04T09:00:00Z"}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert document(f"<h1>Ice</h1>{TEXT}", head).date == PublicationDate(2012, 2, 4)


@pytest.mark.parametrize("wrap", ["<article>{}</article>{}", "<div>{}</div><div>{}</div>"])
def test_the_bylines_of_other_articles_are_not_this_ones(wrap):
    own = f"<h1>Ice</h1><p class=byline>By Ann Lee</p><p class=byline>By Bo Li</p>{TEXT * 3}"
    assert names(document(wrap.format(own, CARDS))) == ["Ann Lee", "Bo Li"]


def test_a_page_without_byline_takes_none_from_other_articles():
    found = document(f"<article><h1>Ice</h1>{TEXT}</article>{CARDS}")
    assert found.people == ()
    assert found.date.year is None or found.origins["date"].sureness == "guess"


def test_a_byline_far_below_counts_unless_it_stands_beside_another_title():
    text = TEXT * 4
    lone = document(f"<h1>Ice</h1>{text}<p class=byline>By Ann Lee</p>")
    assert names(lone) == ["Ann Lee"]
    teaser = "<div><a href=/x>The ferry is late again</a> <span class=byline>By Cy Ma</span></div>"
    found = document(f"<h1>Ice</h1>{text}{teaser}")
    assert found.people == ()
    assert "Cy Ma" in {person.name for person in found.suggested_people}


def test_words_by_somebody_are_a_byline():
    found = document(f"<h1>Ice</h1><p class=byline>Words by <a href=/a>Ann Lee</a></p>{TEXT}")
    assert names(found) == ["Ann Lee"]


def test_a_link_to_another_article_amid_the_text_is_no_text():
    away = "<p><b>Read more:</b> <a href=/x>How the barges were late</a></p>"
    kept = "<p>Read more letters than you write, said the clerk.</p>"
    found = document(f"<article><h1>Ice</h1>{TEXT}{away}{kept}{TEXT}</article>")
    assert "barges" not in found.text
    assert "said the clerk" in found.text


def test_names_side_by_side_are_not_run_together():
    items = "<div class=item>Ann Lee</div><div class=item>Bo Li</div>"
    found = document(f"<h1>Ice</h1><div class=field-authors>{items}</div>{TEXT}")
    assert [person.name for person in found.suggested_people][:2] == ["Ann Lee", "Bo Li"]


@pytest.mark.parametrize(
    ("lines", "people", "date"),
    [
        ("<b>by Ann Lee</b><br><i>Spring 1998</i>", ["Ann Lee"], PublicationDate(1998)),
        ("<div>By Ann Lee and Bo Li</div><div>4 February 2012</div>", ["Ann Lee", "Bo Li"],
         PublicationDate(2012, 2, 4)),
        ("<span>作者：李明</span>", ["李明"], PublicationDate()),
        ("<div>By the sea</div><div>By Ann</div>", [], PublicationDate()),
    ],
)  # fmt: skip
def test_the_lines_between_heading_and_text_say_by_whom_and_when(lines, people, date):
    found = document(f"<div><h1>Ice</h1>{lines}{TEXT}</div>")
    assert (names(found), found.date) == (people, date)
    assert found.text.startswith("The first letter") or not people


def test_such_lines_count_less_than_what_the_page_states():
    head = '<meta property="article:published_time" content="2013-03-03">'
    found = document(f"<div><h1>Ice</h1><div>4 February 2012</div>{TEXT}</div>", head)
    assert found.date == PublicationDate(2013, 3, 3)


def test_a_subtitle_is_the_standfirst_and_no_text():
    subtitle = '<h2 class="post-subtitle">Two ministries write</h2>'
    found = document(f"<article><h1>Ice</h1>{subtitle}{TEXT}</article>")
    assert found.standfirst == "Two ministries write"
    assert found.text.startswith("The first letter")
    plain = document(f"<article><h1>Ice</h1><h2>Before the frost</h2>{TEXT}</article>")
    assert plain.text.startswith("Before the frost")


def test_a_lower_heading_is_the_title_where_the_title_element_says_so():
    head = "<title>Ice on the river - Office of Rivers</title>"
    assert document(f"<h2>Latest</h2><h2>Ice on the river</h2>{TEXT}", head).title == (
        "Ice on the river"
    )
    blog = "<title>Cold Notes: Ice on the river</title>"
    assert document(f"<h2>Ice on the river</h2>{TEXT}", blog).title == "Ice on the river"
    assert document(f"<h2>Ice</h2>{TEXT}", head).title.startswith("Ice on the river")


def test_a_table_that_lays_out_the_page_is_no_table():
    menu = "<td width=150><a href=a>Home</a><br><a href=b>Archive</a></td>"
    layout = (
        "<table><tr><td colspan=2>Review of Cold Affairs</td></tr><tr>{}<td><h2>Ice</h2>{}"
        "<table>{}</table>{}</td></tr></table>"
    )
    rows = "".join(f"<tr><th>Year {n}</th><td>{n} letters came back</td></tr>" for n in range(9))
    found = document(
        layout.format(menu, TEXT, rows, TEXT.replace("letter", "note")), "<title>Ice</title>"
    )
    assert "Home" not in found.text
    assert "Review of Cold" not in found.text
    assert found.html.startswith("<p>The first letter")
    assert "<th>Year 3</th>" in found.html
    assert found.html.count("<table>") == 1


def test_a_table_of_words_stays_one():
    rows = "".join(
        f"<tr><td>Article {n}</td><td>{words}</td></tr>" for n, words in enumerate(WORDS)
    )
    found = document(f"<h1>Ice</h1>{TEXT}<table>{rows}</table><p>{WORDS[0]} It was signed.</p>")
    assert "<td>Article 2</td>" in found.html
