"""RIS: one work from its TY to its ER, in the dialects that reference managers write.

A record tells of a work without its text. Tags are those of the specification of 2001, those of
2011, and what EndNote, Zotero, Mendeley, Scopus, Ovid and Web of Science add; a tag that means
nothing here is passed over. What stands between records (numbers, search strategies) is no part
of any. The source of a record is kept in UTF-8, whatever the file is in.
"""

import re
from collections.abc import Iterable, Iterator
from functools import partial

from rispy import RisParser
from rispy.config import TAG_KEY_MAPPING, TYPE_OF_REFERENCE_MAPPING

from articles.importing.document import Document, ImportRefused
from articles.importing.drafting import LIKELY, STATED, Draft, kind_of
from articles.importing.found import Found

from . import web_of_science
from .bibliographic import (
    full_title,
    isbns_in,
    issns_in,
    plain,
    put_abstract,
    put_doi,
    put_identifier,
    put_language,
    put_name,
    put_notes,
    put_people,
    put_place,
    put_tags,
    put_urls,
    put_when,
)
from .dates import most_exact
from .files import no_records, part_found, text_of_records

IMPORTER, VERSION = "ris", "1"
MEDIA_TYPE = "application/x-research-info-systems"

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_START = re.compile(r"[ \t]{0,3}TY([ \t]{1,3})-(?=[ \t\r\n]|\Z)")
_TAG = re.compile(r"[ \t]{0,3}([A-Z][A-Z0-9])([ \t]{1,3})-(?:[ \t]+(.*))?")
_TITLES = ("TI", "T1", "CT", "BT")
_PUBLICATIONS = ("JF", "T2", "JO", "BT", "T3", "JA", "J2", "J1")
_PEOPLE = (("AU", "author"), ("A1", "author"), ("A2", "editor"), ("ED", "editor"),
           ("A4", "translator"))  # fmt: skip
# Works that have an ISBN of their own.
_WHOLE = frozenset(
    {"BOOK", "EBOOK", "EDBOOK", "RPRT", "GOVDOC", "THES", "CONF", "PAMP", "CLSWK", "SER", "MULTI"}
)
_KINDS = {
    "JOUR": "article", "EJOUR": "article", "NEWS": "article", "MGZN": "article",
    "INPR": "article", "BLOG": "commentary", "RPRT": "report", "GOVDOC": "report",
}  # fmt: skip
_TYPES = {name.lower(): type for type, name in TYPE_OF_REFERENCE_MAPPING.items()}
_PARSER = RisParser(
    # By their tags, each with all its values: in other dialects any of them may come again.
    mapping={tag: tag for tag in TAG_KEY_MAPPING},
    list_tags=list(TAG_KEY_MAPPING),
    delimiter_tags_mapping={},  # a semicolon may be part of an address
)


def read_all(data: bytes) -> Iterator[Found]:
    """A record for each TY, or what is wrong with it."""
    try:
        text, warning = text_of_records(data)
    except ImportRefused as refusal:
        yield from no_records(str(refusal))
        return
    number = 0
    for number, lines in enumerate(_records(text), start=1):
        source, part = "".join(lines), f"record {number}"
        yield part_found(partial(_read, lines), source, part, warning)
    if number:
        return
    if web_of_science.is_in(text):
        yield from web_of_science.read_all(text, warning)
    else:
        yield from no_records("There is no RIS record in it: each begins with a line “TY  - ”.")


def _records(text: str) -> Iterator[list[str]]:
    """The lines of each record, from its TY to its ER or to the next TY."""
    record: list[str] = []
    for found in _LINE.finditer(text):
        line = found[0]
        if _START.match(line.lstrip("\ufeff")):
            if record:
                yield record
            record = [line.lstrip("\ufeff")]
        elif record:
            record.append(line)
            if _tag_of(line, record[0])[0] == "ER":
                yield record
                record = []
    if record:
        yield record


def _tag_of(line: str, first: str) -> tuple[str, str]:
    """The tag of ``line`` and its value; the tag is "" in a line that continues another.

    Where a record keeps to the two spaces of the specification, as its ``first`` line shows, one
    space makes no tag: "US - China relations" may be a line of an abstract.
    """
    found = _TAG.fullmatch(line.rstrip("\r\n"))
    start = _START.match(first)
    if found is None or (start and len(start[1]) > 1 and len(found[2].expandtabs(2)) < 2):
        return "", line.strip()
    return found[1], (found[3] or "").strip()


def _tags(lines: list[str]) -> dict[str, list[str]]:
    """All the values of each tag. A value of several lines keeps its line breaks."""
    unfolded: list[str] = []
    for line in lines:
        tag, value = _tag_of(line, lines[0])
        if tag == "ER":
            break
        if tag and (tag != "TY" or not unfolded):
            unfolded.append(f"{tag}  - {value}")
        elif value:
            unfolded[-1] += f"\n{value}"
    found = _PARSER.parse_lines(iter([*unfolded, "ER  - "]))
    values = dict(found[0])
    values |= values.pop("UK", {})
    values["TY"] = [values["TY"]]
    return {tag: [one.strip() for one in of if one.strip()] for tag, of in values.items()}


