"""W3C selectors: how the words of a note were described when it was made.

Pure. A TextQuoteSelector holds the words with 32 characters on either side, a
TextPositionSelector their place in code points, end exclusive.
Source: W3C Web Annotation Data Model, 4.2.4 and 4.2.5.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from articles.text import Span

CONTEXT = 32  # code points kept on either side of the words


class SelectorError(ValueError):
    """What is wrong with a selector, as a sentence for the person who made it."""


@dataclass(frozen=True)
class TextQuote:
    """The words themselves, with what stands before and after them."""

    exact: str
    prefix: str = ""
    suffix: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "type": "TextQuoteSelector",
            "exact": self.exact,
            "prefix": self.prefix,
            "suffix": self.suffix,
        }


@dataclass(frozen=True)
class TextPosition:
    """A place in the canonical text, in code points from 0, end exclusive."""

    start: int
    end: int

    def as_json(self) -> dict[str, Any]:
        return {"type": "TextPositionSelector", "start": self.start, "end": self.end}


def describe(text: str, span: Span) -> tuple[TextQuote, TextPosition]:
    """The two selectors of ``span`` in ``text``, from which the span is found again."""
    return (
        TextQuote(
            exact=text[span.start : span.end],
            prefix=text[max(0, span.start - CONTEXT) : span.start],
            suffix=text[span.end : span.end + CONTEXT],
        ),
        TextPosition(span.start, span.end),
    )


def as_json(selectors: Iterable[TextQuote | TextPosition]) -> list[dict[str, Any]]:
    return [selector.as_json() for selector in selectors]


def from_json(
    received: Iterable[Mapping[str, Any]],
) -> tuple[TextQuote | None, TextPosition | None]:
    """The quote and the position among ``received``; kinds we do not know are passed over.

    Errors: SelectorError where one of the two kinds is malformed.
    """
    quote = position = None
    for selector in received:
        match selector.get("type"):
            case "TextQuoteSelector":
                exact = selector.get("exact")
                if not isinstance(exact, str) or not exact:
                    raise SelectorError("a TextQuoteSelector needs the words in “exact”")
                quote = TextQuote(
                    exact, str(selector.get("prefix", "")), str(selector.get("suffix", ""))
                )
            case "TextPositionSelector":
                start, end = selector.get("start"), selector.get("end")
                if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
                    raise SelectorError("a TextPositionSelector needs 0 ≤ start < end")
                position = TextPosition(start, end)
    return quote, position


def check(text: str, span: Span, exact: str | None = None) -> Span:
    """``span`` if it lies in ``text`` and holds ``exact``; else SelectorError."""
    if not 0 <= span.start < span.end <= len(text):
        raise SelectorError(
            f"the place {span.start}–{span.end} lies outside the text of {len(text)} characters"
        )
    if exact is not None and text[span.start : span.end] != exact:
        raise SelectorError(f"the words at {span.start}–{span.end} are not the ones quoted")
    return span


def occurrences(text: str, exact: str, *, at_most: int = 50) -> list[Span]:
    """Every place of ``exact`` in ``text``, overlapping ones included, in order.

    White space in the quote matches any run of white space in the text: people paste quotes
    from pages whose line breaks differ.
    """
    words = exact.split()
    if not words:
        return []
    found: list[Span] = []
    start = text.find(words[0])
    while start != -1 and len(found) < at_most:
        end = _match(text, start, words)
        if end is not None:
            found.append(Span(start, end))
        start = text.find(words[0], start + 1)
    return found


def in_context(text: str, span: Span, around: int = 40) -> str:
    """The words at ``span`` in brackets, with whole words on either side, on one line."""
    before = text[max(0, span.start - around) : span.start]
    after = text[span.end : span.end + around]
    if span.start > around:
        before = "…" + before[before.find(" ") + 1 :]
    if span.end + around < len(text):
        after = after[: after.rfind(" ") + 1].rstrip() + "…" if " " in after else after + "…"
    return " ".join(f"{before}[{span.of(text)}]{after}".split())


def _match(text: str, start: int, words: list[str]) -> int | None:
    """Where ``words``, parted by white space, end when they stand at ``start``; else None."""
    at = start
    for number, word in enumerate(words):
        if number:
            after = at
            while after < len(text) and text[after].isspace():
                after += 1
            if after == at:
                return None
            at = after
        if not text.startswith(word, at):
            return None
        at += len(word)
    return at
