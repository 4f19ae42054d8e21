"""EPUB 2 and 3: a whole book as one article, or each of its chapters as one.

What a chapter is, ``epub_chapters`` says. Title page, contents, index and the like are no text;
what the copyright page says of rights holds for all. Notes are gathered at the end from
wherever they stand (see ``epub_notes``).
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from articles.importing.clues import clues_in, is_rights, looks_like_a_name, names_in
from articles.importing.document import Contributor, Document, ImportRefused
from articles.importing.drafting import LIKELY, STATED, Draft, directed, one_line
from articles.importing.found import Found, read_part
from articles.importing.languages import language_of
from articles.sanitize import clean
from articles.text import text_of

from .chapters import HEADINGS, Chapter, Page, chapters_of
from .metadata import WHERE, Metadata
from .notes import OURS, Notes, remove
from .package import Package
from .pages import page_of, types_of

IMPORTER, VERSION = "epub", "1"
MEDIA_TYPE = "application/epub+zip"

_PICTURES = ("img", "svg", "image", "object", "video", "audio")
_BY = re.compile(r"author|byline", re.IGNORECASE)
_MOST_ELSEWHERE = 200  # pages outside the reading order, where notes may stand
_LONGEST_RIGHTS = 2_000
_TITLE_PAGE_WORDS = 40


def read(data: bytes) -> Document:
    """The whole book as one document, its chapters under headings. Errors: ImportRefused."""
    book = _Book(data)
    chapters = book.chapters
    draft = book.draft()
    book.metadata.put_own(draft)
    draft.add("people", book.metadata.people(), STATED, WHERE)
    if "title" not in draft.values:
        raise ImportRefused("It has no title.", book.package.name)
    pages = [page for chapter in [*chapters, *book.notes] for page in chapter.pages]
    items = book.index.gather(pages)
    left = [chapter for chapter in book.notes if _has_text(chapter)]
    for chapter in (*chapters, *left):
        _settle_headings(chapter, level=2)
    kept = [page for chapter in (*chapters, *left) for page in chapter.pages]
    html = book.html(kept, items, draft)
    return draft.document(html, media_type=MEDIA_TYPE, importer=IMPORTER, version=VERSION)


def read_chapters(data: bytes) -> Iterator[Found]:
    """A document for each chapter, or the reason why there is none. Errors: ImportRefused."""
    book = _Book(data)
    for number, chapter in enumerate(book.chapters, start=1):
        title = _title_of(chapter)
        part = f"chapter {number}: {title}" if title else f"chapter {number}"

        def document(_: bytes, chapter: Chapter = chapter, title: str = title) -> Document:
            return book.chapter(chapter, title)

        yield read_part(document, chapter.raw, part)


class _Book:
    """An open book: its chapters, the pages with notes, and what it says of itself."""

    def __init__(self, data: bytes) -> None:
        """Errors: ImportRefused when there is no text in it."""
        self.package = Package(data)
        self.metadata = Metadata(self.package)
        everything = chapters_of(self.package)
        self._mark_title_page(everything)
        self.chapters = [one for one in everything if not one.kind and one.words()]
        self.notes = [one for one in everything if one.kind == "notes"]
        self._rights = _rights_in([one for one in everything if one.kind == "copyright"])
        if not self.chapters:
            raise ImportRefused(self._why_empty(everything))
        pages = [page for chapter in everything for page in chapter.pages]
        self.index = Notes(self.package, [*pages, *self._elsewhere()])

    def _mark_title_page(self, everything: list[Chapter]) -> None:
        """A short page at the start that says the book's title is no chapter."""
        book = _squeezed(self.metadata.title()[0])
        for chapter in everything[:4]:
            heading = _first_heading(chapter.pages[0])
            said = "" if heading is None else _squeezed(_heading_words(heading))
            short = len(chapter.words().split()) < _TITLE_PAGE_WORDS
            if said and said == book and short and chapter is not everything[-1]:
                chapter.kind = chapter.kind or "titlepage"

    def draft(self) -> Draft:
        """What holds for the book and for each chapter."""
        draft = Draft()
        self.metadata.put(draft)
        stated = draft.values.get("rights", "")
        said = [one for one in self._rights if one not in stated]
        if said and stated:
            draft.values["rights"] = "\n\n".join([stated, *said])
        draft.put("rights", "\n\n".join(said), LIKELY, "the copyright page")
        for name in self.package.missing:
            draft.warn(f"A part of it is missing or cannot be read: {name}.")
        return draft

    def chapter(self, chapter: Chapter, title: str) -> Document:
        """One chapter as a document."""
        draft = self.draft()
        draft.put("title", title, STATED, "the chapter's title")
        draft.put("publication", self.metadata.title()[0], STATED, WHERE)
        items = self.index.gather(chapter.pages)
        _take_title(chapter, title)
        people = _byline(chapter)
        where = "the chapter's byline" if people else WHERE
        draft.add("people", people or self.metadata.people(), STATED, where)
        _settle_headings(chapter, level=1)
        html = self.html(chapter.pages, items, draft)
        draft.put_first_words(text_of(html).lstrip().partition("\n")[0])
        return draft.document(html, media_type=MEDIA_TYPE, importer=IMPORTER, version=VERSION)

    def html(self, pages: list[Page], items: list[Any], draft: Draft) -> str:
        """The stored form of ``pages`` with their notes at the end."""
        pictures = equations = 0
        for page in pages:
            pictures += sum(1 for _ in page.body.iter(*_PICTURES[:2], *_PICTURES[3:]))
            equations += sum(1 for one in page.body.iter("span") if one.get("class") == "math")
            _take_apparatus(page)
        self._mend_links(pages)
        if pictures:
            draft.warn(
                "1 picture was left out."
                if pictures == 1
                else f"{pictures} pictures were left out."
            )
        if equations:
            draft.warn("Equations are written as lines of characters: please check them.")
        words = " ".join("".join(page.body.itertext()) for page in pages)
        draft.doubt_language(words)
        language = draft.values.get("language") or language_of(words)
        body = "\n".join(_inner(page, language) for page in pages)
        if items:
            notes = "".join(_source(item) for item in items)
            body += f'<section role="doc-endnotes"><ol>{notes}</ol></section>'
        return directed(clean(body), language=language)

    def _mend_links(self, pages: list[Page]) -> None:
        """Make ids the text's own and links lead to them; what leads elsewhere keeps its words."""
        here = {page.root for page in pages}
        named: dict[Any, str] = {}
        wanted: list[tuple[Any, Any]] = []
        first = {page.name: page for page in reversed(pages)}
        for page in pages:
            for link in page.body.iter("a"):
                href = link.get("href") or ""
                if link.get(OURS) is not None or re.match(r"(?:https?|mailto):", href, re.I):
                    continue
                link.attrib.pop("href", None)
                target = self.index.target(href, page.name)
                name, fragment = self.package.member(href, page.name)
                if target is None and href and not fragment and name in first:
                    target = next((one for one in first[name].body if one.tag != "nav"), None)
                if target is not None and target.getroottree().getroot() in here:
                    named.setdefault(target, f"place{len(named) + 1}")
                    wanted.append((link, target))
            for element in page.root.iter():
                if element.get(OURS) is None:
                    element.attrib.pop("id", None)
                element.attrib.pop("name", None)
        for target, own_id in named.items():
            if target.get(OURS) is None:
                target.set("id", own_id)
        for link, target in wanted:
            if target.get("id"):
                link.set("href", f"#{target.get('id')}")

    def _elsewhere(self) -> list[Page]:
        """Pages outside the reading order: popular for notes that open in a window."""
        pages = []
        for name in self.package.outside()[:_MOST_ELSEWHERE]:
            try:
                raw = self.package.read(name)
                pages.append(Page(name, page_of(raw), raw))
            except ImportRefused as refusal:
                if "more than" in refusal.reason:
                    raise
                self.package.missing.append(name)
        return pages

    def _why_empty(self, everything: list[Chapter]) -> str:
        if self.package.missing and not everything:
            return f"Nothing of its text is there: {self.package.missing[0]} is missing."
        if self.package.is_fixed_layout or any(one.kind == "picture" for one in everything):
            return "It has no text: its pages are pictures."
        return "It has no text: there are no chapters in it."


