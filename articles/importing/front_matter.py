"""Facts as front matter names them, in the words of many site builders, as a draft's fields."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from articles.sanitize import clean
from articles.text import text_of

from .clues import stated_names
from .document import Contributor, PublicationDate
from .drafting import LIKELY, STATED, Draft, one_line, role_of
from .reading_dates import parse_date

# Each field with the keys that may hold it, the best first.
STANDFIRST = (
    "standfirst", "subtitle", "dek", "deck", "lead", "lede", "excerpt", "teaser", "description",
    "summary", "abstract",
)  # fmt: skip
PEOPLE = {
    "author": ("author", "authors", "byline", "by", "contributor", "contributors"),
    "editor": ("editor", "editors"),
    "translator": ("translator", "translators"),
    "interviewer": ("interviewer", "interviewers"),
}
DATES = (
    "date", "published", "publication_date", "date_published", "publish_date", "pubdate",
    "published_on", "published_at", "issued", "created",
)  # fmt: skip
PUBLISHER = ("publisher", "published_by", "institution", "organization", "organisation")
PUBLICATION = (
    "publication", "journal", "series", "magazine", "newspaper", "container_title", "container",
)  # fmt: skip
TAGS = ("tags", "topics", "categories", "keywords", "subjects", "tag", "topic", "category")
LANGUAGE = ("language", "lang", "locale")
URLS = ("url", "source_url", "canonical_url", "canonical", "original_url", "link", "permalink")
RIGHTS = ("rights", "license", "licence", "copyright", "disclaimer")
KIND = ("kind", "type", "genre")
IDENTIFIERS = ("doi", "isbn", "hdl", "arxiv", "pmid")
KNOWN = frozenset({
    "title", "headline", "source", "period", "identifier", "identifiers",
    *STANDFIRST, *(key for keys in PEOPLE.values() for key in keys), *DATES, *PUBLISHER,
    *PUBLICATION, *TAGS, *LANGUAGE, *URLS, *RIGHTS, *KIND, *IDENTIFIERS,
})  # fmt: skip
_ENTITY = re.compile(r"&#?\w{1,12};")
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_URL_VALUE = re.compile(r"https?://\S+", re.IGNORECASE)


def put_fields(fields: Mapping[str, Any], draft: Draft, *, where: str) -> None:
    """Keep everything that ``fields`` state. Unknown keys say nothing about the work."""
    known = {
        field_key(key): value for key, value in fields.items() if value not in (None, "", [], {})
    }
    for field, keys in (
        ("title", ("title", "headline")),
        ("standfirst", STANDFIRST),
        ("publisher", PUBLISHER),
        ("publication", PUBLICATION),
    ):
        for key in keys:
            draft.put(field, _text(known.get(key)), STATED, where)
    _put_people(known, draft, where)
    _put_date(known, draft, where)
    for key in TAGS:
        draft.add("tags", _texts(known.get(key), ","), STATED, where)
    for key in LANGUAGE:
        draft.put_language(_text(known.get(key)), where)
    for key in ("source", *URLS):
        value = _text(known.get(key))
        if _URL_VALUE.fullmatch(value):
            draft.put_url(value, where)
        elif key == "source":
            draft.put("source", value, STATED, where)
    rights = [text for key in RIGHTS if (text := _text(known.get(key)))]
    draft.put("rights", "\n\n".join(dict.fromkeys(rights)), STATED, where)
    for key in KIND:
        draft.put_kind(_text(known.get(key)), where)
    _put_identifiers(known, draft)


def field_key(key: Any) -> str:
    """ "Publication date" and "publicationDate" as "publication_date"."""
    return re.sub(r"[\s-]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", str(key))).lower()


def _text(value: Any, depth: int = 0) -> str:
    """What a value says, on one line; of a group of values its name; deep down, nothing."""
    if depth > 3:
        return ""
    if isinstance(value, Mapping):
        for key in ("name", "title", "text", "value", "type", "url"):
            if key in value and isinstance(value[key], str):
                return _text(value[key], depth + 1)
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, (_text(one, depth + 1) for one in value[:50])))
    if value is None:
        return ""
    plain = str(value)
    if _TAG.search(plain):
        plain = text_of(clean(plain))
    return one_line(_ENTITY.sub(lambda found: unescape(found[0]), plain))


def _texts(value: Any, separator: str) -> Iterator[str]:
    if isinstance(value, list):
        for one in value[:500]:
            yield from (text for text in (_text(one),) if text)
    else:
        yield from (part.strip() for part in _text(value).split(separator) if part.strip())


def _put_people(known: Mapping[str, Any], draft: Draft, where: str) -> None:
    for role, keys in PEOPLE.items():
        for key in keys:
            values = known.get(key)
            for value in values if isinstance(values, list) else [values]:
                draft.add("people", _people(value, role), STATED, where)


def _people(value: Any, role: str) -> Iterator[Contributor]:
    if isinstance(value, Mapping):
        given, family = (
            _text(value.get(key) or value.get(other))
            for key, other in (("given", "first_name"), ("family", "last_name"))
        )
        name = _text({key: one for key, one in value.items() if key in ("name", "title")})
        name = name or _text(value.get("full_name") or value.get("display_name"))
        name = name or f"{given} {family}".strip()
        if name:
            yield Contributor(name, role_of(_text(value.get("role"))) or role)
    elif text := _text(value):
        for name in stated_names(text):
            yield Contributor(name, role)


def _put_date(known: Mapping[str, Any], draft: Draft, where: str) -> None:
    for key in DATES:
        text = _text(known.get(key))
        if not text or "date" in draft.values:
            continue
        date = parse_date(text)
        if date is None and re.search(r"\d", text) and len(text) <= 60:
            draft.warn(f"“{text}” ({where}) is no date: taken as a period.")
            draft.put("date", PublicationDate(period=text), LIKELY, where)
        else:
            draft.put_date(text, date, where)
    period = _text(known.get("period"))
    if period and "date" in draft.values and draft.values["date"].year:
        draft.warn(f"The period “{period}” was left out: a date is known.")
    elif period:
        draft.put("date", PublicationDate(period=period), STATED, where)


def _put_identifiers(known: Mapping[str, Any], draft: Draft) -> None:
    for scheme in IDENTIFIERS:
        _identify(scheme, _text(known.get(scheme)), draft)
    more = known.get("identifiers", known.get("identifier"))
    if isinstance(more, Mapping) and not {"scheme", "value"} <= set(more):
        for scheme, value in more.items():
            _identify(str(scheme), _text(value), draft)
        return
    for one in more if isinstance(more, list) else [more]:
        if isinstance(one, Mapping):
            scheme = _text(one.get("scheme") or one.get("type"))
            _identify(scheme, _text(one.get("value") or one.get("id")), draft)
        elif found := re.fullmatch(r"(?:([A-Za-z]+):\s*)?(\S.*)", _text(one)):
            _identify(found[1] or "", found[2], draft)


def _identify(scheme: str, value: str, draft: Draft) -> None:
    if re.match(r"(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/", value):
        draft.put_url(value, "")
        return
    # An ISSN names the periodical: kept here, it would make all its articles one.
    if scheme and value and scheme.lower() != "issn":
        draft.identify(scheme.lower(), value)
