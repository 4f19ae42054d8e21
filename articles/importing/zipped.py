"""Which files of a zip archive are brought in."""

from collections.abc import Iterator
from typing import BinaryIO

from .detect import streamed_format
from .document import ImportRefused
from .safe_zip import Archive, Limits

LIMITS = Limits(members=20_000, all_bytes=2_000_000_000)


def files_in(file: BinaryIO, *, name: str) -> list[str]:
    """The files of a zip archive as "archive.zip/folder/a.txt", else the one ``name``.

    ``file`` is rewound. An archive that cannot be read is one file too.
    """
    try:
        if streamed_format(file, name=name) != "zip":
            return [name]
        return [f"{name}/{one}" for one in told(Archive(file, limits=LIMITS))]
    except ImportRefused:
        return [name]
    finally:
        file.seek(0)


def told(archive: Archive) -> Iterator[str]:
    """The names of the files in it but hidden ones and those a Mac adds."""
    for name in archive.names:
        if not any(part.startswith((".", "__MACOSX")) for part in name.split("/")):
            yield name