def _rights_in(chapters: list[Chapter]) -> list[str]:
    """What copyright pages say of rights, a paragraph each."""
    found: list[str] = []
    for chapter in chapters:
        for page in chapter.pages:
            for block in page.body.iter("p", "div", "li"):
                words = one_line("".join(block.itertext()))
                inner = next((one for one in block.iter("p", "div") if one is not block), None)
                if words and inner is None and ("©" in words or is_rights(words)):
                    found.append(words)
    unique = list(dict.fromkeys(found))
    return unique if sum(map(len, unique)) <= _LONGEST_RIGHTS else unique[:3]


def _first_heading(page: Page) -> Any:
    """The heading that the page begins with, or None where words come first."""
    for element in page.body.iter():
        if element.tag in HEADINGS and "".join(element.itertext()).strip():
            return element
        if (element.text or "").strip() and not _is_apparatus(element):
            return None
        if element.tag in ("p", "li", "td") and "".join(element.itertext()).strip():
            return None
    return None


def _title_of(chapter: Chapter) -> str:
    """The title as the chapter has it, or as the contents list does where that says more."""
    heading = _first_heading(chapter.pages[0])
    seen = "" if heading is None else _heading_words(heading)
    if not seen or not chapter.title:
        return seen or chapter.title
    return chapter.title if _squeezed(seen) in _squeezed(chapter.title) else seen


