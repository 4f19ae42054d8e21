"""Chromium for the browser walks: one for all tests of a worker, a fresh context for each."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.servers.basehttp import WSGIRequestHandler
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

RESULTS = Path(__file__).resolve().parents[2] / "test-results"
# The first draws no window around each page, which costs more than the page.
PROGRAMS = ("chromium-headless-shell", "chromium", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Head and body of an answer are sent apart: each body waited 40 ms for the head to be acknowledged.
WSGIRequestHandler.disable_nagle_algorithm = True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium. Without one the walks are skipped, but never in CI."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed, and in CI the browser walks may not skip")
        pytest.skip("Chromium is not installed")
    # Playwright keeps an event loop in this thread; the tests still talk to the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    setattr(item, f"report_{report.when}", report)
    return report


@pytest.fixture
def open_page(
    chromium: Browser, live_server: Any, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """``open_page(user=reader, width=360)`` gives a page that knows the server's address.

    A message on the error console fails the test, unless it is in ``page.expected``.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_one(
        *,
        user: Any = None,
        width: int = 1280,
        height: int = 800,
        expected: tuple[str, ...] = (),
        **options: Any,
    ) -> Page:
        size = {"width": width, "height": height}
        defaults = {"viewport": size, "base_url": live_server.url, "locale": "en-GB"}
        context = chromium.new_context(**defaults | options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()

        def heard(message: ConsoleMessage) -> None:
            if message.type == "error" and not any(part in message.text for part in expected):
                wrong.append(message.text)

        page.on("console", heard)
        page.on("pageerror", lambda error: wrong.append(str(error.stack or error)))
        return page

    yield open_one
    failed = getattr(request.node, "report_call", None)
    if failed is not None and failed.failed:
        RESULTS.mkdir(exist_ok=True)
        for number, context in enumerate(contexts):
            for page in context.pages:
                page.screenshot(path=RESULTS / f"{request.node.name}-{number}.png")
    for context in contexts:
        context.close()
    assert not wrong, "the browser's console has errors:\n" + "\n".join(wrong)
