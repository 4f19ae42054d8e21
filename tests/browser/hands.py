"""What a reader's hands do, for the walks: log in, select words, write."""

from playwright.sync_api import Locator, Page, expect

SELECT = """words => {
  const body = document.getElementById("article-body");
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const start = body.textContent.indexOf(words);
  if (start < 0) throw new Error(`“${words}” does not stand in the text`);
  let before = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const end = before + node.length;
    if (start >= before && start < end) range.setStart(node, start - before);
    if (start + words.length > before && start + words.length <= end) {
      range.setEnd(node, start + words.length - before);
    }
    before = end;
  }
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
  return range.getBoundingClientRect().toJSON();
}"""


def log_in(page: Page, name: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(name)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def drag_over(page: Page, words: str) -> None:
    """Select ``words`` with the mouse; they stand on one line."""
    page.wait_for_load_state()  # what arrives late moves the words away from the mouse
    box = page.evaluate(SELECT, words)
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 1, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, middle, steps=3)
    page.mouse.move(box["x"] + box["width"], middle, steps=3)
    page.mouse.up()


def select(page: Page, words: str) -> None:
    """Select ``words`` as a program or a caret would."""
    page.evaluate(
        f"words => {{ ({SELECT})(words); }}".replace(
            "return range.getBoundingClientRect().toJSON();",
            "getSelection().removeAllRanges(); getSelection().addRange(range);",
        ),
        words,
    )


def toolbar(page: Page) -> Locator:
    return page.get_by_role("toolbar", name="Annotate selection")


def comment(page: Page, text: str) -> Locator:
    """The thread item that says ``text``. Playwright does not know ARIA 1.3's role yet."""
    return page.locator("[role=comment]").filter(has_text=text)


def write(page: Page, text: str, *, audience: str = "") -> None:
    """Fill in the open form and save it."""
    page.get_by_role("textbox", name="Note", exact=True).fill(text)
    if audience:
        page.get_by_role("radio", name=audience).check()
    page.get_by_role("button", name="Save").click()


def announced(page: Page, sentence: str) -> None:
    expect(page.get_by_role("status").filter(has_text=sentence)).to_be_attached()
