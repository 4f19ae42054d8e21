"""Every kind of page, in every theme and at 320 pixels, holds what it promises to everyone."""

from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.pages import PAGES, Row
from tests.world import World, make_world

# All rules in the light, and those about colour once more in the other themes.
JUDGE = """async part => {
  const colours = ["color-contrast", "link-in-text-block"];
  const found = [];
  const look = async (theme, options) => {
    const all = { resultTypes: ["violations"], preload: false, ...options };
    for (const { id, impact, nodes } of (await axe.run(part || document, all)).violations) {
      if (!["serious", "critical"].includes(impact)) continue;
      for (const node of nodes) found.push(`${theme}: ${id}: ${node.html.slice(0, 160)}`);
    }
  };
  const theme = document.documentElement.dataset.theme;
  await look("light", { rules: { "target-size": { enabled: true } } });
  for (const other of ["dark", "contrast"]) {
    document.documentElement.dataset.theme = other;
    await look(other, { runOnly: colours });
  }
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  return found;
}"""
# What reaches over the edge, outermost first, to say more than a number.
WIDE = """() => {
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
    .slice(0, 3).map((one) => `wide: ${one.outerHTML.slice(0, 160)}`);
}"""


def open_row(page: Page, world: World, row: Row) -> None:
    page.goto("about:blank")  # else an address that differs behind # alone loads nothing
    answer = page.goto(world.address(row.address))
    assert answer is not None
    assert answer.status == row.status, row.name
    if len(row.press) == 1:
        page.keyboard.press(row.press)
    elif row.press:
        page.click(row.press)


# Two halves, for two cores.
@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.django_db(transaction=True)
def test_no_page_has_a_barrier_in_any_theme_or_scrolls_sideways_at_320_pixels(
    open_page: Any, half: int
) -> None:
    world = make_world()
    pages: dict[str, Page] = {}
    found: dict[str, list[str]] = {}
    for row in PAGES[half::2]:
        if row.who not in pages:
            pages[row.who] = open_page(
                user=world.people[row.who],
                expected=tuple(str(one.status) for one in PAGES if one.status >= 400),
                reduced_motion="reduce",
                bypass_csp=True,  # axe tries styles out
            )
        page = pages[row.who]
        open_row(page, world, row)
        page.evaluate(AXE_SCRIPT)
        found[row.name] = page.evaluate(JUDGE, row.part)
        page.set_viewport_size({"width": 320, "height": 640})
        found[row.name] += page.evaluate(WIDE)
        page.set_viewport_size({"width": 1280, "height": 800})
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
