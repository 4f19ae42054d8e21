"""CSL-JSON: one work an item, as Zotero, Mendeley, Pandoc and Crossref write it.

A record tells of a work without its text. The source of an item is kept as JSON in UTF-8.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from articles.importing.document import Document, ImportRefused
from articles.importing.drafting import LIKELY, STATED, Draft, kind_of
from articles.importing.found import Found

from .bibliographic import (
    full_title,
    isbns_in,
    issns_in,
    put_abstract,
    put_doi,
    put_identifier,
    put_language,
    put_name,
    put_notes,
    put_person,
    put_place,
    put_rights,
    put_tags,
    put_urls,
    put_when,
)
from .csl_values import date_of, name_of
from .files import no_records, part_found, text_of_records

IMPORTER, VERSION = "csl", "1"
MEDIA_TYPE = "application/vnd.citationstyles.csl+json"

_ROLES = ("author", "editor", "translator", "interviewer")
_WHOLE = frozenset({"book", "report", "thesis", "pamphlet", "periodical", "collection", "document"})
_KINDS = {
    "article": "article", "article-journal": "article", "article-magazine": "article",
    "article-newspaper": "article", "post": "commentary", "post-weblog": "commentary",
    "report": "report", "speech": "speech", "interview": "interview", "review": "article",
    # What Crossref calls them.
    "journal-article": "article", "posted-content": "article",
}  # fmt: skip
_UNSAID = frozenset({"", "webpage", "document", "manuscript", "other"})


def read_all(data: bytes) -> Iterator[Found]:
    """A record for each item, or what is wrong with it."""
    try:
        text, warning = text_of_records(data)
        value = json.loads(text)
    except ImportRefused as refusal:
        yield from no_records(str(refusal))
        return
    except (ValueError, RecursionError) as error:
        place = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "somewhere"
        yield from no_records(f"It is not JSON: {place} is wrong.")
        return
    items = _items(value)
    if not items:
        yield from no_records("There is no item in it.")
    for number, item in enumerate(items, start=1):
        source = json.dumps(item, ensure_ascii=False)
        yield part_found(partial(_read, item), source, f"record {number}", warning)


def _items(value: Any) -> list[Any]:
    """The items of a list, of what holds a list of them, or the one that it is."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        for key in ("items", "references", "message"):
            if isinstance(value.get(key), list | dict):
                return _items(value[key])
        if "id" in value and all(isinstance(one, dict) for one in value.values()):
            return list(value.values())
    return [value]


def _read(item: Any) -> Document:
    if not isinstance(item, dict):
        raise ImportRefused("It is JSON, but no item with fields.")
    draft = Draft()
    type = _text(item, "type").lower()
    title = full_title(_text(item, "title"), _text(item, "subtitle"))
    draft.put("title", title, STATED, _where("title"))
    draft.put("title", full_title(_text(item, "title-short")), LIKELY, _where("title-short"))
    for role in _ROLES:
        people = item.get(role)
        for person in people if isinstance(people, list) else [people]:
            put_person(draft, name_of(person), role, _where(role))
    for key in ("container-title", "collection-title", "event-title", "event"):
        put_name(draft, "publication", _text(item, key), _where(key))
    for key in ("publisher", "institution"):
        put_name(draft, "publisher", _text(item, key), _where(key))
    found = date_of(item.get("issued"), _text(item, "status"))
    stated = [json.dumps(item.get("issued"), ensure_ascii=False)]
    put_when(draft, stated, found, _where("issued"))
    put_language(draft, _text(item, "language"), _where("language"))
    _put_identifiers(draft, item, type, found.said_season if found else "")
    put_abstract(draft, _text(item, "abstract"), _where("abstract"))
    put_tags(draft, _texts(item, "keyword") + _texts(item, "categories"), _where("keyword"))
    for key in ("rights", "license", "copyright"):
        put_rights(draft, _text(item, key), _where(key))
    put_notes(draft, _notes(draft, _text(item, "note")), _where("note"))
    _put_kind(draft, item, type)
    return draft.record(media_type=MEDIA_TYPE, importer=IMPORTER, version=VERSION)


def _where(key: str) -> str:
    return f"the field {key}"


def _text(item: Mapping[str, Any], key: str) -> str:
    """The value as text; of several the first, as in what Crossref sends."""
    return next(iter(_texts(item, key)), "")


def _texts(item: Mapping[str, Any], key: str) -> list[str]:
    value = item.get(key, item.get(key.upper()))
    values = value if isinstance(value, list) else [value]
    # True is a number to Python.
    return [str(one) for one in values if isinstance(one, str | int | float) and one is not True]


def _put_identifiers(draft: Draft, item: Mapping[str, Any], type: str, season: str) -> None:
    put_doi(draft, _text(item, "DOI") or _text(item, "doi"))
    put_urls(draft, [*_texts(item, "URL"), *_texts(item, "url")], _where("URL"))
    for key in ("PMID", "PMCID"):
        put_identifier(draft, key.lower(), _text(item, key))
    isbns = isbns_in(" ; ".join(_texts(item, "ISBN")))
    if type in _WHOLE:
        for isbn in isbns:
            put_identifier(draft, "isbn", isbn)
    put_place(
        draft,
        volume=_text(item, "volume"),
        issue=_text(item, "issue") or _text(item, "number"),
        season=season,
        pages=_text(item, "page"),
        isbns=() if type in _WHOLE else isbns,
        issns=issns_in(" ; ".join(_texts(item, "ISSN"))),
        where="the fields volume, issue, page and ISSN",
    )


def _notes(draft: Draft, note: str) -> list[str]:
    """What a note says beyond lines such as "PMID: 123", in which Zotero keeps more fields."""
    notes = []
    for line in note.splitlines():
        field = re.fullmatch(r"\s*([A-Za-z][\w -]{1,30}):\s*(\S.*?)\s*", line)
        name = field[1].lower() if field else ""
        if field and name == "doi":
            put_doi(draft, field[2])
        elif field and name in ("pmid", "pmcid", "arxiv"):
            put_identifier(draft, name, field[2])
        elif line.strip():
            notes.append(line)
    return [" ".join(notes)] if notes else []


def _put_kind(draft: Draft, item: Mapping[str, Any], type: str) -> None:
    for key in ("genre", "medium"):
        if kind := kind_of(_text(item, key)):
            draft.put("kind", kind, STATED, _where(key))
    if kind := _KINDS.get(type):
        draft.put("kind", kind, STATED, _where("type"))
    elif "kind" not in draft.values and type not in _UNSAID:
        draft.put_kind(type.replace("-", " "), _where("type"))
