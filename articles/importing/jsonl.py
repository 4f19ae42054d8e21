"""JSON Lines: one work on each line, in the shape of the archive's own corpus.

Fields: id, collection, title, standfirst, author (several parted by ";"), date or period,
publisher, publication, kind, topics, lang, format ("text" or "markdown"), text, source, licence. In
plain text, lines that begin with "## " are headings and ``[^1]`` refers to a footnote. A bad line
is one refusal; the rest go on.

Anybody may number their works from 1, so an id holds within its collection alone: the one that
the record names, else the file's name.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from articles.sanitize import clean
from articles.text import escape, sha256_of

from . import markdown
from .document import OWN_NUMBERS, Document, ImportRefused
from .drafting import Draft, directed
from .front_matter import put_fields

IMPORTER, VERSION = "jsonl", "1"
MEDIA_TYPE = "application/json"

_LONGEST_NAME = 40 - len(OWN_NUMBERS)
_KEYS = {"topics": "tags", "lang": "language", "licence": "rights", "author": "authors"}
_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*)")
_NOTE = re.compile(r"\[\^([^\]\s]{1,40})\]:[ \t]*(.*)")
_REFERENCE = re.compile(r"\[\^([^\]\s]{1,40})\]")
_MARK = re.compile(r"[^\w-]")


@dataclass(frozen=True)
class Record:
    """One line of the file, its bytes as received, and its document or why there is none."""

    line: int
    raw: bytes
    document: Document | None = None
    refusal: ImportRefused | None = None


def read(lines: Iterable[bytes], collection: str = "") -> Iterator[Record]:
    """A record for each line that is not blank, such as a file opened in binary mode gives."""
    for number, line in enumerate(lines, start=1):
        raw = line.rstrip(b"\r\n")
        if not raw.strip(b" \t\xef\xbb\xbf"):
            continue
        try:
            yield Record(number, raw, document=read_record(raw, collection))
        except ImportRefused as refusal:
            yield Record(number, raw, refusal=ImportRefused(refusal.reason, f"line {number}"))


def read_record(raw: bytes, collection: str = "") -> Document:
    """The document on one line. Without a collection its id says nothing. Errors: ImportRefused."""
    try:
        fields = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ImportRefused("It is not in UTF-8, as JSON must be.") from error
    except (ValueError, RecursionError) as error:
        raise ImportRefused("It is not JSON.") from error
    if not isinstance(fields, dict):
        raise ImportRefused("It is JSON, but no record with fields.")
    draft = Draft()
    known = {_KEYS.get(str(key), str(key)): value for key, value in fields.items()}
    put_fields(known, draft, where="the record")
    named = fields.get("collection")
    scheme = scheme_of(named if isinstance(named, str) else collection)
    if isinstance(fields.get("id"), str | int) and scheme:
        draft.identify(scheme, str(fields["id"]))
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ImportRefused("It has no text.")
    base_url = draft.values.get("source_url")
    if fields.get("format") == "markdown":
        html = markdown.body_html(text, base_url=base_url)
    else:
        html = clean(text_html(text), base_url=base_url)
    html = directed(html, language=draft.values.get("language", ""))
    return draft.document(html, media_type=MEDIA_TYPE, importer=IMPORTER, version=VERSION)


def collection_of(file_name: str) -> str:
    """The collection that a file is taken for: its name, without what a second download adds."""
    stem = re.split(r"[/\\]", file_name)[-1].partition(".")[0]
    return re.sub(r"[ _]*\(\d+\)$", "", stem)


def scheme_of(collection: str) -> str:
    """The scheme under which a collection's ids are kept, at most 40 characters, "" without one."""
    name = "-".join(re.findall(r"\w+", collection.casefold()))
    if len(name) > _LONGEST_NAME:
        name = f"{name[: _LONGEST_NAME - 9]}-{sha256_of(name)[:8]}"
    return OWN_NUMBERS + name if name else ""


def text_html(text: str) -> str:
    """HTML of plain text in paragraphs, with headings and footnotes where it marks them."""
    notes: dict[str, list[str]] = {}
    blocks: list[str] = []
    for chunk in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines: list[str] = []
        for line in chunk.strip("\n").split("\n"):
            if note := _NOTE.fullmatch(line.strip()):
                notes[note[1]] = [note[2]]
            elif notes and line[:1] in " \t" and not lines:
                notes[list(notes)[-1]].append(line.strip())
            else:
                lines.append(line)
        blocks += _blocks(lines)
    body = "\n".join(blocks)
    if not notes:
        return body
    return _with_notes(body, notes)


def _blocks(lines: list[str]) -> Iterator[str]:
    paragraph: list[str] = []
    for line in [*lines, ""]:
        heading = _HEADING.fullmatch(line.strip())
        if (heading or not line.strip()) and paragraph:
            yield f"<p>{'<br>'.join(map(escape, paragraph))}</p>"
            paragraph = []
        if heading:
            level = len(heading[1])
            yield f"<h{level}>{escape(heading[2])}</h{level}>"
        elif line.strip():
            paragraph.append(line)


def _with_notes(body: str, notes: Mapping[str, list[str]]) -> str:
    """``body`` with its references linked, and the notes after it in their order."""
    seen: set[str] = set()

    def link(found: re.Match[str]) -> str:
        if found[1] not in notes:
            return found[0]
        mark = _MARK.sub("_", found[1])
        own_id = "" if mark in seen else f' id="fnref{mark}"'
        seen.add(mark)
        return f'<sup><a href="#fn{mark}"{own_id}>[{found[1]}]</a></sup>'

    linked = _REFERENCE.sub(link, body)
    items = [
        f'<li id="fn{_MARK.sub("_", label)}">{"<br>".join(map(escape, lines))}</li>'
        for label, lines in notes.items()
    ]
    return f'{linked}\n<section role="doc-endnotes"><ol>{"".join(items)}</ol></section>'
