"""Web archives (WARC): every HTML page in them that a server answered with status 200.

One record is held in memory at a time, and no larger than a page may be. What is no page
(pictures, scripts, redirects, errors) is passed over; it is told only where no page is found.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, BinaryIO
from urllib.parse import urljoin

from articles.importing import html
from articles.importing.document import Document, ImportRefused, Origin, Sureness
from articles.importing.drafting import is_address
from articles.importing.found import Found, read_part

from .digests import agrees
from .http_entity import Head, decoded, head_from, head_of, unchunked
from .records import Readable, Records, is_cut

_WHERE = "the archive's record"
_LONGEST_HEAD = 1 << 16
_PAYLOADS = frozenset({"response", "resource"})
_PDF = "application/pdf"
_WRONG_LENGTH = (
    "The archive states a wrong length of this page; its digest proves that it goes on to the next"
    " record, and so it was read."
)
_SEPARATORS = (b"\r\n\r\n", b"\n\n", b"\r\n", b"")  # what writers put between two records
_REVISIT = "revisit (the page itself is in another archive)"


@dataclass
class Wanted:
    """What a reader takes from an archive, and what it has met there.

    ``readers`` take the entity of further media types; ``titles`` are what is known of the pages
    at an address, used where a page has no title of its own.
    """

    max_bytes: int
    readers: Mapping[str, Callable[[bytes], Document]] = field(default_factory=dict)
    is_page: Callable[[str], bool] = lambda address: True
    title_of: Callable[[str], str] = lambda address: ""
    seen: set[bytes] = field(default_factory=set)
    others: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class _Record:
    """The record of a page."""

    address: str
    date: str
    head: Head
    block: bytes
    digests: Mapping[str, str]
    truncated: str


@dataclass(frozen=True)
class _Entity:
    """The page in a record. ``wrong`` says which digest it does not have, or is ""."""

    data: bytes
    warning: str
    wrong: str


def read_all(
    file: BinaryIO,
    *,
    max_bytes: int,
    readers: Mapping[str, Callable[[bytes], Document]] | None = None,
) -> Iterator[Found]:
    """Each page in the WARC ``file`` (seekable, packed or not), in its order.

    ``max_bytes`` bounds one page. ``readers`` are for media types beside HTML, such as
    "application/pdf". Bad input raises nothing: it comes out as a Found with its refusal.
    """
    wanted = Wanted(max_bytes, readers or {})
    found = False
    for one in read_records(file, wanted):
        found = True
        yield one
    if not found:
        yield Found(b"", refusal=about_others(wanted.others))


def read_records(file: Readable, wanted: Wanted) -> Iterator[Found]:
    """What ``wanted`` says of ``file``; at the end what is wrong with the file, if anything is."""
    records = Records(file)
    refused_as_cut = False
    for record in records:
        found = _found(record, wanted, records)
        if found is not None:
            refused_as_cut = is_cut(record)
            yield found
    if records.trouble and not refused_as_cut:
        yield Found(b"", refusal=records.trouble)


def redirects(file: Readable) -> Iterator[tuple[str, str]]:
    """From which address to which the redirects in ``file`` lead."""
    for record in Records(file):
        headers = record.rec_headers
        address = headers.get_header("WARC-Target-URI") or ""
        if headers.get_header("WARC-Type") != "response" or not is_address(address):
            continue
        head = head_of(record.raw_stream.read(_LONGEST_HEAD))
        if head is not None and head.location:
            try:
                yield address, urljoin(address, head.location)
            except ValueError:
                continue


def about_others(others: Mapping[str, int]) -> str:
    """A sentence for an archive without a page that could be read."""
    if not others:
        return "No web page (HTML, with status 200) is in it: it holds no record at all."
    most = sorted(others.items(), key=lambda item: (-item[1], item[0]))
    told = ", ".join(f"{count} × {kind}" for kind, count in most[:12])
    more = sum(count for _, count in most[12:])
    rest = f", and {more} others" if more else ""
    return f"No web page (HTML, with status 200) is in it, only other records: {told}{rest}."


def _found(record: Any, wanted: Wanted, records: Records) -> Found | None:
    """The page that ``record`` holds, or why it cannot be read; None where it is no page."""
    headers = record.rec_headers
    kind = (headers.get_header("WARC-Type") or "without a type").lower()
    address = headers.get_header("WARC-Target-URI") or ""
    if kind not in _PAYLOADS:
        # A revisit refers to the record of an earlier capture, and holds no page of its own.
        wanted.others[_REVISIT if kind == "revisit" else kind] += 1
        return None
    begin = record.raw_stream.read(_LONGEST_HEAD)
    head = _head(kind, headers, begin)
    if head is None or not _is_wanted(head, wanted):
        wanted.others[_label(head)] += 1
        return None
    if not wanted.is_page(address):
        wanted.others["HTML that is not listed as a page"] += 1
        return None
    rest = record.raw_stream.read(wanted.max_bytes + 1)
    if len(begin) + len(rest) - head.length > wanted.max_bytes:
        return Found(b"", address, refusal="It is larger than the limit.")
    if is_cut(record):
        return Found(b"", address, refusal="The file was cut off within this page.")
    if headers.get_header("WARC-Segment-Number"):
        return Found(b"", address, refusal="It is split over several records: save it as one.")
    return _page(
        _Record(
            address=address,
            date=headers.get_header("WARC-Date") or "",
            head=head,
            block=begin + rest,
            digests={
                name: headers.get_header(f"WARC-{name}-Digest") or ""
                for name in ("Block", "Payload")
            },
            truncated=headers.get_header("WARC-Truncated") or "",
        ),
        wanted,
        records,
    )


def _head(kind: str, headers: Any, begin: bytes) -> Head | None:
    content_type = headers.get_header("Content-Type") or ""
    if kind == "resource":
        return head_from(content_type)
    # A response to something else than HTTP has its own media type (dns:, ftp:).
    return head_of(begin)


def _is_wanted(head: Head, wanted: Wanted) -> bool:
    known = head.is_html or head.media_type in wanted.readers or head.media_type == _PDF
    return head.status == 200 and known


def _label(head: Head | None) -> str:
    if head is None:
        return "response without an HTTP head"
    if head.status != 200:
        kind = "redirect" if 300 <= head.status < 400 else "answer"
        return f"{kind} with status {head.status}"
    return head.media_type or "response without a media type"


def _page(record: _Record, wanted: Wanted, records: Records) -> Found | None:
    """The page, once: None where the same bytes were met at the same address before."""
    head = record.head
    try:
        found = _entity(record, wanted)
        if found.wrong:
            found = _proved_longer(record, wanted, records) or found
    except ImportRefused as refusal:
        return Found(b"", record.address, refusal=refusal.reason)
    if found.wrong:
        return Found(b"", record.address, refusal=found.wrong)
    entity = found.data
    key = sha256(record.address.encode() + b"\x00" + sha256(entity).digest()).digest()
    if key in wanted.seen:
        return None
    wanted.seen.add(key)
    if head.media_type == _PDF and _PDF not in wanted.readers:
        reason = "It is a PDF: PDFs in web archives are not read. Import it as a file."
        return Found(entity, record.address, refusal=reason)

    def read(data: bytes) -> Document:
        return _told(_document(data, record, wanted), record, found.warning)

    return read_part(read, entity, record.address)


def _entity(record: _Record, wanted: Wanted) -> _Entity:
    """Errors: ImportRefused when it is too large, or packed in a way that is not read here."""
    head = record.head
    body = record.block[head.length :]
    plain = unchunked(body) if head.chunked else body
    data, warning = decoded(plain, head, at_most=wanted.max_bytes)
    return _Entity(data, warning, _wrong_digest(record, body, plain, data))


def _proved_longer(record: _Record, wanted: Wanted, records: Records) -> _Entity | None:
    """The page where a digest proves that its block goes on to the next record."""
    beyond = records.beyond(wanted.max_bytes)
    for separator in _SEPARATORS:
        rest = beyond.removesuffix(separator)
        if not rest.strip() or not beyond.endswith(separator):
            continue
        found = _entity(replace(record, block=record.block + rest), wanted)
        if not found.wrong:
            records.own_beyond()
            told = " ".join(filter(None, [_WRONG_LENGTH, found.warning]))
            return replace(found, warning=told)
    return None


def _document(data: bytes, record: _Record, wanted: Wanted) -> Document:
    if not record.head.is_html:
        return wanted.readers[record.head.media_type](data)
    url = record.address if is_address(record.address) else None
    title = wanted.title_of(record.address)
    return html.extract(data, url, charset=record.head.charset, known_title=title)


def _told(document: Document, record: _Record, warning: str) -> Document:
    """``document`` with what the record tells of it."""
    warnings = [*document.warnings]
    if warning:
        warnings.append(warning)
    if record.truncated:
        warnings.append(f"The archive kept only a part of the page ({record.truncated[:40]}).")
    captured_at = _time(record.date)
    if captured_at is None and record.date:
        warnings.append(f"The time of capture was not understood: {record.date[:40]}.")
    if is_address(record.address):
        origins = {**document.origins, "source_url": Origin(Sureness.STATED, _WHERE)}
        document = replace(document, url=record.address, origins=origins)
    return replace(document, captured_at=captured_at, warnings=tuple(warnings))


def _wrong_digest(record: _Record, body: bytes, plain: bytes, entity: bytes) -> str:
    """Which digest of the record its bytes do not have, as a sentence; "" where they have both.

    By the standard a payload's digest is taken after transfer decoding, but most programs take
    it before, and crawlers that see only what the browser saw after all decoding.
    """
    candidates = {"Block": (record.block,), "Payload": (body, plain, entity)}
    for name, stated in record.digests.items():
        if stated and agrees(stated, *candidates[name]) is False:
            digest = f"WARC-{name}-Digest is {stated[:80]}"
            return f"Its bytes are not those that were archived: {digest}."
    return ""


def _time(text: str) -> datetime.datetime | None:
    try:
        time = datetime.datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=datetime.UTC)
