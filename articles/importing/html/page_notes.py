"""Footnotes of a web page: found by the links that lead to them, marked as endnotes."""

import re
from typing import Any

from lxml import etree

from .main_text import Run

_MARK = re.compile(r"\W*(?:\d{1,3}|[a-z]|[ivxlc]{1,6}|[*†‡§¶]{1,4})\W*", re.IGNORECASE)
_WAY_BACK = re.compile(
    r"[\s\[\]()↩⤴↑⬆^\ufe0e\ufe0f]*|\W*(?:back|return)(?: to text)?\W*", re.IGNORECASE
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NOTES = frozenset({"li", "p", "div", "dd", "td", "aside"})


def note_runs(runs: list[Run], kept: list[Run], body: Any) -> list[Run]:
    """The runs of the notes that the ``kept`` text refers to, whether they are kept or not.

    In the tree, the element around the notes gets the role of endnotes, and links back to the
    text, which are arrows and no words, are taken out.
    """
    notes = _referred(kept, body)
    if not notes:
        return []
    for note in notes:
        for link in list(note.iter("a")):
            local = (link.get("href") or "").partition("#")[1]
            if local and _WAY_BACK.fullmatch("".join(link.itertext())):
                # Emptied, not taken out: the words after it hang on it.
                del link[:]
                link.text = None
                link.attrib.clear()
    inside = {element for note in notes for element in note.iter()}
    found = [run for run in runs if run.block in inside]
    _mark(notes, [run for run in kept if run not in found])
    return found


def _referred(kept: list[Run], body: Any) -> list[Any]:
    """The elements below it that short links in the kept text lead to, each once."""
    words = {element for run in kept for element, _ in run.places}
    order: dict[Any, int] = {}
    targets: dict[str, Any] = {}
    for index, element in enumerate(body.iter(etree.Element)):
        order[element] = index
        for name in (element.get("id"), element.get("name")):
            if name:
                targets.setdefault(name, element)
    notes: list[Any] = []
    for link in list(body.iter("a")):
        target = targets.get((link.get("href") or "").partition("#")[2])
        text = "".join(link.itertext())
        if target is None or not _MARK.fullmatch(text) or words.isdisjoint(link.iter()):
            continue
        note = next((one for one in (target, *target.iterancestors()) if one.tag in _NOTES), None)
        # A link up the page is the way back from a note.
        if note is not None and note not in notes and order[note] > order[link]:
            notes.append(note)
    return notes


def _mark(notes: list[Any], others: list[Run]) -> None:
    """Give the element around all notes the role of endnotes, or put one around them."""
    parent = notes[0].getparent()
    together = all(note.getparent() is parent for note in notes)
    if not together or parent.tag not in ("ol", "ul", "dl"):
        section = etree.SubElement(parent, "section", role="doc-endnotes")
        for note in notes:
            section.append(note)
        return
    outer = parent.getparent()
    text = {run.block for run in others if run.block.tag not in _HEADINGS}
    holds_text = any(element in text for element in outer.iter())
    # With its heading ("Notes"), where the element around them holds nothing else.
    around = parent if holds_text or outer.tag not in ("section", "div", "aside") else outer
    around.set("role", "doc-endnotes")
