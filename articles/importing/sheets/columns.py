"""What the columns of a sheet are, by their names in the words that front matter uses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from articles.importing.front_matter import (
    DATES,
    IDENTIFIERS,
    KIND,
    KNOWN,
    LANGUAGE,
    PEOPLE,
    PUBLICATION,
    PUBLISHER,
    RIGHTS,
    STANDFIRST,
    TAGS,
    URLS,
    field_key,
)

_FILE = frozenset({
    "file", "filename", "file_name", "path", "filepath", "file_path", "full_path", "relative_path",
})  # fmt: skip
# What the pages of the archive call fields that front matter calls otherwise, and a usual one.
_OURS = {"people": "authors", "source_address": "source_url", "year": "date"}
_SEVERAL = frozenset({*TAGS, *(key for keys in PEOPLE.values() for key in keys)})
_FIELD_OF = {
    **dict.fromkeys(STANDFIRST, "standfirst"),
    **dict.fromkeys(_SEVERAL, "people"),
    **dict.fromkeys(TAGS, "tags"),
    **dict.fromkeys((*DATES, "period"), "date"),
    **dict.fromkeys(PUBLISHER, "publisher"),
    **dict.fromkeys(PUBLICATION, "publication"),
    **dict.fromkeys(LANGUAGE, "language"),
    **dict.fromkeys((*URLS, *IDENTIFIERS, "identifier", "identifiers"), "source_url"),
    **dict.fromkeys(RIGHTS, "rights"),
    **dict.fromkeys(KIND, "kind"),
    "title": "title",
    "headline": "title",
    "source": "source",
}


def field_of(key: str) -> str:
    """The field of a document that a column called ``key`` is about."""
    return _FIELD_OF[key]


@dataclass(frozen=True)
class Columns:
    """``file`` is the column that names files, ``keys`` what each other known one holds."""

    file: int
    keys: dict[int, str]
    names: dict[int, str]
    warnings: tuple[str, ...] = ()

    def file_in(self, cells: Sequence[str]) -> str:
        return cells[self.file] if self.file < len(cells) else ""

    def field_at(self, column: int) -> str:
        return field_of(self.keys[column]) if column in self.keys else "title"

    def fields_in(self, cells: Sequence[str]) -> dict[str, Any]:
        """What a row says, by key; of several people or tags a list."""
        found: dict[str, Any] = {}
        for column, key in self.keys.items():
            value = cells[column] if column < len(cells) else ""
            if not value:
                continue
            if key in _SEVERAL:
                found.setdefault(key, []).extend(_parts(value, key))
            else:
                found.setdefault(key, value)
        return found

    def dates_in(self, cells: Sequence[str]) -> Iterator[str]:
        for column, key in self.keys.items():
            if key in DATES and column < len(cells):
                yield cells[column]


def columns_of(cells: Sequence[str]) -> Columns | None:
    """What the columns are whose names ``cells`` are, or None when none is for file names."""
    keys = [_key(cell) for cell in cells]
    files = [column for column, key in enumerate(keys) if key in _FILE]
    if not files:
        return None
    known: dict[int, str] = {}
    names = {files[0]: cells[files[0]]}
    unknown: list[str] = []
    twice: list[str] = []
    for column, key in enumerate(keys):
        name = " ".join(cells[column].split())
        key = _OURS.get(key, key)
        if key in _FILE:
            twice += [name] * (column != files[0])
        elif key not in KNOWN:
            unknown += [name] * bool(name)
        elif key in known.values() and key not in _SEVERAL and keys[column] not in _OURS:
            twice.append(name)
        else:
            known[column], names[column] = key, name
    warnings = []
    if unknown:
        warnings.append(f"Columns not read, as their names say nothing here: {_list(unknown)}.")
    if twice:
        warnings.append(f"Columns not read, as there is one of that name before: {_list(twice)}.")
    return Columns(files[0], known, names, tuple(warnings))


def _key(name: str) -> str:
    """ "Author(s) *" as "authors", "Tags (by commas):" as "tags", "Author 2" as "author"."""
    plain = name.strip().strip("\ufeff").replace("(s)", "s")
    plain = re.sub(r"\(.*?\)|\[.*?\]|[*:]", " ", plain).strip()
    return field_key(re.sub(r"(?<=[A-Za-z])[ _]?#?\d{1,2}$", "", plain))


def _parts(value: str, key: str) -> list[str]:
    """The people or tags of one cell: semicolons part both, commas tags alone."""
    separator = ";" if ";" in value or key not in TAGS else ","
    return [part.strip() for part in value.split(separator) if part.strip()]


def _list(names: list[str]) -> str:
    return ", ".join(f"“{name[:40]}”" for name in names[:10]) + (", …" if len(names) > 10 else "")
