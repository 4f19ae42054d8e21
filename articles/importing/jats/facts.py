"""What the front of a JATS article states: titles, people, dates, identifiers, rights.

The date is the first day on which the article was published in any
form; the year of the issue it was collected in counts only where nothing else is known.
"""

import re
from typing import Any

from articles.importing.document import Contributor, PublicationDate
from articles.importing.drafting import LIKELY, STATED, Draft, is_address, one_line
from articles.importing.jsonl import scheme_of
from articles.importing.reading_dates import parse_date
from articles.importing.safe_xml import local
from articles.importing.xml_walk import (
    attribute,
    child,
    children,
    descendants,
    joined,
    language_of,
    raw_words,
    shortest,
    words,
    words_without,
)

from .references import person_name, titles_cited
from .topics import put_kind, put_topics

_WHERE, _JOURNAL = "article-meta", "journal-meta"
_ROLES = {
    "author": "author", "authors": "author", "corresp-author": "author", "editor": "editor",
    "guest-editor": "editor", "translator": "translator", "interviewer": "interviewer",
}  # fmt: skip
_PUBLISHED = frozenset(
    {"epub", "ppub", "pub", "epub-ppub", "epubr", "collection", "publication", "print",
     "electronic", "issue-pub", "original-publication", ""}
)  # fmt: skip
_COLLECTED = frozenset({"collection", "issue-pub"})


def put_front(article: Any, draft: Draft) -> None:
    """Keep what the front of ``article`` states."""
    front = child(article, "front")
    meta, journal = child(front, "article-meta"), child(front, "journal-meta")
    if meta is None:
        draft.warn("It has no article-meta: what is known of it is little.")
    if language := language_of(article):
        draft.put_language(shortest(language), "xml:lang")
    _put_title(meta, draft)
    _put_people(meta, draft)
    _put_journal(journal, meta, draft)
    draft.put("date", _date(meta, draft), STATED, "pub-date")
    _put_identifiers(meta, journal, draft)
    _put_rights(meta, draft)
    put_kind(article, meta, draft)
    put_topics(meta, draft)


def _put_title(meta: Any, draft: Draft) -> None:
    group = child(meta, "title-group")
    title = words_without(child(group, "article-title"), "fn", "xref")
    for subtitle in children(group, "subtitle"):
        title = joined(title, words_without(subtitle, "fn", "xref"))
    draft.put("title", title, STATED, "article-title")
    draft.put("title", words(child(group, "alt-title")), LIKELY, "alt-title")
    for product in children(meta, "product"):
        for cited in titles_cited(product):
            draft.put("title", cited, LIKELY, "the work it reviews")


def _put_people(meta: Any, draft: Draft) -> None:
    for group in children(meta, "contrib-group"):
        people = []
        for one in children(group, "contrib", "collab"):
            role = _role(one)
            name = _name(one)
            if role and name:
                people.append(Contributor(name, role))
        draft.add("people", people, STATED, "contrib-group")


def _role(contrib: Any) -> str:
    stated = attribute(contrib, "contrib-type") or attribute(contrib.getparent(), "content-type")
    stated = re.sub(r"[\s_]+", "-", stated.lower())
    if local(contrib) == "collab" or not attribute(contrib, "contrib-type"):
        return (
            "author" if stated in ("", "author", "authors", "section") else _ROLES.get(stated, "")
        )
    return _ROLES.get(stated, "")


def _name(contrib: Any) -> str:
    """The name of a person or a group; the members of a group are not named apart."""
    if local(contrib) == "collab":
        return _group_name(contrib)
    variants = list(children(child(contrib, "name-alternatives"), "name", "string-name"))
    variants.sort(key=lambda one: attribute(one, "name-style") not in ("western", ""))
    for one in (*children(contrib, "name", "string-name"), *variants):
        if name := person_name(one):
            return name
    for path in (("collab",), ("name-alternatives", "collab"), ("collab-alternatives", "collab")):
        if name := _group_name(child(contrib, *path)):
            return name
    return ""


def _group_name(collab: Any) -> str:
    if collab is None:
        return ""
    loose = [collab.text or ""]
    for part in collab:
        if local(part) not in ("contrib-group", "xref", "fn", "aff", "address", ""):
            loose.append(raw_words(part))
        loose.append(part.tail or "")
    return one_line("".join(loose)).strip(" ,;")


def _put_journal(journal: Any, meta: Any, draft: Draft) -> None:
    title = next(descendants(journal, "journal-title"), None)
    subtitle = next(descendants(journal, "journal-subtitle"), None)
    name = joined(words(title), words(subtitle))
    draft.put("publication", name, STATED, _JOURNAL)
    publisher = next(descendants(journal, "publisher-name"), None)
    draft.put("publisher", words(publisher), STATED, _JOURNAL)
    draft.put("source", _place(meta, name), STATED, _WHERE)


