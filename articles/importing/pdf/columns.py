"""The lines of a page in reading order: whole lines, and between them columns one by one.

A band of a page has columns where a strip of it stays white from top to bottom, with lines on
both sides that fill their column as prose does. The cells of a table do not: their rows are
read across.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from .glyphs import Page
from .lines import (
    MOST_PIECES,
    Line,
    Piece,
    line_of,
    pieces_of,
    runs_rtl,
    with_bullets,
)

_NARROWEST_GUTTER = 7.0  # points
_FEWEST_ROWS = 3
_MOST_ROWS = 250  # in a column
_SET_OFF = 2.0  # of the type's size: a wider gap across the page sets off what follows
_FILLED = 0.55  # of a column's width, by half of its lines

_Strip = tuple[float, float]
_Row = list[Piece]


@dataclass(slots=True)
class Sheet:
    """What is left of a page: its flows, each a run of lines that are read one after another."""

    number: int
    width: float
    height: float
    flows: list[list[Line]] = field(default_factory=list)
    pictured: bool = False
    glyphs: int = 0
    unmapped: int = 0
    turned: str = ""

    def take_off(self, gone: Container[int]) -> None:
        """Take the lines of these identities off the page."""
        kept = ([line for line in flow if id(line) not in gone] for flow in self.flows)
        self.flows = [flow for flow in kept if flow]


def sheet_of(page: Page) -> Sheet:
    """The lines of ``page`` in the order of reading."""
    pieces = pieces_of(page.glyphs)
    with_bullets(pieces, page.dots)
    rtl = runs_rtl(pieces)
    if len(pieces) > MOST_PIECES:
        found = [[line_of([piece], page.number, rtl=rtl)] for piece in pieces]
    else:
        found = _flows(_rows(pieces), page.number, rtl=rtl)
    flows = [[line for line in flow if line.text.strip()] for flow in found]
    return Sheet(
        page.number,
        page.width,
        page.height,
        [flow for flow in flows if flow],
        page.pictured,
        len(page.glyphs),
        page.unmapped,
        page.turned,
    )


def _rows(pieces: Sequence[Piece]) -> list[_Row]:
    """Pieces side by side, from the top down."""
    rows: list[_Row] = []
    for piece in sorted(pieces, key=lambda piece: piece.y):
        if rows:
            head = max(rows[-1], key=lambda one: one.size)
            rise = piece.y - head.y
            near = 0.35 * min(piece.size, head.size)
            small = min(piece.size, head.size) < 0.8 * max(piece.size, head.size)
            if rise <= near or (small and _beside(piece, rows[-1]) and rise < 0.5 * piece.size):
                rows[-1].append(piece)
                continue
        rows.append([piece])
    return rows


def _beside(piece: Piece, row: _Row) -> bool:
    return all(piece.x0 >= other.x1 - 1 or piece.x1 <= other.x0 + 1 for other in row)


def _flows(rows: list[_Row], page: int, *, rtl: bool) -> list[list[Line]]:
    flows: list[list[Line]] = []
    plain: list[_Row] = []

    def end_plain() -> None:
        if plain:
            flows.append(_lines(plain, page, rtl=rtl))
            plain.clear()

    at = 0
    while at < len(rows):
        band, columns = _band(rows[at : at + _MOST_ROWS])
        if columns:
            end_plain()
            ordered = columns[::-1] if rtl else columns
            flows += [_lines(_rows(column), page, rtl=rtl) for column in ordered]
            at += band
        else:
            plain.append(rows[at])
            at += 1
    end_plain()
    return flows


def _lines(rows: Sequence[_Row], page: int, *, rtl: bool) -> list[Line]:
    lines = [line_of(row, page, rtl=rtl) for row in rows if row]
    if lines:
        column = (min(line.x0 for line in lines), max(line.x1 for line in lines))
        for line in lines:
            line.column = column
    return lines


def _band(rows: list[_Row]) -> tuple[int, list[list[Piece]]]:
    """How many of the first rows share columns, and the pieces of each column; or 0 and none."""
    ends = [
        (columns, count)
        for count, gutters in _ends(rows)
        if count >= _FEWEST_ROWS and (columns := _checked(rows[:count], gutters))
    ]
    if not ends:
        return 0, []
    columns, count = max(ends, key=lambda end: (len(end[0]), end[1]))
    return count, columns


def _ends(rows: list[_Row]) -> list[tuple[int, list[_Strip]]]:
    """Where columns that begin with the first row may end, with the white strips between them.

    A gap across the page may end them: where words beyond the first column follow, it does.
    """
    strips: list[_Strip] = [(-1e9, 1e9)]
    ends: list[tuple[int, list[_Strip]]] = []
    gutters: list[_Strip] = []
    count, left, right = 0, 1e9, -1e9
    for number, row in enumerate(rows):
        if number and _set_off(rows[number - 1], row):
            if number < _FEWEST_ROWS:
                return []
            ends.append((count, gutters))
        if ends and ends[-1][1] and any(piece.x1 > ends[-1][1][0][1] for piece in row):
            return ends
        for piece in row:
            strips = _without(strips, piece.x0, piece.x1)
            left, right = min(left, piece.x0), max(right, piece.x1)
        found = [strip for strip in strips if strip[0] >= left and strip[1] <= right]
        if found:
            count, gutters = number + 1, found
        elif gutters or not any(strip[0] >= left or strip[1] <= right for strip in strips):
            break
    return [*ends, (count, gutters)]


def _set_off(above: _Row, row: _Row) -> bool:
    size = min(piece.size for piece in (*above, *row))
    return row[0].y - max(piece.y for piece in above) > _SET_OFF * size


def _without(strips: list[_Strip], start: float, end: float) -> list[_Strip]:
    """What is left of white strips when something covers a part of the width."""
    found = []
    for left, right in strips:
        parts = ((left, min(right, start)), (max(left, end), right))
        found += [part for part in parts if part[1] - part[0] >= _NARROWEST_GUTTER]
    return list(dict.fromkeys(found))


def _checked(rows: list[_Row], gutters: list[_Strip]) -> list[list[Piece]]:
    """The columns between those gutters that have prose on both sides; none without any."""
    pieces = [piece for row in rows for piece in row]
    edges = [min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)]
    while gutters:
        bounds = [edges[0] - 1, *(sum(strip) / 2 for strip in gutters), edges[1] + 1]
        columns = [
            [piece for piece in pieces if left <= (piece.x0 + piece.x1) / 2 < right]
            for left, right in pairwise(bounds)
        ]
        bad = [number for number, column in enumerate(columns) if not _is_prose(column)]
        if not bad:
            return columns
        gutters = [strip for at, strip in enumerate(gutters) if at not in (bad[0], bad[0] - 1)]
    return []


def _is_prose(column: list[Piece]) -> bool:
    rows = _rows(column)
    if len(rows) < _FEWEST_ROWS:
        return False
    width = max(piece.x1 for piece in column) - min(piece.x0 for piece in column)
    size = median(piece.size for piece in column)
    filled = [max(piece.x1 for piece in row) - min(piece.x0 for piece in row) for row in rows]
    words = [sum(1 + sum(g.spaced for g in piece.glyphs) for piece in row) for row in rows]
    signs = [sum(len(piece.glyphs) for piece in row) for row in rows]
    wordy = median(words) >= 2.5 or median(signs) * 0.8 * size >= width
    return width > 7 * size and median(filled) >= _FILLED * width and wordy
