"""The canonical text of a revision: the unit that every offset in the archive refers to.

The canonical text is the ``textContent`` of the stored body. The stored body is what
``articles.sanitize.clean`` returns, so its HTML has one spelling only and a regular expression
reads it exactly. Anything else is refused here, never repaired.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

# Python's \s and JavaScript's differ, and both swallow NBSP: so the characters are listed.
COLLAPSING_SPACE = "\t\n\x0b\x0c\r \x85\u2028\u2029"

# Elements between which the source holds one newline, and which never share a line with words.
BLOCKS = frozenset({
    "p", "h2", "h3", "h4", "h5", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "pre",
    "hr", "figure", "figcaption", "table", "caption", "thead", "tbody", "tfoot", "tr", "th",
    "td", "section",
})  # fmt: skip
INLINES = frozenset({
    "a", "em", "strong", "sup", "sub", "code", "cite", "q", "abbr", "del", "ins", "span",
    "br", "img",
})  # fmt: skip
VOIDS = frozenset({"br", "hr", "img"})
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "*": frozenset({"lang", "dir", "id"}),
    "a": frozenset({"href", "title"}),
    "abbr": frozenset({"title"}),
    "img": frozenset({"src", "alt", "title"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan"}),
    "section": frozenset({"role"}),
}

_TOKEN = re.compile(
    r"""<(?P<start>[a-z][a-z0-9]*)(?P<attrs>(?:\ [a-z]+="[^"<>]*")*)>"""
    r"""|</(?P<end>[a-z][a-z0-9]*)>"""
    r"""|(?P<text>[^<>]+)""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_REFERENCES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "nbsp": "\xa0"}
_REFERENCE = re.compile(r"&(amp|lt|gt|quot|nbsp);")
_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Span:
    """A passage of a canonical text, in code points from 0, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of this span in ``text``."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of stored HTML. ``raw`` of all tokens, joined, is the body again.

    ``start`` and ``end`` are canonical offsets; a tag has no length. ``between_blocks`` is the
    newline that separates two blocks: it belongs to the text, but nothing may be wrapped
    around it, because browsers move such markup out of lists and tables.
    """

    kind: Literal["start", "end", "text"]
    raw: str
    start: int
    end: int
    name: str = ""
    attributes: Mapping[str, str] = field(default_factory=lambda: _NO_ATTRIBUTES)
    text: str = ""
    between_blocks: bool = False


class NotStoredHtml(ValueError):
    """The HTML is not in the stored form: it did not come from ``articles.sanitize.clean``."""


def escape(text: str) -> str:
    """``text`` as stored HTML spells it between tags."""
    return (
        text.replace("&", "&amp;")
        .replace("\xa0", "&nbsp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
    )


def escape_attribute(value: str) -> str:
    """``value`` as stored HTML spells it inside the quotes of an attribute."""
    return escape(value).replace('"', "&quot;")


def unescape(source: str) -> str:
    """What ``escape`` and ``escape_attribute`` were given."""
    if "&" not in source:
        return source
    return _REFERENCE.sub(lambda found: _REFERENCES[found[1]], source)


def scan(html: str) -> Iterator[tuple[str, str, str]]:
    """The raw pieces of strictly spelt HTML: (kind, source, name or decoded text).

    Errors: NotStoredHtml at the first character that no such piece begins with.
    """
    position = 0
    for found in _TOKEN.finditer(html):
        if found.start() != position:
            break
        position = found.end()
        kind = found.lastgroup
        if kind == "text":
            yield "text", found[0], unescape(found[0])
        elif kind == "end":
            yield "end", found[0], found["end"]
        else:
            yield "start", found[0], found["start"]
    if position != len(html):
        raise NotStoredHtml(f"unexpected markup: {html[position : position + 40]!r}")


def attributes_of(tag: str) -> dict[str, str]:
    """The attributes of one start tag, decoded, in their order."""
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag)}


def tokens(html: str) -> Iterator[Token]:
    """The pieces of a stored body with their canonical offsets.

    Errors: NotStoredHtml where the source is not spelt as stored HTML is.
    """
    pieces = list(scan(html))
    offset = 0
    for index, (kind, raw, value) in enumerate(pieces):
        if kind == "text":
            end = offset + len(value)
            between = value == "\n" and _separates(pieces, index)
            yield Token("text", raw, offset, end, text=value, between_blocks=between)
            offset = end
        elif kind == "end":
            yield Token("end", raw, offset, offset, name=value)
        else:
            attributes = attributes_of(raw) if " " in raw else _NO_ATTRIBUTES
            yield Token("start", raw, offset, offset, name=value, attributes=attributes)


def text_of(html: str) -> str:
    """The canonical text of a stored body: what a browser calls its ``textContent``."""
    return "".join(value for kind, _, value in scan(html) if kind == "text")


def sha256_of(text: str) -> str:
    """The SHA-256 of ``text`` in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def paragraphs(html: str) -> list[Span]:
    """The spans of the blocks that hold words themselves, in order: p, h2, li, td and so on.

    They do not overlap; a list item that holds paragraphs is not among them, its paragraphs are.
    """
    spans = []
    open_blocks: list[tuple[int, bool]] = []  # where it starts, and whether it holds blocks
    for token in tokens(html):
        if token.name not in BLOCKS or token.name in VOIDS:
            continue
        if token.kind == "start":
            if open_blocks:
                open_blocks[-1] = (open_blocks[-1][0], True)
            open_blocks.append((token.start, False))
        else:
            start, holds_blocks = open_blocks.pop()
            if not holds_blocks and token.start > start:
                spans.append(Span(start, token.start))
    return spans


def _separates(pieces: list[tuple[str, str, str]], index: int) -> bool:
    """Whether the newline at ``index`` stands between two siblings that are blocks."""
    if not 0 < index < len(pieces) - 1:
        return False
    before, _, closed = pieces[index - 1]
    after, _, opened = pieces[index + 1]
    # An img is a block's sibling only in a figure; elsewhere no newline stands next to one.
    return (
        (before == "end" or closed in VOIDS)
        and after == "start"
        and (closed in BLOCKS or closed == "img")
        and (opened in BLOCKS or opened == "img")
    )
