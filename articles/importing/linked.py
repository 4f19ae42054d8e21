"""Where a file on its way in was fetched, and what its server said of it."""

import datetime
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from .detect import FORMAT_OF_SUFFIX
from .document import Document, Origin, Sureness
from .drafting import doi_of

_WHERE = "the link"
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_ALIKE = frozenset({"plain", "markdown"})


@dataclass(frozen=True)
class Link:
    """``asked`` is the address that somebody gave, ``url`` the one that it led to in the end.

    ``status``, ``media_type`` and ``charset`` are the server's words, the last two "" without any.
    """

    asked: str
    url: str
    fetched_at: datetime.datetime
    status: int = 200
    media_type: str = ""
    charset: str = ""

    @property
    def file_name(self) -> str:
        """What a browser would call the file: the last part of the address's path, or ""."""
        return urlsplit(self.url).path.rpartition("/")[2]

    def to_json(self) -> dict[str, Any]:
        """As JSON values. ``from_json`` gives an equal one back."""
        return asdict(self) | {"fetched_at": self.fetched_at.isoformat()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Link":
        at = datetime.datetime.fromisoformat(data["fetched_at"])
        return cls(**data | {"fetched_at": at})

    def format_of(self, found: str) -> str:
        """``found`` by the bytes, or the kind of text that server and address say it is.

        Only between texts that look alike: what the bytes say of themselves is not overruled.
        """
        if found not in _ALIKE:
            return found
        if self.media_type in _HTML:
            return "html"
        if self.media_type == "text/markdown":
            return "markdown"
        claimed = FORMAT_OF_SUFFIX.get(self.file_name.rpartition(".")[2].lower(), "")
        return claimed if claimed in _ALIKE else found

    def put_into(self, document: Document) -> Document:
        """``document``, all that is at the link, with its address and when it was fetched."""
        doi = doi_of(self.asked)
        identifiers = dict.fromkeys((*document.identifiers, *([("doi", doi)] if doi else [])))
        return replace(
            document,
            url=self.url,
            also_at=(self.asked,) if self.asked != self.url else (),
            identifiers=tuple(identifiers),
            captured_at=self.fetched_at,
            origins={**document.origins, "source_url": Origin(Sureness.STATED, _WHERE)},
        )
