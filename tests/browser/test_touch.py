"""On a phone: the docked toolbar, the form, and the sheet at the lower edge."""

import pytest
from playwright.sync_api import expect

from tests.browser.hands import announced, comment, select, toolbar, write
from tests.factories import make_annotation, make_article

PARAGRAPHS = [
    f"<p>Paragraph {n} speaks of trust number {n}. {'It goes on. ' * 20}</p>" for n in range(1, 9)
]
PHONE = {"width": 360, "height": 720, "has_touch": True, "is_mobile": True}


@pytest.fixture
def article(reader, second):
    article = make_article(slug="on-trust", html="\n".join(PARAGRAPHS))
    for number in (1, 3, 8):
        note = make_annotation(
            article, words=f"trust number {number}", by=second, body=f"On number {number}."
        )
        make_annotation(note, by=reader, body=f"Reply on {number}.")
    return article


def test_words_are_commented_on_by_touch(open_page, article, reader):
    page = open_page(user=reader, **PHONE)
    page.goto("/articles/on-trust/")
    select(page, "trust number 2")
    expect(toolbar(page)).to_be_visible()
    box = toolbar(page).bounding_box()
    assert box["y"] + box["height"] >= 719, "the toolbar is docked above the lower edge"
    toolbar(page).get_by_role("button", name="Comment").tap()
    save = page.get_by_role("button", name="Save")
    expect(save).to_be_in_viewport()
    write(page, "Typed with a thumb.")
    expect(comment(page, "Typed with a thumb.")).to_be_focused()
    expect(comment(page, "Typed with a thumb.")).to_be_in_viewport()
    announced(page, "Note saved. 7 notes here.")


def test_the_sheet_opens_at_a_passage_walks_on_and_back_closes_it_first(open_page, article):
    page = open_page(**PHONE)
    page.goto("/articles/on-trust/")
    page.get_by_role("link", name="Note 1 by second").tap()
    expect(page.locator(".sheet-title")).to_have_text("2 notes here")
    expect(comment(page, "On number 1.")).to_be_in_viewport()
    expect(comment(page, "On number 3.")).to_be_hidden()
    expect(page.locator("mark", has_text="trust number 1")).to_be_in_viewport()
    for name in ("Previous passage", "Next passage", "Close"):
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert min(box["width"], box["height"]) >= 44
    page.get_by_role("button", name="Next passage").tap()
    expect(comment(page, "On number 3.")).to_be_in_viewport()
    expect(page.locator("mark", has_text="trust number 3")).to_be_in_viewport()
    page.go_back()
    expect(page).to_have_url("/articles/on-trust/")
    expect(page.locator(".sheet-title")).to_be_hidden()
    expect(page.get_by_role("link", name="Note 2 by second")).to_be_focused()
    expect(page.locator("mark", has_text="trust number 3")).to_be_in_viewport()


def test_the_full_sheet_holds_the_focus_and_the_half_one_does_not(open_page, article):
    page = open_page(**PHONE)
    page.goto("/articles/on-trust/")
    page.get_by_role("link", name="Note 1 by second").tap()
    page.get_by_role("button", name="Full", exact=True).tap()
    dialog = page.get_by_role("dialog", name="Notes")
    expect(dialog).to_be_visible()
    assert page.evaluate("document.querySelector('.site-bar').inert")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body"
            " || Boolean(document.activeElement.closest('note-sheet'))"
        )
    page.get_by_role("button", name="Half", exact=True).tap()
    expect(dialog).to_be_hidden()
    assert not page.evaluate("document.querySelector('.site-bar').inert")


def test_a_reply_is_written_in_the_sheet(open_page, article, reader):
    page = open_page(user=reader, **PHONE)
    page.goto("/articles/on-trust/")
    page.get_by_role("link", name="Note 2 by second").tap()
    comment(page, "On number 3.").get_by_role("button", name="Reply").tap()
    write(page, "From the sheet.")
    expect(comment(page, "From the sheet.")).to_be_focused()
    expect(comment(page, "From the sheet.")).to_be_in_viewport()
    expect(page.locator(".sheet-title")).to_have_text("3 notes here")


def test_nothing_scrolls_sideways_at_320_pixels(open_page, article, reader):
    page = open_page(user=reader, width=320, height=600, has_touch=True, is_mobile=True)
    for path in (
        "/",
        "/articles/",
        "/articles/on-trust/",
        "/search/?q=trust",
        "/annotations/mine/",
        "/articles/on-trust/notes/new/",
        "/accounts/logout/",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_larger_letters_do_not_make_a_wide_page_scroll_sideways(open_page, article, reader):
    page = open_page(user=reader, width=1280, height=420)
    page.goto("/articles/on-trust/")
    expect(page.locator(".pill-below")).to_be_visible()
    for name, value in (("size", "4"), ("width", "wide")):
        page.evaluate(
            "([name, value]) => { document.documentElement.dataset[name] = value; }", [name, value]
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, (name, value)
