"""Help while writing: preview, tags, filters, and where the words changed."""

import re
from itertools import pairwise

from playwright.sync_api import expect

from articles.models import Tag
from tests.browser.hands import comment, drag_over, toolbar, write
from tests.factories import make_annotation, make_article, make_revision

HTML = "<p>The core issue is the deficit of trust.</p>\n<p>The count was nineteen days.</p>"


def test_markdown_is_previewed_and_tags_are_completed_from_those_in_use(open_page, reader):
    make_article(slug="on-trust", html=HTML, tags=("arms control", "Arctic"))
    page = open_page(user=reader)
    page.goto("/articles/on-trust/")
    drag_over(page, "deficit of trust")
    toolbar(page).get_by_role("button", name="Tag").click()
    tags = page.get_by_role("textbox", name="Tags")
    expect(tags).to_be_focused()
    Tag.objects.filter(name="arms control").update(definition="Fewer weapons, by treaty.")
    tags.press_sequentially("ar")
    expect(page.get_by_role("option", name="arms control")).to_contain_text("Fewer weapons")
    choices = page.get_by_role("listbox", name="Tags").get_by_role("option")
    expect(choices).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(tags).to_have_value(re.compile("^(arms control|Arctic), $"))
    chosen = tags.input_value().strip(", ")
    page.get_by_role("textbox", name="Note", exact=True).fill("It is **not** <b>that</b>.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview strong")).to_have_text("not")
    expect(page.locator(".preview")).to_contain_text("<b>that</b>")
    page.get_by_role("button", name="Save").click()
    note = comment(page, "It is not")
    expect(note.get_by_role("list", name="Tags")).to_have_text(chosen)


def test_a_late_tag_suggestion_does_not_talk_over_what_was_saved(open_page, reader):
    make_article(slug="on-trust", html=HTML, tags=("arms control",))
    page = open_page(user=reader)
    page.goto("/articles/on-trust/")
    drag_over(page, "deficit of trust")
    toolbar(page).get_by_role("button", name="Comment").click()
    waiting = []
    page.route("**/annotations/tags/*", lambda route: waiting.append(route))
    page.get_by_role("textbox", name="Note", exact=True).fill("Of arms.")
    with page.expect_request("**/annotations/tags/*"):
        page.get_by_role("textbox", name="Tags").press_sequentially("ar")
    page.get_by_role("button", name="Save").click()
    live = page.locator("#live")
    expect(live).to_contain_text("Note saved")
    with page.expect_response("**/annotations/tags/*"):
        waiting[0].continue_()
    expect(live).to_contain_text("Note saved")


def test_the_audience_chosen_holds_for_this_article_alone(open_page, reader):
    make_article(slug="on-trust", html=HTML)
    make_article(slug="elsewhere", html=HTML)
    page = open_page(user=reader)
    page.goto("/articles/on-trust/")
    drag_over(page, "deficit of trust")
    toolbar(page).get_by_role("button", name="Comment").click()
    write(page, "For all.", audience="Everyone")
    expect(comment(page, "For all.")).to_contain_text("Everyone")
    for slug, audience in (("on-trust", "Everyone"), ("elsewhere", "Only me")):
        page.goto(f"/articles/{slug}/")
        drag_over(page, "nineteen days")
        toolbar(page).get_by_role("button", name="Comment").click()
        expect(page.get_by_role("radio", name=audience)).to_be_checked()


def test_the_filter_by_kind_holds_for_marks_and_for_later_notes(open_page, reader, second):
    article = make_article(slug="on-trust", html=HTML)
    make_annotation(article, words="core issue", by=reader, body="Which?", motivation="questioning")
    make_annotation(article, words="nineteen", by=second, body="Thirteen.", tags=["data"])
    page = open_page()
    page.goto("/articles/on-trust/")
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Kind").select_option("Question")
    expect(comment(page, "Which?")).to_be_visible()
    expect(comment(page, "Thirteen.")).to_be_hidden()
    off = page.locator("mark", has_text="nineteen")
    assert off.evaluate("mark => getComputedStyle(mark).textDecorationLine") == "none"
    make_annotation(article, words="deficit", by=second, body="Of ours.")
    page.evaluate("document.querySelector('new-notes').ask()")
    page.get_by_role("button", name="1 new note · Show").click()
    expect(page.get_by_label("Kind")).to_have_value("Question")
    expect(comment(page, "Of ours.")).to_be_hidden()


def test_a_note_on_changed_words_says_when_and_shows_both(open_page, reader):
    article = make_article(slug="on-trust", html=HTML)
    make_annotation(article, words="The count was nineteen days", by=reader, body="It was not.")
    make_revision(article, html=HTML.replace("nineteen", "thirteen"))
    page = open_page()
    page.goto("/articles/on-trust/")
    note = comment(page, "It was not.")
    expect(note).to_contain_text("Wording changed on")
    expect(note.locator("del")).to_have_text("nineteen")
    expect(note.locator("ins")).to_have_text("thirteen")
    mark = page.locator("mark", has_text="thirteen")
    assert mark.evaluate("mark => getComputedStyle(mark).textDecorationStyle") == "dashed"


def test_the_boxes_of_the_filter_stand_apart_and_show_all_of_what_is_chosen(open_page, reader):
    article = make_article(slug="on-trust", html=HTML)
    make_annotation(article, words="core issue", by=reader, motivation="questioning", tags=["data"])
    make_annotation(article, words="nineteen", by=reader, tags=["a tag of many words"])
    page = open_page()
    page.goto("/articles/on-trust/")
    page.get_by_text("Filter", exact=True).click()
    expect(page.locator("[data-filter=tag]")).to_be_visible()
    boxes = page.locator(".notes-filter select")
    places = [box.bounding_box() for box in boxes.all()]
    for one, other in pairwise(places):
        assert one["y"] != other["y"] or one["x"] + one["width"] < other["x"]
    wanted = "box => { box.style.inlineSize = 'max-content'; return box.offsetWidth; }"
    assert boxes.first.evaluate(wanted) <= places[0]["width"]
