"""Annotations out of the JSON that Hypothesis gives.

Read are the client's export, the API's search result, a list of annotations and a single one.
One bad annotation is one refusal with its place and reason; the rest goes on. Selectors stay as
received: their positions count UTF-16 units of another page, and mean nothing here by themselves.
Source: hypothesis/client, src/types/api.ts; hypothesis/h, h/presenters/annotation_json.py.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from annotations.importing.fields import (
    is_web_address,
    list_of,
    storable,
    strings_of,
    text_of,
    time_of,
    time_or_none,
)
from articles.importing.document import ImportRefused
from articles.importing.drafting import doi_of, one_line, shortened

IMPORTER, VERSION = "hypothesis", "1"
WORLD = "__world__"  # the group of everybody
PUBLIC, GROUP, PRIVATE = "public", "group", "private"

_LONGEST_TEXT = 100_000
_LONGEST_ID = 200
_MOST_SELECTORS = 50
_USER = re.compile(r"acct:([^@\s]+)@([^@\s]+)")
# How the client writes a name that was mentioned; Markdown here knows no HTML.
_MENTION = re.compile(r"<a\b[^<>]*\bdata-hyp-mention\b[^<>]*>([^<]*)</a>")
_KNOWN = {
    *("id", "uri", "document", "created", "updated", "user", "user_info", "text", "tags"),
    *("target", "references", "group", "permissions", "hidden", "flagged", "links"),
}
# What the one who exported may do, or was told as a moderator: no part of the annotation.
_OF_THE_EXPORTER = {"actions", "moderation", "moderation_status"}


@dataclass(frozen=True)
class Annotation:
    """One annotation, reply or page note. ``place`` says where in the file ("annotation 3")."""

    place: str
    id: str
    uri: str
    title: str
    created: datetime
    updated: datetime
    user: str  # acct:name@authority
    display_name: str = ""
    text: str = ""  # Markdown
    tags: tuple[str, ...] = ()
    selectors: tuple[Mapping[str, Any], ...] = ()
    references: tuple[str, ...] = ()  # what it answers, from the root down to its parent
    group: str = ""
    readers: tuple[str, ...] = ()  # permissions.read
    hidden: bool = False
    flagged: bool = False
    links: Mapping[str, str] = field(default_factory=dict)
    also_at: tuple[str, ...] = ()  # further addresses and DOIs of the document
    document: Mapping[str, Any] = field(default_factory=dict)
    unknown: Mapping[str, Any] = field(default_factory=dict)

    @property
    def parent(self) -> str | None:
        return self.references[-1] if self.references else None

    @property
    def author_name(self) -> str:
        """The name shown, or the one in the address of the account."""
        return self.display_name or self.user.removeprefix("acct:").rpartition("@")[0]

    @property
    def author_uri(self) -> str:
        """The page of the author, where Hypothesis itself keeps the account; else ""."""
        name, _, authority = self.user.removeprefix("acct:").rpartition("@")
        home = authority.lower() == "hypothes.is"
        return f"https://hypothes.is/users/{quote(name, safe='')}" if home else ""

    @property
    def reach(self) -> str:
        """Who could read it there: PUBLIC, GROUP or PRIVATE. What is not said is PRIVATE."""
        if self.group == WORLD and f"group:{WORLD}" in self.readers:
            return PUBLIC
        in_group = self.group not in ("", WORLD)
        return GROUP if in_group and any(r.startswith("group:") for r in self.readers) else PRIVATE

    @property
    def describes_words(self) -> bool:
        """Whether its selectors are about words, and not about a page or a scene of a film."""
        kinds = {"TextQuoteSelector", "TextPositionSelector", "RangeSelector"}
        return any(one.get("type") in kinds for one in self.selectors)


@dataclass(frozen=True)
class Refusal:
    """Why there is no annotation at ``place``."""

    place: str
    reason: str


@dataclass(frozen=True)
class Export:
    """What a file holds, in its order, each id once. ``user`` is who exported, if that is said."""

    exported: datetime | None = None
    user: str = ""
    annotations: tuple[Annotation, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def read(data: bytes) -> Export:
    """The annotations in ``data``. Errors: ImportRefused where it is no export at all."""
    value = _json(data)
    rows = _rows(value)
    if rows is None:
        raise ImportRefused("It is JSON, but no export of annotations from Hypothesis.")
    found: dict[str, Annotation] = {}
    refusals: list[Refusal] = []
    for number, row in enumerate(rows, start=1):
        place = f"annotation {number}"
        try:
            one = _annotation(row, place)
        except ImportRefused as refusal:
            refusals.append(Refusal(place, refusal.reason))
            continue
        if other := found.get(one.id):
            one, older = (one, other) if one.updated > other.updated else (other, one)
            if _same(one, older) is False:
                reason = f"Another version of it is in the file, as {one.place}."
                refusals.append(Refusal(older.place, reason))
        found[one.id] = one
    head = value if isinstance(value, dict) else {}
    said = head.get("export_userid")
    return Export(
        exported=time_or_none(head.get("export_date")),
        user=said if isinstance(said, str) and _USER.fullmatch(said) else "",
        annotations=tuple(found.values()),
        refusals=tuple(refusals),
    )


def _json(data: bytes) -> Any:
    try:
        text = data.decode(json.detect_encoding(data))
        return json.loads(text, parse_constant=lambda _: None, parse_float=_finite)
    except UnicodeDecodeError as error:
        raise ImportRefused("It is not in UTF-8, as JSON must be.") from error
    except (ValueError, RecursionError) as error:
        raise ImportRefused("It is not JSON.") from error


def _finite(number: str) -> float | None:
    """JSON has no infinity, and the database would refuse it."""
    value = float(number)
    return value if math.isfinite(value) else None


def _rows(value: Any) -> list[Any] | None:
    """The annotations of any of the shapes, as they are; None where it is none of them."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return None
    for key in ("annotations", "rows"):
        if isinstance(value.get(key), list):
            # With ``_separate_replies`` the API gives these apart.
            replies = value.get("replies")
            return [*value[key], *(replies if isinstance(replies, list) else [])]
    return [value] if "uri" in value and "target" in value else None


