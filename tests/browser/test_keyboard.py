"""With the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.hands import announced, comment, select, toolbar, write
from tests.factories import make_annotation, make_article

HTML = "\n".join(f"<p>Paragraph {n} speaks of trust, number {n}.</p>" for n in range(1, 5))


@pytest.fixture
def page(open_page, reader, second):
    article = make_article(slug="on-trust", html=HTML)
    for number in (1, 3):
        make_annotation(article, words=f"number {number}", by=second, body=f"Note on {number}.")
    page = open_page(user=reader, expected=("422",))
    page.goto("/articles/on-trust/")
    return page


def test_letters_walk_from_passage_to_passage_open_answer_and_step_out(page):
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Note 1 by second")).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Note 2 by second")).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="Note 1 by second")).to_be_focused()
    page.keyboard.press("Enter")
    expect(comment(page, "Note on 1.")).to_be_focused()
    page.keyboard.press("r")
    expect(page.get_by_role("textbox", name="Note", exact=True)).to_be_focused()
    page.keyboard.type("I answer with j and k.")
    page.keyboard.press("Control+Enter")
    expect(comment(page, "I answer with j and k.")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Note 1 by second, 1 reply")).to_be_focused()


def test_the_toolbar_takes_the_focus_only_when_asked_and_gives_it_back(page):
    select(page, "trust, number 2")
    expect(toolbar(page)).to_be_visible()
    assert page.evaluate("document.activeElement === document.body")
    announced(page, "Alt and F10")
    page.keyboard.press("Alt+F10")
    expect(toolbar(page).get_by_role("button", name="Highlight")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(toolbar(page).get_by_role("button", name="Comment")).to_be_focused()
    page.keyboard.press("Escape")
    assert page.evaluate("getSelection().toString()") == "trust, number 2"
    page.keyboard.press("Alt+F10")
    page.keyboard.press("Enter")
    write(page, "By keyboard.")
    expect(comment(page, "By keyboard.")).to_be_focused()


def test_add_note_shows_where_words_stand_while_they_are_typed(page):
    page.keyboard.press("n")
    expect(page.get_by_role("textbox", name="Words")).to_be_focused()
    page.keyboard.type("speaks of trust")
    expect(page.get_by_text("These words stand 4 times.")).to_be_visible()
    page.get_by_role("radio", name="[speaks of trust], number 3").check()
    page.get_by_role("textbox", name="Note", exact=True).fill("On the third.")
    page.keyboard.press("Control+Enter")
    expect(comment(page, "On the third.")).to_be_focused()
    expect(page.locator("p", has_text="Paragraph 3").locator("mark").first).to_have_text(
        "speaks of trust"
    )


def test_escape_keeps_the_draft_and_continue_takes_it_up_again(page):
    select(page, "trust, number 2")
    expect(toolbar(page)).to_be_visible()
    page.keyboard.press("c")
    page.keyboard.type("Half a thought")
    page.keyboard.press("Escape")
    expect(page.get_by_role("textbox", name="Note", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("textbox", name="Note", exact=True)).to_have_value("Half a thought")


def test_m_shows_all_mine_or_none_and_letters_can_be_switched_off(page):
    page.keyboard.press("m")
    announced(page, "Only my notes shown")
    expect(comment(page, "Note on 1.")).to_be_hidden()
    page.keyboard.press("m")
    announced(page, "No notes shown")
    expect(page.get_by_role("region", name="Annotations")).to_be_hidden()
    page.keyboard.press("m")
    expect(comment(page, "Note on 1.")).to_be_visible()
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keys").get_by_text("Off").click()
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    expect(comment(page, "Note on 1.")).to_be_visible()


def test_m_keeps_the_place_of_the_keyboard(page):
    page.keyboard.press("j")
    page.keyboard.press("j")
    for _ in ("mine", "none"):
        page.keyboard.press("m")
        expect(page.locator("#article-body p", has_text="Paragraph 3")).to_be_focused()
    page.keyboard.press("m")
    expect(page.get_by_role("link", name="Note 2 by second")).to_be_focused()


def test_letters_are_found_on_any_layout_and_never_with_a_modifier_or_in_a_field(page):
    press = """(init) => document.body.dispatchEvent(
      new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }))"""
    first = page.get_by_role("link", name="Note 1 by second")
    for modifier in ("ctrlKey", "metaKey", "altKey", "shiftKey"):
        page.evaluate(press, {"key": "о", "code": "KeyJ", modifier: True})
    expect(first).not_to_have_attribute("aria-current", "true")
    page.evaluate(press, {"key": "о", "code": "KeyJ"})
    expect(first).to_be_focused()
    page.keyboard.press("n")
    page.keyboard.type("jm?")
    expect(page.get_by_role("textbox", name="Words")).to_have_value("jm?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_a_letter_can_be_changed_and_is_never_given_twice(page):
    page.keyboard.press("?")
    previous = page.get_by_role("textbox", name="Previous passage with notes")
    previous.fill("j")
    previous.blur()
    expect(page.get_by_role("textbox", name="Next passage with notes")).to_have_value("")
    previous.fill("k")
    field = page.get_by_role("textbox", name="Next passage with notes")
    field.fill("x")
    field.blur()
    page.get_by_role("dialog", name="Keys").get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Note 1 by second")).not_to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_role("link", name="Note 1 by second")).to_be_focused()


def test_a_choice_beside_a_list_is_made_and_taken_back_where_the_focus_is(open_page):
    for number in range(3):
        make_article(tags=("arms", "trade")[: number + 1])
    page = open_page()
    page.goto("/articles/")
    choice = page.get_by_role("navigation", name="Filters").get_by_role("link", name="trade")
    for address in (re.compile(r"tag=trade"), re.compile(r"/articles/$")):
        choice.press("Enter")
        expect(page).to_have_url(address)
        expect(choice).to_be_focused()
    choice.click()
    expect(page).to_have_url(re.compile(r"tag=trade"))
    expect(choice).not_to_be_focused()
