"""The chapters of an EPUB: its pages in reading order, parted where the contents list says.

A chapter begins at each page that the list of contents leads to, and goes on over the pages
after it that the list does not name and that do not begin with a heading of the first level. The
list's parts are opened: where its entries below one lead to other pages, these are chapters too.
Several such entries that lead into one page part that page.
"""

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from articles.importing.document import ImportRefused

from .package import Entry, Package
from .pages import page_of, types_of

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_DEEPEST = 8  # levels of the list of contents
_ASIDE = {
    "cover": "cover|umschlag|couverture|cubierta|обложка",
    "titlepage": "title ?page|half ?title(?: page)?|titelseite|titelblatt|page de titre|portada",
    "toc": "(?:table of )?contents|toc|inhalt|inhaltsverzeichnis|table des matières|sommaire|"
    "índice|indice|содержание|оглавление|list of (?:figures|tables|illustrations|maps)",
    "copyright": "copyright(?: page| notice)?|imprint|colophon|impressum|mentions légales|legal",
    "index": "index|register|sachregister|personenregister|subject index|name index",
    "notes": "notes|end ?notes|foot ?notes|anmerkungen|endnoten|fußnoten|notas|note",
}
_NAMED = [
    (kind, re.compile(rf"\W*(?:{names})\W*", re.IGNORECASE)) for kind, names in _ASIDE.items()
]
_TYPED = {
    "cover": "cover", "titlepage": "titlepage", "halftitlepage": "titlepage", "toc": "toc",
    "title-page": "titlepage", "landmarks": "toc", "page-list": "toc", "loi": "toc", "lot": "toc",
    "copyright-page": "copyright", "imprint": "copyright", "colophon": "copyright",
    "imprimatur": "copyright", "index": "index", "footnotes": "notes", "endnotes": "notes",
    "rearnotes": "notes", "notes": "notes",
}  # fmt: skip
_FILE = re.compile(
    r"(?:^|[/_-])(cover|titlepage|title-?page|toc|copyright|nav)(?:page)?\.\w+$", re.I
)
_FILES = {"titlepage": "titlepage", "title-page": "titlepage", "nav": "toc"}


@dataclass
class Page:
    """A page of the book, or the part of one that belongs to a chapter."""

    name: str
    root: Any
    raw: bytes

    @property
    def body(self) -> Any:
        """The element with its text."""
        found = self.root.find("body")
        return self.root if found is None else found

    def words(self) -> str:
        """Its words, on one line."""
        return " ".join(" ".join(self.body.itertext()).split())


@dataclass
class Chapter:
    """Pages that belong together; ``kind`` is "" or says why it is no chapter of the text."""

    title: str
    pages: list[Page] = field(default_factory=list)
    kind: str = ""

    @property
    def raw(self) -> bytes:
        """Its own bytes, those of several pages one after another."""
        return b"\n".join(page.raw for page in self.pages)

    def words(self) -> str:
        """Its words, on one line."""
        return " ".join(page.words() for page in self.pages)


def chapters_of(package: Package) -> list[Chapter]:
    """Everything in the reading order, parted. Pages that cannot be read are among ``missing``."""
    starts: dict[str, list[Entry]] = {}
    for entry in _chapter_entries(package.contents(), 0):
        if entry.name in package.spine:
            starts.setdefault(entry.name, []).append(entry)
    chapters: list[Chapter] = []
    for name in package.spine:
        try:
            raw = package.read(name)
            page = Page(name, page_of(raw), raw)
        except ImportRefused as refusal:
            if "more than" in refusal.reason:
                raise
            package.missing.append(name)
            continue
        for title, part in _parted(page, starts.get(name, [])):
            kind = _kind(title, part, package)
            goes_on = title is None and starts and not kind and not _begins_anew(part)
            if goes_on and chapters and not chapters[-1].kind:
                chapters[-1].pages.append(part)
            else:
                chapters.append(Chapter(title or "", [part], kind))
    return chapters


def _begins_anew(page: Page) -> bool:
    """Whether a page that no list names is a chapter all the same."""
    blocks = [page.body, *list(page.body.iter())[1:3]]
    if any("chapter" in types_of(block) for block in blocks):
        return True
    for element in page.body.iter():
        if element.tag == "h1":
            return True
        if (element.text or "").strip():
            return False
    return False


def _chapter_entries(entries: Iterable[Entry], depth: int) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        inner = [one for one in _all(entry.children, depth) if one.name != entry.name]
        if inner and depth < _DEEPEST:
            yield from _chapter_entries(entry.children, depth + 1)


def _all(entries: Iterable[Entry], depth: int) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        if depth < _DEEPEST:
            yield from _all(entry.children, depth + 1)


def _parted(page: Page, entries: list[Entry]) -> list[tuple[str | None, Page]]:
    """The page, or its parts where several entries lead into it, each with its title."""
    order = {element: at for at, element in enumerate(page.body.iter())}
    places: dict[int, str] = {}
    for entry in entries:
        target = _by_id(page.body, entry.fragment) if entry.fragment else page.body
        # A part and its first chapter may begin at one place: the chapter is the later entry.
        places[order.get(target, 0)] = entry.title
    starts = sorted(places)
    if len(starts) < 2:
        return [(places[starts[0]] if starts else None, page)]
    parts: list[tuple[str | None, Page]] = []
    first = starts[0]
    if first and _words_before(page.body, order, first):
        parts.append((None, _cut(page, 0, first)))
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else len(order)
        parts.append((places[start], _cut(page, start, end)))
    return [(title, part) for title, part in parts if part.words()]


def _words_before(body: Any, order: dict[Any, int], end: int) -> bool:
    return any((element.text or "").strip() for element, at in order.items() if at < end)


def _cut(page: Page, start: int, end: int) -> Page:
    """The elements of a page from one place in its order up to another."""
    root = copy.deepcopy(page.root)
    part = Page(page.name, root, b"")
    elements = list(part.body.iter())
    keep = set(elements[start:end])
    around = {outer for element in keep for outer in element.iterancestors()}
    for element in reversed(elements):
        if element in keep:
            continue
        if element not in around:
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
        else:
            element.text = None
    part.raw = etree.tostring(root, encoding="utf-8")
    return part


def _by_id(body: Any, own_id: str) -> Any:
    return next((one for one in body.iter() if own_id in (one.get("id"), one.get("name"))), None)


def _kind(title: str | None, page: Page, package: Package) -> str:
    """Why a page is no chapter: "cover", "toc", …; "" when it is one."""
    if page.name in package.navigation:
        return "toc"
    said = types_of(page.body)
    blocks = [one for one in page.body if isinstance(one.tag, str)]
    for only in blocks if len(blocks) == 1 else []:
        said |= types_of(only)
    said |= {package.guide.get(page.name, "")}
    for word in said:
        if word in _TYPED:
            return _TYPED[word]
    heading = next(
        (" ".join("".join(one.itertext()).split()) for one in page.body.iter(*HEADINGS)), ""
    )
    for words in (title or "", heading):
        for kind, names in _NAMED:
            if words and names.fullmatch(words):
                return kind
    found = _FILE.search(page.name)
    if found and len(page.words().split()) < 600:
        stem = found[1].lower()
        return _FILES.get(stem, stem)
    return "" if page.words() else "picture"
