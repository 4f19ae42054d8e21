"""Footnotes: smaller lines at the foot of a column that begin with a number or a sign."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .columns import Sheet
from .lines import Line, Span
from .words import Vocabulary, joined

_SMALLER = 0.94  # of the body's type
_MARK = re.compile(r"\s*[\[(]?(\d{1,3}|[*∗†‡§¶‖#]{1,4})[\])]?[.:]?\s*")
_NUMBERED = re.compile(r"\s*[\[(]?(\d{1,3})[\])]?[.:]?\s+(?=\S)")
_SIGNED = re.compile(r"\s*([*∗†‡§¶‖]{1,4})\s*(?=\S)")


@dataclass(slots=True)
class Note:
    """A footnote: its mark as printed, its words without it, and its page.

    One whose number is in brackets, as in lists of references, is called in brackets too.
    """

    mark: str
    spans: list[Span]
    page: int
    in_brackets: bool = False
    id: str = ""
    referred: bool = field(default=False)
    in_range: bool = False  # called as the 2 is by "1–3", where nothing can be linked


def taken_notes(sheets: Sequence[Sheet], body_size: float, words: Vocabulary) -> list[Note]:
    """Take the footnotes off ``sheets``, in their order."""
    notes: list[Note] = []
    for sheet in sheets:
        for number, flow in enumerate(sheet.flows):
            start = _first_small(flow, body_size)
            kept, small = flow[:start], flow[start:]
            kept += _noted(small, notes, words, first=number == 0 and not kept)
            sheet.flows[number] = kept
        sheet.flows = [flow for flow in sheet.flows if flow]
    for number, note in enumerate(notes, start=1):
        note.id = f"fn{number}"
    return notes


def _first_small(flow: Sequence[Line], body_size: float) -> int:
    start = len(flow)
    while start and flow[start - 1].size < _SMALLER * body_size:
        start -= 1
    return start


def _noted(
    lines: Sequence[Line], notes: list[Note], words: Vocabulary, *, first: bool
) -> list[Line]:
    """Keep the notes in ``lines``; those lines before them that belong to none."""
    marks = [_marked(line, notes, lines) for line in lines]
    at = next((number for number, mark in enumerate(marks) if mark), len(lines))
    before = list(lines[:at])
    continues = bool(before and notes and notes[-1].page >= lines[0].page - 1)
    if continues and not first and not _ended(notes[-1]):
        for line in before:
            notes[-1].spans = joined(notes[-1].spans, line.spans, words)
        before = []
    for line in lines[at:]:
        # Asked again: the number that may follow depends on the notes before.
        mark = _marked(line, notes, lines)
        if mark:
            notes.append(mark)
        else:
            notes[-1].spans = joined(notes[-1].spans, line.spans, words)
    return before


def _ended(note: Note) -> bool:
    return "".join(span.text for span in note.spans).rstrip().endswith((".", "!", "?", "”", ")"))


def _marked(line: Line, notes: Sequence[Note], lines: Sequence[Line]) -> Note | None:
    """The note that ``line`` begins, where it begins one."""
    lead = line.spans[0]
    if lead.shift == 1 and (found := _MARK.fullmatch(lead.text)) and len(line.spans) > 1:
        second = replace(line.spans[1], text=line.spans[1].text.lstrip())
        return Note(found[1], [second, *line.spans[2:]], line.page, "[" in found[0])
    found = _NUMBERED.match(lead.text) or _SIGNED.match(lead.text)
    if found is None:
        return None
    if found[1].isdigit() and not _follows(int(found[1]), notes, line.page):
        return None
    rest = replace(lead, text=lead.text[found.end() :])
    spans = [span for span in (rest, *line.spans[1:]) if span.text]
    return Note(found[1], spans, line.page, "[" in found[0]) if spans else None


def _follows(number: int, notes: Sequence[Note], page: int) -> bool:
    """Whether a note of this number may come next: the first, the first of a page, or one more."""
    numbers = [int(note.mark) for note in notes if note.mark.isdigit()]
    if not numbers:
        return number <= 3
    return number == numbers[-1] + 1 or (number == 1 and notes[-1].page < page)


def note_of(mark: str, page: int, notes: Sequence[Note]) -> Note | None:
    """The note that a mark on ``page`` refers to: on that page, the next, or the only one."""
    same = [note for note in notes if note.mark.replace("∗", "*") == mark.replace("∗", "*")]
    for wanted in (page, page + 1):
        if found := [note for note in same if note.page == wanted]:
            return found[0]
    return same[0] if len(same) == 1 and same[0].mark.isdigit() else None