def _read(lines: list[str]) -> Document:
    tags = _tags(lines)
    draft = Draft()
    if _tag_of(lines[-1], lines[0])[0] != "ER":
        draft.warn("The record does not end with ER: it was read up to where the next begins.")
    if len(tags) < 2:
        raise ImportRefused("There is nothing in this record but its type.")
    type = _type(tags)
    for tag in _TITLES:
        for title in tags.get(tag, ()):
            draft.put("title", full_title(title), STATED, _where(tag))
    for title in tags.get("ST", ()):  # the short title, in records that have no other
        draft.put("title", full_title(title), LIKELY, _where("ST"))
    _put_people(draft, tags, type)
    for tag in _PUBLICATIONS:
        for name in tags.get(tag, ()):
            if plain(name) != draft.values.get("title"):
                put_name(draft, "publication", name, _where(tag))
    put_name(draft, "publisher", _first(tags, "PB"), _where("PB"))
    season = _put_date(draft, tags)
    put_language(draft, _first(tags, "LA"), _where("LA"))
    _put_identifiers(draft, tags, type, season)
    abstracts = [text for tag in ("AB", "N2") for text in tags.get(tag, ())]
    put_abstract(draft, max(abstracts, key=len, default=""), _where("AB" if "AB" in tags else "N2"))
    put_tags(draft, tags.get("KW", ()), _where("KW"))
    put_notes(draft, (note for note in tags.get("N1", ()) if not put_doi(draft, _labelled(note))),
              _where("N1"))  # fmt: skip
    _put_kind(draft, tags, type)
    return draft.record(media_type=MEDIA_TYPE, importer=IMPORTER, version=VERSION)


def _type(tags: dict[str, list[str]]) -> str:
    """The type of the record, one of the codes where it is written out."""
    written = _first(tags, "TY")
    return str(_TYPES.get(written.lower(), written.upper()))


def _first(tags: dict[str, list[str]], *names: str) -> str:
    return next((value for name in names for value in tags.get(name, ())), "")


def _where(tag: str) -> str:
    return f"the tag {tag}"


def _labelled(note: str) -> str:
    """A note that is a DOI, as old exports have it, or ""."""
    return note if re.match(r"(?:doi:?\s*)?10\.\d{4,9}/\S+\s*$", note, re.IGNORECASE) else ""


def _put_people(draft: Draft, tags: dict[str, list[str]], type: str) -> None:
    for tag, role in _PEOPLE:
        if type == "EDBOOK" and tag in ("AU", "A1"):
            role = "editor"
        names = (name for value in tags.get(tag, ()) for name in _names(value))
        put_people(draft, names, role, _where(tag))


def _names(value: str) -> Iterable[str]:
    """The names in one value: one a line, and several where semicolons part them."""
    return re.split(r"[;\n]", value)


def _put_date(draft: Draft, tags: dict[str, list[str]]) -> str:
    """Keep the date, and give the season beside it."""
    years = [value for tag in ("PY", "Y1", "YR") for value in tags.get(tag, ())]
    days = tags.get("DA", [])
    # Web of Science says "DA  - FEB 4" and "PY  - 2012".
    days = [f"{day} {years[0]}" if years and not re.search(r"\d{4}", day) else day for day in days]
    found = most_exact([*years, *days])
    where = _where("DA" if days else "PY" if "PY" in tags else "Y1")
    put_when(draft, [*years, *days], found, where)
    return found.said_season if found else ""


def _put_identifiers(draft: Draft, tags: dict[str, list[str]], type: str, season: str) -> None:
    for tag in ("DO", "DI", "M3"):
        for value in tags.get(tag, ()):
            put_doi(draft, value)
    urls = [url for tag in ("UR", "LK", "L2", "L1") for url in tags.get(tag, ())]
    put_urls(draft, urls, _where("UR"))
    numbers = " ; ".join(tags.get("SN", ()))
    isbns = isbns_in(numbers)
    if type in _WHOLE:
        for isbn in isbns:
            put_identifier(draft, "isbn", isbn)
    begin, end = _first(tags, "SP"), _first(tags, "EP")
    put_place(
        draft,
        volume=_first(tags, "VL", "VO"),
        issue=_first(tags, "IS", "CP"),
        season=season,
        pages=f"{begin}–{end}" if begin and end and end not in begin else begin or end,
        isbns=() if type in _WHOLE else isbns,
        issns=issns_in(numbers),
        where="the tags VL, IS, SP, EP and SN",
    )


def _put_kind(draft: Draft, tags: dict[str, list[str]], type: str) -> None:
    """The kind by what the record says of the work, else by its type."""
    for tag in ("M3", "C9", "MS"):
        if kind := kind_of(_first(tags, tag)):
            draft.put("kind", kind, STATED, _where(tag))
    if kind := _KINDS.get(type):
        draft.put("kind", kind, STATED, _where("TY"))
    elif "kind" not in draft.values and type not in ("GEN", "ELEC", "ICOMM", ""):
        name = "book" if type == "BOOK" else TYPE_OF_REFERENCE_MAPPING.get(type, type).lower()
        draft.put_kind(name, _where("TY"))
