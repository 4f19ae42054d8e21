"""The whole path with JavaScript off."""

from playwright.sync_api import expect

from tests.browser.hands import comment
from tests.factories import make_annotation, make_article

HTML = "\n".join(f"<p>Paragraph {n} speaks of trust, number {n}.</p>" for n in range(1, 4))


def test_note_reply_edit_and_delete_through_plain_forms(open_page, reader, second):
    article = make_article(slug="on-trust", html=HTML)
    make_annotation(article, words="number 1", by=second, body="Already here.")
    page = open_page(user=reader, java_script_enabled=False, expected=("422",))
    page.goto("/articles/on-trust/")
    page.get_by_role("link", name="Add note").click()
    page.get_by_role("textbox", name="Words").fill("speaks of trust")
    page.get_by_role("textbox", name="Note", exact=True).fill("Written without a script.")
    page.get_by_role("radio", name="Everyone").check()
    expect(
        page.get_by_text("Anyone on the web can read this, under the name reader.")
    ).to_be_visible()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("radio", name="[speaks of trust], number 2").check()
    page.get_by_role("button", name="Save").click()
    assert page.url.partition("#")[2].startswith("note-")
    expect(comment(page, "Written without a script.")).to_be_visible()
    expect(page.locator("mark", has_text="speaks of trust")).to_be_visible()

    comment(page, "Already here.").get_by_role("button", name="Reply").click()
    page.get_by_role("textbox", name="Note", exact=True).fill("An answer.")
    page.get_by_role("button", name="Save").click()
    expect(comment(page, "An answer.")).to_be_visible()

    comment(page, "An answer.").get_by_role("button", name="Edit").click()
    page.get_by_role("textbox", name="Note", exact=True).fill("A better answer.")
    page.get_by_role("button", name="Save").click()
    comment(page, "A better answer.").get_by_role("link", name="edited").click()
    expect(page.get_by_text("An answer.", exact=True)).to_be_visible()
    page.go_back()

    comment(page, "A better answer.").get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete note").click()
    expect(comment(page, "A better answer.")).to_have_count(0)


def test_a_note_on_a_paragraph_and_one_on_the_whole_article(open_page, reader):
    make_article(slug="on-trust", html=HTML)
    page = open_page(user=reader, java_script_enabled=False)
    page.goto("/articles/on-trust/")
    page.get_by_role("button", name="Note on paragraph 2").click()
    page.get_by_role("textbox", name="Note", exact=True).fill("On the second.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("mark")).to_have_text("Paragraph 2 speaks of trust, number 2.")
    page.get_by_role("link", name="Add note").click()
    page.get_by_role("checkbox", name="Or the whole article").check()
    page.get_by_role("textbox", name="Note", exact=True).fill("On all of it.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="1 note on the whole article")).to_be_visible()
    expect(comment(page, "On all of it.")).to_be_visible()


def test_the_reading_panel_is_a_plain_form(open_page, reader):
    make_article(slug="on-trust", html=HTML)
    page = open_page(java_script_enabled=False)
    page.goto("/articles/on-trust/")
    page.get_by_text("Aa", exact=True).click()
    page.get_by_text("Largest").click()
    page.get_by_text("High contrast").click()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url("/articles/on-trust/")
    root = page.locator("html")
    expect(root).to_have_attribute("data-size", "4")
    expect(root).to_have_attribute("data-theme", "contrast")


def test_what_was_chosen_without_script_holds_with_it_and_can_be_changed(
    open_page, live_server, reader
):
    make_annotation(make_article(slug="on-trust", html=HTML), words="trust", by=reader)
    page = open_page()
    page.context.add_cookies(
        [{"name": "reading", "value": "notes:none.theme:dark", "url": live_server.url}]
    )
    page.goto("/articles/on-trust/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("region", name="Annotations")).to_be_hidden()
    page.keyboard.press("m")
    expect(comment(page, "A note.")).to_be_visible()
    page.reload()
    expect(comment(page, "A note.")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
