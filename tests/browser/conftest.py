"""Chromium for the browser walks: one for all tests of a worker, an empty context for each."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import WSGIRequestHandler
from django.http import HttpRequest, HttpResponse
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


class Contexts:
    """Contexts of the browser, each as good as new and with the static files it once fetched.

    A third of what a walk costs would be to fetch and compile them. What a test may leave in a
    context are cookies and storage; one that leaves more says so by an option in ``LEAVING``.
    """

    LEAVING = {"bypass_csp"}  # used with scripts for every page, which cannot be taken back

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.left: dict[str, list[BrowserContext]] = {}

    def open(self, origin: str, options: dict[str, Any]) -> Page:
        """The first page of an empty context."""
        if left := self.left.get(repr(options)):
            context = left.pop()
            page = context.new_page()
            context.clear_cookies()
            everything = {"origin": origin, "storageTypes": "all"}
            context.new_cdp_session(page).send("Storage.clearDataForOrigin", everything)
            return page
        defaults = {"base_url": origin, "locale": "en-GB"}
        context = self.browser.new_context(**defaults | options)
        context.set_default_timeout(10_000)
        return context.new_page()

    def leave(self, context: BrowserContext, options: dict[str, Any]) -> None:
        if self.LEAVING & options.keys():
            context.close()
            return
        for page in context.pages:
            page.close()
        self.left.setdefault(repr(options), []).append(context)


@pytest.fixture(scope="session")
def contexts(chromium: Browser) -> Contexts:
    return Contexts(chromium)


@pytest.fixture(scope="session", autouse=True)
def _static_files_may_be_kept() -> Iterator[None]:
    """As in production, where their names change with them."""

    def serve(self: StaticFilesHandler, request: HttpRequest) -> HttpResponse:
        answer = served(self, request)
        answer["Cache-Control"] = "max-age=3600"
        return answer

    with pytest.MonkeyPatch.context() as patch:
        served = StaticFilesHandler.serve
        patch.setattr(StaticFilesHandler, "serve", serve)
        yield


@pytest.fixture
def open_page(
    contexts: Contexts, live_server: Any, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """``open_page(user=reader, width=360)`` gives a page that knows the server's address.

    A message on the error console fails the test, unless it is in ``page.expected``.
    """
    opened: list[tuple[BrowserContext, dict[str, Any]]] = []
    wrong: list[str] = []

    def open_one(
        *,
        user: Any = None,
        width: int = 1280,
        height: int = 800,
        expected: tuple[str, ...] = (),
        **options: Any,
    ) -> Page:
        page = contexts.open(live_server.url, options)
        page.set_viewport_size({"width": width, "height": height})
        opened.append((page.context, options))
        if user is not None:
            client = Client()
            client.force_login(user)
            session = client.cookies["sessionid"].value
            cookie = {"name": "sessionid", "value": session, "url": live_server.url}
            page.context.add_cookies([cookie])

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
        for number, (context, _options) in enumerate(opened):
            for page in context.pages:
                page.screenshot(path=RESULTS / f"{request.node.name}-{number}.png")
    for context, options in opened:
        contexts.leave(context, options)
    assert not wrong, "the browser's console has errors:\n" + "\n".join(wrong)
