"""A test finds the browser as if it were the first to use it."""

from typing import Any

from playwright.sync_api import expect

LEAVE = """async () => {
  document.cookie = "left=here";
  localStorage.left = sessionStorage.left = "here";
  await new Promise((done) => { indexedDB.open("left").onsuccess = done; });
}"""
FOUND = """async () => [document.cookie, localStorage.length, sessionStorage.length,
  (await indexedDB.databases()).length]"""
OPTIONS = {"color_scheme": "light", "timezone_id": "Asia/Tokyo"}  # no other test's


def test_a_page_used_again_is_empty(pages: Any, live_server: Any, db: None) -> None:
    found = []
    for _ in range(2):
        page = pages.open(live_server.url, OPTIONS)
        page.goto("/accounts/login/")
        found.append((page, page.evaluate(FOUND)[1:]))
        assert "left" not in page.evaluate("document.cookie")
        page.evaluate(LEAVE)
        page.route("**/articles/", lambda route: route.abort())
        page.context.new_page()
        pages.leave(page, OPTIONS)
    (first, nothing), (second, still_nothing) = found
    assert first is second
    assert nothing == still_nothing == [0, 0, 0]
    assert first.context.pages == [first]
    first.goto("/articles/")
    expect(first).to_have_title("Articles · Commonplace")


def test_a_page_that_cannot_be_emptied_is_not_used_again(pages: Any, live_server: Any) -> None:
    page = pages.open(live_server.url, OPTIONS)
    page.context.set_offline(True)
    pages.leave(page, OPTIONS)
    assert page.is_closed()
    assert page not in pages.left.get(repr(OPTIONS), [])
