"""The files of sources, each read in a process of its own, a small one ahead of its turn.

While the documents of one file are recorded, the process that reads the next is at work already:
many small files then take as long as recording them does.
"""

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from itertools import zip_longest
from pathlib import Path

from django.conf import settings

from articles.importing.apart import Reading
from articles.importing.captures import on_disk
from articles.importing.linked import Link
from articles.models import ImportSource

# Larger files wait for their turn, so that no two of them are in memory at a time.
AHEAD_BYTES = 1_000_000


class SourceFile:
    """The file of ``source``, which another process reads from now on. Close it in the end."""

    def __init__(self, source: ImportSource) -> None:
        self.source = source
        self._open = ExitStack()
        self.path: Path = self._open.enter_context(on_disk(source.capture))
        reading = Reading(
            self.path,
            name=source.name,
            max_bytes=settings.IMPORT_MAX_BYTES,
            chapters=source.batch.split_chapters,
            link=Link.from_json(source.answer) if source.answer else None,
        )
        self.found = self._open.enter_context(closing(reading))

    def expected(self) -> int:
        """How many documents it seems to hold, told without reading them."""
        name = self.source.name.lower()
        if name.endswith((".jsonl", ".ndjson")):
            with self.path.open("rb") as file:
                return sum(1 for line in file if line.strip())
        if name.endswith(".zip"):
            try:
                with zipfile.ZipFile(self.path) as archive:
                    return sum(not one.endswith("/") for one in archive.namelist())
            except (zipfile.BadZipFile, OSError, ValueError):
                return 1
        return 1

    def close(self) -> None:
        """End the process where it has not ended."""
        self._open.close()


def each_opened(sources: Iterable[ImportSource]) -> Iterator[SourceFile]:
    """The file of each of ``sources``, until the next is asked for. Close the iterator to stop."""
    waiting = list(sources)
    ahead: SourceFile | None = None
    try:
        for source, following in zip_longest(waiting, waiting[1:]):
            with closing(ahead or SourceFile(source)) as current:
                ahead = None
                if following is not None and following.capture.size <= AHEAD_BYTES:
                    ahead = SourceFile(following)
                yield current
    finally:
        if ahead is not None:
            ahead.close()
