"""Running heads, running feet and page numbers: found by coming back, and taken off the pages."""

import re
from collections import defaultdict
from collections.abc import Sequence

from .columns import Sheet
from .lines import Line

_TOP, _BOTTOM = 0.13, 0.87  # of the page's height: what stands beyond may be furniture
_SAME_PLACE = 8.0  # points
_ROMAN = re.compile(r"(?i)\b(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})\b")
_NUMBER = re.compile(
    r"(?i)[\W_]*(?:page|p\.|seite|s\.|página|pág\.|стр\.|с\.|第|صفحة|עמוד)?[\W_]*"
    r"(?:#|(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3}))"
    r"(?:\s*(?:of|/|von|de|из|sur|من|מתוך)\s*#)?[\W_]*(?:页|頁)?[\W_]*"
)


def without_furniture(sheets: Sequence[Sheet], body_size: float) -> list[str]:
    """Take furniture off ``sheets``; the texts that were taken, each once."""
    rows = {sheet.number: _edge_rows(sheet, body_size) for sheet in sheets}
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, found in rows.items():
        for row in found:
            places[_key(row)].append((number, row[0].y))
    taken: dict[str, None] = {}
    for sheet in sheets:
        for row in rows[sheet.number]:
            if _comes_back(row, sheet, places[_key(row)]) or _is_lone_number(row, sheet):
                taken.setdefault(_text(row))
                sheet.take_off({id(line) for line in row})
    return list(taken)


def _edge_rows(sheet: Sheet, body_size: float) -> list[list[Line]]:
    """The two first and the three last rows of a page, where they stand near its edge."""
    rows: list[list[Line]] = []
    for line in sorted((line for flow in sheet.flows for line in flow), key=lambda line: line.y):
        if rows and line.y - rows[-1][0].y < 3:
            rows[-1].append(line)
        else:
            rows.append([line])
    edge = [row for row in rows[:2] if row[0].y < _TOP * sheet.height]
    edge += [row for row in rows[2:][-3:] if row[0].y > _BOTTOM * sheet.height]
    return [row for row in edge if max(line.size for line in row) < 1.6 * body_size]


def _text(row: Sequence[Line]) -> str:
    return " ".join(line.text for line in sorted(row, key=lambda line: line.x0))


def _key(row: Sequence[Line]) -> str:
    """What stays the same from page to page: numbers stand as #."""
    text = re.sub(r"\d+", "#", " ".join(_text(row).casefold().split()))
    return _ROMAN.sub(lambda found: "#" if found[0] else "", text) if len(text) < 12 else text


def _comes_back(row: Sequence[Line], sheet: Sheet, places: Sequence[tuple[int, float]]) -> bool:
    """Whether the same stands at this height of another page."""
    return any(number != sheet.number and abs(y - row[0].y) < _SAME_PLACE for number, y in places)


def _is_lone_number(row: Sequence[Line], sheet: Sheet) -> bool:
    """Whether this is nothing but a page number, on a page that has more than that."""
    others = sum(len(flow) for flow in sheet.flows) - len(row)
    return others >= 5 and _NUMBER.fullmatch(re.sub(r"\d+", "#", _text(row))) is not None
