"""Small mends on the tree of a Word file: branches, frames, links and tables."""

from typing import Any

from .package import R, W
from .styles import child, is_on, value

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def remove(element: Any) -> None:
    """Take an element out; white space after it in the source is of no account."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: Any) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is None:
        return
    for inner in reversed(list(element)):
        element.addnext(inner)
    parent.remove(element)


def unwrap_alternatives(root: Any) -> None:
    """Keep of each choice the branch with words: the new one where it holds a text box."""
    for choice in reversed(list(root.iter(_MC + "AlternateContent"))):
        first, fallback = choice.find(_MC + "Choice"), choice.find(_MC + "Fallback")
        kept = first if first is not None else fallback
        if fallback is not None and next(fallback.iter(W + "t", W + "sym"), None) is not None:
            kept = kept if next(kept.iter(W + "t"), None) is not None else fallback
        for branch in list(choice):
            if branch is not kept:
                choice.remove(branch)
        if kept is not None:
            unwrap(kept)
        unwrap(choice)


def drop_contents_lists(root: Any) -> None:
    """Take out tables of contents that Word keeps in a frame of its own, and placeholders."""
    for frame in list(root.iter(W + "sdt")):
        gallery = value(child(frame, "sdtPr", "docPartObj", "docPartGallery"))
        placeholder = is_on(child(frame, "sdtPr", "showingPlcHdr"))
        if gallery in ("Table of Contents", "Page Numbers") or placeholder:
            remove(frame)


def join_drop_caps(root: Any) -> None:
    """Put a large first letter, which Word sets as a paragraph of its own, before its word."""
    for frame in list(root.iter(W + "framePr")):
        if frame.get(W + "dropCap", "none") == "none":
            continue
        cap: Any = next(frame.iterancestors(W + "p"), None)
        after = None if cap is None else cap.getnext()
        if after is None or after.tag != W + "p":
            continue
        at = 0 if child(after, "pPr") is None else 1
        for look in list(cap.iter(W + "pPr", W + "rPr")):
            remove(look)  # its size is the letter's, not that of the text
        for inner in reversed(list(cap)):
            after.insert(at, inner)
        remove(cap)


def mend_links(root: Any, targets: dict[str, str]) -> None:
    """Keep links that lead somewhere, and the places that links in the text lead to."""
    anchors = {value(link, "anchor") for link in root.iter(W + "hyperlink")}
    for code in root.iter(W + "instrText"):
        anchors.update((code.text or "").replace('"', " ").split())
    for link in list(root.iter(W + "hyperlink")):
        own_id = link.get(R + "id")
        if own_id is not None and own_id not in targets:
            unwrap(link)
    for place in list(root.iter(W + "bookmarkStart")):
        if value(place, "name") not in anchors or not value(place, "name"):
            remove(place)
    for line_break in list(root.iter(W + "cr")):
        line_break.tag = W + "br"
    for tab in list(root.iter(W + "ptab")):
        tab.tag = W + "tab"
    for line_break in root.iter(W + "br"):
        line_break.attrib.clear()  # where a page ends is no matter of the text


def mend_tables(root: Any) -> None:
    """Numbers that are none, and switches that are off, as if they were not there."""
    for span in list(root.iter(W + "gridSpan")):
        if not (value(span).isdigit() and 0 < int(value(span)[:6]) < 1000):
            remove(span)
    for header in list(root.iter(W + "tblHeader")):
        if not is_on(header):
            remove(header)
