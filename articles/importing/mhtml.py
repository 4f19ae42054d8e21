"""Pages that browsers save whole (MHTML, .mht): the page itself, without its frames and pictures.

The file is a message in parts; the standard library takes it apart. Its date is when the page
was saved, never when it was published.
"""

import datetime
import re
from dataclasses import replace
from email import policy
from email.errors import (
    CloseBoundaryNotFoundDefect,
    NoBoundaryInMultipartDefect,
    StartBoundaryNotFoundDefect,
)
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from . import html
from .document import Document, ImportRefused, Origin, Sureness
from .drafting import is_address, one_line

IMPORTER, VERSION = "mhtml", "1"
MEDIA_TYPE = "multipart/related"

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_WHERE = "the saved page's header"
# Each level of parts costs a level of calls, and each part an object.
_MOST_LEVELS = 20
_MOST_PARTS = 100_000
_MOST_LINES = 3_000_000
_NESTED = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)


def read(data: bytes) -> Document:
    """The article on the page that was saved.

    Errors: ImportRefused when it has no page in it, or the page no title or main text.
    """
    message, page = _opened(data)
    url = _url(message, page)
    document = html.extract(
        _body(page),
        url,
        charset=_charset(page),
        known_title=one_line(_header(message, "Subject")),
    )
    return _told(document, message, url)


def page_in(data: bytes) -> tuple[bytes, str]:
    """The page that was saved, and the encoding its part names. Errors: ImportRefused."""
    _message, page = _opened(data)
    return _body(page), _charset(page)


def _opened(data: bytes) -> tuple[Message, Message]:
    _refuse_too_many(data)
    # The parser takes blank lines at the start for an empty header.
    message = BytesParser(policy=policy.compat32).parsebytes(data.lstrip())
    return message, _page(message)


def _body(page: Message) -> bytes:
    body = page.get_payload(decode=True)
    if not isinstance(body, bytes) or not body.strip():
        raise ImportRefused("The page in it is empty.")
    return body


def _charset(page: Message) -> str:
    return str(page.get_param("charset", "") or "")


def _refuse_too_many(data: bytes) -> None:
    """Errors: ImportRefused when there are more parts, or more levels of them, than pages have."""
    if sum(1 for _ in _NESTED.finditer(data)) > _MOST_LEVELS:
        raise ImportRefused("Its parts nest too deep to be a saved page.")
    if data.count(b"\n--") > _MOST_PARTS or data.count(b"\n") > _MOST_LINES:
        raise ImportRefused("It has more parts or lines than a saved page.")


def _page(message: Message) -> Message:
    """The part that is the page: the one named as root, or else the first HTML."""
    defects = {type(defect) for defect in message.defects}
    if defects & {NoBoundaryInMultipartDefect, StartBoundaryNotFoundDefect}:
        raise ImportRefused("Its parts cannot be told apart: the line between them is missing.")
    parts = [part for part in message.walk() if not part.is_multipart()]
    pages = [part for part in parts if part.get_content_type() in _HTML]
    start = str(message.get_param("start", "") or "").strip()
    root = next((part for part in pages if start and _header(part, "Content-ID") == start), None)
    if root is None and not pages:
        kinds = ", ".join(sorted({part.get_content_type() for part in parts})[:5])
        raise ImportRefused(f"No web page is in it, only {kinds}.")
    return root or pages[0]


def _url(message: Message, page: Message) -> str | None:
    """Where the page came from; None where that is no address on the web."""
    for part, name in (
        (message, "Snapshot-Content-Location"),
        (page, "Content-Location"),
        (message, "Content-Location"),
        (page, "Content-Base"),
    ):
        # Long addresses are folded over several lines.
        address = re.sub(r"\s+", "", _header(part, name))
        if is_address(address):
            return address
    return None


def _told(document: Document, message: Message, url: str | None) -> Document:
    warnings = list(document.warnings)
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in message.defects):
        warnings.append("The file was cut off: its last part has no end.")
    origins = dict(document.origins)
    if url:
        origins["source_url"] = Origin(Sureness.STATED, _WHERE)
    return replace(
        document,
        origins=origins,
        warnings=tuple(warnings),
        captured_at=_time(_header(message, "Date")) or document.captured_at,
        media_type=MEDIA_TYPE,
        importer=IMPORTER,
        importer_version=VERSION,
    )


def _header(part: Message, name: str) -> str:
    value = str(part.get(name, "") or "").strip()
    try:
        return str(make_header(decode_header(value)))
    except (ValueError, LookupError, UnicodeError):
        return value


def _time(text: str) -> datetime.datetime | None:
    try:
        time = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return time if time.tzinfo else time.replace(tzinfo=datetime.UTC)
