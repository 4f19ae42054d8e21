"""Notes of an EPUB, wherever they stand: gathered by the links that lead to them.

A note is what a page calls so (epub:type, role), or what a short mark such as [1] leads to if
it leads back. Ids in different files are the same by chance: all become the chapter's own.
"""

import copy
import re
from typing import Any

from lxml import etree

from .chapters import HEADINGS, Page
from .package import Package
from .pages import types_of

_NOTE_TYPES = frozenset({"footnote", "endnote", "rearnote", "note", "doc-footnote"})
_MARK = re.compile(r"\W*(?:\d{1,4}|[a-z]|[ivxlc]{1,7}|[*†‡§¶]{1,4})\W*", re.IGNORECASE)
_WAY_BACK = re.compile(r"[\s\[\]()↩⤴↑⬆^←«\ufe0e\ufe0f]*|\W*(?:back|return)\b.{0,20}", re.IGNORECASE)
_AROUND = ("li", "p", "div", "aside", "dd", "td", "section", "blockquote")
OURS = "data-note"  # marks links to notes that need no more mending
_Key = tuple[str, str]  # member, id


class Notes:
    """Every place in a book that links may lead to, and the notes among them."""

    def __init__(self, package: Package, pages: list[Page]) -> None:
        self._package = package
        self._targets: dict[_Key, Any] = {}
        self._order: dict[Any, int] = {}
        self._names: dict[Any, str] = {}
        for page in pages:
            self._names[page.root] = page.name
            for element in page.root.iter():
                self._order[element] = len(self._order)
                for own_id in (element.get("id"), element.get("name")):
                    if own_id:
                        self._targets.setdefault((page.name, own_id), element)

    def gather(self, pages: list[Page]) -> list[Any]:
        """Take the notes that ``pages`` refer to out of where they stand; the items of a list."""
        numbers: dict[Any, int] = {}
        marks: dict[Any, str] = {}
        for page in pages:
            for link in list(page.body.iter("a")):
                note = None if self._is_inside_note(link) else self._note_of(link, page.name)
                if note is None:
                    continue
                own_id = ""
                if note not in numbers:
                    numbers[note] = len(numbers) + 1
                    marks[note] = " ".join("".join(link.itertext()).split())
                    own_id = f"fnref{numbers[note]}"
                _refer(link, numbers[note], own_id)
        items = [_item(note, number, marks[note]) for note, number in numbers.items()]
        for note in numbers:
            _take_out(note)
        return items

    def target(self, href: str, name: str) -> Any:
        """The element that a link in the page ``name`` leads to, or None."""
        return self._targets.get(self._package.member(href, name)) if href.strip() else None

    def _note_of(self, link: Any, name: str) -> Any:
        """The element of the note that a link leads to, or None."""
        target = self.target(link.get("href") or "", name)
        if target is None or target is link or types_of(link) & {"backlink"}:
            return None
        note = next((one for one in (target, *target.iterancestors()) if one.tag in _AROUND), None)
        if note is None or note in link.iterancestors():
            return None
        if types_of(link) & {"noteref"} or types_of(target) & _NOTE_TYPES:
            return note
        is_mark = _MARK.fullmatch("".join(link.itertext())) is not None
        # The way back from a note looks the same, but leads up.
        after = self._order.get(note, 0) > self._order.get(link, 0)
        return note if is_mark and after and self._leads_back(note, link) else None

    def _leads_back(self, note: Any, link: Any) -> bool:
        """Whether a note has a link to the place of its reference."""
        name = self._names.get(note.getroottree().getroot(), "")
        near = {link, *link.iter(), link.getprevious(), link.getparent()}
        around = link.getparent()
        if around is not None and around.tag in ("sup", "span"):
            near |= {around.getprevious(), around.getparent()}
        return any(
            (found := self.target(back.get("href") or "", name)) is not None and found in near
            for back in note.iter("a")
        )

    def _is_inside_note(self, link: Any) -> bool:
        return any(types_of(outer) & _NOTE_TYPES for outer in link.iterancestors())


def _refer(link: Any, number: int, own_id: str) -> None:
    """Make a link one to a note of ours, and raise it where it stands on the line."""
    for inner in link.iter():
        inner.attrib.pop("id", None)
    link.attrib.clear()
    link.set("href", f"#fn{number}")
    link.set(OURS, "")
    if own_id:
        link.set("id", own_id)
    if any(one.tag == "sup" for one in (*link.iter(), *link.iterancestors())):
        return
    tail, link.tail = link.tail, None
    raised = etree.Element("sup")
    link.getparent().replace(link, raised)
    raised.append(link)
    raised.tail = tail


def _item(note: Any, number: int, mark: str) -> Any:
    """The note as an item of the list, without its number and the way back."""
    source = copy.deepcopy(note)
    source.tail = None
    for back in list(source.iter("a")):
        href = back.get("href") or ""
        if not href or re.match(r"[a-z][a-z0-9+.-]*:", href, re.IGNORECASE):
            continue
        words = "".join(back.itertext())
        if (
            types_of(back) & {"backlink"}
            or _WAY_BACK.fullmatch(words)
            or _bare(words) == _bare(mark)
        ):
            remove(back)
        else:
            back.attrib.pop("href")  # where it leads need not be in this text
    for one in source.iter():
        for name in ("id", "name", "role"):
            one.attrib.pop(name, None)
    _drop_mark(source, _bare(mark))
    item = etree.Element("li", id=f"fn{number}")
    if source.tag == "p":
        item.append(source)
    else:
        item.text = source.text
        item.extend(list(source))
    return item


def _bare(mark: str) -> str:
    return mark.strip(" .[]()\xa0\n\t")


def _drop_mark(note: Any, mark: str) -> None:
    """Take the number off the start of a note: the list numbers it again."""
    number = re.compile(rf"\s*[\[(]?{re.escape(mark)}[\])]?(?:[.:]\s*|\s+|$)") if mark else None
    for element in note.iter():
        for slot in ("text", "tail") if element is not note else ("text",):
            words = getattr(element, slot) or ""
            if not words.strip():
                continue
            found = number.match(words) if number else None
            rest = words[found.end() :] if found else re.sub(r"^\s*[\])]?[.:]\s*", "", words)
            setattr(element, slot, rest)
            if rest.strip() or slot == "tail":
                return


def _take_out(note: Any) -> None:
    """Take a note off its page, and what is around it if only a heading is left there."""
    parent = note.getparent()
    remove(note)
    while parent is not None and parent.tag in ("section", "aside", "div", "ol", "ul", "dl"):
        left = [one for one in parent.iter() if one is not parent and _own_words(one)]
        headed = all(one.tag in HEADINGS or one.tag == "hr" for one in left)
        if not headed or (parent.text or "").strip() or parent.find(".//img") is not None:
            return
        outer = parent.getparent()
        remove(parent)
        parent = outer


def _own_words(element: Any) -> bool:
    return bool((element.text or "").strip() or (element.tail or "").strip())


def remove(element: Any) -> None:
    """Take an element out; the words after it stay."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
