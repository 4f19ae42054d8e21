"""One page of a PDF as a picture, for whoever compares the text that was read with its original."""

import struct
import zlib

import pypdfium2 as pdfium

from articles.importing.document import ImportRefused

from .glyphs import MOST_PAGES, opened

_WIDTH, _TALLEST = 1000, 3000  # pixels
_LARGEST_SCALE = 4.0  # of a page the size of a stamp


def picture_of(data: bytes, number: int) -> tuple[bytes, int]:
    """Page ``number`` (from 1; the nearest there is) of a PDF as PNG, and how many there are.

    Errors: ImportRefused.
    """
    with opened(data) as file:
        count = len(file)
        if not 0 < count <= MOST_PAGES:
            raise ImportRefused(f"It has {count} pages; the limit is {MOST_PAGES}.")
        try:
            page = file[min(max(number, 1), count) - 1]
            width, height = page.get_size()
            scale = min(_WIDTH / max(width, 1), _TALLEST / max(height, 1), _LARGEST_SCALE)
            drawn = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
        except (pdfium.PdfiumError, ValueError) as error:
            raise ImportRefused("This page cannot be drawn.", f"page {number}") from error
        return _png(drawn), count


def _png(drawn: pdfium.PdfBitmap) -> bytes:
    """PNG in its plainest form (ISO/IEC 15948): true colour, rows without a filter.

    Nothing is ever read here, and twelve lines are less than a library for pictures.
    """
    length = drawn.width * drawn.n_channels
    pixels = memoryview(drawn.buffer).cast("B")
    starts = range(0, drawn.height * drawn.stride, drawn.stride)
    rows = b"".join(b"\0" + bytes(pixels[start : start + length]) for start in starts)
    colours = {1: 0, 3: 2, 4: 6}[drawn.n_channels]
    head = struct.pack(">IIBBBBB", drawn.width, drawn.height, 8, colours, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part))
        for kind, part in parts
    )
