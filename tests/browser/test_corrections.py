"""A text is corrected at the desk; notes and cited words follow, or find other words."""

from playwright.sync_api import expect

from articles.passages import address_of
from articles.text import Span
from tests.browser.hands import comment, select
from tests.factories import make_annotation, make_article, make_revision

OPENING = "<p>On the morning of the cut the engineers knew what had happened.</p>"
READINGS = "<p>Each government could produce readings to show that the other had stopped it.</p>"
LAWYERS = "<p>The lawyers are still not sure, and the contract was never read aloud to them.</p>"
HTML = "\n".join(
    [
        *(OPENING, READINGS, LAWYERS),
        "<p>The treaties that lasted were dull ones, written by clerks who had time, and read by "
        "ministers who had none; each side knew what the other counted, and how, and when.</p>",
        "<p>Nobody remembers the price, although everybody paid it for the rest of the winter.</p>",
    ]
)


def test_an_editor_rewrites_a_paragraph_and_a_reader_finds_their_note_other_words(
    open_page, editor, reader
):
    article = make_article(slug="the-valve", title="The valve", html=HTML)
    make_annotation(article, by=reader, words="could produce readings", body="Two instruments.")
    make_annotation(article, by=reader, words="the engineers knew", body="Did they?")
    # Joining paragraphs, Chromium would style the words; our policy forbids it, which is as well.
    desk = open_page(user=editor, expected=("inline style",))
    desk.goto("/articles/the-valve/")
    desk.get_by_role("link", name="edit text").click()
    expect(desk.get_by_role("toolbar", name="Format")).to_be_visible()
    text = desk.get_by_role("textbox", name="Text", exact=True)
    text.get_by_text("Each government").click(click_count=3)
    desk.keyboard.insert_text("Something altogether different stands in this place.")
    text.get_by_text("On the morning").click(click_count=3)
    desk.keyboard.press("ArrowLeft")
    desk.keyboard.insert_text("It is told so. ")
    desk.get_by_role("button", name="Show what it does").click()
    expect(desk.get_by_text("Of 2 notes: 1 stays, 0 change, 1 loses its words")).to_be_visible()
    desk.get_by_role("textbox", name="Why").fill("Rewritten")
    desk.get_by_role("button", name="Record revision").click()
    expect(desk.get_by_text("Revision 2 of “The valve” is recorded.")).to_be_visible()

    page = open_page(user=reader)
    page.goto("/articles/the-valve/")
    lost = comment(page, "Two instruments.")
    expect(lost).to_contain_text("These words are gone since")
    lost.get_by_role("link", name="Attach to other words").click()
    expect(page.get_by_role("button", name="Attach to the selected words")).to_be_disabled()
    select(page, "Something altogether different")
    page.get_by_role("button", name="Attach to the selected words").click()
    expect(page.get_by_text("The note stands on these words now.")).to_be_visible()
    page.goto("/articles/the-valve/")
    expect(page.locator("mark[data-passages]")).to_have_text(
        ["the engineers knew", "Something altogether different"]
    )


def test_a_passage_link_through_all_four_fates(open_page, editor):
    article = make_article(slug="the-valve", title="The valve", html=HTML)

    def link(words: str) -> str:
        text = article.revisions.get(number=1).text
        start = text.index(words)
        span = Span(start, start + len(words))
        return f"/articles/the-valve/p/{address_of(text, 1, span)}"

    links = {words: link(words) for words in ("contract was never read", "show that the other")}
    links["the engineers knew"] = link("the engineers knew")
    make_revision(
        article,
        html=HTML.replace("contract was never read", "contract was not read")
        .replace(READINGS, "<p>Something altogether different stands in this place.</p>")
        .replace(OPENING, f"<p>An introduction.</p>\n{OPENING}"),
    )
    page = open_page(java_script_enabled=False, expected=("410",))
    page.goto(links["the engineers knew"])
    marked = page.locator("mark[data-cited]")
    expect(marked).to_have_text("the engineers knew")
    expect(page.get_by_role("note")).to_have_count(0)
    page.goto(links["contract was never read"])
    expect(marked).to_have_text("contract was not read")
    expect(page.get_by_role("note")).to_contain_text("you cited revision 1")
    page.goto(links["show that the other"])
    expect(marked).to_have_text("show that the other")
    expect(page.get_by_role("note")).to_contain_text("are gone from the text since")
    article.state, article.withdrawn_reason = "withdrawn", "The author asked for it."
    article.save(update_fields=["state", "withdrawn_reason"])
    assert page.goto(links["the engineers knew"]).status == 410
    expect(page.get_by_text("The author asked for it.")).to_be_visible()


def test_a_text_fragment_of_the_browser_finds_words_across_marks(open_page, reader):
    article = make_article(slug="the-valve", title="The valve", html=HTML + f"\n{LAWYERS}" * 40)
    make_annotation(article, by=reader, words="remembers the price, although", body="Who?")
    page = open_page(height=500)
    page.goto("/articles/the-valve/#:~:text=Nobody%20remembers,everybody%20paid")
    page.wait_for_load_state("networkidle")
    box = page.get_by_text("Nobody remembers").bounding_box()
    assert box is not None
    assert 0 < box["y"] < 500
