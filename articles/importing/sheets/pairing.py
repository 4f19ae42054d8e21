"""Which row of a sheet is about which file of an upload. Pure.

A file is told by its path, or by the last part of that where only one has it; case, the kind of
slash and how accents are composed do not matter.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from . import Sheet


@dataclass(frozen=True)
class Pairing:
    """``rows``: the row of each file. ``unclear``: why a file has none, though rows name it.

    ``parts``: rows that name no file of the upload, but may name a document in one.
    """

    rows: Mapping[str, int] = field(default_factory=dict)
    unclear: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, int] = field(default_factory=dict)
    rows_alone: tuple[tuple[int, str], ...] = ()
    files_alone: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no row is about anything of the upload."""
        return not (self.rows or self.unclear or self.parts)


def paired(sheet: Sheet, files: Iterable[str]) -> Pairing:
    """The rows of ``sheet`` with ``files``, which are "a.txt" or "archive.zip/folder/a.txt"."""
    files = list(dict.fromkeys(files))
    spelt: list[dict[str, list[str]]] = [defaultdict(list), defaultdict(list), defaultdict(list)]
    for file in files:
        inside = file.partition("/")[2] or file
        for way, spelling in zip(spelt, (file, inside, _last(file)), strict=True):
            way[spelling_of(spelling)].append(file)
    named: dict[str, list[int]] = defaultdict(list)
    unclear: dict[str, str] = {}
    alone, parts = [], {}
    for number, row in sheet.rows.items():
        found = _files(row.file, spelt)
        if len(found) == 1:
            named[found[0]].append(number)
        elif not found and _may_be_a_part(row.file):
            parts[spelling_of(row.file)] = number
        elif not found:
            alone.append((number, row.file))
        for file in found if len(found) > 1 else ():
            unclear[file] = f"Row {number} of the metadata sheet names {len(found)} files alike."
    for file, numbers in named.items():
        if len(numbers) > 1:
            told = ", ".join(map(str, numbers[:10]))
            unclear[file] = f"Several rows of the metadata sheet name it: {told}."
    rows = {file: numbers[0] for file, numbers in named.items() if file not in unclear}
    left = tuple(file for file in files if file not in rows and file not in unclear)
    return Pairing(rows, unclear, parts, tuple(alone), left)


def spelling_of(name: str) -> str:
    """``name`` as it is compared."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").strip()
    return plain.removeprefix("./").strip("/").casefold()


def _files(name: str, spelt: list[dict[str, list[str]]]) -> list[str]:
    key = spelling_of(name)
    for way, spelling in zip(spelt, (key, key, _last(key)), strict=True):
        if found := way.get(spelling):
            return found
    return []


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _may_be_a_part(name: str) -> bool:
    """Whether it reads as the name of a document in a file: "a.jsonl, line 3", an address."""
    return "://" in name or ", " in name
