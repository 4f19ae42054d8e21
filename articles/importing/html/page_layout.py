"""Tables that only lay a page out: the article in one cell of them is not part of a table."""

from typing import Any

from .main_text import Run

_PARTS = frozenset({"tbody", "thead", "tfoot", "tr", "td"})
_DATA = frozenset({"th", "caption"})
_LEAST = 500  # characters of an article in one cell
_MOST_OF_CELL, _MOST_OF_PAGE = 0.8, 0.6  # shares of the text kept


def without_layout(kept: list[Run]) -> list[Run]:
    """``kept`` without what stands in the other cells of layout tables; these become plain blocks.

    A table lays out where one cell of it holds nearly all its text, and most of the page's.
    """
    cells: dict[Any, dict[Any, list[Run]]] = {}
    for run in kept:
        cell = None
        for outer in (run.block, *run.block.iterancestors()):
            if outer.tag in ("td", "th", "caption"):
                cell = outer
            elif outer.tag == "table" and cell is not None:
                cells.setdefault(outer, {}).setdefault(cell, []).append(run)
                cell = None
    whole = sum(map(_length, kept))
    dropped: set[int] = set()
    for table, found in cells.items():
        main = max(found.values(), key=lambda runs: sum(map(_length, runs)))
        size = sum(map(_length, main))
        in_table = sum(_length(run) for runs in found.values() for run in runs)
        is_layout = size >= max(_LEAST, whole * _MOST_OF_PAGE, in_table * _MOST_OF_CELL)
        if is_layout and len(main) > 1 and not any(cell.tag in _DATA for cell in found):
            kept_ones = {id(run) for run in main}
            dropped |= {id(run) for runs in found.values() for run in runs} - kept_ones
            _make_plain(table)
    return [run for run in kept if id(run) not in dropped]


def _length(run: Run) -> int:
    return run.end - run.start


def _make_plain(table: Any) -> None:
    own = [part for part in table.iter(*_PARTS) if next(part.iterancestors("table"), None) is table]
    for element in (table, *own):
        element.tag = "div"
