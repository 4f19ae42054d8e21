"""With the mouse: select, comment, answer, edit, delete, and change one's mind."""

from itertools import pairwise

from playwright.sync_api import expect

from tests.browser.hands import SELECT, announced, comment, drag_over, toolbar, write
from tests.factories import make_annotation, make_article

HTML = (
    "<p>After the vigorous surge that led to the summit, relations have hit a plateau.</p>\n"
    "<p>The core issue is the deficit of trust. Few trust anyone.</p>\n"
    "<p>Fifteen months hence, nothing fundamental has changed.</p>"
)


def test_a_comment_is_saved_focused_announced_and_still_there_after_a_reload(open_page, reader):
    make_article(slug="on-trust", html=HTML)
    page = open_page(user=reader)
    page.goto("/articles/on-trust/")
    drag_over(page, "the deficit of trust")
    expect(toolbar(page)).to_be_visible()
    toolbar(page).get_by_role("button", name="Comment").click()
    expect(page.get_by_role("textbox", name="Note", exact=True)).to_be_focused()
    expect(page.get_by_role("radio", name="Only me")).to_be_checked()
    expect(page.get_by_text("Only you will see this.")).to_be_visible()
    write(page, "The whole piece hangs on this.")
    note = comment(page, "The whole piece hangs on this.")
    expect(note).to_be_focused()
    announced(page, "Note saved. 1 note here.")
    expect(page.locator("mark")).to_have_text("the deficit of trust")
    expect(note).to_contain_text("Only me")
    expect(page.locator(".quiet-line")).to_contain_text("1 note by 1 person")
    page.get_by_role("button", name="Note on paragraph 3").click()
    expect(page.locator("[data-quote]")).to_have_text(
        "Fifteen months hence, nothing fundamental has changed."
    )
    write(page, "On the paragraph.")
    expect(comment(page, "On the paragraph.")).to_be_focused()
    expect(page.locator(".quiet-line")).to_contain_text("2 notes by 1 person")
    page.reload()
    expect(comment(page, "The whole piece hangs on this.")).to_be_visible()


def test_the_card_stands_level_with_its_words(open_page, reader):
    article = make_article(slug="on-trust", html=HTML)
    for words in ("plateau", "deficit of trust", "nothing fundamental"):
        make_annotation(article, words=words, by=reader, body=f"About {words}. " + "Long. " * 60)
    page = open_page()
    page.goto("/articles/on-trust/")
    page.get_by_role("link", name="Note 3 by reader").click()
    page.wait_for_timeout(300)  # cards move for 140 ms
    words = page.locator("mark", has_text="nothing fundamental").bounding_box()
    card = page.get_by_role("group", name="nothing fundamental").bounding_box()
    assert abs(words["y"] - card["y"]) < 12
    boxes = [card.bounding_box() for card in page.locator(".passage").all()]
    for upper, lower in pairwise(boxes):
        assert lower["y"] >= upper["y"] + upper["height"] + 7


def test_what_was_deleted_comes_back_by_undo(open_page, reader, second):
    article = make_article(slug="on-trust", html=HTML)
    make_annotation(article, words="deficit of trust", by=reader, body="First words.")
    page = open_page(user=second)
    page.goto("/articles/on-trust/")
    comment(page, "First words.").get_by_role("button", name="Reply").click()
    write(page, "An answer.")
    expect(comment(page, "An answer.")).to_be_focused()
    expect(comment(page, "An answer.")).to_contain_text("Everyone")

    comment(page, "An answer.").get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete note").click()
    expect(comment(page, "An answer.")).to_have_count(0)
    announced(page, "Note deleted.")
    page.get_by_role("button", name="Undo").click()
    expect(comment(page, "An answer.")).to_be_focused()
    page.reload()
    expect(comment(page, "An answer.")).to_be_visible()


def test_a_highlight_needs_no_form_and_shows_as_a_tick(open_page, reader):
    make_article(slug="on-trust", html=HTML)
    page = open_page(user=reader)
    page.goto("/articles/on-trust/")
    drag_over(page, "hit a plateau")
    toolbar(page).get_by_role("button", name="Highlight").click()
    expect(page.locator("mark[data-plain]")).to_have_text("hit a plateau")
    announced(page, "Note saved.")
    page.keyboard.press("Escape")
    tick = page.locator(".passage[data-tick]").get_by_role("link", name="hit a plateau")
    expect(comment(page, "Highlighted, without words.")).to_be_hidden()
    tick.click()
    expect(comment(page, "Highlighted, without words.")).to_be_focused()


def test_a_double_click_on_save_makes_one_note(open_page, reader):
    make_article(slug="on-trust", html=HTML)
    page = open_page(user=reader)
    page.goto("/articles/on-trust/")
    drag_over(page, "hit a plateau")
    toolbar(page).get_by_role("button", name="Comment").click()
    page.get_by_role("textbox", name="Note", exact=True).fill("Only once.")
    page.get_by_role("button", name="Save").dblclick()
    expect(comment(page, "Only once.")).to_be_visible()
    page.reload()
    expect(comment(page, "Only once.")).to_have_count(1)


def test_where_several_passages_lie_a_click_asks_which(open_page, reader):
    article = make_article(slug="on-trust", html=HTML)
    make_annotation(article, words="The core issue is the deficit of trust", by=reader, body="Long")
    make_annotation(article, words="deficit of trust", by=reader, body="Short one")
    page = open_page()
    page.goto("/articles/on-trust/")
    page.locator("mark", has_text="deficit").click()
    choices = page.get_by_role("dialog", name="Notes here").get_by_role("button")
    expect(choices).to_have_count(2)
    expect(choices.first).to_contain_text("deficit of trust")
    choices.first.click()
    expect(comment(page, "Short one")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Note 1 by reader; Note 2 by reader")).to_be_focused()


def test_a_drag_into_the_margin_and_a_triple_click_keep_to_the_paragraph(open_page, reader):
    article = make_article(slug="on-trust", html=HTML)
    make_annotation(article, words="The core issue", by=reader, body="Which is it?")
    make_annotation(article, words="deficit", by=reader, body="Of whom?")
    page = open_page()
    page.goto("/articles/on-trust/")
    expect(page.locator("[data-live]")).to_be_attached()
    chosen = "getSelection().toString().trim()"
    box = page.evaluate(SELECT, "Few trust")
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 1, middle)
    page.mouse.down()
    for card in (page.locator(".passage").first, page.locator(".site-bar")):
        over = card.bounding_box()
        page.mouse.move(over["x"] + over["width"] - 60, middle, steps=4)
    page.mouse.up()
    assert page.evaluate(chosen) == "Few trust anyone."
    page.wait_for_timeout(500)  # else it would count as one more click of the same
    page.mouse.click(box["x"] + 5, middle, click_count=3)
    assert page.evaluate(chosen) == HTML.split("\n")[1][3:-4]
