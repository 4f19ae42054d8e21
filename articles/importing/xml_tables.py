"""Tables in scholarly XML as HTML tables: those of XHTML, of CALS (OASIS) and of TEI."""

from typing import Any

from .safe_xml import local
from .xml_walk import Walk, attribute, children

_GROUPS = ("thead", "tbody", "tfoot")


def xhtml_table(walk: Walk, table: Any) -> str:
    """A table as JATS writes it: XHTML, or CALS inside its own element."""
    rows: list[str] = []
    caption = ""
    for part in children(table):
        name = local(part)
        if name == "caption":
            caption += walk.inner(part)
        elif name in _GROUPS:
            rows.append(walk.tag(name, part, "".join(_rows(walk, part, name == "thead"))))
        elif name == "tr":
            rows.append(_row(walk, part))
        elif name == "tgroup":
            rows.append(_cals(walk, part))
        elif name == "title":
            caption += walk.inner(part)
    said = f"<caption>{caption}</caption>" if caption.strip() else ""
    return walk.tag("table", table, said + "".join(rows))


def _rows(walk: Walk, group: Any, head: bool) -> list[str]:
    return [_row(walk, row, head=head) for row in children(group, "tr")]


def _row(walk: Walk, row: Any, *, head: bool = False) -> str:
    cells = [
        _cell(walk, cell, "th" if head or local(cell) == "th" else "td")
        for cell in children(row, "td", "th")
    ]
    return walk.tag("tr", row, "".join(cells))


def _cell(walk: Walk, cell: Any, name: str) -> str:
    return _spanning(walk, cell, name, _number(cell, "colspan"), _number(cell, "rowspan"))


def _spanning(walk: Walk, cell: Any, name: str, columns: int, rows: int) -> str:
    html = walk.tag(name, cell)
    spans = (f' colspan="{columns}"' if columns > 1 else "") + (
        f' rowspan="{rows}"' if rows > 1 else ""
    )
    return f"<{name}{spans}{html[len(name) + 1 :]}"


def _number(cell: Any, name: str) -> int:
    value = attribute(cell, name)
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def _cals(walk: Walk, group: Any) -> str:
    columns: dict[str, int] = {}
    for number, spec in enumerate(children(group, "colspec"), start=1):
        stated = attribute(spec, "colnum")
        columns[attribute(spec, "colname")] = _number(spec, "colnum") if stated else number
    spans = {
        attribute(spec, "spanname"): (attribute(spec, "namest"), attribute(spec, "nameend"))
        for spec in children(group, "spanspec")
    }
    written = []
    for part in children(group, *_GROUPS):
        name = "th" if local(part) == "thead" else "td"
        rows = []
        for row in children(part, "row"):
            cells = []
            for entry in children(row, "entry"):
                named = spans.get(attribute(entry, "spanname"))
                first, last = named or (attribute(entry, "namest"), attribute(entry, "nameend"))
                wide = columns.get(last, 0) - columns.get(first, 0) + 1
                wide = wide if first in columns and last in columns else 1
                more = _number(entry, "morerows") if attribute(entry, "morerows") else 0
                cells.append(_spanning(walk, entry, name, wide, more + 1))
            rows.append(walk.tag("tr", row, "".join(cells)))
        written.append(walk.tag(local(part), part, "".join(rows)))
    return "".join(written)


def tei_table(walk: Walk, table: Any) -> str:
    """A table as TEI writes it, with the words that stand beside its rows after it."""
    rows, captions, others = [], [], []
    for part in children(table):
        if local(part) == "row":
            label = attribute(part, "role") == "label"
            cells = [
                _spanning(
                    walk, cell, "th" if label or attribute(cell, "role") == "label" else "td",
                    _number(cell, "cols"), _number(cell, "rows"),
                )
                for cell in children(part, "cell")
            ]  # fmt: skip
            rows.append(walk.tag("tr", part, "".join(cells)))
        elif local(part) == "head":
            captions.append(walk.inner(part))
        else:
            others.append(walk.node(part))
    caption = f"<caption>{'<br>'.join(captions)}</caption>" if captions else ""
    body = f"<tbody>{''.join(rows)}</tbody>" if rows else ""
    return walk.tag("table", table, caption + body) + "".join(others)
