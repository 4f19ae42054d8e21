"""Glyphs of a page as pieces of lines, and pieces as lines of words with their type.

A piece is what stands together on one baseline, with raised or lowered small signs in it; only
the layout (``pdf_columns``) knows which pieces make a line.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from .direction import in_reading_order, is_rtl
from .glyphs import Glyph, Style

MOST_PIECES = 1500  # a page of more is no page of prose: a map, or made to take time
_APART = 0.9  # of the type's size: a wider gap may be one between columns
_CELLS_APART = 0.9
CJK = "\u2e80-\u303f\u3040-\u30ff\u31c0-\u9fff\uf900-\ufaff\uff00-\uffef"
_CJK = re.compile(f"[{CJK}]")


@dataclass(frozen=True, slots=True)
class Span:
    """Words set alike. ``shift`` is 1 where they are raised, -1 where lowered, else 0."""

    text: str
    bold: bool = False
    italic: bool = False
    shift: int = 0


@dataclass(slots=True)
class Piece:
    """Glyphs side by side. ``y`` is the baseline of most of them, ``size`` their type's size."""

    glyphs: list[Glyph]
    x0: float = 0
    x1: float = 0
    y: float = 0
    size: float = 0

    def measure(self) -> "Piece":
        """Take the measures from the glyphs."""
        self.x0 = min(glyph.x0 for glyph in self.glyphs)
        self.x1 = max(glyph.x1 for glyph in self.glyphs)
        counts = Counter((glyph.style.size, glyph.y) for glyph in self.glyphs)
        (self.size, self.y), _ = counts.most_common(1)[0]
        return self


