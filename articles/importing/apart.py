"""Files are read in a process of their own, with bounds on memory and time.

What strangers send meets parsers written in C. A file that crashes one, or makes it eat all
memory or never end, then costs that file, and neither the worker nor the web server. The process
is forked from a small one that has loaded the readers and nothing else, so it starts in some
milliseconds; what it finds comes through a pipe, one document at a time.
"""

import logging
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from .found import TOO_MUCH_MEMORY, Found
from .likeness import bands_of
from .linked import Link
from .shown import Shown

_START = multiprocessing.get_context("forkserver")
# Each process imports anew what the forking one has not: this module, the readers, and what the
# archive's commands import at first.
_START.set_forkserver_preload(["manage", __name__, "articles.importing.ahead"])
_ROOT = Path(__file__).resolve().parents[2]
_first = threading.Lock()


@dataclass(frozen=True)
class Bounds:
    """What reading may cost: bytes of address space, and seconds until the next document."""

    memory_bytes: int = 1_500_000_000
    seconds: float = 120


LOOK = Bounds(memory_bytes=1_000_000_000, seconds=20)  # somebody waits before a page


class Reading:
    """As ``documents_in`` of the file at ``path``, read in another process within ``bounds``.

    The process begins at once, and waits when it is ahead by what a pipe holds. One that ends
    before its time is a refusal that says why, after what it found before. Close it to end it.
    """

    def __init__(
        self,
        path: Path,
        *,
        name: str,
        max_bytes: int,
        format: str = "",
        chapters: bool = False,
        link: Link | None = None,
        bounds: Bounds = Bounds(),
    ) -> None:
        options = {
            "name": name,
            "max_bytes": max_bytes,
            "format": format,
            "chapters": chapters,
            "link": link,
        }
        self._bounds = bounds
        self._pipe, theirs = _START.Pipe(duplex=False)
        arguments = [theirs, path, options, bounds]
        self._process = _START.Process(target=_read, args=arguments, daemon=True)
        _start(self._process)
        theirs.close()

    def __iter__(self) -> Iterator[Found]:
        try:
            while True:
                if not self._pipe.poll(self._bounds.seconds):
                    yield Found(b"", refusal=_too_slow(self._bounds))
                    return
                found = self._pipe.recv()
                if found is None:
                    return
                yield found
        except EOFError:
            self._process.join(5)
            yield Found(b"", refusal=_why_it_ended(self._process.exitcode))

    def close(self) -> None:
        """End the process where it has not ended."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def documents_apart(path: Path, **options: Any) -> Iterator[Found]:
    """What a ``Reading`` finds. Leaving the iterator ends the process."""
    with closing(Reading(path, **options)) as reading:
        yield from reading


def shown_apart(
    path: Path, *, media_type: str, number: int, max_bytes: int, bounds: Bounds = LOOK
) -> Shown:
    """As ``shown`` of the original at ``path``, made in another process within ``bounds``."""
    ours, theirs = _START.Pipe(duplex=False)
    options = {"media_type": media_type, "number": number, "max_bytes": max_bytes}
    child = _START.Process(target=_show, args=[theirs, path, options, bounds], daemon=True)
    _start(child)
    theirs.close()
    try:
        if not ours.poll(bounds.seconds):
            return Shown(refusal=_too_slow(bounds))
        made: Shown = ours.recv()
        return made
    except EOFError:
        child.join(5)
        return Shown(refusal=_why_it_ended(child.exitcode))
    finally:
        child.kill()
        child.join()
        ours.close()


def _start(process: Any) -> None:
    """Have ``process`` forked, from a process that finds the archive wherever we were started."""
    with _first:
        # Python 3.11 gives that process no path, and says nothing of what it then cannot import.
        former = os.environ.get("PYTHONPATH")
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(_ROOT), former]))
        try:
            forkserver.ensure_running()
        finally:
            if former is None:
                del os.environ["PYTHONPATH"]
            else:
                os.environ["PYTHONPATH"] = former
    process.start()


def _show(pipe: Connection, path: Path, options: dict[str, Any], bounds: Bounds) -> None:
    from .originals import shown  # noqa: PLC0415 - for this process alone

    _confine(bounds)
    try:
        with path.open("rb") as file:
            made = shown(file.read(options["max_bytes"] + 1), **options)
    except MemoryError:
        made = Shown(refusal=TOO_MUCH_MEMORY)
    with suppress(BrokenPipeError):
        pipe.send(made)


def _confine(bounds: Bounds) -> None:
    """Keep this process to ``bounds``, and its signals and log to itself."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.SIG_DFL)
    with suppress(ValueError):  # a lower bound is set already
        resource.setrlimit(resource.RLIMIT_AS, (bounds.memory_bytes, bounds.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)


def _read(pipe: Connection, path: Path, options: dict[str, Any], bounds: Bounds) -> None:
    from .opening import documents_in  # noqa: PLC0415 - for this process alone

    _confine(bounds)
    with suppress(BrokenPipeError):  # nobody wants the rest
        try:
            with path.open("rb") as file:
                for found in documents_in(file, **options):
                    pipe.send(_with_bands(found))
        except MemoryError:
            pipe.send(Found(b"", refusal=TOO_MUCH_MEMORY))
        pipe.send(None)


def _with_bands(found: Found) -> Found:
    """``found`` with what likeness asks of its text: reckoned beside the process that records."""
    document = found.document
    if document is None or document.is_record:
        return found
    return replace(found, bands=bands_of(document.text))


def _too_slow(bounds: Bounds) -> str:
    return f"Reading it took longer than {bounds.seconds:.0f} seconds, so it was stopped."


def _why_it_ended(status: int | None) -> str:
    if status == -signal.SIGKILL:
        return TOO_MUCH_MEMORY
    if status == -signal.SIGABRT:  # what libraries in C and C++ do when no more memory is given
        return "The reader gave up on it, most likely for want of memory (status -6)."
    return f"The reader crashed on it (status {status}); nothing else was harmed."
