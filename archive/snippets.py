"""Words around the hits of a search, and hits marked in a line of text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models.functions import Left
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from annotations import markdown
from annotations.models import Annotation
from articles.text import Span

# Snippets are sought in so much of a text, about 15,000 words; a book would cost too much.
LONGEST = 100_000
MOST = 3
# Signs before and after the hits of a snippet, and how far apart two hits may stand in one.
BESIDE, WITHIN = 70, 90
# A border is sought within so many signs; scripts without spaces are cut anywhere.
RAGGED = 20


@dataclass(frozen=True)
class Snippet:
    """Some words with the hits in them; ``hit`` is the number of the first in the text."""

    html: SafeString
    hit: int = 0


def beginning(field: str) -> Left:
    """As much of a text as snippets are taken from."""
    return Left(field, LONGEST)


def marked(text: str, spans: Sequence[Span]) -> SafeString:
    """``text`` escaped, with its hits marked."""
    return _marked(text, Span(0, len(text)), spans)


def around(text: str, spans: Sequence[Span], *, most: int = MOST) -> list[Snippet]:
    """Up to ``most`` snippets with the most hits each, in the order of the text."""
    windows: list[tuple[int, int]] = []  # the first hit's number and the one after the last
    for number, span in enumerate(spans):
        if windows:
            first, end = windows[-1]
            near = span.start - spans[end - 1].end <= WITHIN
            if near and span.end - spans[first].start <= 3 * WITHIN:
                windows[-1] = (first, number + 1)
                continue
        windows.append((number, number + 1))
    # A window with other words than those before tells more than one with the same again.
    best = sorted(
        windows, key=lambda w: (-len({spans[n].of(text).casefold() for n in range(*w)}), w)
    )
    return [
        Snippet(_window(text, spans[first:end]), hit=first + 1)
        for first, end in sorted(best[:most])
    ]


def opening(text: str) -> Snippet:
    """How a text begins, where there is no hit to show."""
    end = _border(text, min(len(text), 2 * BESIDE), back=True)
    return Snippet(_marked(text, Span(0, end), ()))


def words_of(note: Annotation) -> str:
    """What a note says, without its marks of Markdown."""
    return markdown.plain(note.body)


def _window(text: str, spans: Sequence[Span]) -> SafeString:
    start = _border(text, max(0, spans[0].start - BESIDE))
    end = _border(text, min(len(text), spans[-1].end + BESIDE), back=True)
    return _marked(text, Span(min(start, spans[0].start), max(end, spans[-1].end)), spans)


def _border(text: str, place: int, *, back: bool = False) -> int:
    """``place``, or the border of a word near it: after it, or before it if ``back``."""
    if place in (0, len(text)):
        return place
    if back:
        found = re.search(r"\s\S*$", text[max(0, place - RAGGED) : place])
        return max(0, place - RAGGED) + found.start() if found else place
    found = re.search(r"\s", text[place : place + RAGGED])
    return place + found.end() if found else place


def _marked(text: str, shown: Span, spans: Sequence[Span]) -> SafeString:
    pieces: list[tuple[str, SafeString]] = []
    place = shown.start
    for span in spans:
        pieces.append((text[place : span.start], format_html("<mark>{}</mark>", span.of(text))))
        place = span.end
    return format_html(
        "{}{}{}{}",
        "… " if shown.start else "",
        format_html_join("", "{}{}", pieces),
        text[place : shown.end],
        " …" if shown.end < len(text) else "",
    )
