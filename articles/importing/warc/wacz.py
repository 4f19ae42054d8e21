"""Web archives packed as WACZ: the pages of their WARC files, as far as they are listed as pages.

The package says which bytes its parts have; a part with other bytes is refused by its name. All
is read as a stream: a WARC file in it may be larger than memory.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from articles.importing.document import Document, ImportRefused
from articles.importing.drafting import one_line
from articles.importing.found import Found
from articles.importing.safe_zip import Archive, Limits

from . import Wanted, about_others, read_records, redirects
from .digests import hasher, is_digest

_LIMITS = Limits(members=10_000, member_bytes=8_000_000_000, all_bytes=32_000_000_000)
_WARC = re.compile(r"archive/[^/]+\.warc(?:\.gz)?", re.IGNORECASE)
_PAGES = re.compile(r"pages/[^/]+\.jsonl")
_PACKAGE, _ITS_DIGEST = "datapackage.json", "datapackage-digest.json"
_STEP = 1 << 16
_LONGEST_JSON = 20_000_000
_MOST_PAGES = 1_000_000
_MOST_HOPS = 10


def read_all(
    file: BinaryIO,
    *,
    max_bytes: int,
    readers: Mapping[str, Callable[[bytes], Document]] | None = None,
) -> Iterator[Found]:
    """Each page in the WACZ ``file`` (seekable); as in ``warc.read_all``.

    Where the package lists its pages, other HTML in it (frames, advertisements) is passed over.
    Bad input raises nothing: it comes out as a Found with its refusal.
    """
    try:
        archive = Archive(file, limits=_LIMITS)
        stated = _stated_digests(archive)
        warcs = [name for name in archive.names if _WARC.fullmatch(name)]
        if not warcs:
            raise ImportRefused(_about_lack(archive, stated))
        wrong = {name: reason for name in stated if (reason := _wrong(archive, name, stated[name]))}
        yield from (Found(b"", name, refusal=reason) for name, reason in wrong.items())
        sound = [name for name in warcs if name not in wrong]
        yield from _pages_of(archive, sound, set(wrong), Wanted(max_bytes, readers or {}))
    except ImportRefused as refusal:
        yield Found(b"", refusal=refusal.reason)


def _pages_of(
    archive: Archive, warcs: list[str], wrong: set[str], wanted: Wanted
) -> Iterator[Found]:
    titles = _titles(archive, [name for name in archive.names if name not in wrong])
    if titles:
        _follow(archive, warcs, titles)
        wanted.is_page = lambda address: _normal(address) in titles
        wanted.title_of = lambda address: titles.get(_normal(address), "")
    found = False
    for name in warcs:
        with archive.open(name) as member:
            for one in read_records(member, wanted):
                found = True
                yield one if one.part else Found(b"", name, refusal=one.refusal)
    if not found and warcs:
        yield Found(b"", refusal=about_others(wanted.others))


def _about_lack(archive: Archive, stated: Mapping[str, Any]) -> str:
    """Why an archive without WARC files is none."""
    if any(name.lower().endswith(".wacz") for name in (*archive.names, *stated)):
        return "It is a collection of other WACZ files: unpack it, and import each of them."
    missing = [name for name in stated if name not in archive]
    if missing:
        lacking = ", ".join(missing[:3])
        return f"It is no whole WACZ: it has no WARC file in archive/, and lacks {lacking}."
    return "It is no WACZ: it has no WARC file in archive/."


def _stated_digests(archive: Archive) -> dict[str, tuple[str, str]]:
    """The digest of each part as the package states it: algorithm and value.

    Errors: ImportRefused when the package's list cannot be read, or is not the one that was
    signed.
    """
    if _PACKAGE not in archive:
        return {}
    signed = _json(archive, _ITS_DIGEST) if _ITS_DIGEST in archive else {}
    if isinstance(signed, dict) and isinstance(signed.get("hash"), str):
        algorithm, _, value = signed["hash"].rpartition(":")
        if reason := _wrong(archive, _PACKAGE, (algorithm, value)):
            raise ImportRefused(reason)
    package = _json(archive, _PACKAGE)
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(resources, list):
        raise ImportRefused(f"It is no WACZ: its {_PACKAGE} lists no resources.")
    return {
        one["path"]: _digest(one)
        for one in resources
        if isinstance(one, dict) and isinstance(one.get("path"), str)
    }


def _digest(resource: Mapping[str, Any]) -> tuple[str, str]:
    stats = resource.get("stats")
    old = stats.get("hash") if isinstance(stats, dict) else ""  # before version 1.1
    stated = str(resource.get("hash") or old or "")
    algorithm, _, value = stated.rpartition(":")
    return algorithm or str(resource.get("hashing") or "sha256"), value


def _wrong(archive: Archive, name: str, stated: tuple[str, str]) -> str:
    """What is wrong with the part ``name``, as a sentence; "" where nothing is."""
    if name not in archive:
        return f"A part of it is missing: {name}."
    made = hasher(stated[0])
    if made is None or not stated[1]:
        return ""
    try:
        with archive.open(name) as member:
            while piece := member.read(_STEP):
                made.update(piece)
    except ImportRefused as refusal:
        return refusal.reason
    if is_digest(stated[1], made.digest()):
        return ""
    return f"The bytes of {name} are not those that were packed: their {stated[0]} is another."


def _json(archive: Archive, name: str) -> Any:
    data, size = [], 0
    with archive.open(name) as member:
        while piece := member.read(_STEP):
            data.append(piece)
            size += len(piece)
            if size > _LONGEST_JSON:
                raise ImportRefused(f"A part of it is too large to be read: {name}.")
    try:
        return json.loads(b"".join(data))
    except (ValueError, RecursionError) as error:
        raise ImportRefused(f"A part of it is no JSON: {name}.") from error


def _titles(archive: Archive, names: list[str]) -> dict[str, str]:
    """The titles by address of all that is listed as a page."""
    titles: dict[str, str] = {}
    for name in names:
        if not _PAGES.fullmatch(name):
            continue
        for line in _lines(archive, name):
            try:
                page = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(page, dict) and isinstance(page.get("url"), str):
                title = page.get("title")
                titles[_normal(page["url"])] = one_line(title) if isinstance(title, str) else ""
            if len(titles) > _MOST_PAGES:
                raise ImportRefused(f"It lists more than {_MOST_PAGES} pages.")
    return titles


def _lines(archive: Archive, name: str) -> Iterator[bytes]:
    """The lines of a part; of a line that is too long only its beginning, which is no JSON."""
    line = bytearray()
    with archive.open(name) as member:
        while piece := member.read(_STEP):
            first, *others = piece.split(b"\n")
            for more in others:
                yield bytes(line + first)
                line, first = bytearray(), more
            if len(line) < _LONGEST_JSON:
                line += first
    yield bytes(line)


def _follow(archive: Archive, warcs: list[str], titles: dict[str, str]) -> None:
    """Add to ``titles`` where the addresses in it were redirected to."""
    leads: dict[str, str] = {}
    for name in warcs:
        with archive.open(name) as member:
            leads |= {_normal(begin): _normal(end) for begin, end in redirects(member)}
    for address, title in list(titles.items()):
        for _ in range(_MOST_HOPS):
            address = leads.get(address, "")
            if not address or address in titles:
                break
            titles[address] = title


def _normal(address: str) -> str:
    """``address`` for comparing: crawlers write the same one in several ways."""
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return address
    at = f"{host}:{port}" if port and port not in (80, 443) else host
    query = f"?{parts.query}" if parts.query else ""
    return f"{at}{parts.path.rstrip('/')}{query}"
