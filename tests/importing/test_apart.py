"""A file is read in another process: what it does there costs that file and nothing else."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from articles.importing import ahead, apart
from articles.importing.apart import Bounds, documents_apart
from articles.importing.found import Found


def opened(path: Path, **options) -> list[Found]:
    return list(documents_apart(path, name=path.name, max_bytes=10_000_000, **options))


def test_it_finds_what_reading_here_finds(tmp_path):
    path = tmp_path / "works.jsonl"
    path.write_text(
        '{"title": "One", "text": "First."}\n{oops\n{"title": "Two", "text": "Second."}'
    )
    found = opened(path)
    assert [(one.part, one.refusal) for one in found] == [
        ("line 1", ""),
        ("line 2", "It is not JSON."),
        ("line 3", ""),
    ]
    assert found[2].document.title == "Two"


@pytest.fixture
def hostile(tmp_path, monkeypatch):
    """A file whose reading in the other process is what ``does`` names in this module."""

    def make(does: str) -> Path:
        path = tmp_path / f"{does}.txt"
        path.write_text("A title\n\nThe text of it.\n")
        monkeypatch.setattr(apart, "_read", DOINGS[does])
        return path

    return make


def crash(pipe, path, options, bounds):
    pipe.send(Found(b"", "part 1", refusal="Found before."))
    os.kill(os.getpid(), signal.SIGSEGV)


def abort(pipe, path, options, bounds):
    os.abort()


def sleep(pipe, path, options, bounds):
    signal.pause()


DOINGS = {"crash": crash, "abort": abort, "sleep": sleep}


@pytest.mark.parametrize(
    ("does", "seconds", "told"),
    [
        ("crash", 60, ["Found before.", "The reader crashed on it (status -11)"]),
        ("abort", 60, ["most likely for want of memory (status -6)"]),
        ("sleep", 1, ["took longer than 1 seconds"]),
    ],
)
def test_a_reader_that_crashes_or_never_ends_is_told_after_what_it_found(
    hostile, does, seconds, told
):
    found = opened(hostile(does), bounds=Bounds(seconds=seconds))
    assert len(found) == len(told)
    for one, words in zip(found, told, strict=True):
        assert words in one.refusal


def test_what_takes_too_much_memory_is_told(tmp_path):
    path = tmp_path / "large.txt"
    path.write_bytes(b"A title\n\n" + b"Words and words. " * 500_000)
    [found] = opened(path, bounds=Bounds(memory_bytes=200_000_000))
    assert "more memory than an import may use" in found.refusal


def test_leaving_early_ends_the_process(tmp_path):
    path = tmp_path / "works.jsonl"
    path.write_text('{"title": "One", "text": "First."}\n' * 20_000)
    reading = documents_apart(path, name=path.name, max_bytes=1_000_000)
    assert next(reading).document.title == "One"
    children = {child.pid for child in apart.multiprocessing.active_children()}
    assert children
    reading.close()
    assert not {child.pid for child in apart.multiprocessing.active_children()}


def test_what_is_read_ahead_is_read() -> None:
    assert [one.document.title for one in ahead.READ] == ["A title"] * len(ahead.SAMPLES)


LOADED = f"""
import sys
sys.path.insert(0, {os.fspath(Path(__file__).parents[2])!r})
from articles.importing import ahead, apart
asks = "import sys; print(*sys.modules)"
process = apart._START.Process(target=exec, args=[asks])
apart._start(process)
process.join()
"""


def test_wherever_we_were_started_a_reading_finds_everything_loaded(tmp_path):
    """Else each file would cost some hundred milliseconds more, and nobody be told."""
    program = [sys.executable, "-c", LOADED]
    answer = subprocess.run(
        program, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60
    )
    needed = {"articles.importing.apart", "articles.importing.ahead", "lxml", "rapidfuzz"}
    assert needed | {"manage", "django.core.management"} <= set(answer.stdout.split())
    assert answer.stderr == ""
