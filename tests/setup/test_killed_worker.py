"""Whatever becomes of the worker, an import loses nothing and doubles nothing."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.importing import batches
from articles.models import Article, ImportBatch, Revision
from articles.tasks import read_soon
from tests.linked_site import reached
from tests.setup.driving import ROOT, wait_until
from tests.setup.working import SILENT
from tests.web_site import Site, page, serving

pytestmark = pytest.mark.django_db(transaction=True)
DOCUMENTS, LINKS = 30, 6
Workers = Callable[[Site], subprocess.Popen[bytes]]
MARKDOWN = "Content-Type: text/markdown"


def works() -> bytes:
    records = [
        {"title": f"Work {n}", "text": f"The words of work {n}.", "lang": "en"}
        for n in range(DOCUMENTS)
    ]
    return "\n".join(map(json.dumps, records)).encode()


def jobs(*states: str) -> int:
    """How many jobs that read imports are in one of ``states``."""
    return ProcrastinateJob.objects.filter(task_name="read_import", status__in=states).count()


@pytest.fixture
def start(tmp_path: Path, settings: Any) -> Iterator[Workers]:
    """Start a worker that takes a site for the internet. What it leaves in the queue is dropped."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(site: Site) -> subprocess.Popen[bytes]:
        where = [connection.settings_dict["NAME"], str(settings.MEDIA_ROOT), str(site.port)]
        with (tmp_path / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                [sys.executable, "-m", "tests.setup.working", *where],
                cwd=ROOT,
                env={**os.environ, "DJANGO_SETTINGS_MODULE": "archive.settings"},
                stdout=log,
                stderr=log,
            )
        started.append(worker)
        return worker

    yield begin
    for worker in started:
        worker.kill()
        worker.wait()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.fixture
def gate() -> threading.Semaphore:
    """Lets as many pages out as it was released for."""
    return threading.Semaphore(0)


def test_it_may_be_killed_paused_and_stopped_in_the_middle(
    start: Workers, gate: threading.Semaphore, editor: Any, settings: Any
) -> None:
    settings.FETCH_PAUSE_SECONDS = 0

    def let_out(number: int) -> Callable[[Callable[[bytes], None]], None]:
        def answer(send: Callable[[bytes], None]) -> None:
            gate.acquire(timeout=60)
            send(page(b"# On ice %d\n\nWords about ice %d.\n" % (number, number), MARKDOWN))

        return answer

    answers = {f"/{number}": let_out(number) for number in range(LINKS)}
    with serving(answers) as site:
        batch = batches.receive(
            [ContentFile(works(), name="works.jsonl")],
            [site.url(path) for path in answers],
            by=editor,
            arrival=ImportBatch.Arrival.DRAFT,
        )
        read_soon(batch)
        documents, links = batch.items.filter(source__url=""), batch.items.exclude(source__url="")

        worker = start(site)
        wait_until(lambda: documents.count() > 3, seconds=60)
        worker.kill()
        assert documents.count() < DOCUMENTS
        time.sleep(SILENT)

        worker = start(site)
        wait_until(lambda: "/0" in site.paths, seconds=60)
        assert documents.count() == DOCUMENTS
        gate.release()
        wait_until(lambda: "/1" in site.paths and links.count() == 1)
        assert batches.pause(batch)
        gate.release()
        wait_until(lambda: jobs("todo", "doing") == 0)
        assert (links.count(), site.paths[-1]) == (1, "/1")  # it is kept, and read later
        assert batches.resume(batch)
        read_soon(batch)
        wait_until(lambda: "/2" in site.paths)
        worker.kill()
        time.sleep(SILENT)
        gate.release()  # for the page that nobody waits for any more
        # Before the lost job is taken up somebody pauses and resumes: now there are two.
        assert batches.pause(batch)
        assert batches.resume(batch)
        read_soon(batch)
        assert jobs("todo", "doing") == 2

        worker = start(site)
        wait_until(lambda: site.paths.count("/2") == 2, seconds=60)
        gate.release()
        wait_until(lambda: "/3" in site.paths)
        worker.terminate()
        time.sleep(1)
        gate.release()
        assert (worker.wait(20), jobs("todo"), jobs("doing")) == (0, 1, 0)
        assert links.count() < LINKS

        gate.release(LINKS)
        with reached(site):
            batches.read(batch)
    # Only what was being fetched when the worker was killed is asked for twice.
    assert [site.paths.count(path) for path in answers] == [1, 1, 2, 1, 1, 1]
    assert (batch.state, documents.count(), links.count()) == ("done", DOCUMENTS, LINKS)
    assert set(batch.items.values_list("outcome", flat=True)) == {"new"}
    assert Article.objects.count() == Revision.objects.count() == DOCUMENTS + LINKS
