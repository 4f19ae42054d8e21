"""Fields of Word files: codes are no text, and neither are some of the results."""

from dataclasses import dataclass, field
from typing import Any

from .package import W
from .styles import value
from .trees import remove

# Fields whose result Word makes up anew wherever the text is set.
_DROPPED_FIELDS = frozenset({
    "toc", "toa", "tc", "page", "numpages", "sectionpages", "section", "index", "xe", "rd",
    "filename", "printdate", "savedate", "numwords", "numchars", "filesize", "listnum", "autonum",
    "autonumlgl", "autonumout",
})  # fmt: skip


class Fields:
    """Drops the codes of fields, and the results of those that are no text."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._open: list[_Field] = []

    def drop(self) -> None:
        """Change the tree: what stays are links, and the words that other fields show.

        A field without an end drops nothing but its code.
        """
        for element in list(self._root.iter(W + "fldSimple")):
            if _is_dropped(value(element, "instr")):
                remove(element)
        names = ("fldChar", "instrText", "t", "tab", "br")
        for element in list(self._root.iter(*(W + name for name in names))):
            if element.tag == W + "fldChar":
                self._border(element)
            elif not self._open:
                continue
            elif element.tag == W + "instrText":
                self._open[-1].code += element.text or ""
                self._open[-1].marks.append(element)
            else:
                outer = next((one for one in self._open if one.in_result), self._open[-1])
                outer.shown.append(element)
        for left in self._open:
            _remove_all(left.marks)

    def _border(self, element: Any) -> None:
        kind = value(element, "fldCharType")
        if kind == "begin":
            self._open.append(_Field([element]))
        elif not self._open:
            remove(element)
        else:
            self._open[-1].marks.append(element)
            self._open[-1].in_result = True
            if kind == "end":
                self._close(self._open.pop())

    def _close(self, ended: "_Field") -> None:
        if _is_dropped(ended.code):
            _remove_all(ended.shown)
        elif self._open:
            outer = next((one for one in self._open if one.in_result), self._open[-1])
            outer.shown += ended.shown
        if ended.code.split()[:1] != ["HYPERLINK"] or _is_dropped(ended.code):
            _remove_all(ended.marks)


@dataclass
class _Field:
    """An open field: its code so far, the elements that make it, and what it shows."""

    marks: list[Any]
    code: str = ""
    in_result: bool = False
    shown: list[Any] = field(default_factory=list)


def _remove_all(elements: list[Any]) -> None:
    for element in elements:
        remove(element)


def _is_dropped(code: str) -> bool:
    return bool(code.split()) and code.split()[0].lower() in _DROPPED_FIELDS
