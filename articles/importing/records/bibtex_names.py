"""The people of a BibTeX field, as they are called: "Ludwig van Beethoven"."""

import re
from collections.abc import Iterator

from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from articles.importing.clues import is_institution

from .latex import plain_of

_PART = re.compile(r"\s*(given|family|prefix|suffix)\s*=\s*(\{[^{}]*\}|[^,]*)", re.IGNORECASE)
_MOST = 3000


def names_in(value: str) -> Iterator[str]:
    """The names in ``value``, parted by "and"; one in braces is an institution's, kept whole."""
    if not value.strip():
        return
    names = split_multiple_persons_names(" ".join(value.split()))
    if len(names) == 1 and ";" in names[0] and not names[0].startswith("{"):
        names = names[0].split(";")  # not BibTeX, but exported by some databases
    for name in names[:_MOST]:
        yield _name(name.strip().rstrip(","))


def _name(name: str) -> str:
    if _is_braced(name) or is_institution(name):
        return plain_of(name)
    if re.match(r"(?:given|family|prefix|suffix)\s*=", name, re.IGNORECASE):
        parts = {found[1].lower(): found[2].strip("{} ") for found in _PART.finditer(name)}
        order = ("given", "prefix", "family", "suffix")
        return plain_of(" ".join(parts[key] for key in order if parts.get(key)))
    split = parse_single_name_into_parts(name, strict=False)
    return plain_of(" ".join([*split.first, *split.von, *split.last, *split.jr]))


def _is_braced(name: str) -> bool:
    """Whether one pair of braces holds all of ``name``."""
    if not (name.startswith("{") and name.endswith("}")):
        return False
    depth = 0
    for index, character in enumerate(name):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0 and index < len(name) - 1:
            return False
    return True
