"""Formulas as words: MathML read out in a line, with raised and lowered parts; TeX as written.

MathML that shows its meaning only in two dimensions (matrices) keeps its cells, parted.
"""

import re
from typing import Any

from articles.text import escape

from .safe_xml import local
from .xml_walk import children, raw_words

_DEEPEST = 40
_TEX_DOCUMENT = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
_WIDE = frozenset("=<>≤≥≠≈≡∼→←↔⇒∈∉⊂⊆±+−×·∗∝∧∨")
_INVISIBLE = re.compile("[\u2061-\u2064]")
_SKIPPED = frozenset({"annotation", "annotation-xml", "mspace", "maligngroup", "malignmark"})


def math_html(element: Any, depth: int = 0) -> str:
    """A MathML element as words, with sup and sub."""
    name = local(element)
    if name in _SKIPPED or depth > _DEEPEST:
        return ""
    if name in ("mi", "mn", "mtext", "ms"):
        return escape(_line(element))
    if name == "mo":
        return _operator(_line(element))
    parts = [math_html(part, depth + 1) for part in children(element)]
    write = _WRITERS.get(name)
    return (
        write(parts) if write else _fenced(element, parts) if name == "mfenced" else "".join(parts)
    )


def tex_html(element: Any) -> str:
    """TeX as written, without the document that some publishers put around each formula."""
    source = raw_words(element).strip()
    if found := _TEX_DOCUMENT.search(source):
        source = found[1].strip()
    source = re.sub(r"^\$\$?(.*?)\$?\$$", r"\1", source, flags=re.DOTALL).strip()
    return f"<code>{escape(' '.join(source.split()))}</code>" if source else ""


def _line(element: Any) -> str:
    return " ".join(_INVISIBLE.sub("", raw_words(element)).split())


def _operator(sign: str) -> str:
    sign = "−" if sign == "-" else sign
    if sign in _WIDE:
        return f" {escape(sign)} "
    return escape(sign) + (" " if sign in (",", ";") else "")


def _grouped(html: str) -> str:
    """In brackets unless it is one thing, so that a/b+c is not taken for a/(b+c)."""
    plain = re.sub(r"<[^<>]*>", "", html)
    return html if re.fullmatch(r"[\w.∂∞′]*|\(.*\)|\|.*\|", plain) else f"({html})"


def _at(parts: list[str], index: int) -> str:
    return parts[index].strip() if index < len(parts) else ""


def _fraction(parts: list[str]) -> str:
    return f"{_grouped(_at(parts, 0))}/{_grouped(_at(parts, 1))}"


def _below(parts: list[str]) -> str:
    return f"{_at(parts, 0)}<sub>{_at(parts, 1)}</sub>"


def _above(parts: list[str]) -> str:
    return f"{_at(parts, 0)}<sup>{_at(parts, 1)}</sup>"


def _both(parts: list[str]) -> str:
    return f"{_at(parts, 0)}<sub>{_at(parts, 1)}</sub><sup>{_at(parts, 2)}</sup>"


def _accented(parts: list[str]) -> str:
    mark = re.sub(r"<[^<>]*>", "", _at(parts, 1))
    combining = {"¯": "\u0304", "‾": "\u0304", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303",
                 "˜": "\u0303", "→": "\u20d7", "˙": "\u0307", "¨": "\u0308"}  # fmt: skip
    base = _at(parts, 0)
    if mark in combining and re.fullmatch(r"\w", base):
        return base + combining[mark]
    return _above(parts)


def _root(parts: list[str]) -> str:
    return f"√{_grouped(''.join(parts).strip())}"


def _nth_root(parts: list[str]) -> str:
    return f"<sup>{_at(parts, 1)}</sup>√{_grouped(_at(parts, 0))}"


def _row(parts: list[str]) -> str:
    return ", ".join(part.strip() for part in parts if part.strip())


def _table(parts: list[str]) -> str:
    return "; ".join(part for part in parts if part)


def _fenced(element: Any, parts: list[str]) -> str:
    between = f"{element.get('separators', ',').strip()[:1]} "
    inner = between.join(part.strip() for part in parts)
    return f"{escape(element.get('open', '('))}{inner}{escape(element.get('close', ')'))}"


_WRITERS = {
    "mfrac": _fraction, "msub": _below, "msup": _above, "msubsup": _both, "munder": _below,
    "mover": _accented, "munderover": _both, "msqrt": _root, "mroot": _nth_root, "mtr": _row,
    "mlabeledtr": _row, "mtable": _table,
}  # fmt: skip
