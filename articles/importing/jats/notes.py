"""Notes in JATS and what refers to them.

A note that the text refers to goes to the end; one that nothing refers to (a declaration of
interests) and one that belongs to a table stay where they are.
"""

import re
from typing import Any

from articles.importing.drafting import Draft
from articles.importing.safe_xml import local
from articles.importing.xml_walk import (
    Walk,
    attribute,
    before,
    child,
    children,
    descendants,
    id_of,
    words,
)
from articles.text import escape

HEADS = frozenset({"label", "title", "subtitle", "caption"})
# Words between tags.
_WORDS = re.compile(r"(?:^|>)[^<>]*\w")


class JatsNotes(Walk):
    """The walk of an article as far as it finds its notes and parts with a heading."""

    def __init__(self, article: Any, draft: Draft) -> None:
        links = [one for one in descendants(article, "xref") if not _is_about_a_person(one)]
        links += [one for one in descendants(article, "ext-link") if local_target(one)]
        wanted = [one for link in links for one in _targets(link)]
        self.elements = {
            own_id: one for one in article.iter() if (own_id := id_of(one) if local(one) else "")
        }
        super().__init__(draft, frozenset(wanted))
        self.noted = frozenset(
            note
            for own_id in dict.fromkeys(wanted)
            if local(note := self.elements.get(own_id, article)) == "fn" and not _is_in_table(note)
        )

    def note_words(self, note: Any, number: int) -> str:
        """The words of a note, after its mark where that is not its number."""
        mark = words(child(note, "label"))
        html = "".join(self.node(part) for part in children(note) if local(part) != "label")
        html = html or self.inner(note)
        return (
            html if mark.strip("[](). ") in ("", str(number)) else before(escape(mark) + " ", html)
        )

    def section(self, element: Any, *, title: str = "", content: str | None = None) -> str:
        """A part with its heading, or with ``title`` where it has none, and what is in it."""
        own = child(element, "title")
        own = own if own is not None else child(element, "caption", "title")
        label = child(element, "label")
        said = " ".join(self.inner(one).strip() for one in (label, own) if one is not None)
        said = said if own is not None and words(own) else said or escape(title)
        outer = self.level
        html = ""
        if said.strip():
            html = self.heading(said, own if own is not None else element)
            self.level += 1
        html += self.rest(element) if content is None else content
        self.level = outer
        return self.block(element, html)

    def rest(self, element: Any) -> str:
        """What an element holds beside its label and title; loose words too, where none belong."""
        pieces = [escape(element.text or "")]
        for part in element:
            name = local(part)
            if name == "caption":
                pieces += [self.node(one) for one in children(part) if local(one) != "title"]
            elif name not in HEADS or name == "subtitle":
                pieces.append(self.node(part))
            pieces.append(escape(part.tail or ""))
        return "".join(pieces)

    def declarations(self, notes: Any) -> str:
        """What the authors say of themselves in a note, under a heading."""
        said = [one for one in children(notes, "fn", "p") if one not in self.noted]
        html = "".join(self.node(one) for one in said)
        return self.section(notes, title="Author notes", content=html) if html else ""

    def xref(self, element: Any) -> str:
        """A link inside the article, or the mark of a note."""
        targets = [self.elements[one] for one in _targets(element) if one in self.elements]
        if not targets:
            return self.inner(element)
        notes = [one for one in targets if one in self.noted]
        raised = any(local(outer) == "sup" for outer in element.iterancestors())
        if notes:
            mark = words(element)
            shown = [
                self.reference(notes[0], mark or words(child(notes[0], "label")), raised=raised)
            ]
            shown += [
                self.reference(note, words(child(note, "label")), raised=raised)
                for note in notes[1:]
                if not mark
            ]
            for note in notes[1:] if mark else ():
                self.reference(note)  # "1–3" is one mark of several notes
            return "".join(shown)
        content = self.inner(element)
        shown_label = content if content.strip() else escape(words(child(targets[0], "label")))
        return self.link(f"#{id_of(targets[0])}", shown_label) if shown_label.strip() else ""

    def note(self, element: Any) -> str:
        """A note at its own place: a mark in a paragraph, a paragraph in a group of notes."""
        if element in self.noted:
            return ""
        if local(element.getparent()) in ("p", "title", "td", "th", "italic", "bold"):
            return self.reference(element, words(child(element, "label")))
        return self.block(element, self._labelled(element))

    def _labelled(self, element: Any) -> str:
        mark = words(child(element, "label"))
        html = self.rest(element)
        return before(escape(mark) + " ", html) if mark else html

    def note_group(self, element: Any) -> str:
        """The notes that nothing refers to, under their title; the others stand at the end."""
        html = self.rest(element)
        return self.section(element, content=html) if _WORDS.search(html) else ""


def _is_about_a_person(link: Any) -> bool:
    return any(local(outer) in ("contrib", "aff") for outer in link.iterancestors())


def _is_in_table(note: Any) -> bool:
    return any(local(outer) in ("table-wrap-foot", "table-wrap") for outer in note.iterancestors())


def _targets(link: Any) -> list[str]:
    return list(dict.fromkeys((attribute(link, "rid") or local_target(link)).split()))


def local_target(link: Any) -> str:
    """The id in this article that a link leads to, or ""."""
    address = attribute(link, "href")
    return address[1:] if address.startswith("#") and len(address) > 1 else ""
