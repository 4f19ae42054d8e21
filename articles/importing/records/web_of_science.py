"""The tagged text of Web of Science, from PT to ER: what its users call RIS as well."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from rispy import WokParser

from articles.importing.document import Document
from articles.importing.drafting import STATED, Draft, kind_of
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
    put_people,
    put_place,
    put_tags,
    put_when,
)
from .dates import most_exact
from .files import part_found

IMPORTER, VERSION = "web-of-science", "1"
MEDIA_TYPE = "text/plain"

_RECORD = re.compile(r"^PT [A-Z]\b.*?(?:^ER\b|(?=^PT [A-Z]\b)|\Z)", re.MULTILINE | re.DOTALL)
_START = re.compile(
    r"^PT [A-Z]\b[^\r\n]*\r?\n(?:AU|AF|BA|BE|GP|CA|TI|[A-Z][A-Z0-9]) ", re.MULTILINE
)


def is_in(text: str) -> bool:
    """Whether ``text`` has records of this format."""
    return _START.search(text) is not None


def read_all(text: str, warning: str) -> Iterator[Found]:
    """A record for each PT. ``warning`` is about the whole file."""
    for number, found in enumerate(_RECORD.finditer(text), start=1):
        yield part_found(partial(_read, found[0]), found[0], f"record {number}", warning)


def _read(source: str) -> Document:
    lines = [line for line in re.split(r"[\r\n]+", source) if line.strip()]
    parser = WokParser(skip_unknown_tags=True)
    fields = parser.parse_lines(iter([*lines, "ER"]))[0]
    draft = Draft()
    draft.put("title", full_title(_text(fields, "document_title")), STATED, "the tag TI")
    for name, role in (
        ("author_full_name" if fields.get("author_full_name") else "authors", "author"),
        ("book_authors_full_name", "author"),
        ("group_authors", "author"),
        ("editors", "editor"),
    ):
        put_people(draft, _several(fields, name), role, "the tags AF and BE")
    put_name(draft, "publication", _text(fields, "publication_name"), "the tag SO")
    put_name(draft, "publisher", _text(fields, "publisher"), "the tag PU")
    year, day = _text(fields, "publication_year"), _text(fields, "publication_date")
    stated = [one for one in (year, f"{day} {year}".strip() if day else "") if one]
    found = most_exact(stated)
    put_when(draft, stated, found, "the tags PY and PD")
    put_language(draft, _text(fields, "language"), "the tag LA")
    put_doi(draft, _text(fields, "doi"))
    put_identifier(draft, "pmid", _text(fields, "pubmed_id"))
    begin, end = _text(fields, "beginning_page"), _text(fields, "ending_page")
    put_place(
        draft,
        volume=_text(fields, "volume"),
        issue=_text(fields, "issue"),
        season=found.said_season if found else "",
        pages=f"{begin}–{end}" if begin and end and begin != end else begin,
        isbns=isbns_in(_text(fields, "isbn")),
        issns=issns_in(f"{_text(fields, 'issn')} ; {_text(fields, 'eissn')}"),
        where="the tags VL, IS, BP, EP and SN",
    )
    put_abstract(draft, _text(fields, "abstract"), "the tag AB")
    put_tags(draft, [_text(fields, "author_keywords")], "the tag DE")
    kind = kind_of(_text(fields, "document_type").split(";")[0].replace(" Material", ""))
    draft.put("kind", kind, STATED, "the tag DT")
    return draft.record(media_type=MEDIA_TYPE, importer=IMPORTER, version=VERSION)


def _several(fields: dict[str, Any], name: str) -> list[str]:
    value = fields.get(name, [])
    values = value if isinstance(value, list) else [value]
    return [one for text in values for one in str(text).split(";") if one.strip()]


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name, "")
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
