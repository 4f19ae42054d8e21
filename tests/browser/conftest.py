"""Chromium for the browser walks: one for all tests of a worker, an empty page for each."""

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
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

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
    # Pages live for a second: what would make their scripts fast after that costs a seventh.
    "--js-flags=--no-opt --no-maglev --single-threaded",
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


class Pages:
    """Pages of the browser, each as good as new, in a context of its own.

    Half of what a walk costs would be a new process for its page, in which all files are fetched
    and compiled anew. What a test may leave behind are cookies and storage, other pages and routes;
    one that leaves more says so by an option in ``LEAVING``.
    """

    LEAVING = {"init_script"}  # cannot be taken back

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.left: dict[str, list[Page]] = {}

    def open(self, origin: str, options: dict[str, Any]) -> Page:
        if left := self.left.get(repr(options)):
            return left.pop()
        options = {"base_url": origin, "locale": "en-GB"} | options
        script = options.pop("init_script", None)
        context = self.browser.new_context(**options)
        context.set_default_timeout(10_000)
        if script:
            context.add_init_script(script)
        return context.new_page()

    def leave(self, page: Page, options: dict[str, Any]) -> None:
        for other in page.context.pages:
            if other is not page:
                other.close()
        if page.is_closed() or self.LEAVING & options.keys() or not _emptied(page):
            page.context.close()
        else:
            self.left.setdefault(repr(options), []).append(page)


def _emptied(page: Page) -> bool:
    """Whether ``page`` could be led to where no script runs; then it is as it was at first."""
    try:
        page.unroute_all(behavior="ignoreErrors")
        page.mouse.move(-1, -1)
        page.goto("/healthz")
    except Error:  # after a failure, when it is offline or has crashed
        return False
    page.evaluate("sessionStorage.clear()")
    everything = {"origin": page.evaluate("location.origin"), "storageTypes": "all"}
    tools = page.context.new_cdp_session(page)
    tools.send("Storage.clearDataForOrigin", everything)
    tools.detach()
    return True


@pytest.fixture(scope="session")
def pages(chromium: Browser) -> Pages:
    return Pages(chromium)


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
    pages: Pages, live_server: Any, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """``open_page(user=reader, width=360)`` gives a page that knows the server's address.

    A message on the error console fails the test, unless it is in ``page.expected``.
    """
    opened: list[tuple[Page, dict[str, Any], dict[str, Callable[..., None]]]] = []
    wrong: list[str] = []

    def open_one(
        *,
        user: Any = None,
        width: int = 1280,
        height: int = 800,
        expected: tuple[str, ...] = (),
        **options: Any,
    ) -> Page:
        page = pages.open(live_server.url, options)
        page.set_viewport_size({"width": width, "height": height})
        if user is not None:
            client = Client()
            client.force_login(user)
            session = client.cookies["sessionid"].value
            cookie = {"name": "sessionid", "value": session, "url": live_server.url}
            page.context.add_cookies([cookie])

        def heard(message: ConsoleMessage) -> None:
            if message.type == "error" and not any(part in message.text for part in expected):
                wrong.append(message.text)

        listeners = {
            "console": heard,
            "pageerror": lambda error: wrong.append(str(error.stack or error)),
        }
        for event, listener in listeners.items():
            page.on(event, listener)
        opened.append((page, options, listeners))
        return page

    yield open_one
    call = getattr(request.node, "report_call", None)
    for number, (page, options, listeners) in enumerate(opened):
        for event, listener in listeners.items():
            page.remove_listener(event, listener)
        if call is not None and call.passed:
            pages.leave(page, options)
            continue
        RESULTS.mkdir(exist_ok=True)
        for shown in page.context.pages:
            shown.screenshot(path=RESULTS / f"{request.node.name}-{number}.png")
        page.context.close()  # with whatever the rest of the test would have taken back
    assert not wrong, "the browser's console has errors:\n" + "\n".join(wrong)
