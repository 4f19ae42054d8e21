"""What the browser makes of a body is the canonical text, and themes are only colours."""

import pytest
from playwright.sync_api import expect

from articles.passages import address_of
from articles.sanitize import clean
from articles.text import Span
from tests.browser.hands import select, toolbar, write
from tests.factories import make_annotation, make_article

MIXED = """<h2>A dove, a table, a note</h2>
<p>Peace 🕊️ came by post<sup><a href="#n1">1</a></sup>, said the 👩‍💻.</p>
<p lang="ar" dir="rtl">الثقة لا تُبنى في يوم واحد، ولا تُهدم في ليلة.</p>
<table><caption>Warheads</caption><thead><tr><th>State</th><th>Deployed</th></tr></thead>
<tbody><tr><td>A</td><td>1,950</td></tr><tr><td>B</td><td>2,430</td></tr></tbody></table>
<ul><li>One</li><li>Two<ul><li>Deeper</li></ul></li></ul>
<pre>a = 1\n  b = 2</pre>
<p>A line<br>and another.</p>
<section role="doc-endnotes"><ol><li id="n1"><p>The clerk was never named.</p></li></ol>
</section>"""

PLACE = """(line, words) => {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const start = walker.currentNode.data.indexOf(words);
    if (start < 0) continue;
    range.setStart(walker.currentNode, start);
    range.setEnd(walker.currentNode, start + words.length);
    return range.getBoundingClientRect().toJSON();
  }
}"""


def test_text_content_is_the_canonical_text(open_page, reader):
    article = make_article(slug="mixed", html=clean(MIXED))
    for words in ("dove", "🕊️ came", "لا تُبنى في يوم", "2,430", "Deeper", "b = 2", "never named"):
        make_annotation(article, words=words, by=reader)
    page = open_page()
    canonical = page.request.get("/articles/mixed.txt").text()
    assert canonical == article.revisions.get().text
    page.goto("/articles/mixed/")
    expect(page.locator("[data-live]")).to_be_attached()
    assert page.evaluate("document.getElementById('article-body').textContent") == canonical
    plain = open_page(java_script_enabled=False)
    plain.goto("/articles/mixed/")
    assert plain.locator("#article-body").text_content() == canonical


def test_words_after_an_emoji_are_stored_in_code_points(open_page, reader):
    article = make_article(slug="mixed", html=clean(MIXED))
    page = open_page(user=reader)
    page.goto("/articles/mixed/")
    for words in ("لا تُبنى في يوم", "2,430"):
        select(page, words)
        expect(toolbar(page)).to_be_visible()
        toolbar(page).get_by_role("button", name="Comment").click()
        write(page, f"On {words}.")
        expect(page.locator("mark", has_text=words)).to_be_visible()
    text = article.revisions.get().text
    for note in article.annotations.all():
        anchor = note.anchors.get()
        assert text[anchor.start : anchor.end] == anchor.exact
        assert anchor.exact in ("لا تُبنى في يوم", "2,430")


def test_a_theme_changes_colours_and_holds_after_a_reload_without_a_flash(open_page, reader):
    make_article(slug="on-trust")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    keep_the_first = (
        "new MutationObserver((_, watch) => { if (!document.body) return; watch.disconnect();"
        f" window.first = {paper}; }}).observe(document, {{ childList: true, subtree: true }});"
    )
    page = open_page(color_scheme="light", init_script=keep_the_first)
    page.goto("/articles/on-trust/")
    assert page.evaluate(paper) == "rgb(251, 248, 242)"
    page.get_by_text("Aa", exact=True).click()
    page.get_by_text("Dark", exact=True).click()
    assert page.evaluate(paper) == "rgb(23, 24, 26)"
    page.reload()
    assert page.evaluate("window.first") == "rgb(23, 24, 26)"


def test_the_title_above_its_own_heading_is_never_seen_twice(open_page):
    make_article(slug="on-trust", title="On trust")
    page = open_page()
    page.add_init_script("""(function look() {
      const title = document.querySelector(".reading-bar-title");
      if (title) (window.seen ??= []).push(getComputedStyle(title).opacity);
      requestAnimationFrame(look);
    })()""")
    page.goto("/articles/on-trust/")
    expect(page.locator("[data-live]")).to_be_attached()
    page.evaluate("new Promise(requestAnimationFrame)")
    assert set(page.evaluate("window.seen")) == {"0"}
    plain = open_page(java_script_enabled=False)
    plain.goto("/articles/on-trust/")
    title = plain.locator(".reading-bar-title")
    assert title.evaluate("title => getComputedStyle(title).opacity") == "1"


def test_the_dark_theme_of_the_system_is_followed(open_page, reader):
    make_article(slug="on-trust")
    page = open_page(color_scheme="dark")
    page.goto("/articles/on-trust/")
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert paper == "rgb(23, 24, 26)"


def test_with_notes_off_nothing_but_the_text_is_left(open_page, reader):
    article = make_article(slug="on-trust")
    make_annotation(article, words="trust", by=reader)
    page = open_page()
    page.goto("/articles/on-trust/")
    page.get_by_text("Aa", exact=True).click()
    page.get_by_role("group", name="Show notes").get_by_text("None").click()
    page.keyboard.press("Escape")
    expect(page.locator(".note-number")).to_be_hidden()
    mark = page.locator("mark")
    assert mark.evaluate("mark => getComputedStyle(mark).textDecorationLine") == "none"
    assert mark.evaluate("mark => getComputedStyle(mark).backgroundImage") == "none"
    expect(page.get_by_role("region", name="Annotations")).to_be_hidden()


def test_the_archives_own_words_keep_their_order_above_a_text_from_the_right(open_page):
    date = {"published_on": "2017-02-04", "date_precision": "day"}
    make_article(slug="on-trust", title="عن الثقة", language="ar", kind="essay", **date)
    page = open_page()
    page.goto("/articles/on-trust/")
    head = page.locator(".article-head")
    for line, words in ((".published", ("4", "February")), (".quiet-line", ("1", "min"))):
        told = head.locator(line)
        first, second = (told.evaluate(PLACE, word) for word in words)
        assert first["right"] <= second["left"], line
    page.get_by_text("Cite", exact=True).click()
    told = page.locator(".citation")
    first, second = (told.evaluate(PLACE, word) for word in ("4", "February"))
    assert first["right"] <= second["left"]
    edge = head.evaluate("head => head.getBoundingClientRect().right")
    assert head.locator(".kind").evaluate(PLACE, "Essay")["right"] == pytest.approx(edge, abs=1)


def test_links_above_a_text_look_the_same_where_a_passage_of_it_is_cited(open_page):
    article = make_article(slug="on-trust", people=("Ada Ledger",))
    passage = address_of(article.revisions.get().text, 1, Span(4, 9))
    page = open_page()
    colours = []
    for url in ("/articles/on-trust/", f"/articles/on-trust/p/{passage}"):
        page.goto(url)
        colours.append(page.locator(".people a").evaluate("a => getComputedStyle(a).color"))
    assert colours[0] == colours[1]


def test_a_list_in_a_note_has_the_same_signs_wherever_the_note_stands(open_page, reader):
    article = make_article(slug="on-trust")
    make_annotation(article, words="trust", by=reader, body="Two:\n\n- one\n- two")
    page = open_page()
    for url in ("/articles/on-trust/", "/annotations/recent/"):
        page.goto(url)
        sign = page.locator(".note-body ul").evaluate("ul => getComputedStyle(ul).listStyleType")
        assert sign == "disc", url
