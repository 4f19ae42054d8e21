"""Word files (DOCX): the text as it reads with all changes accepted, and its notes.

Paragraph styles say what is title, standfirst, byline or heading. Where none does, the head and
the tail are read as those of plain text, with what stands out to the eye as a hint. Comments,
pictures, headers and footers are no text, and warnings say what was left out.
"""

import re
from typing import Any

from articles.importing.document import Document, ImportRefused
from articles.importing.drafting import LIKELY, Draft, directed
from articles.importing.languages import language_of
from articles.sanitize import clean

from .body import Body, html_of
from .edges import take_edges
from .markup import Markup
from .package import Package
from .properties import put_properties, title_in
from .styles import Lists, Styles

IMPORTER, VERSION = "docx", "1"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LEFT_OUT = (
    ("comments", "{} comment was left out.", "{} comments were left out."),
    ("pictures", "{} picture or embedded object was left out.",
     "{} pictures or embedded objects were left out."),
    ("embedded", "{} embedded file was left out.", "{} embedded files were left out."),
    ("lost notes", "{} reference to a note that is missing was left out.",
     "{} references to notes that are missing were left out."),
    ("hidden", "{} hidden passage was left out.", "{} hidden passages were left out."),
    ("boxes", "The text of {} box stands behind the paragraph it hangs on.",
     "The text of {} boxes stands behind the paragraphs they hang on."),
    ("equations", "{} equation is written as a line of characters: please check it.",
     "{} equations are written as lines of characters: please check them."),
)  # fmt: skip
_PARTS = {
    "footnotes": "footnotes", "endnotes": "endnotes", "styles": "styles", "numbering": "lists",
    "comments": "comments", "core-properties": "properties",
}  # fmt: skip


def read(data: bytes) -> Document:
    """The document in a Word file. Errors: ImportRefused."""
    draft = Draft()
    package = Package(data)
    markup = Markup(Styles(package.part("styles")), Lists(package.part("numbering")))
    body = Body(package, markup)
    properties = package.part("core-properties")
    if not body.words().strip():
        only = ", only pictures" if markup.met["pictures"] else ""
        raise ImportRefused(f"It has no text{only}.")
    take_edges(body, draft, title=title_in(properties))
    put_properties(properties, draft)
    _warn(package, markup, body, draft)
    body.settle_headings()
    body.mark_directions()
    text = body.words()
    _put_language(body, text, draft)
    language = draft.values.get("language") or language_of(text)
    body.mark_languages(language)
    stored = directed(clean(body.html()), language=language)
    return draft.document(stored, media_type=MEDIA_TYPE, importer=IMPORTER, version=VERSION)


def converted(data: bytes) -> str:
    """The HTML that a Word file is turned into, not cleaned. Errors: ImportRefused."""
    package = Package(data)
    markup = Markup(Styles(package.part("styles")), Lists(package.part("numbering")))
    return html_of(package, markup)[0]


def _put_language(body: Body, text: str, draft: Draft) -> None:
    """Word tags words with the language of the keyboard: it counts where the words agree."""
    draft.doubt_language(text)
    seen, tagged = language_of(text), body.language()
    if seen and _LANGUAGE.fullmatch(tagged) and tagged.split("-")[0].lower() == seen:
        draft.put("language", tagged, LIKELY, "the language its words are tagged with")


def _warn(package: Package, markup: Markup, body: Body, draft: Draft) -> None:
    comments: Any = package.part("comments")
    markup.met["comments"] = 0 if comments is None else sum(1 for _ in comments)
    for kind in package.missing:
        draft.warn(f"The part with its {_PARTS[kind]} is broken: it was left out.")
    if markup.met["changes"]:
        draft.warn("It holds tracked changes: the text is as if all of them were accepted.")
    for kind, one, several in _LEFT_OUT:
        if count := markup.met[kind]:
            draft.warn((one if count == 1 else several).format(count))
    if body.lost_symbols:
        draft.warn("A character of a symbol font is not known: it was left out.")
