"""Notes in TEI: at their place, elsewhere and referred to, or going on over several pages."""

from typing import Any

from lxml import etree

from articles.importing.drafting import Draft
from articles.importing.safe_xml import local
from articles.importing.xml_walk import Walk, attribute, before, id_of, words
from articles.text import escape

from .lines import rendered

DIVS = ("div", "div0", "div1", "div2", "div3", "div4", "div5", "div6", "div7")
TEXTS = ("text", "front", "body", "back", "group", "attachment", *DIVS)


class TeiNotes(Walk):
    """The walk of a text as far as it finds its notes.

    ``title`` is the heading that says the title, and so is no text.
    """

    def __init__(self, root: Any, draft: Draft, title: Any = None) -> None:
        self.title = title
        self.elements = {id_of(one): one for one in root.iter(etree.Element) if id_of(one)}
        links = [one for one in root.iter(etree.Element) if local(one) in ("ref", "ptr")]
        targets = [target for one in links if (target := local_target(one))]
        super().__init__(draft, frozenset(targets))
        notes = [one for one in root.iter(etree.Element) if local(one) == "note"]
        self.linked = {one for one in notes if id_of(one) in self.targets}
        # Notes that stand elsewhere and name the place they belong to.
        self.anchored: dict[str, list[Any]] = {}
        for note in notes:
            place = local_target(note)
            if place in self.elements and note not in self.linked:
                self.anchored.setdefault(place, []).append(note)
                self.linked.add(note)
        self.continued = {
            following: note
            for note in notes
            if (following := self.elements.get(attribute(note, "next").lstrip("#"))) is not None
            and following is not note
        }

    def node(self, node: Any) -> str:
        """An element, and the marks of the notes that belong to it."""
        html = super().node(node)
        if self.anchored and local(node) and (notes := self.anchored.get(id_of(node))):
            html += "".join(self.reference(note, attribute(note, "n")) for note in notes)
        return html

    def note_words(self, note: Any, number: int) -> str:
        """The words of a note and of its continuations on later pages."""
        mark = attribute(note, "n")
        html, seen, part = "", set(), note
        while part is not None and part not in seen:
            seen.add(part)
            html += self.inner(part) + " "
            part = self.elements.get(attribute(part, "next").lstrip("#"))
        same = mark.strip("[](). ") in ("", str(number)) or words(note).startswith(mark)
        return html if same else before(f"{escape(mark)} ", html)

    def note(self, element: Any) -> str:
        """The mark of a note; a note that nothing refers to stays where it is among paragraphs."""
        if element in self.linked or element in self.continued:
            return ""
        place = attribute(element, "place").lower()
        if local(element.getparent()) in (*TEXTS, "noteGrp", "list", "listBibl") and place in (
            "",
            "inline",
        ):
            return self.block(element)
        if place == "inline":
            return self.span(element)
        return self.reference(element, attribute(element, "n"), raised=is_raised(element))


def local_target(element: Any) -> str:
    """The id in this document that an element leads to, or ""."""
    target = attribute(element, "target").split(" ")[0]
    return target[1:] if target.startswith("#") else ""


def is_raised(element: Any) -> bool:
    """Whether an element stands in words that are raised already."""
    return any("sup" in rendered(outer) for outer in element.iterancestors("{*}hi"))
