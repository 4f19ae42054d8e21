"""The ends of printed lines and pages in TEI, and how words were rendered."""

import re
from typing import Any

from articles.importing.xml_walk import attribute

_RENDERED = (
    ("em", re.compile(r"italics?|ital|it|i|em|emph|kursiv|letter-?spaced|gesperrt|spaced|g", re.I)),
    ("strong", re.compile(r"bold|strong|b|fett|bf|bo", re.I)),
    ("sup", re.compile(r"sup|super|superscript|hochgestellt", re.I)),
    ("sub", re.compile(r"sub|subscript|tiefgestellt", re.I)),
    ("u", re.compile(r"underlined?|u|ul|unterstrichen", re.I)),
    ("del", re.compile(r"strike|strikethrough|line-through|s", re.I)),
    ("code", re.compile(r"monospace|typewriter|tt|code", re.I)),
)
_STYLES = (
    ("em", "font-style:italic"), ("strong", "font-weight:bold"), ("sup", "vertical-align:super"),
    ("sub", "vertical-align:sub"), ("u", "text-decoration:underline"),
    ("del", "text-decoration:line-through"),
)  # fmt: skip
_NOT_JOINED = re.compile(r"(?:und|oder|and|or|et|ou|bzw|u)\b", re.IGNORECASE)
# Where a printed line or page ends, until the words on both sides of it are known.
LINE, PAGE, JOIN = "\ue000", "\ue001", "\ue002"
_LINE_END = re.compile(
    f"(?P<hyphen>(?<=[^\\W\\d_])[-\u2010]|[¬\u00ad])?(?P<run>[ \\t\\r\\n{LINE}{PAGE}{JOIN}]+)"
)
_NOT_JOINED = re.compile(r"(?:und|oder|and|or|et|ou|bzw|u)\b", re.IGNORECASE)


def without_line_ends(html: str) -> str:
    """HTML of a walk with the ends of printed lines and pages as spaces or nothing.

    A hyphen before one is dropped where the word goes on in small letters.
    """
    return _LINE_END.sub(_parted, html)


def _parted(found: re.Match[str]) -> str:
    run, hyphen = found["run"], found["hyphen"] or ""
    if not re.search(f"[{LINE}{PAGE}{JOIN}]", run):
        return found[0]
    after = found.string[found.end() : found.end() + 10]
    goes_on = after[:1].islower() and not _NOT_JOINED.match(after)
    at_once = run[0] not in " \t\r\n"
    if JOIN in run or (hyphen and at_once and goes_on) or hyphen in ("¬", "\u00ad"):
        return "" if goes_on or hyphen in ("¬", "\u00ad") else hyphen
    return hyphen + (" " if LINE in run or re.search(r"[ \t\r\n]", run) else "")


def rendered(element: Any) -> list[str]:
    """The HTML elements that show how an element was rendered, the outermost last."""
    said = f"{attribute(element, 'rend')} {attribute(element, 'rendition')}"
    tokens = [token.strip("#;") for token in re.split(r"[\s,]+", said)]
    names = [name for name, known in _RENDERED if any(map(known.fullmatch, tokens))]
    style = re.sub(r"\s+", "", f"{attribute(element, 'style')}{said}".lower())
    return list(dict.fromkeys([*names, *(name for name, rule in _STYLES if rule in style)]))
