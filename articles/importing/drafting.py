"""What the readers share: a document in the making, with the origin of each field."""

import datetime
import re
import unicodedata
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from articles.body_tree import whole_characters, without_controls
from articles.sanitize import clean
from articles.text import BLOCKS, VOIDS, Token, text_of, tokens

from .document import (
    KINDS,
    ROLES,
    Contributor,
    Document,
    ImportRefused,
    Origin,
    PublicationDate,
    Sureness,
)
from .languages import RIGHT_TO_LEFT, contradicted, language_of

STATED, LIKELY, GUESS = Sureness.STATED, Sureness.LIKELY, Sureness.GUESS

_LONGEST_FIRST_WORDS = 80
_RANK = {GUESS: 0, LIKELY: 1, STATED: 2}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_KINDS = {
    **{kind: kind for kind in KINDS},
    "op-ed": "commentary", "opinion": "commentary", "blog post": "commentary", "blog": "commentary",
    "post": "commentary", "analysis": "commentary", "column": "commentary", "address": "speech",
    "remarks": "speech", "lecture": "speech", "paper": "report", "working paper": "report",
    "policy brief": "report", "brief": "report", "study": "report", "news": "article",
    "editorial": "commentary", "op ed": "commentary", "opinion piece": "commentary",
    "newspaper article": "article", "magazine article": "article", "journal article": "article",
    "technical report": "report", "research report": "report", "discussion paper": "report",
    "white paper": "report", "policy paper": "report", "government document": "report",
    "talk": "speech", "statement": "speech", "keynote": "speech",
}  # fmt: skip


