"""A batch is read source by source: it stops, goes on and tries again without doubling anything."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles import tasks
from articles.importing import batches
from articles.models import Article, Capture, ImportBatch, ImportItem

PAGE = "/admin/articles/importbatch/"


def line(title: str) -> bytes:
    return json.dumps({"title": title, "text": f"{title} has words.", "lang": "en"}).encode()


def packed(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.fixture
def works() -> SimpleUploadedFile:
    lines = [line("One"), line("Two"), b"{oops", line("Four")]
    return SimpleUploadedFile("works.jsonl", b"\n".join(lines))


@pytest.fixture
def waiting(works: SimpleUploadedFile, editor: Any, monkeypatch: pytest.MonkeyPatch) -> ImportBatch:
    """A batch that is too large to be read at once."""
    monkeypatch.setattr(batches, "AT_ONCE_BYTES", 0)
    return batches.receive([works], by=editor)


def stops_after(count: int) -> Any:
    left = iter([True] * count)
    return lambda: next(left, False)


def positions(batch: ImportBatch) -> list[tuple[int, str]]:
    return list(batch.items.order_by("position").values_list("position", "outcome"))


def test_reading_goes_on_where_it_stopped(waiting: ImportBatch) -> None:
    assert (waiting.state, waiting.items.count()) == ("running", 0)
    batches.read(waiting, may_go_on=stops_after(2))
    assert positions(waiting) == [(0, "pending"), (1, "pending")]
    assert (waiting.state, waiting.sources.get().state) == ("running", "waiting")
    batches.read(waiting)
    everything = [(0, "pending"), (1, "pending"), (2, "refused"), (3, "pending")]
    assert positions(waiting) == everything
    assert (waiting.state, waiting.sources.get().state) == ("done", "read")
    # Read again from its beginning, as after a crash that lost the source's state.
    waiting.sources.update(state="working")
    batches.read(waiting)
    assert positions(waiting) == everything


def test_a_pause_holds_until_somebody_resumes(client: Client, waiting: ImportBatch, editor) -> None:
    client.force_login(editor)
    steer = f"{PAGE}{waiting.pk}/steer/"
    client.post(steer, {"act": "pause"})
    waiting.refresh_from_db()
    tasks.read_import.func(context(), waiting.pk)
    assert (waiting.state, waiting.items.count()) == ("paused", 0)
    page = client.get(f"{PAGE}{waiting.pk}/items/").content.decode()
    assert "Resume" in page
    assert "<import-progress" not in page
    assert client.get(f"{PAGE}{waiting.pk}/progress/").status_code == 286
    client.post(steer, {"act": "resume"})
    assert "Pause" in client.get(f"{PAGE}{waiting.pk}/items/").content.decode()
    assert client.get(f"{PAGE}{waiting.pk}/progress/").status_code == 200
    tasks.read_import.func(context(), waiting.pk)
    assert waiting.items.count() == 4


def test_a_worker_that_is_stopped_leaves_the_rest_to_the_next(waiting: ImportBatch) -> None:
    tasks.read_import.func(context(stops_after(1)), waiting.pk)
    assert waiting.items.count() == 1
    waiting.refresh_from_db()
    assert waiting.state == "running"
    tasks.read_soon(waiting)  # it is in the queue already, and goes there once


class context:
    """What a job may ask of its worker."""

    def __init__(self, may_go_on: Any = lambda: True) -> None:
        self.should_abort = lambda: not may_go_on()


def test_what_was_refused_is_read_again_and_the_rest_is_left_alone(
    waiting: ImportBatch, client: Client, editor: Any
) -> None:
    batches.read(waiting)
    kept = set(waiting.items.exclude(outcome="refused").values_list("pk", flat=True))
    client.force_login(editor)
    assert "Read the 1 that was refused again" in (
        client.get(f"{PAGE}{waiting.pk}/items/").content.decode()
    )
    client.post(f"{PAGE}{waiting.pk}/steer/", {"act": "retry"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.items.count()) == ("running", 3)
    batches.read(waiting)
    assert positions(waiting)[2] == (2, "refused")
    assert kept < set(waiting.items.values_list("pk", flat=True))


def test_documents_without_doubts_are_settled_as_the_batch_says(
    works: SimpleUploadedFile, editor: Any
) -> None:
    given = {"publisher": "The Forum", "rights": "All.", "tags": ["NATO"], "language": "de"}
    batch = batches.receive([works], by=editor, arrival="publish", defaults=given)
    assert [outcome for _, outcome in positions(batch)] == ["new", "new", "refused", "new"]
    article = Article.objects.get(title="Two")
    assert (article.state, str(article.publisher), article.rights) == (
        "published",
        "The Forum",
        "All.",
    )
    assert article.language == "en", "the document says so itself"
    assert [tag.name for tag in article.tags.all()] == ["NATO"]
    assert article.field_origins.get(field="publisher").where == "the import's defaults"


def test_a_zip_gives_an_item_for_each_file_and_names_what_it_cannot_read(editor: Any) -> None:
    files = {
        "in/one.txt": b"One\n\nWords stand here.\n",
        "in/two.jsonl": line("Two") + b"\n" + line("Three"),
        "../up.txt": b"Up\n\nIt climbs.\n",
        "deep.zip": packed({"x.txt": b"X\n\nDeep.\n"}),
        "empty.md": b"",
        "__MACOSX/in/._one.txt": b"\0\0",
    }
    upload = SimpleUploadedFile("mixed.zip", packed(files))
    batch = batches.receive([upload], by=editor)
    told = dict(batch.items.values_list("name", "reason"))
    assert {name for name, reason in told.items() if not reason} == {
        "mixed.zip, in/one.txt",
        "mixed.zip, in/two.jsonl, line 1",
        "mixed.zip, in/two.jsonl, line 2",
    }
    assert "leads out of the archive" in told["mixed.zip, ../up.txt"]
    assert "archive in an archive" in told["mixed.zip, deep.zip"]
    assert told["mixed.zip, empty.md"] == "It is empty."
    assert len(told) == 6
    assert Capture.objects.get(file_name="mixed.zip", importer="received").size == upload.size
    assert batches.progress(batch)["done"] == 6


def test_a_page_that_is_an_error_waits_for_a_person_with_the_reason(editor: Any) -> None:
    page = b"<html><head><title>404 Not found</title></head><body><h1>Page not found</h1>"
    page += b"<p>Sorry, the page you are looking for does not exist any more.</p></body></html>"
    batch = batches.receive([SimpleUploadedFile("gone.html", page)], by=editor, arrival="publish")
    item = ImportItem.objects.get(batch=batch)
    assert item.outcome in ("pending", "refused")
    assert item.reason
    assert not Article.objects.exists()
