"""Signed out: read, copy, and come back from the log-in to the same words."""

import re

from playwright.sync_api import expect

from tests.browser.hands import comment, drag_over, toolbar, write
from tests.factories import make_annotation, make_article

HTML = "<p>Peace 🕊️ came first. The core issue is the deficit of trust.</p>\n<p>And so on.</p>"


def test_log_in_leads_back_to_the_same_words_with_the_form_open(open_page, reader):
    make_article(slug="on-trust", html=HTML)
    page = open_page()
    page.goto("/articles/on-trust/")
    drag_over(page, "the deficit of trust")
    toolbar(page).get_by_role("button", name="Comment").click()
    page.get_by_label("Username").fill("reader")
    page.get_by_label("Password").fill("reader")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("dialog", name="New note")).to_contain_text("the deficit of trust")
    expect(page.get_by_role("textbox", name="Note", exact=True)).to_be_focused()
    write(page, "Back at the same words.")
    expect(comment(page, "Back at the same words.")).to_be_visible()
    expect(page.locator("mark")).to_have_text("the deficit of trust")


def test_reply_leads_to_the_log_in_and_back_to_the_form_opened(open_page, reader, second):
    article = make_article(slug="on-trust", html=HTML)
    make_annotation(article, words="trust", by=second, body="What do you say?")
    page = open_page()
    page.goto("/articles/on-trust/")
    comment(page, "What do you say?").get_by_role("link", name="Reply").click()
    page.get_by_label("Username").fill("reader")
    page.get_by_label("Password").fill("reader")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("textbox", name="Note", exact=True)).to_be_focused()
    write(page, "I say this.")
    expect(comment(page, "I say this.")).to_be_focused()
    plain = open_page(java_script_enabled=False)
    plain.goto("/articles/on-trust/")
    comment(plain, "What do you say?").get_by_role("link", name="Reply").click()
    expect(plain).to_have_url(re.compile(r"/accounts/login/\?next=/annotations/.+/replies/"))


def test_without_script_the_words_are_marked_and_a_link_opens_the_form(open_page, reader):
    article = make_article(slug="on-trust", html=HTML)
    script = open_page()
    script.goto("/articles/on-trust/")
    start = article.revisions.get().text.index("the deficit of trust")
    query = f"revision=1&start={start}&end={start + 20}"
    url = script.request.get(f"/articles/on-trust/p/?{query}").json()["url"]
    page = open_page(user=reader, java_script_enabled=False)
    page.goto(f"/articles/on-trust/?select={url.rpartition('/')[2]}&act=comment")
    expect(page.locator("mark[data-cited]")).to_have_text("the deficit of trust")
    page.get_by_role("link", name="Write a note on these words").click()
    write(page, "Without a script.")
    expect(page.locator("mark[data-passages]")).to_have_text("the deficit of trust")


def test_what_is_private_or_a_groups_is_seen_by_nobody_else(open_page, reader, second):
    article = make_article(slug="on-trust", html=HTML)
    make_annotation(article, words="deficit", by=reader, body="For me alone.", audience="private")
    make_annotation(article, words="trust", by=reader, body="For all.")
    page = open_page()
    page.goto("/articles/on-trust/")
    expect(comment(page, "For all.")).to_be_visible()
    expect(page.get_by_text("For me alone.")).to_have_count(0)
    expect(page.locator(".quiet-line")).to_contain_text("1 note by 1 person")
    expect(page.locator("mark")).to_have_text("trust")


def test_a_quote_is_copied_with_its_source_and_rights(open_page, reader):
    make_article(slug="on-trust", title="On Trust", html=HTML, rights="CC0 1.0, by nobody.")
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/articles/on-trust/")
    drag_over(page, "the deficit of trust")
    toolbar(page).get_by_role("button", name="Copy quote").click()
    expect(page.get_by_role("status")).to_have_text("Quote copied, with its source.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“the deficit of trust”\n\n“On Trust,”")
    assert "/articles/on-trust/p/1." in copied
    assert copied.endswith("CC0 1.0, by nobody.")
    toolbar(page).get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status")).to_have_text("Link copied.")
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(page.locator("mark[data-cited]")).to_have_text("the deficit of trust")
