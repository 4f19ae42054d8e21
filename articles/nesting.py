"""Bounds how deep the elements of foreign HTML nest, before any parser builds a tree of it.

Parsers take quadratic time on a hundred thousand nested elements, and one element left open
over many paragraphs makes them write its copies into each. Pages that people wrote come nowhere
near the limits and pass unchanged. The estimate follows the parser's rules only roughly, because
whatever it lets through is still parsed and sanitised.
"""

import re

MAX_DEPTH = 150
# Inline elements left open by a closing block: the parser opens each of them again in the next.
MAX_REOPENED = 12
MAX_REOPENED_BYTES = 4_000_000

_TAG = re.compile(r"<(?:(!--)|(/?)([a-zA-Z][^\s/>]{0,30}))")
_RAW_TEXT = frozenset({
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
})  # fmt: skip
_VOIDS = frozenset({
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img",
    "input", "link", "meta", "param", "source", "track", "wbr", "path", "rect", "circle",
    "line", "use", "polygon", "ellipse", "polyline", "stop",
})  # fmt: skip
_FORMATTING = frozenset({
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong",
    "tt", "u",
})  # fmt: skip
_CLOSE_PARAGRAPH = frozenset({
    "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir",
    "div", "dl", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hgroup", "main", "menu", "nav", "ol", "p", "pre", "search",
    "section", "summary", "table", "ul", "li", "dd", "dt",
})  # fmt: skip
_LINES = _CLOSE_PARAGRAPH | {"tr", "td", "th", "caption"}
_SCOPES = frozenset({
    "table", "td", "th", "caption", "button", "object", "template",
})  # fmt: skip
# What a start tag closes when it is still open, and what keeps it from looking further out.
_IMPLIED_END: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "table", "td", "th"})),
    "dd": (frozenset({"dd", "dt"}), frozenset({"dl", "table", "td", "th"})),
    "dt": (frozenset({"dd", "dt"}), frozenset({"dl", "table", "td", "th"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "th": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}


class TooDeep(ValueError):
    """So much nests beyond the limits that nobody wrote it to be read."""


def bounded(html: str, *, at_most: int | None = None) -> str:
    """``html``, with start tags beyond the limits replaced by line breaks or nothing.

    A replaced tag becomes a void one (``br`` or ``wbr``) with the same attributes, so that the
    parser itself finds its end. Its words stay. Cost: one pass.
    Errors: TooDeep when more than ``at_most`` tags would have to be replaced.
    """
    pieces: list[str] = []
    copied = 0
    open_tags: list[str] = []
    reopened: list[tuple[str, int]] = []
    reopened_size = rewritten = 0
    sizes: dict[int, int] = {}
    position = 0
    while found := _TAG.search(html, position):
        position = found.end()
        if found[1]:
            position = html.find("-->", position)
            if position < 0:
                break
            continue
        name = found[3].lower()
        if found[2]:
            if name in open_tags:
                _close(name, open_tags, reopened, sizes)
            else:
                reopened = _without_last(reopened, name)
            reopened_size = sum(size for _, size in reopened)
            continue
        if name in _RAW_TEXT:
            position = html.find(f"</{found[3]}", position)
            if position < 0:
                break
            continue
        if name in _VOIDS:
            continue
        if name in _IMPLIED_END:
            _close_implied(name, open_tags, reopened, sizes)
        if name in _CLOSE_PARAGRAPH:
            _close_paragraph(open_tags, reopened, sizes)
            reopened_size = sum(size for _, size in reopened)
            rewritten += reopened_size
        too_many = name in _FORMATTING and (
            len(reopened) >= MAX_REOPENED or rewritten > MAX_REOPENED_BYTES
        )
        if too_many or len(open_tags) >= MAX_DEPTH:
            if at_most is not None and len(pieces) >= 2 * at_most:
                raise TooDeep
            pieces += [html[copied : found.start(3)], "br" if name in _LINES else "wbr"]
            copied = found.end(3)
            continue
        if name in _FORMATTING:
            end = html.find(">", position)
            if end < 0:
                break
            sizes[len(open_tags)] = end - found.start()
        open_tags.append(name)
    pieces.append(html[copied:])
    return "".join(pieces)


def _close(
    name: str, open_tags: list[str], reopened: list[tuple[str, int]], sizes: dict[int, int]
) -> None:
    """Close the innermost ``name``; inline elements open inside it will be opened again."""
    while open_tags:
        closed = open_tags.pop()
        if closed == name:
            return
        if closed in _FORMATTING:
            reopened.append((closed, sizes[len(open_tags)]))


def _close_implied(
    name: str, open_tags: list[str], reopened: list[tuple[str, int]], sizes: dict[int, int]
) -> None:
    closes, barriers = _IMPLIED_END[name]
    for outer in reversed(open_tags):
        if outer in closes:
            _close(outer, open_tags, reopened, sizes)
            return
        if outer in barriers:
            return


def _close_paragraph(
    open_tags: list[str], reopened: list[tuple[str, int]], sizes: dict[int, int]
) -> None:
    for outer in reversed(open_tags):
        if outer == "p":
            _close("p", open_tags, reopened, sizes)
            return
        if outer in _SCOPES:
            return


def _without_last(reopened: list[tuple[str, int]], name: str) -> list[tuple[str, int]]:
    for index in range(len(reopened) - 1, -1, -1):
        if reopened[index][0] == name:
            return reopened[:index] + reopened[index + 1 :]
    return reopened
