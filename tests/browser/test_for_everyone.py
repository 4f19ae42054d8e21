"""Every kind of page, in every theme and at 320 pixels, holds what it promises to everyone.

The pages are walked in a language with longer words, written from the right: what fits then
fits in English.
"""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import AXE_SCRIPT, Judge
from tests.browser.hands import select
from tests.pages import PAGES, Row
from tests.pseudo import pseudo_locale
from tests.world import World, make_world

# What reaches over either edge, outermost first, to say more than a number.
WIDE = """() => {
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  return [...document.body.querySelectorAll("*")].filter((one) => {
    const { left, right, width } = one.getBoundingClientRect();
    return width && !one.closest(".scroller") && (left < -1 || right > clientWidth + 1);
  }).slice(0, 3).map((one) => `wide: ${one.outerHTML.slice(0, 160)}`);
}"""
# Nobody asked for motion here, so nothing may have any.
MOVES = """() => [...document.querySelectorAll("*")].filter((one) => {
  const { transitionDuration, animationName } = getComputedStyle(one);
  return /[1-9]/.test(transitionDuration) || animationName !== "none";
}).slice(0, 3).map((one) => `moves: ${one.outerHTML.slice(0, 160)}`)"""


def open_row(page: Page, world: World, row: Row) -> None:
    if "#" in row.address:
        page.goto("about:blank")  # else an address that differs there alone loads nothing
    answer = page.goto(world.address(row.address))
    assert answer is not None
    assert answer.status == row.status, row.name
    if len(row.press) == 1:
        page.keyboard.press(row.press)
    elif row.press:
        page.click(row.press)


@pytest.mark.django_db(transaction=True)
def test_no_page_has_a_barrier_in_any_theme_or_moves_or_scrolls_sideways(open_page: Any) -> None:
    pages: dict[str, Page] = {}
    found: dict[str, list[str]] = {}
    judge = Judge()
    with pseudo_locale():
        world = make_world()
        for row in [row for row in PAGES if not row.plain]:
            if row.who not in pages:
                pages[row.who] = open_page(
                    user=world.people[row.who],
                    expected=tuple(str(one.status) for one in PAGES if one.status >= 400),
                    reduced_motion="reduce",
                    bypass_csp=True,  # axe tries styles out
                    init_script=AXE_SCRIPT,
                )
            page = pages[row.who]
            open_row(page, world, row)
            found[row.name] = judge.look(page, row.part)
            found[row.name] += page.evaluate(MOVES) + page.evaluate(WIDE)
            page.set_viewport_size({"width": 320, "height": 640})
            found[row.name] += page.evaluate(WIDE)
            page.set_viewport_size({"width": 1280, "height": 800})
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.django_db(transaction=True)
def test_from_the_right_the_margin_stands_at_the_left_and_arrows_follow(open_page: Any) -> None:
    with pseudo_locale():
        world = make_world()
        page = open_page(user=world.people["reader"])
        page.goto(world.address("/articles/{article.slug}/"))
        text = page.locator("#article-body").bounding_box()
        card = page.locator(".passage").first.bounding_box()
        assert card["x"] + card["width"] <= text["x"]
        select(page, "писаха ги")
        expect(page.get_by_role("toolbar")).to_be_visible()
        page.keyboard.press("Alt+F10")
        first, second = page.locator("selection-toolbar button").all()[:2]
        expect(first).to_be_focused()
        page.keyboard.press("ArrowLeft")
        expect(second).to_be_focused()
        assert second.bounding_box()["x"] < first.bounding_box()["x"]


# What is wrong with where the keyboard stands: "" is nothing, null the end of the page.
STANDS = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const isChoice = one.type === "radio" && one.parentElement.matches(".segments");
  const seen = isChoice ? one.nextElementSibling : one;
  const { outlineWidth, outlineStyle } = getComputedStyle(seen);
  const { top, bottom } = seen.getClientRects()[0] ?? { top: -1, bottom: -1 };
  const bar = document.querySelector(".reading-bar");
  const edge = bar.contains(one) || one.matches(".skip-link") ? 0
    : bar.getBoundingClientRect().bottom - 1;
  const name = one.outerHTML.slice(0, 120);
  if (bottom < 1 || top > innerHeight - 1) return `out of sight: ${name}`;
  if (top < edge && bar.getBoundingClientRect().top < bottom) return `under the bar: ${name}`;
  return `${outlineStyle} ${outlineWidth}` === "solid 3px" ? "" : `without a ring: ${name}`;
}"""


@pytest.mark.django_db(transaction=True)
def test_where_the_keyboard_stands_is_always_seen(open_page: Any) -> None:
    world = make_world()
    page = open_page(user=world.people["reader"], width=360, height=640)
    page.goto(world.address("/articles/{article.slug}/"))
    wrong, stops = [], 0
    for key in ("Tab", "Shift+Tab"):
        for _ in range(200):
            page.keyboard.press(key)
            stands = page.evaluate(STANDS)
            if stands is None:
                break
            stops += 1
            wrong += [f"{key}: {stands}"] if stands else []
    assert wrong == []
    assert stops > 100, "there and back, past every link, number and note"


# The state of words and whose notes they carry, told by line alone.
LINES = """() => Object.fromEntries(
  [...document.querySelectorAll("#article-body mark[data-depth]")].map((mark) => {
    const { textDecorationStyle: style, textDecorationThickness: thickness } =
      getComputedStyle(mark);
    return [mark.textContent, `${style} ${thickness}`];
  }))"""


@pytest.mark.django_db(transaction=True)
def test_in_forced_colours_states_owners_and_the_passage_in_hand_are_told_by_lines(
    open_page: Any,
) -> None:
    world = make_world()
    page = open_page(user=world.people["reader"], forced_colors="active")
    page.goto(world.address("/articles/{article.slug}/"))
    lines = page.evaluate(LINES)
    assert lines["четоха министри"] == "dotted 2px"
    assert lines[" имаха време"] == "dashed 1px"
    assert lines["всяка страна знаеше"] == "wavy 2px"
    assert lines["писаха "] == "solid 2px", "mine"
    assert lines["само"] == "solid 1px", "another's"
    mark = page.locator("#article-body mark", has_text="четоха министри")
    expect(mark).to_have_css("outline-style", "none")
    mark.click()
    expect(mark).to_have_css("outline-style", "solid")
    page.keyboard.press("Tab")
    ring = "getComputedStyle(document.activeElement).outline"
    assert page.evaluate(ring).endswith("solid 3px")


@pytest.mark.django_db(transaction=True)
def test_who_wishes_for_contrast_or_the_dark_gets_it_unless_a_theme_was_chosen(
    open_page: Any, editor: Any
) -> None:
    page = open_page(contrast="more")
    page.goto("/accounts/login/")
    expect(page.locator("body")).to_have_css("color", "rgb(0, 0, 0)")
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    expect(page.locator("body")).to_have_css("color", "rgb(33, 29, 24)")
    # At the desk, too, where Django has themes of its own.
    desk = open_page(user=editor, color_scheme="dark")
    desk.goto("/admin/")
    expect(desk.locator("body")).to_have_css("color", "rgb(230, 225, 216)")
    desk.evaluate("document.documentElement.dataset.theme = 'contrast'")
    expect(desk.locator("body")).to_have_css("color", "rgb(255, 255, 255)")
