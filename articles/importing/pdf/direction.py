"""Glyphs of one line in reading order, whichever way their script runs.

A PDF holds drawn glyphs, and what PDFium makes of right-to-left lines is partly in the order of
drawing. So such a line is put in order by places alone: from right to left, with numbers and
words of other scripts turned back. Lines without such letters stay as they were written.
"""

import re
import unicodedata
from collections.abc import Sequence

from .glyphs import Glyph

_WIDE = 0.2  # of the type's size: a wider gap between two glyphs is a space
_RTL = re.compile("[\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LAM_ALEF = re.compile("^[\u0622\u0623\u0625\u0627]$")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "«": "»"}


def is_rtl(text: str) -> bool:
    """Whether most letters of ``text`` run from right to left."""
    right = len(_RTL.findall(text))
    left = sum(unicodedata.bidirectional(sign) == "L" for sign in text) if right else 0
    return right > left


def in_reading_order(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """``glyphs`` of one line as they are read, spaces marked."""
    if not any(_RTL.search(glyph.text) for glyph in glyphs):
        return list(glyphs)
    ordered = _with_spaces(_by_place(glyphs))
    if is_rtl("".join(glyph.text for glyph in glyphs)):
        return _reversed(ordered)
    return _runs_turned(ordered)


def paired(text: str) -> str:
    """A right-to-left paragraph whose brackets open before they close."""
    for opening, closing in _BRACKETS.items():
        places = [at for at, sign in enumerate(text) if sign in (opening, closing)]
        if len(places) % 2 and places and places[0] < 4:
            places = places[1:]  # the number of an item
        if len(places) % 2:
            continue
        signs = list(text)
        for number, at in enumerate(places):
            signs[at] = closing if number % 2 else opening
        text = "".join(signs)
    return text


def _by_place(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Groups of glyphs from left to right: a base with the marks that stand on it."""
    marks = [glyph for glyph in glyphs if unicodedata.combining(glyph.text[0])]
    groups = [[glyph] for glyph in glyphs if not unicodedata.combining(glyph.text[0])]
    # Where both letters of a ligature have one place, lam is read first: so it stands right.
    groups.sort(key=lambda group: (_middle(group[0]), not _LAM_ALEF.match(group[0].text)))
    for mark in marks:
        if groups:
            at = _middle(mark)
            min(groups, key=lambda group: abs(_middle(group[0]) - at)).append(mark)
    return groups or [[mark] for mark in marks]


def _middle(glyph: Glyph) -> float:
    return round((glyph.x0 + glyph.x1) / 2, 1)


def _with_spaces(groups: list[list[Glyph]]) -> list[tuple[list[Glyph], bool]]:
    """Each group with whether a space stands to its left."""
    found = []
    edge: float | None = None
    for group in groups:
        first = group[0]
        wide = edge is not None and first.x0 - edge > _WIDE * first.style.size
        found.append((group, wide))
        edge = max(edge if edge is not None else first.x1, first.x1)
    return found


def _reversed(placed: list[tuple[list[Glyph], bool]]) -> list[Glyph]:
    """From right to left, but numbers and words of other scripts from left to right."""
    signs = "".join(group[0].text[0] for group, _ in placed)
    runs = _left_to_right_runs(signs)
    order: list[tuple[int, int]] = []
    at = len(signs)
    for start, end in reversed(runs):
        order += [(one, one + 1) for one in range(at - 1, end - 1, -1)]
        order.append((start, end))
        at = start
    order += [(one, one + 1) for one in range(at - 1, -1, -1)]
    read: list[Glyph] = []
    spaced = False
    for start, end in order:
        for number, (group, wide) in enumerate(placed[start:end]):
            gap = wide if number else spaced
            read.append(_spaced(group[0], gap and bool(read)))
            read += [_spaced(mark, False) for mark in group[1:]]
        spaced = placed[start][1]
    return read


def _left_to_right_runs(signs: str) -> list[tuple[int, int]]:
    """Where words in other scripts and numbers stand in a line given from left to right."""
    arabic = any(unicodedata.bidirectional(sign) == "AL" for sign in signs)
    tail = "" if arabic else "%$€£"
    pattern = (
        r"[^\W\d_\u0590-\u08ff\ufb1d-\ufeff]"
        r"(?:[^\u0590-\u08ff\ufb1d-\ufeff]*[^\W_\u0590-\u08ff\ufb1d-\ufeff])?"
        rf"|[{tail}]?[\d](?:[\d.,:/\u066b\u066c-]*[\d])?[{tail}]?".replace("[]?", "")
    )
    runs = []
    for found in re.finditer(pattern, signs):
        start, end = found.span()
        # A bracket that opens inside such a run closes inside it.
        open_within = found[0].count("(") > found[0].count(")")
        runs.append((start, end + (open_within and signs[end : end + 1] == ")")))
    return runs


def _runs_turned(placed: list[tuple[list[Glyph], bool]]) -> list[Glyph]:
    """From left to right, but words of right-to-left scripts turned."""
    read: list[Glyph] = []
    at = 0
    while at < len(placed):
        end = at
        last = at
        while end < len(placed) and not placed[end][0][0].text[0].isascii():
            if _RTL.search(placed[end][0][0].text):
                last = end + 1
            end += 1
        if last > at and _RTL.search(placed[at][0][0].text):
            turned = _reversed(placed[at:last])
            read += [_spaced(turned[0], placed[at][1]), *turned[1:]]
            at = last
        else:
            group, wide = placed[at]
            read += [_spaced(group[0], wide), *group[1:]]
            at += 1
    return read


def _spaced(glyph: Glyph, spaced: bool) -> Glyph:
    if glyph.spaced == spaced:
        return glyph
    return Glyph(glyph.text, glyph.x0, glyph.x1, glyph.y, glyph.style, spaced)
