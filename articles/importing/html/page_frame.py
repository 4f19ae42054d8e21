"""What lxml does not take as browsers do: a page without its frame, and characters not of XML."""

import re
from typing import Any

# What XML cannot hold: lxml reads such characters from HTML, but writes none.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# One piece of what stands before the body. A possessive repetition of it ends a character late
# in Python 3.11.2, which Debian 12 has.
_OF_HEAD = re.compile(
    r"\s+|<!--.*?-->|<!doctype[^>]*>|<\?[^>]*>|</?(?:html|head|meta|link|base)\b[^>]*>"
    r"|<(title|script|style|noscript|template)\b.*?</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)


def framed(source: str) -> str:
    """``source`` with its body marked, and as a whole page.

    lxml puts an article that begins without a body into the head, and trafilatura takes no
    fragments.
    """
    if "<body" not in source.lower():
        end = 0
        while piece := _OF_HEAD.match(source, end):
            end = piece.end()
        source = f"{source[:end]}<body>{source[end:]}"
    return source if "<html" in source.lower() else f"<html>{source}</html>"


def make_writable(tree: Any) -> None:
    """Put spaces for the characters in ``tree`` that can be read and not be written again."""
    for element in tree.iter():
        for where in ("text", "tail"):
            words = getattr(element, where)
            if words and _UNWRITABLE.search(words):
                setattr(element, where, _UNWRITABLE.sub(" ", words))
        for name, value in element.attrib.items() if isinstance(element.tag, str) else ():
            if _UNWRITABLE.search(value):
                element.set(name, _UNWRITABLE.sub(" ", value))
