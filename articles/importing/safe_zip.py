"""Zip archives from strangers (zip, docx, epub, wacz): bounded in members, size and ratio.

Nothing is ever unpacked to disk; members are read by the names the archive gives them, and a
name that climbs out of its folder is set aside.
"""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, BinaryIO

from .document import ImportRefused

_ENCRYPTED = 0x1
_STEP = 1 << 16
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError,
)  # fmt: skip
# What packs better than this is made to burst, not to be read.
_HIGHEST_RATIO = 200


@dataclass(frozen=True)
class Limits:
    """How much an archive may hold: members, and bytes once unpacked, of one and of all.

    How well a member packs matters only from ``ratio_from`` bytes on: markup repeats itself.
    """

    members: int = 10_000
    member_bytes: int = 100_000_000
    all_bytes: int = 500_000_000
    ratio_from: int = 1 << 20


class Member:
    """A member while it is open; what is read of it counts towards the archive's limits."""

    def __init__(
        self,
        opened: IO[bytes],
        member: zipfile.ZipInfo,
        count: Callable[[zipfile.ZipInfo, int, int], None],
    ) -> None:
        self._opened, self._member, self._count = opened, member, count
        self._size = 0

    def read(self, size: int) -> bytes:
        """At most ``size`` bytes more; b"" at the end. Errors: ImportRefused."""
        try:
            piece = self._opened.read(min(size, _STEP) if size >= 0 else _STEP)
        except _DAMAGE as error:
            raise ImportRefused(f"A part of it is damaged: {self._member.filename}.") from error
        self._size += len(piece)
        self._count(self._member, self._size, len(piece))
        return piece


class Archive:
    """An open archive whose members are read within ``limits``."""

    def __init__(self, file: BinaryIO | bytes, *, limits: Limits = Limits()) -> None:
        """Errors: ImportRefused when it is broken or holds more than it may."""
        self._limits = limits
        self._left = limits.all_bytes
        try:
            source = io.BytesIO(file) if isinstance(file, bytes) else file
            self._zip = zipfile.ZipFile(source)
            members = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise ImportRefused(
                "It is a broken archive: its list of members cannot be read."
            ) from error
        if len(members) > limits.members:
            raise ImportRefused(f"It holds {len(members)} files; the limit is {limits.members}.")
        self._members: dict[str, zipfile.ZipInfo] = {}
        self.climbing: list[str] = []  # names that lead out of the archive; they are not read
        for member in members:
            if _climbs(member.filename):
                self.climbing.append(member.filename)
            elif member.filename and not member.is_dir():
                self._members.setdefault(member.filename, member)

    @property
    def names(self) -> list[str]:
        """The names of the files in it, in the archive's order, each once."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of the member ``name``.

        Errors: ImportRefused when there is none, when it is encrypted, damaged or larger than it
        may be. The size that counts is what comes out, not what the archive claims.
        """
        with self.open(name) as member:
            return b"".join(iter(lambda: member.read(_STEP), b""))

    @contextmanager
    def open(self, name: str) -> Iterator[Member]:
        """The member ``name``, to be read piece by piece.

        Errors: ImportRefused, here and from its ``read``, as ``read`` above has them.
        """
        member = self._members.get(name)
        if member is None:
            raise ImportRefused(f"A part of it is missing: {name}.")
        if member.flag_bits & _ENCRYPTED:
            raise ImportRefused("It is encrypted: its words cannot be read.")
        try:
            opened = self._zip.open(member)
        except _DAMAGE as error:
            raise ImportRefused(f"A part of it is damaged: {name}.") from error
        with opened:
            yield Member(opened, member, self._count)

    def _count(self, member: zipfile.ZipInfo, size: int, more: int) -> None:
        self._left -= more
        self._refuse_too_much(member, size)

    def _refuse_too_much(self, member: zipfile.ZipInfo, size: int) -> None:
        packed = max(member.compress_size, 1)
        if size > self._limits.ratio_from and size > packed * _HIGHEST_RATIO:
            name = member.filename
            raise ImportRefused(
                f"A part of it unpacks to more than {_HIGHEST_RATIO} times its size: {name}."
            )
        if size > self._limits.member_bytes or self._left < 0:
            raise ImportRefused("It unpacks to more than an import takes.")


def _climbs(name: str) -> bool:
    """Whether ``name`` would lead out of the folder that an archive is unpacked to."""
    path = PurePosixPath(name.replace("\\", "/"))
    drive = len(name) > 1 and name[1] == ":"
    return path.is_absolute() or drive or ".." in path.parts or "\x00" in name
