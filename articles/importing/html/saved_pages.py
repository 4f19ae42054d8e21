"""Where a saved page came from, and when: what browsers and their extensions leave in it."""

import datetime
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from articles.importing.drafting import is_address

# "saved from url=(0046)https://…" (browsers); "url: https://…" (SingleFile)
_ADDRESS = re.compile(r"(?:saved from url=\(\d+\)|^\s*url:\s*)(https?://\S+)", re.MULTILINE)
_DATE = re.compile(r"^\s*saved date:\s*(\S.{10,100})$", re.MULTILINE)
_HTTRACK = re.compile(r"Mirrored from (\S+) by HTTrack\b[^,]*,\s*(.{10,40})")
# As JavaScript writes it: "Mon Mar 02 2026 10:00:00 GMT+0100 (…)"
_SCRIPTED = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{1,2} \d{4} \d{1,2}:\d{2}:\d{2}) (?:GMT|UTC)([+-]\d{4})"
)
_COMMENTS = 10  # they stand at the beginning


def saved_from(tree: Any, metas: Mapping[str, list[str]]) -> tuple[str, datetime.datetime | None]:
    """The address that the page was saved from ("" where none is told), and when (or None)."""
    for comment in tree.getroottree().xpath(f"//comment()[position() <= {_COMMENTS}]")[:_COMMENTS]:
        text = (comment.text or "")[:5000]
        if mirrored := _HTTRACK.search(text):
            address = mirrored[1] if "://" in mirrored[1] else f"http://{mirrored[1]}"
            return address if is_address(address) else "", _mailed(mirrored[2])
        if not re.search(r"saved from url=|SingleFile", text):
            continue
        address, date = _ADDRESS.search(text), _DATE.search(text)
        if address and is_address(address[1]):
            return address[1], _scripted(date[1]) if date else None
    address = metas.get("savepage-url", [""])[0]  # Save Page WE
    if is_address(address):
        return address, _scripted(metas.get("savepage-date", [""])[0])
    return "", None


def _scripted(text: str) -> datetime.datetime | None:
    found = _SCRIPTED.match(text.strip())
    try:
        return (
            datetime.datetime.strptime(" ".join(found.groups()), "%b %d %Y %H:%M:%S %z")
            if found
            else None
        )
    except ValueError:
        return None


def _mailed(text: str) -> datetime.datetime | None:
    try:
        time = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return time if time.tzinfo else time.replace(tzinfo=datetime.UTC)
