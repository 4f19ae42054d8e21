"""Lists of contents, figures and tables: lines that lead to the numbers of pages are no text.

Only below a heading that says so, and only where dots lead to the numbers: a table of figures
whose rows have such dots stays.
"""

import re
from collections.abc import Sequence

from .columns import Sheet
from .lines import Line

_HEADING = re.compile(
    r"(?i)\W*(?:(?:table of )?contents|(?:list|table) of (?:figures|tables|illustrations)|inhalt"
    r"|(?:inhalts|abbildungs|tabellen)verzeichnis|sommaire|table des (?:matières|figures)|sumário"
    r"|liste des (?:figures|tableaux)|índice(?: general)?|contenido|indice|inhoud(?:sopgave)?"
    r"|spis treści|obsah|содержание|оглавление|зміст|目\s*[录錄次])\W*"
)
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|(?:·\s?){4,}|_{4,}")
_PAGE = re.compile(r"(?i)(?:^|[\s.…·_])(\d{1,4}|[ivxlc]{1,7})\s*$")
_FEWEST = 3  # lines with leaders
_MOST_BETWEEN = 2  # lines of an entry before the one that has its page


def drop_contents(sheets: Sequence[Sheet]) -> None:
    """Take such lists off ``sheets``."""
    lines = [line for sheet in sheets for flow in sheet.flows for line in flow]
    gone: set[int] = set()
    for at, line in enumerate(lines):
        if id(line) in gone or not _HEADING.fullmatch(line.text):
            continue
        entries = lines[at : _end_of_list(lines, at + 1)]
        if sum(_has_leaders(one) for one in entries) >= _FEWEST:
            gone.update(map(id, entries))
    for sheet in sheets:
        sheet.take_off(gone)


def _end_of_list(lines: Sequence[Line], start: int) -> int:
    """Behind the last line that leads to a page, or names one that is not before its."""
    end = at = start
    between = last = 0
    while at < len(lines) and between <= _MOST_BETWEEN:
        line = lines[at]
        page = _page_of(line)
        at += 1
        follows = end > start and line.page == lines[end - 1].page and page >= last > 0
        if _has_leaders(line) or follows:
            end, between, last = at, 0, page or last
        elif not page:
            between += 1
    return end


def _has_leaders(line: Line) -> bool:
    return _LEADERS.search(line.text) is not None


def _page_of(line: Line) -> int:
    """The number at the end of a line; 1 for a Roman one, and 0 without one."""
    found = _PAGE.search(line.text)
    if found is None:
        return 0
    return int(found[1]) if found[1].isdecimal() else 1