def _take_title(chapter: Chapter, title: str) -> None:
    """Take the headings off that say the title, or a part of it."""
    for _ in range(3):
        heading = _first_heading(chapter.pages[0])
        if heading is None or _squeezed(_heading_words(heading)) not in _squeezed(title):
            return
        if heading.find(f".//*[@{OURS}]") is not None:
            heading.tag = "p"  # a note hangs on it
            return
        remove(heading)


def _settle_headings(chapter: Chapter, *, level: int) -> None:
    """The chapter's title at ``level`` (1: there is none here), the others below it."""
    first = _first_heading(chapter.pages[0]) if level > 1 else None
    others = [
        one for page in chapter.pages for one in page.body.iter(*HEADINGS) if one is not first
    ]
    highest = min((int(one.tag[1]) for one in others), default=1)
    for heading in others:
        heading.tag = f"h{min(5, int(heading.tag[1]) - highest + level + 1)}"
    if first is not None:
        first.tag = "h2"
    elif level > 1 and chapter.title:
        made = etree.Element("h2")
        made.text = chapter.title
        body = chapter.pages[0].body
        made.tail, body.text = body.text, None
        body.insert(0, made)


def _byline(chapter: Chapter) -> list[Contributor]:
    """The people that a line below the chapter's title names; the line is taken off."""
    for block in list(chapter.pages[0].body.iter("p", "div"))[:4]:
        words = one_line("".join(block.itertext()))
        if not words or len(words) > 200 or block.find("p") is not None:
            continue
        stated = [clue.value for clue in clues_in(words) if clue.field == "author"]
        if not stated and _BY.search(block.get("class") or "") and looks_like_a_name(words):
            stated = [words]
        names = [name for value in stated for name in names_in(value)[0] if looks_like_a_name(name)]
        if names:
            remove(block)
            return [Contributor(name) for name in names]
        return []
    return []


def _is_apparatus(element: Any) -> bool:
    return element.tag in ("nav", "script", "style") or "pagebreak" in types_of(element)


def _take_apparatus(page: Page) -> None:
    """Take out page numbers and lists of contents."""
    for element in list(page.body.iter()):
        if element is not page.body and _is_apparatus(element):
            remove(element)


def _has_text(chapter: Chapter) -> bool:
    """Whether there is more on pages of notes than headings, once the notes are gathered."""
    for page in chapter.pages:
        for element in page.body.iter():
            inside = element.tag in HEADINGS or any(
                one.tag in HEADINGS for one in element.iterancestors()
            )
            if ((element.text or "").strip() and not inside) or (element.tail or "").strip():
                return True
    return False


def _inner(page: Page, language: str) -> str:
    """What is in a page, with its language and direction."""
    said = {}
    for name in ("lang", "dir"):
        value = page.body.get(name) or page.root.get(name) or ""
        if value and not (name == "lang" and value.lower() == language.lower()):
            said[name] = value
    outer = etree.Element("div", said)
    outer.text = page.body.text
    outer.extend(list(page.body))
    return _source(outer)


def _source(element: Any) -> str:
    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))


def _heading_words(heading: Any) -> str:
    """The words of a heading without marks of notes, a break as a space."""
    pieces = []
    for event, element in etree.iterwalk(heading, events=("start", "end")):
        if event == "start":
            pieces.append(" " if element.tag == "br" else "")
            is_mark = element.get(OURS) is not None or "noteref" in types_of(element)
            pieces.append("" if is_mark else element.text or "")
        elif element is not heading:
            pieces.append(element.tail or "")
    return one_line("".join(pieces))


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
