"""What came in, made fit to be looked at beside the text that was read from it.

A page of the web, the HTML in a saved page or book, and what a Word file is turned into are
given as HTML that is not cleaned: it must be shown where nothing runs and nothing is fetched.
Tags by which a page reaches for the network or sets its own rules are taken out all the same.
"""

import re
from collections.abc import Callable

from lxml import etree

from . import docx, epub, html, mhtml
from .decoding import decode
from .detect import check_size
from .document import ImportRefused
from .epub.package import Package
from .epub.pages import page_of
from .pdf.pictures import picture_of
from .shown import Shown

_MOST_SIGNS = 3_000_000  # of one part: more than anybody looks through
# As comments these are no elements to any parser, wherever in a page the letters stand.
_REACHING = re.compile(r"<(?=/?(?:link|meta|base)\b)", re.IGNORECASE)

# A frame without popups opens no other window: so links lead nowhere.
_STAY = '<base target="_blank">'


def shown(data: bytes, *, media_type: str, number: int = 1, max_bytes: int) -> Shown:
    """Part ``number`` (from 1; the nearest there is) of an original. Errors: MemoryError."""
    try:
        check_size(data, max_bytes=max_bytes)
        return _SHOWN[media_type](data, number)
    except ImportRefused as refusal:
        return Shown(refusal=refusal.reason)
    except MemoryError:
        raise
    except Exception as error:  # as in found.read_part: what strangers send meets bugs
        return Shown(refusal=f"It cannot be shown: the reader failed ({type(error).__name__}).")


def _page(data: bytes, number: int, charset: str = "") -> Shown:
    source, _warning = decode(data, declared=charset or html.declared(data))
    return _in_frame(source)


def _saved_page(data: bytes, number: int) -> Shown:
    body, charset = mhtml.page_in(data)
    return _page(body, number, charset)


def _word_file(data: bytes, number: int) -> Shown:
    return _in_frame(docx.converted(data))


def _book(data: bytes, number: int) -> Shown:
    if not data.startswith(b"PK"):  # a chapter of one
        return _book_page(data)
    package = Package(data)
    names = [name for name in package.spine if name in package]
    if not names:
        raise ImportRefused("It has no pages.")
    number = min(max(number, 1), len(names))
    return _book_page(package.read(names[number - 1]), number, len(names))


def _book_page(data: bytes, number: int = 1, count: int = 1) -> Shown:
    # Written anew: as HTML, what XHTML closes in its own tag would stay open.
    source = etree.tostring(page_of(data), encoding="unicode", method="html")
    return _in_frame(source, number, count)


def _pdf(data: bytes, number: int) -> Shown:
    picture, count = picture_of(data, number)
    return Shown(picture=picture, number=min(max(number, 1), count), count=count)


def _in_frame(source: str, number: int = 1, count: int = 1) -> Shown:
    return Shown(
        html=_STAY + _REACHING.sub("<!", source[:_MOST_SIGNS]),
        number=number,
        count=count,
        is_cut=len(source) > _MOST_SIGNS,
    )


_SHOWN: dict[str, Callable[[bytes, int], Shown]] = {
    "text/html": _page,
    mhtml.MEDIA_TYPE: _saved_page,
    docx.MEDIA_TYPE: _word_file,
    epub.MEDIA_TYPE: _book,
    "application/pdf": _pdf,
}
