"""The fields of a BibTeX entry: strings put in, joined with #, inherited from other entries."""

import re
from collections.abc import Mapping

from bibtexparser.model import Entry

MONTHS = {
    name[:3].lower(): name
    for name in (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    )
}  # fmt: skip
_LONGEST = 100_000  # strings may be joined to strings, and double each time
_DEEPEST = 3
_MOST_XDATA = 10
_PIECE = re.compile(r"[{}\"#]|\\.", re.DOTALL)
# What a part of a volume has from the volume; and what the volume calls otherwise.
_INHERITED = (
    "editor", "editortype", "publisher", "institution", "organization", "year", "month", "date",
    "series", "booktitle", "journal", "journaltitle", "volume", "isbn", "issn", "language",
    "langid",
)  # fmt: skip
_BECOMES = {"title": "booktitle", "subtitle": "booksubtitle"}


def fields_of(
    entry: Entry, by_key: Mapping[str, Entry], strings: Mapping[str, str], depth: int = 0
) -> dict[str, str]:
    """The fields of ``entry`` by name, in lower case, with those of the entries it refers to."""
    fields: dict[str, str] = {}
    for field in entry.fields:
        value = evaluated(str(field.value), strings)
        if value.strip():
            fields.setdefault(field.key.lower(), value)
    if depth >= _DEEPEST:
        return fields
    data = [key.strip().lower() for key in fields.get("xdata", "").split(",")]
    for key in list(dict.fromkeys(data))[:_MOST_XDATA]:
        if other := by_key.get(key):
            for name, value in fields_of(other, by_key, strings, depth + 1).items():
                fields.setdefault(name, value)
    parent = by_key.get(fields.get("crossref", "").strip().lower())
    if parent is not None and parent is not entry:
        inherited = fields_of(parent, by_key, strings, depth + 1)
        own_date = "date" in fields or "year" in fields
        for name in _INHERITED:
            if name in inherited and not (own_date and name in ("year", "month", "date")):
                fields.setdefault(name, inherited[name])
        if "booktitle" not in fields and "journal" not in fields and "journaltitle" not in fields:
            for name, here in _BECOMES.items():
                if name in inherited:
                    fields.setdefault(here, inherited[name])
    return fields


def evaluated(value: str, strings: Mapping[str, str]) -> str:
    """What a value stands for: its pieces without their braces and quotes, strings put in.

    The library's own middleware puts in a string that stands alone; ``feb # "~4"`` is as common.
    """
    pieces = []
    for piece in _pieces(value):
        if len(piece) > 1 and (piece[0], piece[-1]) in (("{", "}"), ('"', '"')):
            pieces.append(piece[1:-1])
        else:
            pieces.append(strings.get(piece.lower(), piece))
    return "".join(pieces)[:_LONGEST]


def _pieces(value: str) -> list[str]:
    """``value`` parted at each # that stands outside braces and quotes."""
    pieces, start, depth, quoted = [], 0, 0, False
    for mark in _PIECE.finditer(value):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth -= 1
        elif mark[0] == '"' and depth == 0:
            quoted = not quoted
        elif mark[0] == "#" and depth == 0 and not quoted:
            pieces.append(value[start : mark.start()].strip())
            start = mark.end()
    return [*pieces, value[start:].strip()]