def _same(one: Annotation, other: Annotation) -> bool:
    return (one.updated, one.text, one.tags) == (other.updated, other.text, other.tags)


def _annotation(row: Any, place: str) -> Annotation:
    """Errors: ImportRefused."""
    if not isinstance(row, dict):
        raise ImportRefused("It is no object with fields.")
    row = storable(row)
    name = text_of(row, "id").strip()
    if not name or len(name) > _LONGEST_ID:
        raise ImportRefused("It has no id.")
    user = text_of(row, "user").strip()
    if not _USER.fullmatch(user) or len(user) > _LONGEST_ID:
        raise ImportRefused("It does not say who wrote it (acct:name@authority).")
    text = _MENTION.sub(r"\1", text_of(row, "text"))
    if len(text) > _LONGEST_TEXT:
        raise ImportRefused("It is longer than any note: more than 100,000 characters.")
    targets = [one for one in list_of(row, "target") if isinstance(one, dict)]
    target = next((one for one in targets if one.get("selector")), (targets or [{}])[0])
    addresses = [text_of(row, "uri").strip(), text_of(target, "source").strip()]
    if not any(addresses):
        raise ImportRefused("It does not say which page it is about.")
    document = row["document"] if isinstance(row.get("document"), dict) else {}
    addresses = list(dict.fromkeys(filter(None, [*addresses, *_others(document)])))
    created, updated = row.get("created"), row.get("updated")
    references = strings_of(row, "references")
    if name in references:
        raise ImportRefused("It answers itself.")
    permissions = row["permissions"] if isinstance(row.get("permissions"), dict) else {}
    info = row["user_info"] if isinstance(row.get("user_info"), dict) else {}
    links = row["links"] if isinstance(row.get("links"), dict) else {}
    left = {key: one for key, one in row.items() if key not in _KNOWN | _OF_THE_EXPORTER}
    return Annotation(
        place=f"{place} ({shortened(name)})",
        id=name,
        uri=addresses[0],
        title=_title(document),
        created=time_of(created or updated, "written"),
        updated=time_of(updated or created, "changed"),
        user=user,
        display_name=one_line(text_of(info, "display_name"))[:300],
        text=text,
        tags=_tags(strings_of(row, "tags")),
        selectors=_selectors(target),
        references=references,
        group=text_of(row, "group"),
        readers=strings_of(permissions, "read"),
        hidden=row.get("hidden") is True
        or row.get("moderation_status") in ("DENIED", "PENDING", "SPAM"),
        flagged=row.get("flagged") is True,
        links={key: one for key, one in links.items() if is_web_address(one)},
        also_at=tuple(addresses[1:]),
        document=document,
        unknown={key: one for key, one in left.items() if not key.startswith("$")}
        | ({"target": targets} if len(targets) > 1 else {}),
    )


def _selectors(target: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    given = target.get("selector") or []
    given = [given] if isinstance(given, dict) else given
    if not isinstance(given, list) or len(given) > _MOST_SELECTORS:
        raise ImportRefused("Its selectors are no list of at most 50.")
    for one in given:
        if not isinstance(one, dict):
            raise ImportRefused("One of its selectors is no object with fields.")
        for key in ("exact", "prefix", "suffix"):
            if not isinstance(one.get(key), str | None):
                raise ImportRefused(f"“{key}” in one of its selectors is no text.")
    return tuple(given)


def _tags(given: tuple[str, ...]) -> tuple[str, ...]:
    """On one line each, and each once whatever the case."""
    tags = {tag.casefold(): tag for tag in map(one_line, reversed(given)) if tag}
    return tuple(reversed(tags.values()))


def _title(document: Mapping[str, Any]) -> str:
    given = document.get("title")
    titles = given if isinstance(given, list) else [given]
    return next((said for one in titles if isinstance(one, str) and (said := one_line(one))), "")


def _others(document: Mapping[str, Any]) -> Iterator[str]:
    """What else the document is known by: its links, and DOIs in its metadata."""
    links = document.get("link")
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and isinstance(link.get("href"), str):
            yield link["href"].strip()
    for kind, key in (("highwire", "doi"), ("dc", "identifier"), ("prism", "doi")):
        said = document.get(kind)
        values = said.get(key) if isinstance(said, dict) else None
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, str) and (doi := doi_of(value)):
                yield f"doi:{doi}"
