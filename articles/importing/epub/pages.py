"""The pages of an EPUB as trees of plain HTML elements.

Old books use named entities, which the DTD of XHTML declares. No DTD is read here: it is cut
off, and the names that HTML has become characters. What an own DTD would declare stays as it is
written. What is not well-formed is read as browsers read HTML.
"""

import re
from html.entities import html5
from typing import Any
from xml.sax.saxutils import escape

import lxml.html
from lxml import etree

from articles.body_tree import whole_characters, without_controls
from articles.importing.decoding import decode
from articles.importing.document import ImportRefused
from articles.importing.html.page_frame import make_writable
from articles.nesting import TooDeep, bounded

_OPS = "{http://www.idpf.org/2007/ops}type"
_MATHML = "{http://www.w3.org/1998/Math/MathML}math"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_DOCTYPE = re.compile(
    r"\A(\s*(?:<!--.*?-->\s*)*)<!DOCTYPE\s[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL
)
_REFERENCE = re.compile(r"&(?:(#?\w{1,40});)?")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_NUMBER = re.compile(r"#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6})")
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_MOST_FLATTENED = 3000


def page_of(data: bytes) -> Any:
    """The root of a page, in tag names without namespaces. Errors: ImportRefused."""
    found = _ENCODING.match(data.lstrip()) or _CHARSET.search(data[:2048])
    source, _ = decode(data, declared=found[1].decode("ascii") if found else "utf-8")
    source = without_controls(whole_characters(_DECLARATION.sub("", source)))
    root = _parsed(_DOCTYPE.sub(r"\1", source, count=1))
    make_writable(root)
    for element in list(root.iter()):
        _simplify(element)
    for reading in list(root.iter("rt")):
        if next(reading.itersiblings("rp"), None) is None:
            _put_in_brackets(reading)
    return root


def types_of(element: Any) -> frozenset[str]:
    """What an element says it is, by epub:type or role (of "doc-noteref", "noteref")."""
    said = f"{element.get(_OPS) or element.get('epub:type') or ''} {element.get('role') or ''}"
    return frozenset(word.removeprefix("doc-") for word in said.lower().split())


def _parsed(source: str) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(_without_entities(source).encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        pass
    try:
        source = bounded(source, at_most=_MOST_FLATTENED)
        parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        return lxml.html.document_fromstring(source.encode(), parser=parser)
    except TooDeep as depth:
        raise ImportRefused("Its elements nest too deep to be a page for reading.") from depth
    except (etree.LxmlError, ValueError) as error:
        raise ImportRefused("It has no text that can be read.") from error


def _without_entities(source: str) -> str:
    def character(found: re.Match[str]) -> str:
        name = found[1] or ""
        if name in _XML_NAMES or _NUMBER.fullmatch(name):
            return found[0]
        known = html5.get(f"{name};")
        return f"&amp;{found[0][1:]}" if known is None else escape(known)

    return _REFERENCE.sub(character, source)


def _simplify(element: Any) -> None:
    if not isinstance(element.tag, str):
        return
    if element.tag in (_MATHML, "math"):
        # The sanitiser drops what it cannot show: the words stay, as a line of characters.
        words = element.get("alttext") or " ".join("".join(element.itertext()).split())
        del element[:]
        element.text, element.tag = words, "span"
        element.attrib.clear()
        element.set("class", "math")
        return
    if "}" in element.tag:
        name = element.tag.rpartition("}")[2]
        element.tag = name if _NAME.fullmatch(name) else "span"  # broken HTML has odd ones
    if (language := element.get(_LANG)) and not element.get("lang"):
        element.set("lang", language)


def _put_in_brackets(reading: Any) -> None:
    """Tell how words are read from the words, which it stands above."""
    said = "".join(reading.itertext()).strip()
    del reading[:]
    reading.text = f"({said})" if said else ""
