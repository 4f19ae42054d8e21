"""The records of a WARC file, one after the other, of whichever packing and however damaged.

warcio reads the records. Around it stand bounds that it lacks (lines and heads have a longest
length, packed bytes a highest ratio), and ways on where it gives up: a file packed as one gzip
member, a record whose length is wrong.
"""

import gzip
import re
import zlib
from collections.abc import Iterator
from typing import Any, Protocol

from warcio.archiveiterator import WARCIterator
from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecord

from articles.importing.document import ImportRefused

_GZIP = b"\x1f\x8b"
_LONGEST_LINE = 1 << 16
_LONGEST_HEAD = 1 << 20  # all lines of a record's head
_MOST_LINES_BETWEEN = 1_000_000
_HIGHEST_RATIO = 200
_RATIO_COUNTS_FROM = 1 << 24
_STARTS = re.compile(rb"WARC/\d\.\d+\s*$")


class Readable(Protocol):
    """An open file, or a member of an open archive."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes more."""


class Records:
    """The records of ``file``. ``trouble`` says at the end why there are no more, if it broke."""

    def __init__(self, file: Readable) -> None:
        self._iterator = _Iterator(_Unpacked(file))
        self._trouble = ""
        self.count = 0

    @property
    def trouble(self) -> str:
        """What is wrong with the file, as a sentence; "" where nothing is, so far."""
        return self._iterator.stream.trouble or self._trouble or self._iterator.trouble

    def beyond(self, most: int) -> bytes:
        """What stands after the present record, read to its end, before the next; b"" if longer."""
        try:
            return self._iterator.beyond(most)
        except ArchiveLoadFailed:
            return b""

    def own_beyond(self) -> None:
        """Count what stands after the present record as a part of it: it is no trouble."""
        self._iterator.gap = b""

    def __iter__(self) -> Iterator[ArcWarcRecord]:
        """Each record; its ``raw_stream`` is to be read before the next. Raises nothing."""
        try:
            for record in self._iterator:
                self.count += 1
                yield record
        except ArchiveLoadFailed as error:
            if self.count or isinstance(error, _TooLong):
                self._trouble = f"What follows its record {self.count} is none: it was not read."
            else:
                self._trouble = "It is no WARC file: it does not begin with a record."


def is_cut(record: ArcWarcRecord) -> bool:
    """Whether the file ended before the record did; its stream has been read."""
    return getattr(record.raw_stream, "limit", 0) > 0


class _TooLong(ArchiveLoadFailed):  # type: ignore[misc]
    """What should be the head of a record has no end."""


class _Source:
    """A file of which the first two bytes are known beforehand."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self.begin = self._ahead = file.read(2)
        self.position = 0

    def read(self, size: int = -1) -> bytes:
        piece, self._ahead = self._ahead or self._file.read(size), b""
        self.position += len(piece)
        return piece


class _Unpacked:
    """The bytes of a file, unpacked where it is gzip. It ends where it is damaged."""

    def __init__(self, file: Readable) -> None:
        self._source = _Source(file)
        self._is_packed = self._source.begin == _GZIP
        packed: Any = self._source
        self._read = gzip.GzipFile(fileobj=packed).read1 if self._is_packed else packed.read
        self._size = 0
        self.trouble = ""

    def read(self, size: int = -1) -> bytes:
        if self.trouble:
            return b""
        try:
            piece: bytes = self._read(size)
        except ImportRefused as refusal:
            self.trouble = refusal.reason
            return b""
        except EOFError:
            self.trouble = "The file was cut off: its gzip compression breaks off."
            return b""
        except (OSError, zlib.error):
            at = self._source.position
            self.trouble = f"The file is damaged: its gzip compression breaks near byte {at}."
            return b""
        self._size += len(piece)
        most = max(_RATIO_COUNTS_FROM, self._source.position * _HIGHEST_RATIO)
        if self._is_packed and self._size > most:
            self.trouble = f"It unpacks to more than {_HIGHEST_RATIO} times its size."
            return b""
        return piece

    def tell(self) -> int:
        return self._size


class _Lines(BufferedReader):  # type: ignore[misc]
    """warcio's buffer, with lines and heads of bounded length."""

    head = 0

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or _LONGEST_LINE, _LONGEST_LINE))
        self.head += len(line)
        if self.head > _LONGEST_HEAD:
            raise _TooLong("The head of a record has no end.")
        return line


class _Iterator(WARCIterator):  # type: ignore[misc]
    """warcio's iterator, which goes on after a record whose length is wrong."""

    def __init__(self, stream: _Unpacked) -> None:
        super().__init__(stream, no_record_parse=True)
        self.stream = stream
        self.reader = _Lines(stream)
        self.trouble = ""
        self.gap = b""
        self._first_line: bytes | None = None  # of the next record, where it was read already

    def beyond(self, most: int) -> bytes:
        """As ``Records.beyond``."""
        lines: list[bytes] = []
        size = 0
        while size <= most:
            line = self.reader.readline()
            self.reader.head = 0
            if not line or _STARTS.match(line):
                self._first_line = line
                break
            lines.append(line)
            size += len(line)
        self.gap = b"".join(lines)
        return self.gap if size <= most else b""

    def _next_record(self, next_line: bytes | None) -> ArcWarcRecord:
        self.reader.head = 0
        record = super()._next_record(next_line)
        if record.length is None:  # without a length the rest of the file would be its body
            record.raw_stream = LimitReader(self.reader, 0)
        return record

    def _consume_blanklines(self) -> tuple[bytes | None, int]:
        """The first line of the next record, and how many bytes stand before it."""
        between = len(self.gap)
        if self.gap.strip():
            self._note_passed_over()
        first_line, self._first_line, self.gap = self._first_line, None, b""
        if first_line is not None:
            return first_line or None, between
        if is_cut(self.record):
            self.trouble = f"The file was cut off: it ends within a record ({_named(self.record)})."
        for _ in range(_MOST_LINES_BETWEEN):
            line = self.reader.readline()
            self.reader.head = 0
            if not line:
                return None, between
            if _STARTS.match(line):
                return line, between
            between += len(line)
            if line.strip():
                self._note_passed_over()
        raise _TooLong("No record follows in a long stretch of the file.")

    def _note_passed_over(self) -> None:
        if not self.trouble:
            self.trouble = (
                f"The length of a record is wrong ({_named(self.record)}): bytes that follow it"
                " belong to none, and were passed over."
            )


def _named(record: ArcWarcRecord) -> str:
    kind = record.rec_headers.get_header("WARC-Type") or "without a type"
    address = record.rec_headers.get_header("WARC-Target-URI")
    return f"{kind}, {address[:200]}" if address else kind
