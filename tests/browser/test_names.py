"""What outside programs rely on: roles and names alone, from the log-in to the deletion."""

from playwright.sync_api import expect

from tests.browser.hands import log_in, select
from tests.factories import make_article, make_group


def test_the_whole_walk_by_the_promised_names(open_page, reader):
    make_group(reader, name="Water readers")
    article = make_article(slug="on-trust", html="<p>The core issue is the deficit of trust.</p>")
    page = open_page()
    log_in(page, "reader")
    page.goto("/articles/on-trust/")
    body = page.locator("#article-body")
    assert body.evaluate("body => body.textContent") == article.revisions.get().text
    select(page, "deficit of trust")

    tools = page.get_by_role("toolbar", name="Annotate selection", exact=True)
    for name in ("Highlight", "Comment", "Tag", "Copy quote", "Copy link"):
        expect(tools.get_by_role("button", name=name, exact=True)).to_be_visible()
    tools.get_by_role("button", name="Comment", exact=True).click()
    page.get_by_role("textbox", name="Note", exact=True).fill("It is mutual.")
    page.get_by_role("textbox", name="Tags", exact=True).fill("trust")
    audience = page.get_by_role("radiogroup", name="Audience", exact=True)
    for name in ("Only me", "Water readers", "Everyone"):
        expect(audience.get_by_role("radio", name=name, exact=True)).to_be_visible()
    audience.get_by_role("radio", name="Everyone", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()

    # Playwright does not know ARIA 1.3's role "comment" yet.
    notes = page.get_by_role("region", name="Annotations", exact=True).locator("[role=comment]")
    expect(notes).to_have_count(1)
    expect(notes.get_by_role("link", name="Permalink", exact=True)).to_be_visible()
    notes.get_by_role("button", name="Reply", exact=True).click()
    page.get_by_role("textbox", name="Note", exact=True).fill("Who says so?")
    page.get_by_role("button", name="Save", exact=True).click()
    reply = notes.filter(has_text="Who says so?")
    expect(reply).to_be_focused()
    reply.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_role("textbox", name="Note", exact=True).fill("Who says it is?")
    page.get_by_role("button", name="Save", exact=True).click()
    changed = notes.filter(has_text="Who says it is?")
    changed.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("button", name="Delete note", exact=True).click()
    expect(notes).to_have_count(1)
    notes.get_by_role("link", name="Permalink", exact=True).click()
    expect(page.locator("[role=comment]")).to_contain_text("It is mutual.")
