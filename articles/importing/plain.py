"""Plain text as people save it from a publisher's page, or write it in an editor.

The first short line is the title. Labelled lines near it (or at the very end) are facts; a
paragraph between the title and those lines is the standfirst; closing paragraphs that speak of
reprints, rights and whose views these are become rights. Everything else is text, as it stands:
no markup is read into it. Nothing is invented: no author without a byline.
"""

import re
from itertools import pairwise

from articles.sanitize import clean
from articles.text import escape

from .document import Document, ImportRefused
from .drafting import Draft, directed, one_line
from .text_edges import SEPARATOR, UNWRAPPED, Chunk, Line, take_head, take_tail

IMPORTER, VERSION = "plain", "1"

_LINE_END = re.compile(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
_INDENT = re.compile(r"\t|\u3000|[ \xa0]{2}")
_BULLET = re.compile(r"[•‣◦▪*–-]\s+(?=\S)")


def read(text: str) -> Document:
    """The document in ``text``. Errors: ImportRefused without a title or a body."""
    draft = Draft()
    chunks = _chunks(text)
    if not chunks:
        raise ImportRefused("It is empty.")
    body = take_head(chunks, draft)
    body = take_tail(body, draft)
    html = clean("\n".join(_paragraphs(chunk) for chunk in body))
    html = directed(html, language=draft.values.get("language", ""))
    return draft.document(html, media_type="text/plain", importer=IMPORTER, version=VERSION)


def _chunks(text: str) -> list[Chunk]:
    chunks: list[Chunk] = [[]]
    for number, line in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), start=1):
        if one_line(line):  # of nothing but controls it is as good as blank
            chunks[-1].append(Line(number, line))
        elif chunks[-1]:
            chunks.append([])
    return [part for chunk in chunks if chunk for part in _parts(chunk)]


def _parts(chunk: Chunk) -> list[Chunk]:
    """One chunk for each paragraph: some files have no blank lines, but long ones or indents."""
    if any(len(line.text) > UNWRAPPED for line in chunk):
        return [[line] for line in chunk]
    indented = [_INDENT.match(line.text) is not None for line in chunk]
    starts = [number for number, is_start in enumerate(indented) if is_start and number]
    if not starts or len(starts) > len(chunk) // 2 or any(_BULLET.match(one.bare) for one in chunk):
        return [chunk]
    bounds = [0, *starts, len(chunk)]
    return [chunk[start:end] for start, end in pairwise(bounds)]


def _paragraphs(chunk: Chunk) -> str:
    """HTML of one chunk: a paragraph, its deliberate line breaks kept, a list, or a rule."""
    if len(chunk) == 1 and SEPARATOR.fullmatch(chunk[0].bare):
        return "<hr>"
    if len(chunk) == 2 and re.fullmatch("=+|-{3,}", chunk[1].bare):
        return f"<h2>{escape(chunk[0].bare)}</h2>"
    if _BULLET.match(chunk[0].bare) and sum(bool(_BULLET.match(one.bare)) for one in chunk) > 1:
        items = [""]
        for line in chunk:
            found = _BULLET.match(line.bare)
            if found and items[-1]:
                items.append("")
            items[-1] += " " + line.bare[found.end() if found else 0 :]
        return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
    width = max(len(line.bare) for line in chunk)
    pieces = [escape(chunk[0].bare)]
    for line, after in pairwise(chunk):
        full = len(line.bare) + 1 + len(after.bare.split()[0]) > 0.7 * width and width > 40
        pieces += [" " if full else "<br>", escape(after.bare)]
    return f"<p>{''.join(pieces)}</p>"