@dataclass(slots=True)
class Line:
    """A line of words on a page. Cells are its parts where wide gaps part it, as in a table."""

    spans: list[Span]
    x0: float
    x1: float
    y: float
    size: float
    page: int = 0
    column: tuple[float, float] = (0, 0)
    cells: list["Line"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(span.text for span in self.spans)

    @property
    def bold(self) -> bool:
        """Whether all its words are bold."""
        return all(span.bold for span in self.spans if span.text.strip())

    @property
    def italic(self) -> bool:
        """Whether all its words are italic."""
        return all(span.italic for span in self.spans if span.text.strip())


def pieces_of(glyphs: Iterable[Glyph]) -> list[Piece]:
    """The pieces of a page, in the order of drawing; an initial joins the words beside it."""
    groups: list[list[Glyph]] = []
    base: Glyph | None = None
    for glyph in glyphs:
        if base is not None and _together(groups[-1][-1], base, glyph):
            groups[-1].append(glyph)
            if glyph.style.size >= base.style.size:
                base = glyph
        else:
            groups.append([glyph])
            base = glyph
    pieces = [Piece(group).measure() for group in groups]
    return _with_initials(pieces) if len(pieces) <= MOST_PIECES else pieces


def _together(last: Glyph, base: Glyph, glyph: Glyph) -> bool:
    size = max(base.style.size, glyph.style.size)
    gap = max(glyph.x0 - last.x1, last.x0 - glyph.x1)
    if gap > _APART * size or min(base.style.size, glyph.style.size) < 0.45 * size:
        return False
    rise = abs(glyph.y - base.y)
    if rise <= 0.12 * size:
        return True
    # Raised or lowered signs are smaller, or come at once after their word.
    smaller = min(base.style.size, glyph.style.size) < 0.88 * size
    return smaller and rise < 0.65 * size and gap < 0.4 * size


def with_bullets(pieces: Sequence[Piece], dots: Iterable[tuple[float, float]]) -> None:
    """Put a bullet before each piece that a small drawn shape stands before."""
    for x, y in dots:
        after = [
            piece
            for piece in pieces
            if 0 < piece.x0 - x < 3 * piece.size and piece.y - piece.size < y < piece.y
        ]
        if after:
            piece = min(after, key=lambda piece: piece.x0)
            lead = piece.glyphs[0]
            bullet = replace(lead, text="•", x0=x, x1=x + 0.3 * piece.size, y=piece.y, spaced=False)
            piece.glyphs = [bullet, replace(lead, spaced=True), *piece.glyphs[1:]]
            piece.x0 = x


def _with_initials(pieces: list[Piece]) -> list[Piece]:
    """Join a large first letter to the first of the lines that stand beside it."""
    kept = list(pieces)
    for piece in pieces:
        letter = piece.glyphs[0].text
        if len(piece.glyphs) > 1 or not letter.isalpha() or not letter.isupper():
            continue
        beside = [
            other
            for other in kept
            if other is not piece
            and other.size * 1.8 < piece.size
            and -0.5 * other.size < other.x0 - piece.x1 < 1.5 * other.size
            and piece.y - piece.size < other.y <= piece.y + 0.2 * other.size
        ]
        if len(beside) < 2:
            continue
        first = min(beside, key=lambda other: other.y)
        lead = first.glyphs[0]
        initial = replace(piece.glyphs[0], y=lead.y, style=lead.style)
        first.glyphs = [initial, replace(lead, spaced=False), *first.glyphs[1:]]
        for other in beside:
            other.x0 = piece.x0
        kept.remove(piece)
    return kept


def line_of(pieces: Sequence[Piece], page: int, *, rtl: bool) -> Line:
    """The line that ``pieces`` make; more than one cell where wide gaps part them."""
    ordered = sorted(pieces, key=lambda piece: piece.x0)
    cells: list[list[Piece]] = [[ordered[0]]]
    for piece in ordered[1:]:
        edge = max(one.x1 for one in cells[-1])
        if piece.x0 - edge > _CELLS_APART * max(piece.size, cells[-1][-1].size):
            cells.append([piece])
        else:
            cells[-1].append(piece)
    made = [_words_of(cell, page) for cell in cells]
    if len(made) == 1:
        return made[0]
    if rtl:
        made.reverse()
    spans = [span for cell in made for span in (*cell.spans, Span(" "))][:-1]
    largest = max(made, key=lambda cell: len(cell.text))
    x0, x1 = min(cell.x0 for cell in made), max(cell.x1 for cell in made)
    return Line(spans, x0, x1, largest.y, largest.size, page, cells=made)


def _words_of(pieces: list[Piece], page: int) -> Line:
    whole = Piece([glyph for piece in pieces for glyph in piece.glyphs]).measure()
    glyphs = in_reading_order(_with_gaps(pieces))
    kinds: dict[tuple[Style, float], Span] = {}
    runs: list[tuple[Span, list[str]]] = []
    last: Glyph | None = None
    for glyph in glyphs:
        kind = kinds.get((glyph.style, glyph.y))
        if kind is None:
            kind = kinds[glyph.style, glyph.y] = _type_of(glyph, whole)
        spaced = last is not None and glyph.spaced and not _between_cjk(last, glyph)
        if spaced and last and kind.shift:  # PDFium takes the change of baseline for a space
            spaced = glyph.x0 - last.x1 > 0.12 * whole.size
        last = glyph
        if runs and (runs[-1][0] is kind or runs[-1][0] == kind):
            runs[-1][1].append(" " + glyph.text if spaced else glyph.text)
            continue
        if spaced and runs and (runs[-1][0] == Span("") or (kind.shift and not runs[-1][0].shift)):
            runs[-1][1].append(" ")  # a space is set as the body is
            spaced = False
        runs.append((kind, [" " + glyph.text if spaced else glyph.text]))
    spans = [replace(kind, text="".join(letters)) for kind, letters in runs]
    x0 = min(piece.x0 for piece in pieces)
    return Line(spans, x0, whole.x1, whole.y, whole.size, page)


def _with_gaps(pieces: list[Piece]) -> list[Glyph]:
    """The glyphs of all pieces; the first of a piece is spaced where there is a gap."""
    glyphs = list(pieces[0].glyphs)
    for before, piece in pairwise(pieces):
        first = piece.glyphs[0]
        wide = piece.x0 - before.x1 > 0.12 * max(piece.size, before.size)
        glyphs += [replace(first, spaced=wide), *piece.glyphs[1:]]
    return glyphs


def _type_of(glyph: Glyph, whole: Piece) -> Span:
    rise = whole.y - glyph.y
    shift = 0
    if glyph.style.size < 0.9 * whole.size and abs(rise) > 0.1 * whole.size:
        shift = 1 if rise > 0 else -1
    elif rise > 0.28 * whole.size:
        shift = 1
    return Span("", glyph.style.bold, glyph.style.italic, shift)


def _between_cjk(before: Glyph, glyph: Glyph) -> bool:
    return glyph.text >= "\u2e80" and bool(_CJK.match(before.text[-1]) and _CJK.match(glyph.text))


def runs_rtl(pieces: Iterable[Piece]) -> bool:
    """Whether most of the words of a page run from right to left."""
    return is_rtl("".join(glyph.text for piece in pieces for glyph in piece.glyphs))
