"""One request and its answer: the bytes as they went over the line, and what they carry."""

import datetime
import http.client
import re
import socket
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection

from .network import Deadline, Line, Network, addresses_of, connected, too_large
from .refused import FetchRefused, Why
from .targets import Target

Headers = tuple[tuple[str, str], ...]

_CONTINUE = re.compile(rb"HTTP/\d\.\d 100\b")
_STEP = 1 << 16
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_MOST_MEMBERS = 100  # each is a copy of all that follows it
_PACKED = {"gzip", "x-gzip", "deflate"}


@dataclass(frozen=True)
class Sizes:
    """How many bytes an answer may have on the line and unpacked; ``cut`` takes the first only.

    Where nobody reads the body (``unread``), it is not unpacked.
    """

    wire: int
    body: int
    cut: bool = False
    unread: bool = False


@dataclass(frozen=True)
class Exchange:
    """What was asked and answered at ``at`` (UTC), with the peer's ``address``.

    ``request``, ``head`` and ``wire`` are the bytes as sent and received (inside TLS); ``entity``
    is what is in ``wire`` without chunks, still packed, and ``body`` unpacked. ``is_cut`` where
    only the beginning was taken.
    """

    url: str
    address: str
    at: datetime.datetime
    request: bytes
    head: bytes
    wire: bytes
    status: int
    reason: str
    headers: Headers
    entity: bytes
    body: bytes
    is_cut: bool

    def header(self, name: str) -> str:
        """The first header of that name, or ""."""
        found = (value for key, value in self.headers if key.lower() == name.lower())
        return next(found, "").strip()


def exchange(
    target: Target,
    *,
    headers: Mapping[str, str],
    network: Network,
    deadline: Deadline,
    sizes: Sizes,
    judge: Callable[[int, Headers], Sizes],
) -> Exchange:
    """The answer of ``target`` to a GET, redirects not followed.

    ``judge(status, headers)`` may refuse before the body is taken, or bound it anew.
    Errors: FetchRefused.
    """
    addresses = addresses_of(target, network, deadline)
    line = Line(deadline, sizes.wire)
    opened = connected(target, addresses, network, line)
    at = datetime.datetime.now(datetime.UTC)
    connection = HTTPConnection(target.host, target.port, timeout=deadline.seconds)
    connection.sock = opened
    response = None
    try:
        peer = str(opened.getpeername()[0])
        connection.request(
            "GET",
            target.path,
            headers={"Host": target.authority, **headers, "Connection": "close"},
            preload_content=False,
            decode_content=False,
        )
        response = connection.getresponse()
        found = tuple((str(key), str(value)) for key, value in response.headers.iteritems())
        if response.status < 200:
            raise _broken(target)
        sizes = judge(response.status, found)
        if not sizes.cut and (_length(found) or 0) > sizes.wire:
            raise too_large(sizes.wire)
        entity, is_cut = _entity(response, sizes)
    except (http.client.HTTPException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise _broken(target) from error
    finally:
        if response is not None:
            response.close()
        connection.close()
        _hang_up(opened)
    received = bytes(line.received)
    begin, start = _head_of(received)
    length = len(entity) if is_cut else _length(found)
    wire = received[start:] if length is None else received[start : start + length]
    coding = "" if sizes.unread else _coding(found)
    body, was_cut = _unpacked(entity, coding, sizes, broken=is_cut)
    return Exchange(
        url=target.url,
        address=peer,
        at=at,
        request=bytes(line.sent),
        head=received[begin:start],
        wire=wire,
        status=response.status,
        reason=response.reason or "",
        headers=found,
        entity=entity,
        body=body,
        is_cut=is_cut or was_cut,
    )


def _entity(response: Any, sizes: Sizes) -> tuple[bytes, bool]:
    """The entity without chunks, and whether it was cut.

    How much of it comes in is held by the line; what is cut is never read on.
    """
    pieces = bytearray()
    while piece := response.read(_STEP, decode_content=False):
        pieces += piece
        if sizes.cut and len(pieces) > sizes.body:
            return bytes(pieces[: sizes.body]), True
    return bytes(pieces), False


def _hang_up(opened: socket.socket) -> None:
    """Close it even where a response that failed halfway still holds it."""
    descriptor = opened.detach()
    if descriptor != -1:
        socket.close(descriptor)


def _head_of(received: bytes) -> tuple[int, int]:
    """Where the final answer's head begins and ends, after any "100 Continue"."""
    begin = 0
    while end := _HEAD_END.search(received, begin):
        if not _CONTINUE.match(received, begin):
            return begin, end.end()
        begin = end.end()
    return begin, len(received)


def _length(headers: Headers) -> int | None:
    found = {key.lower(): value for key, value in headers}
    if "transfer-encoding" in found:
        return None
    length = found.get("content-length", "").split(",")[0].strip()
    return int(length) if length.isascii() and length.isdigit() else None


def _coding(headers: Headers) -> str:
    """The one coding the entity is packed in, or "". Errors: FetchRefused for what is not read."""
    stated = ",".join(value for key, value in headers if key.lower() == "content-encoding")
    codings = [one.strip().lower() for one in stated.split(",")]
    codings = [one for one in codings if one not in ("", "identity", "none", "utf-8")]
    if not codings:
        return ""
    if len(codings) > 1 or codings[0] not in _PACKED:
        raise FetchRefused(
            f"Its server packs pages in a way that is not read here: {', '.join(codings)[:60]}.",
            Why.MEDIA_TYPE,
        )
    return codings[0]


def _unpacked(entity: bytes, coding: str, sizes: Sizes, *, broken: bool) -> tuple[bytes, bool]:
    """The body, and whether it was cut. A ``broken`` entity may end anywhere."""
    if not coding or not entity:
        if len(entity) > sizes.body:
            raise too_large(sizes.body)
        return entity, False
    try:
        return _inflated(entity, sizes, wbits=47, broken=broken)
    except zlib.error as error:
        problem = error
    if coding == "deflate":  # without the frame that the standard asks for
        try:
            return _inflated(entity, sizes, wbits=-15, broken=broken)
        except zlib.error as error:
            problem = error
    raise FetchRefused("What its server packed cannot be unpacked.", Why.BROKEN) from problem


def _inflated(data: bytes, sizes: Sizes, *, wbits: int, broken: bool) -> tuple[bytes, bool]:
    """Never holds more than the limit. Errors: zlib.error, FetchRefused."""
    body = bytearray()
    rest = data
    members = 0
    while rest:
        members += 1
        if members > _MOST_MEMBERS:
            raise zlib.error("it has too many parts")
        unpacking = zlib.decompressobj(wbits)
        try:
            body += unpacking.decompress(rest, sizes.body + 1 - len(body))
        except zlib.error:
            if body:
                break  # something else after the last member, as other programs allow
            raise
        if len(body) > sizes.body:
            if sizes.cut:
                return bytes(body[: sizes.body]), True
            raise too_large(sizes.body)
        if not unpacking.eof and not broken:
            raise zlib.error("it ends too early")
        rest = unpacking.unused_data
    return bytes(body), False


def _broken(target: Target) -> FetchRefused:
    return FetchRefused(f"{target.host} broke off its answer or gave a broken one.", Why.BROKEN)
