"""The elements around a page that HTML lets it leave out, and parsers of older HTML do not."""

import re

# What stands before the body.
_HEAD = re.compile(
    r"(?:\s|<!--.*?-->|<!doctype[^>]*>|<\?[^>]*>|</?(?:html|head|meta|link|base)\b[^>]*>"
    r"|<(title|script|style|noscript|template)\b.*?</\1\s*>)*+",
    re.IGNORECASE | re.DOTALL,
)


def framed(source: str) -> str:
    """``source`` with its body marked, and as a whole page.

    lxml puts an article that begins without a body into the head, and trafilatura takes no
    fragments.
    """
    if "<body" not in source.lower():
        head = _HEAD.match(source)
        end = head.end() if head else 0
        source = f"{source[:end]}<body>{source[end:]}"
    return source if "<html" in source.lower() else f"<html>{source}</html>"
