"""JATS, the XML of journals: also NLM 2 and 3, and articles inside ``pmc-articleset`` or OAI.

A short abstract is the standfirst; the main one, which is as long as a section, opens the text
under its heading, and so do a digest and an abstract in another language. The list of
references follows the text, since people annotate it. Pictures are left out, their captions are
kept. Letters and answers that a journal prints with an article (``sub-article``, ``response``)
are works of their own and left out with a warning.
"""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from articles.importing.document import Document, ImportRefused
from articles.importing.drafting import STATED, Draft, directed, shortened
from articles.importing.found import Found, read_part
from articles.importing.safe_xml import local, parse
from articles.importing.xml_walk import attribute, child, children, descendants, words
from articles.sanitize import clean

from .body import JatsWalk
from .facts import put_front

IMPORTER, VERSION = "jats", "1"
MEDIA_TYPE = "application/xml"

_SHORT_ABSTRACTS = frozenset({"short", "teaser", "toc", "precis", "web-summary", "blurb", "lead"})
_STANDFIRST = 400  # characters: what is longer is no standfirst
_CONTAINERS = frozenset({"pmc-articleset", "articles", "article-set", "oai-pmh", "articleset"})


def read(data: bytes) -> Document:
    """The article in ``data``. Errors: ImportRefused, also where it holds several."""
    found = _articles(parse(data))
    if len(found) > 1:
        raise ImportRefused(f"It holds {len(found)} articles: each has to be read by itself.")
    return _document(found[0])


def read_all(data: bytes) -> Iterator[Found]:
    """Each article in ``data``, its bytes those of its own element where there are several."""
    try:
        found = _articles(parse(data))
    except ImportRefused as refusal:
        yield Found(data, refusal=str(refusal))
        return
    if len(found) == 1:
        yield read_part(read, data)
        return
    for number, article in enumerate(found, start=1):
        raw = etree.tostring(article, encoding="utf-8", xml_declaration=True, with_tail=False)
        yield read_part(read, raw, f"article {number}")


def _articles(root: Any) -> list[Any]:
    """The articles in a file. Errors: ImportRefused where there is none."""
    name = local(root)
    if name == "article":
        return [root]
    found = [
        one
        for one in descendants(root, "article")
        if not any(local(outer) == "article" for outer in one.iterancestors())
    ]
    if not found or name.lower() not in _CONTAINERS:
        raise ImportRefused(f"It is XML, but no JATS: its root element is {shortened(name)}.")
    return found


def _document(article: Any) -> Document:
    draft = Draft()
    put_front(article, draft)
    if child(article, "front") is None and child(article, "body") is None:
        raise ImportRefused("Its root element is article, but it has neither a front nor a body.")
    walk = JatsWalk(article, draft)
    meta = child(article, "front", "article-meta")
    pieces = _abstracts(walk, meta, draft)
    pieces.append(walk.rest(body) if (body := child(article, "body")) is not None else "")
    pieces += [walk.back(article), _author_notes(walk, meta)]
    _warn_of_others(article, draft)
    for note in walk.noted:
        if not walk.is_noted(note):
            walk.reference(note)
    pieces.append(walk.endnotes())
    html = clean("\n".join(pieces), base_url=draft.values.get("source_url"))
    html = directed(html, language=draft.values.get("language", ""))
    if child(article, "body") is None and html:
        draft.warn("The file has no body: this is not the whole article.")
    return draft.document(html, media_type=MEDIA_TYPE, importer=IMPORTER, version=VERSION)


def _abstracts(walk: JatsWalk, meta: Any, draft: Draft) -> list[str]:
    """The abstracts that open the text; a short one becomes the standfirst."""
    for custom in descendants(meta, "custom-meta"):
        if words(child(custom, "meta-name")).lower().endswith("impact statement"):
            draft.put("standfirst", words(child(custom, "meta-value")), STATED, "custom-meta")
    sections = []
    for one in children(meta, "abstract", "trans-abstract"):
        kind = attribute(one, "abstract-type").lower()
        text = " ".join(words(part) for part in children(one, "p"))
        if kind == "graphical" and not text:
            continue
        plain = next(children(one, "sec", "list"), None) is None and local(one) == "abstract"
        is_short = plain and kind in ("", "main") and len(text) <= _STANDFIRST / 1.6
        is_short = is_short or (plain and kind in _SHORT_ABSTRACTS and len(text) <= _STANDFIRST)
        if is_short and draft.put("standfirst", text, STATED, "abstract"):
            continue
        if words(one):
            sections.append(walk.abstract(one))
    return sections


def _author_notes(walk: JatsWalk, meta: Any) -> str:
    """What authors declare (interests, shares in the work); addresses of people are no text."""
    notes = child(meta, "author-notes")
    return walk.declarations(notes) if notes is not None else ""


def _warn_of_others(article: Any, draft: Draft) -> None:
    others = list(children(article, "sub-article", "response"))
    titles = [words(next(descendants(one, "article-title"), None)) for one in others]
    named = ", ".join(f"“{shortened(title)}”" for title in titles if title)
    if others:
        said = f": {named}" if named else ""
        draft.warn(f"It also holds other works, which were left out ({len(others)}){said}.")
