"""Equations of Word files (OMML) as a line of characters: x² + y, √(a + b), (a)/(b).

A stopgap that loses no character; what an equation looks like, a person has to check.
"""

from typing import Any

from articles.importing.safe_xml import local

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_Runs = list[tuple[str, str]]  # words, and "superscript", "subscript" or ""
_SCRIPTS = {"sup": "superscript", "sub": "subscript"}


def runs_of(equation: Any) -> _Runs:
    """The words of an equation in order, each with its position on the line."""
    return [(words, position) for words, position in _runs(equation) if words]


def _runs(element: Any) -> _Runs:
    name = local(element)
    if name == "t":
        return [(element.text or "", "")]
    if name.endswith("Pr"):
        return []
    if name == "f":
        return [*_grouped(_part(element, "num")), ("/", ""), *_grouped(_part(element, "den"))]
    if name == "rad":
        return [*_raised(_part(element, "deg"), "superscript"), ("√", ""),
                *_grouped(_part(element, "e"))]  # fmt: skip
    if name == "d":
        return _delimited(element)
    if name == "nary":
        sign = _attribute(element, "chr", "∫")
        return [(sign, ""), *_scripts(element), *_part(element, "e")]
    if name in ("sSup", "sSub", "sSubSup"):
        return [*_part(element, "e"), *_scripts(element)]
    if name in ("acc", "bar", "groupChr"):
        return (
            [*_part(element, "e"), (_attribute(element, "chr", "\u0302"), "")]
            if (name == "acc")
            else _part(element, "e")
        )
    if name == "mr":
        return [*_children(element), ("; ", "")]
    return _children(element)


def _children(element: Any) -> _Runs:
    return [run for inner in element for run in _runs(inner)]


def _part(element: Any, name: str) -> _Runs:
    found = element.find(_M + name)
    return [] if found is None else _children(found)


def _scripts(element: Any) -> _Runs:
    return [run for name in ("sub", "sup") for run in _raised(_part(element, name), _SCRIPTS[name])]


def _raised(runs: _Runs, position: str) -> _Runs:
    return [(words, position) for words, _ in runs]


def _grouped(runs: _Runs) -> _Runs:
    """In parentheses where more than one character would belong together."""
    length = sum(len(words.strip()) for words, _ in runs)
    return runs if length <= 1 else [("(", ""), *runs, (")", "")]


def _delimited(element: Any) -> _Runs:
    parts = [_children(part) for part in element.findall(_M + "e")]
    between = _attribute(element, "sepChr", "|")
    runs: _Runs = [(_attribute(element, "begChr", "("), "")]
    for number, part in enumerate(parts):
        runs += [(between, ""), *part] if number else part
    return [*runs, (_attribute(element, "endChr", ")"), "")]


def _attribute(element: Any, name: str, usual: str) -> str:
    found = element.find(f"{_M}{local(element)}Pr/{_M}{name}")
    return usual if found is None else (found.get(_M + "val") or "")
