"""Plain text of the LaTeX in a field: accents, braces that keep capitals, emphasis, mathematics."""

import logging
import re
from html import unescape
from typing import Any

from pylatexenc import latexwalker
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.macrospec import MacroSpec

from .bibliographic import plain

# It warns of every command it does not know; what it knows not is left out here.
logging.getLogger("pylatexenc").setLevel(logging.ERROR)

_LONGEST = 20_000  # more is no field; reading LaTeX takes its time
_DEEPEST = 7  # it reads the argument of an accent twice, and so on inward
_ANYTHING = re.compile(r"[\\{}$~]|--|``|''")
_COSTLY = re.compile(r"(?:\\(?:[A-Za-z]+|.)\s*\[.*?){5}|(?:\\(?:[A-Za-z]+|.)\s*){12}", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# As Pandoc takes dollars: no space inside, no digit after, so "$50 to $60" is money.
_MATH = re.compile(
    r"(?<![\\$])\$(?![\s$])((?:[^$\\]|\\.){0,300}?)(?<![\s\\])\$(?![\d$])", re.DOTALL
)
_SCRIPTED = re.compile(r"[_^]\s*(?:\{([^{}]*)\}|(\\?\w))")


# Commands beyond LaTeX's own: what they take, and what stands for it.
_COMMANDS = {
    "url": ("{", "%s"), "enquote": ("*{", "“%(2)s”"), "mkbibquote": ("{", "“%s”"),
    "mkbibparens": ("{", "(%s)"), "mkbibbrackets": ("{", "[%s]"), "bibstring": ("{", "%s"),
    "textless": ("", "<"), "textgreater": ("", ">"), "less": ("", "<"), "greater": ("", ">"),
    "LaTeX": ("", "LaTeX"), "LaTeXe": ("", "LaTeX2e"), "TeX": ("", "TeX"), "BibTeX": ("", "BibTeX"),
    "textasciitilde": ("", "~"), "textquotesingle": ("", "'"), "hyphen": ("", "-"),
    "noopsort": ("{", ""), "SortNoop": ("{", ""),  # only say where the entry is sorted
    "textendash": ("", "–"), "textemdash": ("", "—"), "slash": ("", "/"),
}  # fmt: skip


def _decoder() -> tuple[LatexNodes2Text, Any]:
    texts, grammar = get_default_latex_context_db(), latexwalker.get_default_latex_context_db()
    texts.add_context_category(
        "records",
        prepend=True,
        macros=[MacroTextSpec(name, simplify_repl=of[1]) for name, of in _COMMANDS.items()],
    )
    grammar.add_context_category(
        "records", prepend=True, macros=[MacroSpec(name, of[0]) for name, of in _COMMANDS.items()]
    )
    return LatexNodes2Text(latex_context=texts, math_mode="text"), grammar


_DECODER, _GRAMMAR = _decoder()


def plain_of(latex: str) -> str:
    """The words of ``latex`` on one line; braces alone are taken off what cannot be read."""
    text = _ENTITY.sub(lambda found: unescape(found[0]), latex)
    if not _ANYTHING.search(text):
        return plain(text)
    if len(text) > _LONGEST or _depth(text) > _DEEPEST or _COSTLY.search(text):
        return plain(re.sub(r"[{}]", "", text))
    try:
        read = _DECODER.latex_to_text(_prepared(text), latex_context=_GRAMMAR)
    except Exception:  # it keeps no list of its kinds of error; without braces little is lost
        read = re.sub(r"[{}]", "", text)
    return plain(read)


def verbatim(text: str) -> str:
    """An address or number: nothing in it is LaTeX but escapes and braces around it."""
    text = re.sub(r"\\url\s*\{([^{}]*)\}", r"\1", text.strip())
    text = re.sub(r"\\([_%#&~$])", r"\1", re.sub(r"\{\\textasciitilde\}|\\~\{\}", "~", text))
    return plain(re.sub(r"[{}]", "", text))


def _prepared(text: str) -> str:
    """``text`` with what is no LaTeX in practice escaped: lone dollars, ampersands, percents."""
    pieces = []
    end = 0
    for math in _MATH.finditer(text):
        pieces.append(text[end : math.start()].replace("\\$", "$").replace("$", "\\$"))
        inner = _SCRIPTED.sub(lambda found: found[1] or found[2] or "", math[1])
        pieces.append(f"${inner}$")
        end = math.end()
    pieces.append(text[end:].replace("\\$", "$").replace("$", "\\$"))
    return re.sub(r"(?<!\\)([&%#])", r"\\\1", "".join(pieces))


def _depth(text: str) -> int:
    depth = deepest = 0
    for brace in re.findall(r"(?<!\\)[{}]", text):
        depth += 1 if brace == "{" else -1
        deepest = max(deepest, depth)
    return deepest
