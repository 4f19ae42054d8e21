"""Words blacked out without moving a character: every offset into the text stays right.

Pure. Each character of a passage becomes U+2588; only the newlines that part blocks and lines
stay, without which the body would be another one. In the HTML, links and explanations on the
passage go as well, and whatever attribute says its words.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from articles.sanitize import clean
from articles.text import Span, Token, escape, escape_attribute, text_of, tokens

BLOCK = "\u2588"
# The attributes that may say the words beneath them. The others (the address of a stored picture,
# a role) say nothing, and taking one away for a letter in it would move the text.
_TELLING = frozenset({"href", "title", "alt", "id"})


def places_of(text: str, words: str) -> list[Span]:
    """Where ``words`` stand in ``text``, whatever the case and the white space between them."""
    parts = words.split()
    if not parts:
        return []
    found = re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE)
    return [Span(*match.span()) for match in found.finditer(text)]


def masked(text: str, spans: Iterable[Span]) -> str:
    """``text`` with the characters of ``spans`` blacked out; as long as it was."""
    signs = list(text)
    for span in spans:
        for place in range(span.start, min(span.end, len(signs))):
            if signs[place] != "\n":
                signs[place] = BLOCK
    return "".join(signs)


def masked_html(html: str, spans: Sequence[Span]) -> str:
    """The stored body ``html`` with ``spans`` of its text blacked out, again a stored body."""
    read = list(tokens(html))
    text = text_of(html)
    dark = masked(text, spans)
    said = {_letters(span.of(text)) for span in spans} - {""}
    ends = _ends(read)
    out = []
    for index, token in enumerate(read):
        if token.kind == "text":
            out.append(escape(dark[token.start : token.end]))
        elif token.kind == "start" and token.attributes:
            beneath = Span(token.start, ends.get(index, token.start))
            touched = any(_meet(beneath, span) for span in spans)
            out.append(_tag(token, said, touched))
        else:
            out.append(token.raw)
    body = clean("".join(out))
    if text_of(body) != dark:
        raise ValueError("blacking out would move the text")
    return body


def masked_value(value: Any, phrases: Collection[str]) -> Any:
    """``value``, as JSON knows it, with every one of ``phrases`` blacked out in its strings."""
    if isinstance(value, str):
        for phrase in phrases:
            value = masked(value, places_of(value, phrase))
        return value
    if isinstance(value, list):
        return [masked_value(one, phrases) for one in value]
    if isinstance(value, dict):
        return {key: masked_value(one, phrases) for key, one in value.items()}
    return value


def is_masked(words: str) -> bool:
    """Whether some of ``words`` were blacked out."""
    return BLOCK in words


def _tag(token: Token, said: Collection[str], touched: bool) -> str:
    kept = {
        name: value
        for name, value in token.attributes.items()
        if name not in _TELLING or not ((touched and name != "id") or _says(value, said))
    }
    attributes = "".join(f' {name}="{escape_attribute(value)}"' for name, value in kept.items())
    return f"<{token.name}{attributes}>"


def _says(value: str, said: Collection[str]) -> bool:
    letters = _letters(value)
    return any(phrase in letters for phrase in said)


def _letters(words: str) -> str:
    return "".join(sign for sign in words.casefold() if sign.isalnum())


def _ends(read: Sequence[Token]) -> dict[int, int]:
    """Where the element that each start tag opens ends in the text."""
    ends, open_tags = {}, []
    for index, token in enumerate(read):
        if token.kind == "start":
            open_tags.append(index)
            ends[index] = token.start
        elif token.kind == "end":
            while open_tags and read[open_tags[-1]].name != token.name:
                open_tags.pop()  # void elements have no end
            if open_tags:
                ends[open_tags.pop()] = token.start
    return ends


def _meet(one: Span, other: Span) -> bool:
    if one.start == one.end:  # a picture between two characters
        return other.start <= one.start < other.end
    return one.start < other.end and other.start < one.end