class Draft:
    """Fields as they are found. A less sure finding never replaces a surer one."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.origins: dict[str, Origin] = {}
        self.identifiers: list[tuple[str, str]] = []
        self.suggested: list[Contributor] = []
        self.captured_at: datetime.datetime | None = None
        self.warnings: list[str] = []

    def put(self, field: str, value: Any, sureness: Sureness, where: str) -> bool:
        """Keep ``value`` unless it is empty or another is at least as sure; whether it was kept."""
        if not value:
            return False
        known = self.origins.get(field)
        if known is not None and _RANK[known.sureness] >= _RANK[sureness]:
            return False
        self.values[field] = value
        self.origins[field] = Origin(sureness, where)
        return True

    def add(self, field: str, values: Iterable[Any], sureness: Sureness, where: str) -> None:
        """Append to a field that holds several, each value once."""
        before = self.values.get(field, ())
        added = dict.fromkeys((*before, *values))
        if len(added) > len(before):
            self.values[field] = tuple(added)
            self.origins.setdefault(field, Origin(sureness, where))

    def put_date(self, text: str, date: PublicationDate | None, where: str) -> None:
        """Keep a stated date, or say that it was not understood."""
        if date is None:
            self.warn(f"The date “{shortened(text)}” ({where}) was not understood.")
        else:
            self.put("date", date, STATED, where)

    def put_language(self, text: str, where: str) -> None:
        """Keep a stated language tag, or say that it is none."""
        if _LANGUAGE.fullmatch(text.strip()):
            self.put("language", text.strip().replace("_", "-"), STATED, where)
        elif text.strip():
            self.warn(f"“{shortened(text)}” ({where}) is no language tag such as en or pt-BR.")

    def doubt_language(self, text: str) -> None:
        """Drop a stated language that ``text`` is not in, and say so."""
        stated = self.values.get("language", "")
        if seen := contradicted(stated, text):
            self.warn(
                f"The file says that its language is {shortened(stated)}; it reads as {seen}."
            )
            del self.values["language"], self.origins["language"]

    def put_kind(self, text: str, where: str) -> None:
        """Keep a stated kind where the archive knows it."""
        kind = kind_of(text)
        if kind is not None:
            self.put("kind", kind, STATED, where)
        elif text.strip():
            self.warn(f"The archive has no kind “{shortened(text)}” ({where}): taken as article.")

    def put_url(self, text: str, where: str) -> None:
        """Keep a web address; a DOI's also as identifier."""
        if doi := doi_of(text):
            self.identify("doi", doi)
        if is_address(text.strip()):
            self.put("source_url", text.strip(), STATED, where)

    def identify(self, scheme: str, value: str) -> None:
        """Keep an identifier once."""
        value = one_line(value)
        if value and (scheme, value) not in self.identifiers:
            self.identifiers.append((scheme, value))

    def put_first_words(self, text: str) -> None:
        """Let the first words of a text stand for the title that it does not name."""
        words = one_line(text)
        if len(words) > _LONGEST_FIRST_WORDS:
            words = f"{words[:_LONGEST_FIRST_WORDS].rsplit(' ', 1)[0]}…"
        if self.put("title", words, GUESS, "its first words"):
            self.warn("It names no title: its first words stand for one.")

    def warn(self, sentence: str) -> None:
        """Keep a sentence for the person who imports."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def document(self, body: str, *, media_type: str, importer: str, version: str) -> Document:
        """The document with ``body`` in the stored form.

        A language that nobody stated is taken from the words. Errors: ImportRefused without a
        title or without words.
        """
        if self.values.get("title") and not text_of(body).strip():
            raise ImportRefused("It has a title, but no text.")
        return self._made(body, media_type=media_type, importer=importer, version=version)

    def record(self, *, media_type: str, importer: str, version: str) -> Document:
        """The document without a text, for formats that only tell of works.

        Errors: ImportRefused without a title.
        """
        return self._made("", media_type=media_type, importer=importer, version=version)

    def _made(self, body: str, *, media_type: str, importer: str, version: str) -> Document:
        values = dict(self.values)
        url = values.pop("source_url", None)
        draft = Document(html=body, title=values.pop("title", ""), url=url, **values)
        if "language" not in values and (language := language_of(draft.text)):
            values["language"] = language
            self.origins["language"] = Origin(LIKELY, "the words of the text")
        return Document(
            html=body,
            title=draft.title,
            url=url,
            suggested_people=tuple(dict.fromkeys(self.suggested)),
            identifiers=tuple(self.identifiers),
            origins=dict(self.origins),
            warnings=tuple(self.warnings),
            media_type=media_type,
            importer=importer,
            importer_version=version,
            captured_at=self.captured_at,
            **values,
        )


def one_line(text: str) -> str:
    """``text`` as a field holds it: on one line, without controls, NBSP as a space."""
    return " ".join(without_controls(whole_characters(text)).split())


def shortened(text: str) -> str:
    """``text`` for a warning: one line of at most 60 characters."""
    plain = one_line(text)
    return plain if len(plain) <= 60 else f"{plain[:59]}…"


def is_address(text: str) -> bool:
    """Whether ``text`` is the address of something on the web."""
    if not _URL.fullmatch(text):
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False


def doi_of(text: str) -> str | None:
    """The DOI that ``text`` is, in lower case, without resolver or label."""
    found = _DOI.fullmatch(text.strip())
    return found[1].lower() if found else None


def kind_of(text: str) -> str | None:
    """The kind of work that a word such as "op-ed" or "working paper" names."""
    return _KINDS.get(one_line(text).lower())


def role_of(text: str) -> str | None:
    """The role that a word such as "Edited by" or "translator" names."""
    word = text.strip().lower()
    for role in ROLES:
        if word.startswith((role, role[:-2])):
            return role
    return None


def directed(html: str, *, language: str = "") -> str:
    """Stored HTML whose blocks say when they run against the reading direction.

    A block that begins right to left gets ``dir="rtl"``; in a right-to-left language one that
    begins left to right gets ``dir="ltr"``. For formats that cannot say it themselves.
    """
    against = "ltr" if language.split("-")[0].lower() in RIGHT_TO_LEFT else ""
    found = list(tokens(html))
    directions: dict[int, str] = {}
    open_blocks: list[int] = []
    for index, token in enumerate(found):
        if token.name in BLOCKS and token.name not in VOIDS:
            if token.kind == "start":
                open_blocks.append(index)
            else:
                open_blocks.pop()
        elif token.text and open_blocks and open_blocks[-1] not in directions:
            direction = _direction(token.text)
            if direction == "rtl" or (direction and direction == against):
                directions[open_blocks[-1]] = direction
            elif direction:
                directions[open_blocks[-1]] = ""
    if not any(directions.values()):
        return html
    pieces = [_with_direction(token, directions.get(index)) for index, token in enumerate(found)]
    return clean("".join(pieces))


def _with_direction(token: Token, direction: str | None) -> str:
    if not direction or "dir" in token.attributes:
        return token.raw
    return f'{token.raw[:-1]} dir="{direction}">'


def _direction(text: str) -> str:
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return ""
