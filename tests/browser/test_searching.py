"""From a snippet to its words in the text, from hit to hit, and back to the bare text."""

from playwright.sync_api import expect

from tests.factories import make_annotation, make_article

HTML = "\n".join(
    f"<p>{n}. Nothing else is said here, at any length, {'of trust' if n % 20 == 3 else ''}.</p>"
    for n in range(60)
)


def test_a_snippet_leads_to_its_hit_and_escape_to_the_bare_text(open_page, reader):
    article = make_article(slug="on-trust", html=HTML)
    note = make_annotation(article, by=reader, words="59. Nothing", body="A note on detente.")
    page = open_page()
    page.goto("/search/?q=trust")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.get_by_role("link", name="23. Nothing else").click()
    now = page.locator("mark[data-hit-now]")
    expect(now).to_have_text("trust")
    expect(now).to_be_in_viewport()
    bar = page.get_by_role("group", name="Search for trust")
    expect(bar).to_contain_text("Hit 2 of 3")
    bar.get_by_role("link", name="Next hit").click()
    expect(bar).to_contain_text("Hit 3 of 3")
    expect(page.locator("p", has_text="43. ").locator("mark[data-hit-now]")).to_be_in_viewport()
    bar.get_by_role("link", name="Next hit").click()
    expect(
        page.locator("p", has_text="3. ").locator("mark[data-hit-now]").first
    ).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("mark[data-hit]")).to_have_count(0)
    expect(bar).to_have_count(0)
    assert page.url.endswith("/articles/on-trust/")

    page.goto("/search/?q=detente")
    page.evaluate("localStorage.setItem('commonplace:reading', JSON.stringify({notes: 'none'}))")
    page.get_by_role("link", name="Note by reader on").click()
    expect(page.locator(f"#note-{note.pk}")).to_be_in_viewport()
    expect(page.locator(f"#note-{note.pk}")).to_be_focused()
