"""Files of a batch are read one ahead, and whoever stops leaves no process behind."""

import multiprocessing
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.core.files.base import ContentFile

from articles.importing import batches, source_files
from articles.importing.source_files import each_opened
from articles.models import ImportBatch, ImportSource

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(editor: Any, monkeypatch: pytest.MonkeyPatch) -> ImportBatch:
    monkeypatch.setattr(batches, "AT_ONCE_FILES", 0)
    files = [
        ContentFile(f"Letter {number}\n\nThe words of it.".encode(), name=f"{number}.txt")
        for number in range(3)
    ]
    return batches.receive(files, by=editor)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the files whose reading was begun, in order."""
    names: list[str] = []

    class Told(source_files.Reading):
        def __init__(self, *arguments: Any, name: str, **options: Any) -> None:
            names.append(name)
            super().__init__(*arguments, name=name, **options)

    before = set(multiprocessing.active_children())
    monkeypatch.setattr(source_files, "Reading", Told)
    yield names
    assert set(multiprocessing.active_children()) <= before


def sources(batch: ImportBatch) -> list[ImportSource]:
    return list(batch.sources.select_related("capture").order_by("pk"))


def test_the_next_file_is_read_while_one_is_recorded(
    batch: ImportBatch, started: list[str]
) -> None:
    with closing(each_opened(sources(batch))) as files:
        for number, file in enumerate(files):
            assert started == [f"{one}.txt" for one in range(min(number + 2, 3))]
            (found,) = file.found
            assert found.document.title == f"Letter {number}"


def test_a_large_file_waits_for_its_turn(
    batch: ImportBatch, started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_files, "AHEAD_BYTES", 10)
    with closing(each_opened(sources(batch))) as files:
        next(files)
        assert started == ["0.txt"]
        next(files)
        assert started == ["0.txt", "1.txt"]


def test_a_pause_ends_also_what_was_read_ahead(batch: ImportBatch, started: list[str]) -> None:
    left = iter([True])
    batches.read(batch, may_go_on=lambda: next(left, False))
    assert len(started) == 3
    assert list(batch.items.values_list("name", flat=True)) == ["0.txt"]
    batches.read(batch)
    assert (batch.state, batch.items.count()) == ("done", 3)