def _place(meta: Any, journal: str) -> str:
    """Where in its journal it stands: "Baltic Letters 4(2): 14–19"."""
    volume, issue, first, last, own = (
        words(child(meta, name)) for name in ("volume", "issue", "fpage", "lpage", "elocation-id")
    )
    numbered = volume + (f"({issue})" if issue else "")
    pages = f"{first}–{last}" if last and last != first else first or own
    said = ": ".join(filter(None, (numbered, pages)))
    between = " " if numbered else ": "
    return f"{journal}{between}{said}" if said and journal else ""


def _date(meta: Any, draft: Draft) -> PublicationDate | None:
    """The earliest day of publication, or what comes nearest to one."""
    found = []
    for one in children(meta, "pub-date"):
        kind = attribute(one, "date-type") or attribute(one, "pub-type")
        if kind.lower() not in _PUBLISHED:
            continue
        if date := jats_date(one):
            found.append((kind.lower() in _COLLECTED, date))
        elif words(one) or attribute(one, "iso-8601-date"):
            draft.put_date(words(one), None, "pub-date")
    precise = {"day": 0, "month": 1, "year": 2}
    found.sort(key=lambda one: (precise[one[1].precision], one[0], one[1].isoformat()))
    return found[0][1] if found else None


def jats_date(element: Any) -> PublicationDate | None:
    """A date as its parts, its attribute or its words give it; None where they give none."""
    year, month, day = (words(child(element, name)) for name in ("year", "month", "day"))
    stated = attribute(element, "iso-8601-date").partition("T")[0]
    if not year and stated:
        return parse_date(stated)
    if not year:
        return parse_date(words(child(element, "string-date")) or words(element))
    if month and not month.isdigit():
        return parse_date(f"{day} {month} {year}".strip()) or parse_date(year)
    for text in (f"{year}-{month}-{day}", f"{year}-{month}", year):
        if date := parse_date(text):
            return date
    return None


def _put_identifiers(meta: Any, journal: Any, draft: Draft) -> None:
    for one in children(meta, "article-id"):
        value = words(one)
        kind = attribute(one, "pub-id-type").lower()
        if kind == "doi":
            draft.put_url(f"doi:{value}" if value.startswith("10.") else value, "article-id")
        elif kind == "pmid" and value.isdigit():
            draft.identify("pmid", value)
        elif kind in ("pmc", "pmcid") and value:
            draft.identify("pmcid", value if value.upper().startswith("PMC") else f"PMC{value}")
        elif kind in ("publisher-id", "manuscript") and (scheme := _journal_scheme(journal)):
            draft.identify(scheme, value)
        elif kind == "arxiv":
            draft.identify("arxiv", value)
    for one in children(meta, "self-uri"):
        address = attribute(one, "href") or words(one)
        if "pdf" not in attribute(one, "content-type") and not address.endswith((".pdf", ".xml")):
            draft.put_url(address, "self-uri")
    for scheme, value in draft.identifiers:
        if scheme == "doi" and is_address(address := f"https://doi.org/{value}"):
            draft.put("source_url", address, LIKELY, "its DOI")


def _journal_scheme(journal: Any) -> str:
    """The scheme of the numbers that a publisher gives: they hold within the journal alone."""
    ids = {attribute(one, "journal-id-type"): words(one) for one in children(journal, "journal-id")}
    named = ids.get("publisher-id") or ids.get("nlm-ta") or next(iter(ids.values()), "")
    title = words(next(descendants(journal, "journal-title"), None))
    return scheme_of(named or title)


def _put_rights(meta: Any, draft: Draft) -> None:
    holders = list(children(meta, "permissions")) or [meta]
    said: list[str] = []
    for holder in holders:
        said += [words(one) for one in children(holder, "copyright-statement")]
        for licence in children(holder, "license"):
            text = words(licence)
            address = attribute(licence, "href") or words(child(licence, "license_ref"))
            if is_address(address) and address.rstrip("/") not in text:
                text = f"{text} ({address})" if text and text != address else address
            said.append(text)
        said += [words(one) for one in children(holder, "license_ref")]
    if not any(said) and (holder := words(child(meta, "permissions", "copyright-holder"))):
        year = words(child(meta, "permissions", "copyright-year"))
        said = [one_line(f"© {year} {holder}")]
    draft.put("rights", "\n\n".join(dict.fromkeys(filter(None, said))), STATED, "permissions")
