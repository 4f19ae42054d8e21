"""Web pages: what stands around an article and looks like its text."""

import pytest
from lxml import html

from articles.importing.html import extract, main_text
from articles.importing.html.page_asides import without_asides
from articles.importing.html.page_ends import trimmed

LONG = "The ferry left before dawn, and nobody on the quay could say afterwards who was aboard it. "
OTHER = "A lighthouse keeper counts the ships that do not come, and writes the number down each day"


def text_of(around, *, first="", attributes=""):
    """What stays of a page all of whose words were taken for the article."""
    page = f"""<body><div class="body" {attributes}>{first}<p>{LONG * 2}</p><p>{LONG * 3}</p>
    <p>{LONG} It was the last one.</p></div>{around}</body>"""
    runs, _ = main_text.runs_of(html.document_fromstring(page).find("body"))
    return " ".join(run.text for run in without_asides(runs, "harbour.example"))


@pytest.mark.parametrize(
    "name", ["comments", "visitors_comment_content", "kommentare-liste", "disqus", "comentarios"]
)
def test_readers_comments_are_no_part_of_an_article(name):
    text = text_of(
        f'<div class="{name}"><h3>Well said</h3><p>My uncle was aboard, {LONG}</p></div>'
    )
    assert "last one" in text
    assert "uncle" not in text


def test_an_article_about_comments_is_kept():
    assert "last one" in text_of("", attributes='class="story with-comments"')


def test_the_beginning_of_another_article_below_its_title_is_dropped():
    text = text_of(
        f'<div id="next"><div><h4><a href="/keeper">The keeper of lights</a></h4><p>{OTHER} […]</p>'
        f'</div><div><h4><a href="/ice">The year of the ice</a></h4><p>{OTHER} …</p></div></div>'
    )
    assert "last one" in text
    assert "keeper" not in text


def test_a_sentence_that_trails_off_is_kept():
    text = text_of(
        "", first=f'<p>See <a href="/ice">the year of the ice</a>. {LONG} and so on …</p>'
    )
    assert "and so on" in text


def test_a_list_of_other_articles_with_their_dates_is_dropped():
    rows = "".join(
        f'<tr><th><a href="/{year}">The year of the ice, {year}</a></th><td>{year}.01.10</td></tr>'
        for year in range(2010, 2015)
    )
    text = text_of(f'<div class="list"><table>{rows}</table></div>')
    assert "last one" in text
    assert "2012" not in text


@pytest.mark.parametrize("name", ["newsletter-box", "recirc", "share", "sponsored", "pagination"])
def test_elements_named_for_something_else_are_dropped(name):
    text = text_of(f'<div class="{name}"><p>Every Friday we write to you: {LONG}</p></div>')
    assert "Friday" not in text


def test_a_sidebar_is_dropped_but_not_an_article_called_so():
    aside = f'<div class="sidebar"><p>Elsewhere: {LONG}</p></div>'
    assert "Elsewhere" not in text_of(aside)
    assert "last one" in text_of("", attributes='class="widget sidebar-left"')


@pytest.mark.parametrize(("line", "is_kept"), [("Come in time!", True), ("Read on:", False)])
def test_a_last_line_in_bold_is_kept_unless_something_should_follow_it(line, is_kept):
    page = f"""<html><head><title>Ferries</title></head><body><h1>Ferries</h1><div><p>{LONG * 2}</p>
    <p>{LONG * 3}</p><p>{LONG}</p><p><strong>{line}</strong></p></div></body></html>"""
    assert (line in extract(page.encode(), None).text) is is_kept


@pytest.mark.parametrize(("path", "stays"), [("/lights", False), ("https://x.example/", True)])
def test_titles_of_the_sites_own_articles_below_a_heading_are_no_part(path, stays):
    teasers = "".join(
        f'<h4><a href="{path}{n}">The lighthouse, part {n}</a></h4><p>On the keeper of lights.</p>'
        for n in range(4)
    )
    page = f"<body><p>{LONG * 2}</p><p>{LONG * 3}</p><p>{LONG}</p>" + "<p>And so on.</p>" * 9
    page += f"<h2>Of the same hand</h2>{teasers}</body>"
    runs, _ = main_text.runs_of(html.document_fromstring(page).find("body"))
    text = [run.text for run in trimmed(runs, title="", names=[], host="harbour.example")]
    assert ("On the keeper of lights." in text) is stays


def test_a_caption_is_kept_in_a_figure_and_dropped_elsewhere():
    caption = "<{0} class='caption'>The quay, as it was the year before the ferries.</{0}>"
    loose = f"<div><img src='/quay.jpg'>{caption.format('p')}</div>"
    figure = f"<figure><img src='/quay.jpg'>{caption.format('figcaption')}</figure>"
    text = f"<p>{LONG}</p><p>{LONG}</p>"
    assert "The quay" not in text_of("", first=f"{text}{loose}")
    assert "The quay" in text_of("", first=f"{text}{figure}")


def test_a_page_of_captions_is_kept():
    captions = "".join(f"<div class='caption'><p>{LONG}{day}</p></div>" for day in range(20))
    assert text_of("", first=f"<p>{LONG}</p>{captions}").count("The ferry left") == 27
