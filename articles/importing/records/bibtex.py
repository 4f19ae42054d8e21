"""BibTeX and biblatex: one work an entry, each by itself, so that a broken one costs no other.

A record tells of a work without its text. Strings, months and what is joined with # are put in
their places; what an entry lacks is taken from the one it names in crossref or xdata.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from functools import partial

from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
)
from bibtexparser.splitter import Splitter

from articles.importing.document import Document, ImportRefused, PublicationDate
from articles.importing.drafting import STATED, Draft, kind_of, shortened
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
from .bibtex_fields import MONTHS, evaluated, fields_of
from .bibtex_names import names_in
from .dates import When, when
from .files import no_records, part_found, text_of_records
from .latex import plain_of, verbatim

IMPORTER, VERSION = "bibtex", "1"
MEDIA_TYPE = "application/x-bibtex"

_DECLARED = re.compile(rb"^\s*%+\s*(?:-\*-\s*)?(?:en)?coding\s*[:=]\s*([\w.-]+)", re.I | re.M)
_KEY = re.compile(r"@\w+\s*[{(]\s*([^\s,{}()=\"]{1,100})\s*,")
# Parts of a volume, whose ISBN is the volume's.
_PARTS = frozenset(
    {"article", "inbook", "bookinbook", "suppbook", "incollection", "suppcollection", "inreference",
     "inproceedings", "conference", "suppperiodical"}
)  # fmt: skip
_KINDS = {"article": "article", "techreport": "report", "report": "report"}
_UNSAID = frozenset({"misc", "online", "electronic", "www", "unpublished", "booklet", "other"})
# How the splitter says why it gave an entry up, and what that means.
_WHYS = {
    "Unexpected block start": "a brace or quotation mark is open where the next entry begins.",
    "end of file": "a brace or quotation mark is open where the file ends.",
    "Expected a `=`": "a field has no value, or a comma is missing before it.",
    "Expected comma after entry key": "it has no key, or no comma after it.",
    "Expected either": "a comma is missing after a field.",
}
# It quotes in the log what it gave up; who imports is told of it.
logging.getLogger("bibtexparser").setLevel(logging.ERROR)
_SCHEMES = {"arxiv": "arxiv", "pubmed": "pmid", "hdl": "hdl", "handle": "hdl"}


def read_all(data: bytes) -> Iterator[Found]:
    """A record for each entry, named by its key, or what is wrong with it."""
    declared = _DECLARED.search(data[:2000])
    try:
        text, warning = text_of_records(data, declared[1].decode("ascii") if declared else "")
    except ImportRefused as refusal:
        yield from no_records(str(refusal))
        return
    try:
        library = Splitter(text.replace("\r\n", "\n").replace("\r", "\n")).split()
    except Exception as error:
        # It means to fail hard where its own state is wrong; here that is one file of many.
        yield from no_records(f"It could not be read as BibTeX: {shortened(str(error))}")
        return
    strings = dict(MONTHS)
    for one in library.strings:
        strings[one.key.lower()] = evaluated(one.value, strings)
    found = [_unwrapped(block) for block in library.blocks]
    entries = [entry for entry in found if isinstance(entry, Entry)]
    by_key = {entry.key.lower(): entry for entry in reversed(entries)}
    number = 0
    for number, block in enumerate(filter(_counts, found), start=1):
        if isinstance(block, Entry):
            read = partial(_read, block, by_key, strings)
            yield part_found(read, block.raw or "", block.key or f"record {number}", warning)
        elif isinstance(block, ParsingFailedBlock):
            yield _broken(block, number)
    if not number:
        yield from no_records("There is no BibTeX entry in it.")


def _unwrapped(block: object) -> object:
    """The entry itself, where the splitter only minds that its key or a field comes twice."""
    while isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        block = block.ignore_error_block
    return block


def _counts(block: object) -> bool:
    """Whether ``block`` is a work; xdata holds fields for others."""
    return isinstance(block, ParsingFailedBlock) or (
        isinstance(block, Entry) and block.entry_type.lower() != "xdata"
    )


def _broken(block: ParsingFailedBlock, number: int) -> Found:
    raw = block.raw or ""
    key = _KEY.match(raw)
    line = f"line {(block.start_line or 0) + 1}"
    said = getattr(block.error, "abort_reason", "") or str(block.error)
    why = next((why for clue, why in _WHYS.items() if clue in said), shortened(said))
    return Found(
        raw.encode("utf-8", "replace"),
        key[1] if key else f"record {number}",
        refusal=f"{line}: The entry is broken: {why}",
    )


def _read(entry: Entry, by_key: Mapping[str, Entry], strings: Mapping[str, str]) -> Document:
    fields = fields_of(entry, by_key, strings)
    type = entry.entry_type.lower()
    draft = Draft()
    keys = [field.key.lower() for field in entry.fields]
    for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
        draft.warn(f"The field “{shortened(key)}” stands there twice: the first was taken.")
    title = full_title(plain_of(fields.get("title", "")), plain_of(fields.get("subtitle", "")))
    draft.put("title", title, STATED, "the field title")
    _put_people(draft, fields)
    _put_names(draft, fields)
    found = _put_date(draft, fields)
    for key in ("langid", "language", "hyphenation"):
        if "language" not in draft.values and (text := plain_of(fields.get(key, ""))):
            put_language(draft, re.sub(r"^lang(?=[a-z]{4})", "", text), f"the field {key}")
    _put_identifiers(draft, fields, type, found.said_season if found else "")
    put_abstract(draft, plain_of(fields.get("abstract", "")), "the field abstract")
    put_tags(draft, [plain_of(fields.get("keywords") or fields.get("keyword", ""))], "the keywords")
    for key in ("rights", "copyright", "license"):
        put_rights(draft, plain_of(fields.get(key, "")), f"the field {key}")
    put_notes(draft, [plain_of(fields.get("note", ""))], "the field note")
    _put_kind(draft, fields, type)
    return draft.record(media_type=MEDIA_TYPE, importer=IMPORTER, version=VERSION)


def _put_people(draft: Draft, fields: Mapping[str, str]) -> None:
    for key, role in (
        ("author", "author"),
        ("editor", "editor"),
        ("editora", "editor"),
        ("translator", "translator"),
    ):
        if "translator" in fields.get(f"{key}type", ""):
            role = "translator"
        for name in names_in(fields.get(key, "")):
            put_person(draft, name, role, f"the field {key}")


def _put_names(draft: Draft, fields: Mapping[str, str]) -> None:
    for key, more in (
        ("journaltitle", "journalsubtitle"),
        ("journal", "journalsubtitle"),
        ("booktitle", "booksubtitle"),
        ("maintitle", "mainsubtitle"),
        ("series", ""),
    ):
        name = full_title(plain_of(fields.get(key, "")), plain_of(fields.get(more, "")))
        put_name(draft, "publication", name, f"the field {key}")
    for key in ("publisher", "institution", "school", "organization"):
        put_name(draft, "publisher", plain_of(fields.get(key, "")), f"the field {key}")


def _put_date(draft: Draft, fields: Mapping[str, str]) -> When | None:
    """Keep the date of ``date``, else of year, month and day; give it with its season."""
    stated = [verbatim(fields[key]) for key in ("date",) if key in fields]
    if not stated:
        month = plain_of(fields.get("month", ""))
        if month.isdecimal() and 1 <= int(month) <= 12:
            month = list(MONTHS.values())[int(month) - 1]
        day, year = (plain_of(fields.get(key, "")) for key in ("day", "year"))
        stated = [text for text in (" ".join(filter(None, (day, month, year))), year) if text]
        if not year:
            stated = []
    found = next((one for text in stated if (one := when(text)) and one.date.year), None)
    found = found or next((one for text in reversed(stated) if (one := when(text))), None)
    if found is None and (state := plain_of(fields.get("pubstate", ""))):
        period = {"inpress": "in press", "inpreparation": "in preparation"}.get(state, state)
        found = When(PublicationDate(period=period))
    put_when(draft, stated, found, "the field date" if "date" in fields else "the field year")
    return found


def _put_identifiers(draft: Draft, fields: Mapping[str, str], type: str, season: str) -> None:
    put_doi(draft, verbatim(fields.get("doi", "")))
    how = verbatim(fields.get("howpublished", ""))
    urls = [verbatim(fields.get(key, "")) for key in ("url", "link", "bdsk-url-1", "ee")]
    put_urls(draft, [*urls, *re.findall(r"https?://\S+", how)], "the field url")
    archive = (fields.get("eprinttype") or fields.get("archiveprefix", "")).strip("{} ").lower()
    if scheme := _SCHEMES.get(archive):
        put_identifier(draft, scheme, verbatim(fields.get("eprint", "")))
    put_identifier(draft, "pmid", verbatim(fields.get("pmid", "")))
    isbns = isbns_in(verbatim(fields.get("isbn", "")))
    if type not in _PARTS:
        for isbn in isbns:
            put_identifier(draft, "isbn", isbn)
    issue = plain_of(fields.get("issue", ""))
    put_place(
        draft,
        volume=plain_of(fields.get("volume", "")),
        issue=plain_of(fields.get("number", "")) or (issue if issue.isdecimal() else ""),
        season=season or ("" if issue.isdecimal() else issue),
        pages=plain_of(fields.get("pages", "")),
        isbns=isbns if type in _PARTS else (),
        issns=issns_in(verbatim(fields.get("issn", ""))),
        where="the fields volume, number, pages and issn",
    )


def _put_kind(draft: Draft, fields: Mapping[str, str], type: str) -> None:
    for key in ("type", "entrysubtype", "howpublished"):
        if kind := kind_of(plain_of(fields.get(key, ""))):
            draft.put("kind", kind, STATED, f"the field {key}")
    if kind := _KINDS.get(type):
        draft.put("kind", kind, STATED, "the type of the entry")
    elif "kind" not in draft.values and type not in _UNSAID:
        draft.put_kind(type, "the type of the entry")
