"""What a web page shows besides its article: blocks, links, forms, and what it says of itself.

Only counts and short texts, for telling pages without an article from those with one.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import lxml.html
from lxml import etree

from articles.body_tree import whole_characters, without_controls
from articles.importing.decoding import decode
from articles.importing.document import ImportRefused
from articles.importing.html.page_frame import framed
from articles.nesting import TooDeep, bounded

_LONGEST = 5_000_000  # bytes that are looked at
_DEEPEST = 3000
_UNSEEN = frozenset({
    "script", "style", "template", "head", "svg", "math", "object", "select", "textarea", "iframe",
})  # fmt: skip
_AROUND = frozenset({"nav", "footer", "aside", "menu"})
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "img", "input",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup",
    "time", "u", "var", "wbr",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
# Scripts that write no spaces: two characters count as a word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]")
_URL_IN_REFRESH = re.compile(r"url\s*=", re.IGNORECASE)


def words_in(text: str) -> int:
    """How many words ``text`` has, in any script."""
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + (unspaced + 1) // 2


@dataclass
class Block:
    """The words of one block. ``linked`` of its ``words`` are in links to other pages.

    ``is_around`` when it stands in what goes round the page's content: menus, footer, asides.
    """

    text: str = ""
    words: int = 0
    linked: int = 0
    heading: str = ""  # "h1" to "h4"
    is_around: bool = False


@dataclass
class Signs:
    """What is seen on a page. Texts are on one line."""

    title: str = ""
    blocks: list[Block] = field(default_factory=list)
    noscript: str = ""
    links: int = 0  # outside menus and footer
    passwords: int = 0
    scripts: list[str] = field(default_factory=list)  # their addresses
    has_inline_script: bool = False
    is_free: bool = True  # unless the page says that its text is not
    forwards: bool = False
    frames: int = 0

    @property
    def first_heading(self) -> str:
        """The first main heading, or ""."""
        return next((block.text for block in self.blocks if block.heading == "h1"), "")

    @property
    def content(self) -> list[Block]:
        """The blocks between menus and footer."""
        return [block for block in self.blocks if not block.is_around]


def signs_of(html: bytes | str) -> Signs | None:
    """What the page ``html`` shows, or None when it is none that can be read."""
    try:
        source = html if isinstance(html, str) else decode(html[:_LONGEST])[0]
        source = bounded(without_controls(whole_characters(source[:_LONGEST])), at_most=_DEEPEST)
        parser = lxml.html.HTMLParser(encoding="utf-8")
        tree = lxml.html.document_fromstring(framed(source).encode(), parser=parser)
    except (ImportRefused, TooDeep, etree.LxmlError, ValueError):
        return None
    signs = Signs()
    _walk(tree, signs)
    signs.is_free = not any(_is_closed(node) for node in _json_ld(tree))
    return signs


def _walk(tree: Any, signs: Signs) -> None:
    """One pass over the tree, without recursion: pages nest as deep as they like."""
    unseen = around = links = 0
    heading = ""
    pieces: list[tuple[str, bool]] = []

    def close() -> None:
        text = " ".join("".join(piece for piece, _ in pieces).split())
        if text:
            linked = words_in(" ".join(piece for piece, is_linked in pieces if is_linked))
            signs.blocks.append(Block(text, words_in(text), linked, heading, around > 0))
        pieces.clear()

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if not isinstance(tag, str):
            continue
        starts = event == "start"
        if starts:
            _note(element, tag, signs)
        if tag in _UNSEEN or tag == "noscript":
            if starts and tag == "noscript" and not unseen:
                signs.noscript += f" {' '.join(element.itertext())}"
            unseen += 1 if starts else -1
        if tag not in _INLINE:
            close()
        if tag in _AROUND:
            around += 1 if starts else -1
        if tag in _HEADINGS:
            heading = tag if starts else ""
        if tag == "a" and _leads_away(element):
            links += 1 if starts else -1
            signs.links += starts and not around
        text = element.text if starts else element.tail
        if text and not unseen:
            pieces.append((text, links > 0))
    close()


def _leads_away(link: Any) -> bool:
    """Whether it is a link to another page: not to a note or a section of this one."""
    href = link.get("href")
    return href is not None and not href.strip().startswith("#")


def _note(element: Any, tag: str, signs: Signs) -> None:
    if tag == "title" and not signs.title:
        signs.title = " ".join("".join(element.itertext()).split())
    elif tag == "input" and (element.get("type") or "").strip().lower() == "password":
        signs.passwords += 1
    elif tag == "script":
        if element.get("src"):
            signs.scripts.append(element.get("src"))
        elif "json" not in (element.get("type") or "").lower():
            signs.has_inline_script = True
    elif tag in ("frame", "iframe"):
        signs.frames += 1
    elif tag == "meta" and (element.get("http-equiv") or "").strip().lower() == "refresh":
        signs.forwards |= bool(_URL_IN_REFRESH.search(element.get("content") or ""))


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            queue = [json.loads((script.text or "").strip().strip(";"), strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(500):
            if not queue:
                break
            node = queue.pop(0)
            if isinstance(node, list):
                queue += node
            elif isinstance(node, dict):
                yield node
                queue += [node[key] for key in ("@graph", "mainEntity", "hasPart") if key in node]


def _is_closed(node: dict[str, Any]) -> bool:
    return str(node.get("isAccessibleForFree")).lower().rpartition("/")[2] == "false"
