"""TEI, the XML of editions: P5 and P4, a corpus of several, or a part of a text by itself.

The rules for dates and publishers are in ``tei_header``, those for readings, gaps and line ends
in ``tei_body``. A heading that only repeats the title is no text. A long abstract opens the text.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from articles.importing.clues import names_in
from articles.importing.document import Contributor, Document, ImportRefused
from articles.importing.drafting import LIKELY, Draft, directed, one_line, shortened
from articles.importing.found import Found, read_part
from articles.importing.safe_xml import local, parse
from articles.importing.xml_walk import child, children, descendants, language_of, shortest, words
from articles.sanitize import clean
from articles.text import text_of

from .body import TeiWalk
from .header import abstract_of, put_header
from .lines import without_line_ends

IMPORTER, VERSION = "tei", "1"
MEDIA_TYPE = "application/tei+xml"

_WHOLE = ("TEI", "TEI.2")
_CORPORA = ("teiCorpus", "teiCorpus.2")
_PART = re.compile(r"text|body|div[0-7]?")
_NOTE_MARK = re.compile(r"<sup><a [^<>]*>[^<>]*</a></sup>")
_NAMESPACE = "http://www.tei-c.org/ns/1.0"


def read(data: bytes) -> Document:
    """The text in ``data``. Errors: ImportRefused, also where it holds several."""
    found = _texts(parse(data))
    if len(found) > 1:
        raise ImportRefused(f"It holds {len(found)} texts: each has to be read by itself.")
    return _document(found[0])


def read_all(data: bytes) -> Iterator[Found]:
    """Each text in ``data``, its bytes those of its own element where there are several."""
    try:
        found = _texts(parse(data))
    except ImportRefused as refusal:
        yield Found(data, refusal=str(refusal))
        return
    if len(found) == 1:
        yield read_part(read, data)
        return
    for number, text in enumerate(found, start=1):
        # The document type goes along: without it, named characters would be errors.
        raw = etree.tostring(
            text,
            encoding="utf-8",
            xml_declaration=True,
            with_tail=False,
            doctype=text.getroottree().docinfo.doctype or None,
        )
        yield read_part(read, raw, f"text {number}")


def _texts(root: Any) -> list[Any]:
    """The texts in a file, each with its header. Errors: ImportRefused where there is none."""
    name = local(root)
    if name in _CORPORA:
        found = [
            one
            for one in descendants(root, *_WHOLE)
            if not any(local(outer) in _WHOLE for outer in one.iterancestors())
        ]
        if not found:
            raise ImportRefused("It is a TEI corpus without a text: its texts are other files.")
        return found
    if name in _WHOLE or (_PART.fullmatch(name) and root.tag == f"{{{_NAMESPACE}}}{name}"):
        return [root]
    raise ImportRefused(f"It is XML, but no TEI: its root element is {shortened(name)}.")


def _document(root: Any) -> Document:
    draft = Draft()
    header = child(root, "teiHeader")
    texts = [root] if local(root) not in _WHOLE else list(children(root, "text"))
    if not texts:
        raise ImportRefused("It has a header, but no text.")
    if header is not None:
        put_header(header, root, draft)
    elif language := language_of(root):
        draft.put_language(shortest(language), "xml:lang")
    walk = TeiWalk(root, draft, _title_heading(texts[0], draft))
    pieces = []
    if header is not None and (abstract := abstract_of(header, draft)) is not None:
        pieces.append(f"<h2>Abstract</h2>{walk.block(abstract)}")
    pieces += [walk.node(text) for text in texts]
    pieces.append(walk.endnotes())
    for author in descendants(texts[0], "docAuthor"):
        draft.suggested += [Contributor(name) for name in names_in(words(author))[0]]
    html = clean(without_line_ends("\n".join(pieces)), base_url=draft.values.get("source_url"))
    html = directed(html, language=draft.values.get("language", ""))
    return draft.document(html, media_type=MEDIA_TYPE, importer=IMPORTER, version=VERSION)


def _title_heading(text: Any, draft: Draft) -> Any:
    """The heading that says the title: the same words, or the first one where none is stated."""
    heading = _first_heading(text)
    if heading is None:
        return None
    said = _title_words(heading)
    if draft.put("title", said, LIKELY, "the heading"):
        return heading
    return heading if _squeezed(said) == _squeezed(draft.values.get("title", "")) else None


def _first_heading(text: Any) -> Any:
    """The heading of a part, or of the first part in it; none that words stand before."""
    part = child(text, "body") if child(text, "body") is not None else text
    while part is not None:
        first = next((one for one in children(part) if local(one) not in ("pb", "fw", "lb")), None)
        if first is None or local(first) == "head":
            return first
        part = first if _PART.fullmatch(local(first)) else None
    return None


def _title_words(heading: Any) -> str:
    """The words of a heading without the marks of its notes."""
    html = clean(without_line_ends(TeiWalk(heading, Draft()).inner(heading)))
    return one_line(text_of(_NOTE_MARK.sub("", html)))


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
