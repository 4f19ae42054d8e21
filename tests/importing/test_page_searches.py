"""Web pages: what a strict search for the main text loses, and a wide one takes in."""

from lxml import html

from articles.importing.html import extract, main_text
from articles.importing.html.wide_search import completed

LONG = "The ferry left before dawn, and nobody on the quay could say afterwards who was aboard it. "
PAGE = f"""\
<body><div class="menu"><p>The harbour in winter, and other pieces of this week's edition</p></div>
<article><div class="text"><p id="lead">Ferries are late, all of them, said the harbour master.</p>
<p>{LONG}</p><p>{LONG * 2}</p>
<header><h2>What the harbour master saw</h2></header><p>{LONG * 3}</p>
<p id="more"><a href="/ferries">More about the ferries of the northern coast</a></p></div>
<div class="text"><p id="second">{LONG} So ended the second part.</p></div></article>
<div class="teasers"><p id="other">{LONG} This is the beginning of another article.</p></div></body>
"""


def _completed(strict, wide):
    """The paragraphs that stay when these ids (and "long") were found by the two searches."""
    body = html.document_fromstring(PAGE).find("body")
    runs, _ = main_text.runs_of(body)
    long = {run for run in runs if run.block.getparent().get("class") == "text"}
    long = {run for run in long if run.block.tag == "p" and run.block.get("id") is None}

    def named(names):
        return {run for run in runs if run.block.get("id", run.block.tag) in names}

    kept = completed(runs, long | named(strict), long | named(wide))
    return {run.block.get("id", run.block.tag) for run in kept} - {"p"}


def test_what_stands_beside_the_paragraphs_of_both_searches_is_the_articles():
    assert _completed([], ["lead", "h2"]) == {"lead", "h2"}


def test_the_article_goes_on_in_the_next_element_of_the_same_kind():
    assert _completed([], ["second"]) == {"second"}


def test_links_and_what_stands_elsewhere_are_not_the_articles():
    assert _completed([], ["more", "other"]) == set()


def test_what_only_the_strict_search_found_is_dropped():
    assert _completed(["other"], []) == set()


def test_a_wide_search_that_found_something_else_does_not_count():
    body = html.document_fromstring(PAGE).find("body")
    runs, _ = main_text.runs_of(body)
    strict = {run for run in runs if run.block.get("id") in ("lead", "second")}
    wide = {run for run in runs if run.block.get("id") == "other"}
    assert completed(runs, strict, wide) == strict


def test_a_page_that_is_all_one_form_has_its_text():
    text = "".join(f"<p>On day {day} so it was. {LONG}</p>" for day in range(5))
    page = f"""<html><head><title>Ferries</title></head><body><form><h1>Ferries</h1>
    <div>{text}</div><input name="q"></form></body></html>"""
    assert extract(page.encode(), None).text.count("The ferry left") == 5


def test_paragraphs_parted_by_line_breaks_have_their_own_links_only():
    links = "<br>".join(f'{LONG} <a href="https://x.example/{n}">{LONG}</a>' for n in range(9))
    page = f"""<html><head><title>Ferries</title></head><body><h1>Ferries</h1><div>{links}<br><br>
    {LONG}<br><br>The last words were few.</div></body></html>"""
    assert "The last words were few." in extract(page.encode(), None).text
