"""Rows of cells: lines that wide gaps part into the same columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .lines import Line

_FEWEST_ROWS = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the words of each column, and whether all are bold."""

    cells: tuple[str, ...]
    bold: bool


def table_at(flow: Sequence[Line], at: int) -> tuple[int, list[Row]]:
    """How many lines from ``at`` make a table, and its rows; or 0 and none."""
    end = at
    while end < len(flow) and _may_go_on(flow, at, end):
        end += 1
    while end > at and len(flow[end - 1].cells) < 2 and not _is_inside(flow[at:end]):
        end -= 1
    lines = flow[at:end]
    if sum(len(line.cells) > 1 for line in lines) < _FEWEST_ROWS:
        return 0, []
    columns = _columns(lines)
    if len(columns) < 2 or not _are_apart(columns, lines):
        return 0, []
    rows = _rows(lines, columns)
    return (len(lines), rows) if len(rows) >= _FEWEST_ROWS else (0, [])


def _may_go_on(flow: Sequence[Line], at: int, end: int) -> bool:
    line = flow[end]
    if len(line.cells) > 1:
        return len(line.cells[0].text) > 1 or line.cells[0].text.isalnum()
    if end == at:
        return False
    # A cell of two lines, or one that stands alone in a later column.
    before = flow[end - 1]
    near = line.y - before.y < 1.5 * line.size
    widest = max(cell.x1 for cell in flow[at].cells[:-1])
    return near and (line.x0 > widest or line.x1 < flow[at].cells[1].x0)


def _is_inside(lines: Sequence[Line]) -> bool:
    return lines[-1].x0 > lines[0].cells[0].x1


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The spans of the columns, from left to right."""
    found: list[tuple[float, float]] = []
    cells = [cell for line in lines for cell in (line.cells or [line])]
    for cell in sorted(cells, key=lambda cell: cell.x0):
        if found and cell.x0 < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], cell.x1))
        else:
            found.append((cell.x0, cell.x1))
    return found


def _are_apart(columns: Sequence[tuple[float, float]], lines: Sequence[Line]) -> bool:
    """Whether the columns are further apart than chance puts wide spaces of prose in line."""
    enough = 0.9 if len(lines) > _FEWEST_ROWS else 1.6
    gaps = [after[0] - before[1] for before, after in pairwise(columns)]
    return min(gaps) > enough * lines[0].size


def _rows(lines: Sequence[Line], columns: Sequence[tuple[float, float]]) -> list[Row]:
    rtl = len(lines[0].cells) > 1 and lines[0].cells[0].x0 > lines[0].cells[1].x0
    rows: list[list[str]] = []
    bold: list[bool] = []
    previous: Line | None = None
    steps = [after.y - line.y for line, after in pairwise(lines)]
    for line in lines:
        cells = [""] * len(columns)
        for cell in line.cells or [line]:
            at = next(n for n, (left, right) in enumerate(columns) if left <= cell.x0 <= right)
            cells[at] = f"{cells[at]} {cell.text}".strip()
        if rtl:
            cells.reverse()
        step = line.y - previous.y if previous else 0
        closer = step < 0.85 * max(steps)  # than rows are to one another
        if rows and step < 1.5 * line.size and (not cells[0] or (closer and not all(cells))):
            rows[-1] = [
                f"{above} {cell}".strip() for above, cell in zip(rows[-1], cells, strict=True)
            ]
        else:
            rows.append(cells)
            bold.append(line.bold)
        previous = line
    return [Row(tuple(cells), is_bold) for cells, is_bold in zip(rows, bold, strict=True)]
