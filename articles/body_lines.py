"""Lines of words: white space collapsed, line breaks counted, nothing invisible left over."""

import re
from collections.abc import Iterable, Sequence

from .body_tree import Atom, Block, Item
from .text import COLLAPSING_SPACE

_SPACE_RUN = re.compile(f"[{COLLAPSING_SPACE}]+")
# What shows nothing by itself: soft hyphen, zero-width characters, direction marks.
_VISIBLE = re.compile(r"[^\s\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_LINE_END = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)*")


def is_visible(atoms: Iterable[Item]) -> bool:
    """Whether a reader sees anything of these: words or a picture."""
    return any(
        isinstance(atom, Block)
        or atom.kind == "img"
        or (atom.kind == "text" and _VISIBLE.search(atom.text) is not None)
        for atom in atoms
    )


def ids_of(items: Iterable[Item]) -> list[Atom]:
    """The places that links lead to, among ``items`` themselves."""
    return [item for item in items if isinstance(item, Atom) and item.kind == "id"]


def lines(atoms: Iterable[Atom], *, split: bool) -> list[list[Atom]]:
    """``atoms`` with white space collapsed, and trimmed at both ends and around breaks.

    Two or more breaks in a row end the line when ``split``, else they count as one. Breaks at
    an end are dropped. The result is never empty, but its lines may hold nothing visible.
    """
    line: list[Atom] = []
    result = [line]
    breaks: list[Atom] = []  # seen, but not yet followed by anything
    held_ids: list[Atom] = []  # seen after those breaks
    started = spaced = False  # the line has words; they end in a space

    def begin() -> None:
        nonlocal line, started, spaced
        if started and breaks:
            _trim(line, spaced)
            if split and len(breaks) > 1:
                line = []
                result.append(line)
            else:
                line.append(breaks[0])
            spaced = False
        line.extend(held_ids)
        breaks.clear()
        held_ids.clear()
        started = True

    for atom in atoms:
        if atom.kind == "br":
            breaks.append(atom)
        elif atom.kind == "id":
            (held_ids if breaks else line).append(atom)
        elif atom.kind == "img":
            begin()
            line.append(atom)
            spaced = False
        elif atom.kind == "text":
            text = _SPACE_RUN.sub(" ", atom.text)
            if not started or spaced or breaks:
                text = text.lstrip(" ")
            if text:
                begin()
                line.append(Atom(atom.path, "text", text))
                spaced = text.endswith(" ")
    _trim(line, spaced)
    line.extend(held_ids)
    return result


def words(items: Iterable[Item], between: Atom) -> list[Atom]:
    """One line of everything in ``items``, with ``between`` where a block began or ended."""
    return lines(_flat(items, between), split=False)[0]


def preformatted(atoms: Sequence[Atom]) -> list[Atom]:
    """The content of ``pre``: every space kept, no blank lines first, no white space last.

    A parser swallows a newline right after the start tag, hence none may stand there.
    """
    spelt: list[Atom] = []
    so_far = ""
    for atom in atoms:
        text = atom.text
        if atom.kind == "line":
            text = "\n" if so_far and not so_far.endswith("\n") else ""
        elif atom.kind == "text":
            text = _LINE_END.sub("\n", text).replace("\x0b", " ").replace("\x0c", " ")
        elif atom.kind == "id":
            spelt.append(atom)
            continue
        so_far = text or so_far
        spelt.append(Atom(atom.path, "text", text))
    whole = "".join(atom.text for atom in spelt if atom.kind == "text")
    blank = _BLANK_LINES.match(whole)
    start = blank.end() if blank else 0
    end = len(whole.rstrip(COLLAPSING_SPACE))
    kept: list[Atom] = []
    offset = 0
    for atom in spelt:
        if atom.kind == "id":
            kept.append(atom)
            continue
        piece = atom.text[max(0, start - offset) : max(0, end - offset)]
        offset += len(atom.text)
        if piece:
            kept.append(Atom(atom.path, "text", piece))
    return kept


def _trim(line: list[Atom], spaced: bool) -> None:
    """Take the space off the end of the last words; ids may stand after it."""
    if not spaced:
        return
    for index in range(len(line) - 1, -1, -1):
        if line[index].kind == "text":
            line[index] = Atom(line[index].path, "text", line[index].text[:-1])
            if not line[index].text:
                del line[index]
            return


def _flat(items: Iterable[Item], between: Atom) -> Iterable[Atom]:
    for item in items:
        if isinstance(item, Atom):
            yield item
        else:
            yield between
            yield from _flat(item.blocks, between) if item.blocks else item.atoms
            yield between
