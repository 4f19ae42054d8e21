"""PDF files: the text of their pages as running text, with its headings, lists and footnotes.

A PDF holds signs and their places, no paragraphs. So everything here is told by position and
type: columns, running heads, where a paragraph ends. Files without text are refused, and it is
said why; nothing is recognised from pictures.
"""

from collections import Counter
from collections.abc import Sequence

from articles.importing.document import Document, ImportRefused
from articles.importing.drafting import Draft, directed, shortened
from articles.sanitize import clean
from articles.text import text_of

from .blocks import Setting, blocks_of
from .body import body_html
from .columns import Sheet, sheet_of
from .contents import drop_contents
from .facts import (
    put_doi,
    put_language,
    put_properties,
    take_head,
    take_rights,
)
from .furniture import without_furniture
from .glyphs import Printed, printed
from .notes import taken_notes
from .title import take_title
from .words import Vocabulary

IMPORTER, VERSION = "pdf", "1"

_FEW_SIGNS = 40  # on a page; a scanner's marks are fewer
_MOST_UNMAPPED = 0.3
_TOLD_UNMAPPED = 0.002


def read(data: bytes) -> Document:
    """The document in the PDF ``data``. Errors: ImportRefused."""
    draft = Draft()
    file = printed(data, sheet_of)
    _check(file.pages, draft)
    setting = _setting(file.pages)
    first_page = _text_of_page(file.pages[0])
    furniture = without_furniture(file.pages, setting.size)
    drop_contents(file.pages)
    notes = taken_notes(file.pages, setting.size, setting.words)
    blocks = blocks_of((flow for sheet in file.pages for flow in sheet.flows), setting)
    if not blocks:
        raise ImportRefused("Its pages hold no text but their numbers, or what comes back on each.")
    at = take_title(blocks, file.info.get("Title", ""), setting, draft)
    take_head(blocks, at, setting, draft, author=file.info.get("Author", ""))
    take_rights(blocks, furniture, draft)
    html = clean(body_html(blocks, notes, setting))
    put_language(file.language, text_of(html), draft)
    put_properties(file.info, draft)
    put_doi(first_page, draft)
    uncalled = [note.mark for note in notes if not note.referred and not note.in_range]
    _warn(file, uncalled, draft)
    html = directed(html, language=draft.values.get("language", ""))
    return draft.document(html, media_type="application/pdf", importer=IMPORTER, version=VERSION)


def _check(sheets: Sequence[Sheet], draft: Draft) -> None:
    """Errors: ImportRefused when the pages have no text to speak of."""
    signs = sum(sheet.glyphs for sheet in sheets)
    pictured = sum(sheet.pictured for sheet in sheets)
    few = [sheet for sheet in sheets if sheet.glyphs < _FEW_SIGNS]
    silent = sum(sheet.pictured for sheet in few)
    if pictured and (not signs or (silent * 2 >= len(sheets) and signs < _FEW_SIGNS * len(sheets))):
        raise ImportRefused(
            "It holds pictures of pages and no text: run text recognition over it first."
        )
    if not signs:
        raise ImportRefused("Its pages hold no text.")
    if silent:
        draft.warn(f"{silent} of its {len(sheets)} pages are pictures without text.")
    share = sum(sheet.unmapped for sheet in sheets) / signs
    if share > _MOST_UNMAPPED:
        raise ImportRefused(
            f"Its fonts do not say which letters they draw ({share:.0%} of the signs): "
            "run text recognition over it first."
        )
    if share > _TOLD_UNMAPPED:
        draft.warn(f"{share:.1%} of the signs have no letter in the file: look for gaps.")


def _setting(sheets: Sequence[Sheet]) -> Setting:
    """Size and weight of most of the words."""
    lines = [line for sheet in sheets for flow in sheet.flows for line in flow]
    sizes: Counter[float] = Counter()
    bold = 0
    for line in lines:
        sizes[line.size] += len(line.text)
        bold += len(line.text) * line.bold
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    words = Vocabulary(line.text for line in lines)
    return Setting(size, 2 * bold > sum(sizes.values()), words)


def _text_of_page(sheet: Sheet) -> str:
    return "\n".join(line.text for flow in sheet.flows for line in flow)


def _warn(file: Printed[Sheet], uncalled: Sequence[str], draft: Draft) -> None:
    if uncalled:
        marks = shortened(", ".join(uncalled))
        draft.warn(f"Footnotes that no mark in the text was found for: {marks}")
    turned = [sheet for sheet in file.pages if sheet.turned.strip()]
    if turned:
        words = shortened(turned[0].turned)
        draft.warn(f"Words set at an angle were left out (page {turned[0].number}: {words}).")
