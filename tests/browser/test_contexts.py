"""A test finds the browser as if it were the first to use it."""

from typing import Any

LEAVE = """async () => {
  document.cookie = "left=here";
  localStorage.left = sessionStorage.left = "here";
  await new Promise((done) => { indexedDB.open("left").onsuccess = done; });
}"""
FOUND = """async () => [document.cookie, localStorage.length, sessionStorage.length,
  (await indexedDB.databases()).length]"""


def test_a_context_used_again_is_empty(contexts: Any, live_server: Any, db: None) -> None:
    found = []
    for _ in range(2):
        page = contexts.open(live_server.url, {"color_scheme": "light"})
        page.goto("/healthz")
        found.append((page.context, page.evaluate(FOUND)))
        page.evaluate(LEAVE)
        assert page.evaluate(FOUND) == ["left=here", 1, 1, 1]
        contexts.leave(page.context, {"color_scheme": "light"})
    (first, nothing), (second, still_nothing) = found
    assert first is second
    assert nothing == still_nothing == ["", 0, 0, 0]
