"""The entity of an HTTP message as a browser would get it: unchunked and unpacked.

Archives hold messages as they came over the wire, or half decoded with their headers unchanged:
what a header says is tried, and where the bytes are not so, they are taken as they are.
"""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import brotli
from warcio.bufferedreaders import ChunkedDataReader
from warcio.statusandheaders import (
    StatusAndHeaders,
    StatusAndHeadersParser,
    StatusAndHeadersParserException,
)

from articles.importing.document import ImportRefused

_TOO_LARGE = "It is larger than the limit."
_BREAKS_OFF = "The page was cut short or is damaged: its compression breaks off."
_STATUS = re.compile(r"\s*(\d{3})\b")
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_STEP = 1 << 16
_MOST_MEMBERS = 1000


@dataclass(frozen=True)
class Head:
    """What the headers of a message, or of a record without one, say of its body."""

    status: int
    media_type: str
    charset: str = ""
    encodings: tuple[str, ...] = ()
    chunked: bool = False
    location: str = ""  # where a redirect leads
    length: int = 0  # of the head itself, in bytes

    @property
    def is_html(self) -> bool:
        """Whether browsers would show the body as a page."""
        return self.media_type in ("text/html", "application/xhtml+xml")


def head_of(begin: bytes) -> Head | None:
    """The head of the HTTP response that begins with ``begin``; None where that is no response."""
    stream = io.BytesIO(begin)
    try:
        headers = StatusAndHeadersParser(["HTTP/"]).parse(stream)
    except (StatusAndHeadersParserException, EOFError):
        return None
    # The prefix is taken as protocol: "1.1 200 OK" is left.
    content_type = _header(headers, "content-type")
    status = _STATUS.search(headers.statusline.partition(" ")[2])
    return Head(
        status=int(status[1]) if status else 0,
        media_type=_media_type(content_type),
        charset=_charset(content_type),
        encodings=tuple(_listed(_header(headers, "content-encoding"))),
        chunked="chunked" in _listed(_header(headers, "transfer-encoding")),
        location=_header(headers, "location"),
        length=stream.tell(),
    )


def head_from(content_type: str) -> Head:
    """The head of a body that is stored without its message."""
    return Head(200, _media_type(content_type), _charset(content_type))


def unchunked(body: bytes) -> bytes:
    """``body`` without the marks of chunked transfer; as it is where it has none."""
    return bytes(ChunkedDataReader(io.BytesIO(body)).read())


def decoded(body: bytes, head: Head, *, at_most: int) -> tuple[bytes, str]:
    """The entity of an unchunked ``body``, and a warning ("" where all is well).

    Errors: ImportRefused when it is larger than ``at_most`` bytes, or packed in a way that is
    not read here.
    """
    warning = ""
    for encoding in reversed(head.encodings):
        body, told = _unpacked(body, encoding, at_most)
        warning = warning or told
    if len(body) > at_most:
        raise ImportRefused(_TOO_LARGE)
    return body, warning


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].partition(",")[0].strip().lower()


def _charset(content_type: str) -> str:
    found = _CHARSET.search(content_type)
    return found[1] if found else ""


def _header(headers: StatusAndHeaders, name: str) -> str:
    return headers.get_header(name) or ""


def _listed(value: str) -> Iterator[str]:
    for one in value.lower().split(","):
        if one.strip() not in ("", "identity"):
            yield one.strip().removeprefix("x-")


def _unpacked(body: bytes, encoding: str, at_most: int) -> tuple[bytes, str]:
    if not body or _is_markup(body):
        return body, ""  # some crawlers keep the header of what they unpacked
    if encoding in ("gzip", "deflate"):
        return _inflated(body, encoding, at_most)
    if encoding == "br":
        return _brotli(body, at_most)
    raise ImportRefused(f"It is packed in a way that is not read here: {encoding}.")


def _is_markup(body: bytes) -> bool:
    begin = body[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    return begin.startswith(b"<") and b"\x00" not in begin


def _inflated(body: bytes, encoding: str, at_most: int) -> tuple[bytes, str]:
    """The unpacked body, or the body itself where it was not packed after all."""
    # "deflate" is with a zlib header by its definition, and without one on many servers.
    for window in (31,) if encoding == "gzip" else (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        out, is_whole = _inflate(body, window, at_most)
        if is_whole:
            return out, ""
        if out:
            return out, _BREAKS_OFF
    return body, ""


def _inflate(body: bytes, window: int, at_most: int) -> tuple[bytes, bool]:
    """What can be unpacked of ``body``, and whether that is all; gzip may be several in a row."""
    inflater, members, is_open = zlib.decompressobj(window), 0, True
    pieces: list[bytes] = []
    size, rest = 0, b""
    source = io.BytesIO(body)
    while (packed := rest or source.read(_STEP)) and members < _MOST_MEMBERS:
        try:
            piece = inflater.decompress(packed, at_most + 1 - size)
        except zlib.error:
            return b"".join(pieces), members > 0 and not is_open
        size += len(piece)
        if size > at_most:
            raise ImportRefused(_TOO_LARGE)
        pieces.append(piece)
        is_open, rest = not inflater.eof, inflater.unused_data
        if not is_open:
            inflater, members = zlib.decompressobj(window), members + 1
    return b"".join(pieces), not is_open


def _brotli(body: bytes, at_most: int) -> tuple[bytes, str]:
    """What can be unpacked of ``body``, with a warning where that is not all."""
    inflater = brotli.Decompressor()
    pieces: list[bytes] = []
    size, packed, is_whole = 0, body, False
    while not is_whole:
        try:
            piece = inflater.process(packed, output_buffer_limit=_STEP)
        except brotli.error:
            break
        size, packed, is_whole = size + len(piece), b"", inflater.is_finished()
        if size > at_most:
            raise ImportRefused(_TOO_LARGE)
        if not piece:
            break
        pieces.append(piece)
    if not is_whole and not pieces:
        raise ImportRefused("Its compression (br) is damaged.")
    return b"".join(pieces), "" if is_whole else _BREAKS_OFF
