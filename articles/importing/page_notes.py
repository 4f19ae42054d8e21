"""Footnotes of a web page: found by the links that lead to them, marked as endnotes."""

import re
from typing import Any

from lxml import etree

from .main_text import Run

_MARK = re.compile(r"\W*(?:\d{1,3}|[a-z]|[ivxlc]{1,6}|[*†‡§¶]{1,4})\W*", re.IGNORECASE)
_WAY_BACK = re.compile(
    r"[\s\[\]()↩⤴↑⬆^\ufe0e\ufe0f]*|\W*(?:back|return)(?: to text)?\W*", re.IGNORECASE
)
_NOTES = frozenset({"li", "p", "div", "dd", "td", "aside"})


def note_runs(runs: list[Run], kept: list[Run], body: Any) -> list[Run]:
    """The runs of the notes that the ``kept`` text refers to.

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
                link.drop_tree()
    _mark(notes)
    inside = {element for note in notes for element in note.iter()}
    return [run for run in runs if run.block in inside and run not in kept]


def _referred(kept: list[Run], body: Any) -> list[Any]:
    """The elements that short links in the kept text lead to, each once."""
    words = {element for run in kept for element, _ in run.places}
    blocks = {run.block for run in kept}
    targets: dict[str, Any] = {}
    for element in body.iter(etree.Element):
        for name in (element.get("id"), element.get("name")):
            if name:
                targets.setdefault(name, element)
    notes: list[Any] = []
    for link in body.iter("a"):
        target = targets.get((link.get("href") or "").partition("#")[2])
        text = "".join(link.itertext())
        if target is None or not _MARK.fullmatch(text) or words.isdisjoint(link.iter()):
            continue
        note = next((one for one in (target, *target.iterancestors()) if one.tag in _NOTES), None)
        # A link up into the text is the way back from a note that already counts as text.
        if note is None or note in notes or not blocks.isdisjoint(note.iter()):
            continue
        notes.append(note)
    return notes


def _mark(notes: list[Any]) -> None:
    parent = notes[0].getparent()
    together = all(note.getparent() is parent for note in notes)
    if together and parent.tag in ("ol", "ul", "dl"):
        parent.set("role", "doc-endnotes")
        return
    section = etree.SubElement(parent, "section", role="doc-endnotes")
    for note in notes:
        section.append(note)
