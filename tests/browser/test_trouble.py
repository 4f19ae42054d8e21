"""When something goes wrong the words stay."""

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation
from articles.models import Article
from tests.browser.hands import comment, drag_over, log_in, toolbar, write
from tests.factories import make_annotation, make_article

HTML = "<p>The core issue is the deficit of trust.</p>\n<p>And so on.</p>"
# The browser reports every refusal and failed request on its console, and htmx with it.
REPORTED = ("Failed to load resource", "htmx:")


@pytest.fixture
def page(open_page, reader):
    make_article(slug="on-trust", html=HTML)
    page = open_page(user=reader, expected=REPORTED)
    page.goto("/articles/on-trust/")
    return page


def begin(page, text):
    drag_over(page, "the deficit of trust")
    toolbar(page).get_by_role("button", name="Comment").click()
    page.get_by_role("textbox", name="Note", exact=True).fill(text)


def test_after_a_lost_session_the_words_stay_and_can_be_saved_after_logging_in_again(page):
    begin(page, "Written before the session ended.")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save").click()
    expect(
        page.get_by_text("You were logged out. Log in in a new tab, then save again.")
    ).to_be_visible()
    box = page.get_by_role("textbox", name="Note", exact=True)
    expect(box).to_have_value("Written before the session ended.")
    tab = page.context.new_page()
    log_in(tab, "reader")
    tab.close()
    page.get_by_role("button", name="Save").click()
    expect(comment(page, "Written before the session ended.")).to_be_visible()


def test_without_a_connection_the_draft_stays_on_the_device(page):
    begin(page, "Written on a train.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("No connection. Your draft is on this device.")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_text("Draft kept")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("[data-quote]")).to_have_text("the deficit of trust")
    expect(page.get_by_role("textbox", name="Note", exact=True)).to_have_value(
        "Written on a train."
    )


def test_drafts_and_the_audience_chosen_are_gone_after_log_out(page):
    begin(page, "Nobody else may read this.")
    page.get_by_role("radio", name="Everyone").check()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in")).to_be_visible()
    kept = page.evaluate("Object.keys(localStorage).filter(key => /draft|audience/.test(key))")
    assert kept == []


def test_an_empty_note_is_refused_in_place_and_the_field_takes_the_focus(page):
    begin(page, " ")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Write something first.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Note", exact=True)).to_be_focused()


def test_a_stale_edit_shows_both_versions_and_keeps_the_draft(page, reader):
    note = make_annotation(Article.objects.get(), words="trust", by=reader, body="As it was.")
    page.reload()
    comment(page, "As it was.").get_by_role("button", name="Edit").click()
    expect(page.get_by_role("textbox", name="Note", exact=True)).to_have_value("As it was.")
    Annotation.objects.filter(pk=note.pk).update(body="Changed elsewhere.", version=2)
    write(page, "Changed here.")
    expect(page.get_by_text("Keep theirs, keep yours, or edit both.")).to_be_visible()
    theirs = page.get_by_role("region", name="Theirs")
    expect(theirs).to_contain_text("Changed elsewhere.")
    expect(page.get_by_role("textbox", name="Note", exact=True)).to_have_value("Changed here.")
    page.get_by_role("button", name="Keep yours").click()
    expect(comment(page, "Changed here.")).to_be_focused()


def test_others_notes_are_offered_and_nothing_moves_unasked(page, second):
    make_annotation(
        Article.objects.get(), words="core issue", by=second, body="While you were reading."
    )
    page.evaluate("document.querySelector('new-notes').ask()")
    offer = page.get_by_role("button", name="1 new note · Show")
    expect(offer).to_be_visible()
    expect(comment(page, "While you were reading.")).to_have_count(0)
    offer.click()
    expect(comment(page, "While you were reading.")).to_be_focused()
    with page.expect_response(lambda answer: answer.url.endswith("/notes/")) as answered:
        page.evaluate("document.querySelector('new-notes').ask()")
    assert answered.value.status == 304
