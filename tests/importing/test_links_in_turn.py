"""Hosts are given their pauses, and neither other hosts nor other jobs wait for them."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import tasks
from articles.importing import batches
from articles.models import ImportBatch
from tests.linked_site import linked_site
from tests.web_site import Site, page

pytestmark = pytest.mark.django_db
GONE = page(b"", status="404 Not Found")
ASKS_FOR_AN_HOUR = page(b"User-agent: *\nCrawl-delay: 3600\n")


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    settings.FETCH_PAUSE_SECONDS = 0
    with linked_site({"/robots.txt": ASKS_FOR_AN_HOUR}) as site:
        site.names["other.example"] = ["127.0.0.1"]
        yield site


@pytest.fixture
def batch(site: Site, editor: Any) -> ImportBatch:
    addresses = [site.url("/a"), site.url("/b"), site.url("/c", "other.example")]
    return batches.receive([], addresses, by=editor)


def test_a_host_that_wants_a_pause_holds_up_no_other_and_the_wait_can_be_broken_off(
    site: Site, batch: ImportBatch
) -> None:
    said: list[tuple[str, str]] = []

    def look() -> bool:
        waiting = batch.sources.filter(state="waiting").exclude(reason="")
        said.extend(waiting.values_list("url", "reason"))
        return not said

    batches.read(batch, may_go_on=look)
    assert site.paths == ["/robots.txt", "/a", "/robots.txt", "/c"]
    assert said == [(site.url("/b"), "Waiting for page.example.")]
    left = batch.sources.exclude(state="read")
    assert list(left.values_list("url", "state", "reason")) == [(site.url("/b"), "waiting", "")]


def test_when_another_job_waits_it_has_its_turn(
    site: Site, batch: ImportBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "TURN_SECONDS", 0)
    app.configure_task("drop_what_is_over").defer()
    read = SimpleNamespace(should_abort=lambda: False)
    tasks.read_import(read, batch_id=batch.pk)
    assert (batch.items.count(), site.asked) == (0, [])
    last = ProcrastinateJob.objects.filter(status="todo").latest("id")
    assert (last.task_name, last.args) == ("read_import", {"batch_id": batch.pk})
    # Its own next job is no reason to stop: only others are.
    monkeypatch.setattr(tasks, "_others_wait", lambda batch: batch.items.count() > 1)
    tasks.read_import(read, batch_id=batch.pk)
    assert (batch.items.count(), site.paths[-1]) == (2, "/c")
