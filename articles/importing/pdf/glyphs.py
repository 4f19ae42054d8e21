"""What stands on the pages of a PDF: glyphs with their places, as PDFium finds them.

Only this module and ``pictures`` talk to PDFium. It is no library for threads, so one lock covers
every visit to it, and every handle is closed before the lock is given back. What comes out is
plain data: upright, measured in points from the top left of the visible page.
"""

import ctypes
import math
import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, TypeVar

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from articles.importing.document import ImportRefused

MOST_PAGES = 2000
_MOST_GLYPHS = 12_000_000  # in all; a thick book has two
_MOST_ON_A_PAGE = 100_000  # a newspaper page has thirty thousand
T = TypeVar("T")

_MOST_SHAPES = 400
_LOCK = threading.Lock()
_BOLD = re.compile(r"bold|black|heavy|semibd|demi|(?:cm|sf|ec)bx\d|-bd\b|,bd\b", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli|(?:cm|sf|ec)(?:ti|sl)\d|-it\b|slanted", re.IGNORECASE)
_ITALIC_FLAG, _FORCED_BOLD_FLAG = 1 << 6, 1 << 18
_SMALLEST, _LARGEST = 0.5, 2000.0  # points; beyond is nothing that anybody reads
_FAR = 1e5
_HYPHENS = {0xFFFE: 0x2D, 0x02: 0x2D}  # what PDFium puts where a line ends in a hyphen
_UPRIGHT = 0.12  # radians


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of glyphs is set. ``turn`` is the angle of its line, anticlockwise."""

    size: float
    bold: bool
    italic: bool
    turn: float


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn sign: its letters, its place (``y`` is the baseline, downwards) and its style."""

    text: str
    x0: float
    x1: float
    y: float
    style: Style
    spaced: bool  # PDFium saw a space before it

    @property
    def top(self) -> float:
        """About where its capital letters end."""
        return self.y - 0.75 * self.style.size


@dataclass(slots=True)
class Page:
    """One page, in the order in which the file draws it. ``number`` counts from 1."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    pictured: bool = False  # a picture covers most of it
    unmapped: int = 0  # glyphs that the file gives no letter for
    turned: str = ""  # words set at another angle than the rest
    dots: list[tuple[float, float]] = field(default_factory=list)  # small drawn shapes


@dataclass(slots=True)
class Printed(Generic[T]):
    """A whole file: what was made of each page, and what the file says of itself."""

    pages: list[T]
    info: dict[str, str]
    language: str


def printed(data: bytes, made_of: Callable[[Page], T]) -> Printed[T]:
    """What ``made_of`` makes of each page of the PDF in ``data``; no glyphs are kept beyond that.

    Errors: ImportRefused where PDFium opens nothing, or too much.
    """
    with opened(data) as file:
        return _printed(file, made_of)


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """The PDF in ``data``, while nobody else visits PDFium. Errors: ImportRefused."""
    with _LOCK:
        try:
            file = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            raise ImportRefused(_why(data, error.err_code)) from error
        try:
            yield file
        finally:
            file.close()


def _why(data: bytes, code: int | None) -> str:
    if code == pdfium_c.FPDF_ERR_PASSWORD:
        return "It is encrypted: without its password nobody can read it."
    if code == pdfium_c.FPDF_ERR_SECURITY:
        return "It is encrypted in a way that is not known here."
    if code == pdfium_c.FPDF_ERR_SUCCESS or re.search(rb"/Kids\s*\[\s*\]", data):
        return "It has no pages."
    if b"%%EOF" not in data[-2048:]:
        return "It is not a whole PDF file: its end is missing."
    return "It is not a PDF file, or a broken one."


def _printed(file: pdfium.PdfDocument, made_of: Callable[[Page], T]) -> Printed[T]:
    count = len(file)
    if count > MOST_PAGES:
        raise ImportRefused(f"It has {count} pages; the limit is {MOST_PAGES}.")
    pages = []
    total = 0
    for number in range(1, count + 1):
        page = _page(file, number)
        total += len(page.glyphs)
        if total > _MOST_GLYPHS:
            raise ImportRefused("It holds more letters than a thick book.", f"page {number}")
        pages.append(made_of(page))
    return Printed(pages, _properties(file), _language(file))


def _properties(file: pdfium.PdfDocument) -> dict[str, str]:
    found = {}
    for name in file.METADATA_KEYS:
        with suppress(UnicodeDecodeError):  # half a surrogate pair costs that property alone
            found[name] = file.get_metadata_value(name)
    return {name: value for name, value in found.items() if value}


def _language(file: pdfium.PdfDocument) -> str:
    buffer = (ctypes.c_ushort * 64)()
    length = pdfium_c.FPDFCatalog_GetLanguage(file.raw, buffer, ctypes.sizeof(buffer))
    if not 2 < length <= ctypes.sizeof(buffer):
        return ""
    return bytes(buffer)[: length - 2].decode("utf-16-le", "replace").strip()


def _page(file: pdfium.PdfDocument, number: int) -> Page:
    try:
        page = file[number - 1]
    except pdfium.PdfiumError:
        return Page(number, 0, 0)
    try:
        text = page.get_textpage()
    except pdfium.PdfiumError:
        page.close()
        return Page(number, 0, 0)
    try:
        return _read(page, text, number)
    finally:
        text.close()
        page.close()


def _read(page: pdfium.PdfPage, text: pdfium.PdfTextPage, number: int) -> Page:
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    if not (0 < width < _FAR and 0 < height < _FAR):
        left, bottom, width, height = 0.0, 0.0, 612.0, 792.0
    count = text.count_chars()
    if count > _MOST_ON_A_PAGE:
        raise ImportRefused("It holds more letters than a page can.", f"page {number}")
    found = Page(number, width, height)
    raw = list(_raw_glyphs(text, count, found))
    turns = [style.turn for _, _, _, _, style, _ in raw]
    turn = _commonest(turns)
    frame = _Frame(left, bottom, width, height, round(turn / (math.pi / 2)) % 4)
    found.width, found.height = frame.size()
    aside = []
    for letters, box, x, y, style, spaced in raw:
        if style.turn != turn and abs(math.remainder(style.turn - turn, math.tau)) > _UPRIGHT:
            aside.append(" " * spaced + letters)
            continue
        glyph = frame.glyph(letters, box, (x, y), style, spaced)
        middle = (glyph.x0 + glyph.x1) / 2
        if 0 <= middle <= found.width and -2 <= glyph.y <= found.height + 2:
            found.glyphs.append(glyph)
    found.turned = "".join(aside)
    for box in _boxes(page, pdfium_c.FPDF_PAGEOBJ_IMAGE):
        found.pictured |= (box[2] - box[0]) * (box[3] - box[1]) > 0.4 * width * height
    for box in _boxes(page, pdfium_c.FPDF_PAGEOBJ_PATH):
        if 1 < box[2] - box[0] < 9 and 0.6 < (box[3] - box[1]) / (box[2] - box[0]) < 1.6:
            found.dots.append(frame.place((box[0] + box[2]) / 2, (box[1] + box[3]) / 2))
    return found


_Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class _Frame:
    """Turns places in the file into places on the upright page."""

    left: float
    bottom: float
    width: float
    height: float
    quarters: int  # of a turn, anticlockwise

    def size(self) -> tuple[float, float]:
        upright = (self.width, self.height)
        return upright if self.quarters % 2 == 0 else upright[::-1]

    def place(self, x: float, y: float) -> tuple[float, float]:
        """From the top left, downwards, with lines of this turn running to the right."""
        x, y = x - self.left, y - self.bottom
        if self.quarters == 1:
            return y, x
        if self.quarters == 2:
            return self.width - x, y
        if self.quarters == 3:
            return self.height - y, self.width - x
        return x, self.height - y

    def glyph(
        self, letters: str, box: _Box, origin: tuple[float, float], style: Style, spaced: bool
    ) -> Glyph:
        left, bottom, right, top = box
        if not self.quarters:
            x0, y = left - self.left, self.height - (origin[1] - self.bottom)
            return Glyph(letters, x0, right - self.left, y, style, spaced)
        one, other = self.place(left, bottom)[0], self.place(right, top)[0]
        return Glyph(
            letters, min(one, other), max(one, other), self.place(*origin)[1], style, spaced
        )


def _raw_glyphs(
    text: pdfium.PdfTextPage, count: int, page: Page
) -> Iterator[tuple[str, _Box, float, float, Style, bool]]:
    raw = text.raw
    styles: dict[int, Style] = {}
    box = pdfium_c.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    spaced = False
    for index in range(count):
        code = pdfium_c.FPDFText_GetUnicode(raw, index)
        code = _HYPHENS.get(code, code)
        letters = _letters(code)
        if letters.isspace() or not letters:
            spaced = spaced or letters.isspace()
            continue
        owner = pdfium_c.FPDFText_GetTextObject(raw, index)
        if not owner:
            continue
        key = ctypes.cast(owner, ctypes.c_void_p).value or 0
        style = styles.get(key)
        if style is None:
            style = styles[key] = _style(raw, index)
        if not _SMALLEST <= style.size <= _LARGEST:
            continue
        pdfium_c.FPDFText_GetLooseCharBox(raw, index, box)
        pdfium_c.FPDFText_GetCharOrigin(raw, index, x, y)
        place = (box.left, box.bottom, box.right, box.top)
        if not (min(place) > -_FAR and max(place) < _FAR and abs(x.value) + abs(y.value) < _FAR):
            continue
        page.unmapped += _is_unmapped(code)
        yield letters, place, x.value, y.value, style, spaced
        spaced = False


def _letters(code: int) -> str:
    """The letters that a code stands for: ligatures and shapes apart, no controls."""
    if code == 0xAD:
        return "\xad"
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return "\ufffd"
    sign = chr(code)
    if 0xFB00 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFC:
        return unicodedata.normalize("NFKC", sign)
    if sign in "\t\r\n\x0b\x0c" or sign.isspace():
        return " "
    return "" if unicodedata.category(sign) in ("Cc", "Cf", "Cn") and code != 0x200C else sign


def _is_unmapped(code: int) -> bool:
    return code in (0, 0xFFFD) or 0xE000 <= code < 0xF900 or code >= 0xF0000


def _style(raw: pdfium_c.FPDF_TEXTPAGE, index: int) -> Style:
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(raw, index, matrix)
    size = abs(pdfium_c.FPDFText_GetFontSize(raw, index)) * math.hypot(matrix.c, matrix.d)
    flags = ctypes.c_int()
    name_buffer = ctypes.create_string_buffer(200)
    pdfium_c.FPDFText_GetFontInfo(raw, index, name_buffer, 200, flags)
    name = name_buffer.value.decode("utf-8", "replace")
    bold = bool(_BOLD.search(name)) or bool(flags.value & _FORCED_BOLD_FLAG)
    italic = bool(_ITALIC.search(name)) or bool(flags.value & _ITALIC_FLAG)
    turn = math.atan2(matrix.b, matrix.a)
    turn = turn if math.isfinite(turn) else 0.0
    return Style(round(size, 1) if math.isfinite(size) else 0.0, bold, italic, round(turn, 2))


def _commonest(turns: list[float]) -> float:
    counts: dict[float, int] = {}
    for turn in turns:
        counts[turn] = counts.get(turn, 0) + 1
    return max(counts, key=counts.__getitem__, default=0.0)


def _boxes(page: pdfium.PdfPage, kind: int) -> Iterator[_Box]:
    """Where the first things of a kind stand on a page; a map has too many to ask them all."""
    for thing in islice(page.get_objects(filter=[kind]), _MOST_SHAPES):
        try:
            box = thing.get_bounds()
        except pdfium.PdfiumError:
            continue
        if all(-_FAR < value < _FAR for value in box):
            yield box
