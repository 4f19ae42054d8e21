"""Web pages: the article of a page, without what stands around it.

trafilatura locates the main text; the page's own tree is what is kept (see ``main_text``). Facts
come from where the page states them (see ``page_metadata``); a guess is marked as one, and
names that the page does not call authors are only suggested.
"""

import logging
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
import trafilatura
from lxml import etree

from articles.body_tree import whole_characters, without_controls
from articles.importing.clues import is_rights
from articles.importing.decoding import decode
from articles.importing.document import Contributor, Document, ImportRefused, PublicationDate
from articles.importing.drafting import GUESS, LIKELY, Draft, one_line, shortened
from articles.importing.languages import RIGHT_TO_LEFT, language_of
from articles.importing.reading_dates import parse_date
from articles.nesting import TooDeep, bounded
from articles.sanitize import clean
from articles.text import text_of

from . import main_text
from .page_asides import without_asides
from .page_ends import trimmed
from .page_frame import framed, make_writable
from .page_head import put_head_lines, subtitle_taken
from .page_layout import without_layout
from .page_metadata import put_metadata
from .page_notes import note_runs
from .wide_search import completed

IMPORTER, VERSION = "html", "1"

# It logs errors for pages without text; here they become refusals, which say more.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# Pictures and fonts inside a saved page: parsers stumble over those of ten megabytes.
_INLINE_DATA = re.compile(
    r"(?<=[\"'=(])data:[^\"'<>\s)]{1000,}|(?<==\")data:[^\"]{1000,}|(?<==')data:[^']{1000,}",
    re.IGNORECASE,
)
_NEW_YEAR = re.compile(r"\b0?1[./-]0?1\b|\bjan\w*\.? 0?1\b|\b0?1\.? jan", re.IGNORECASE)
_FEW = 100  # characters
# Elements too deep to keep. trafilatura takes half a minute for twenty thousand of them.
_MOST_FLATTENED = 3000
# Trees of a page take about a kilobyte for each of its tags, and the longest books have fewer.
_MOST_TAGS = 300_000
_SHORT = 60  # words; less is seldom a whole article


def extract(html: bytes, url: str | None, *, charset: str = "", known_title: str = "") -> Document:
    """The article on the page ``html`` that came from ``url``.

    ``charset`` is what its server named, and counts more than what the page says; ``known_title``
    is used where the page has no title.

    Errors: ImportRefused when there is no title or no main text.
    """
    draft = Draft()
    source, warning = decode(html, declared=charset or declared(html))
    if warning:
        draft.warn(warning)
    if source.count("<") > _MOST_TAGS:
        raise ImportRefused(f"It has more than {_MOST_TAGS} tags: that is no page for reading.")
    source = _INLINE_DATA.sub("data:,", _XML_DECLARATION.sub("", source))
    source = without_controls(whole_characters(source))
    try:
        source = bounded(source, at_most=_MOST_FLATTENED)
    except TooDeep as depth:
        raise ImportRefused("Its elements nest too deep to be a page for reading.") from depth
    source = framed(source)
    tree = _tree(source)
    put_metadata(tree, draft, url=url)
    found, wide = _located(source, url)
    _put_guesses(found, source, draft)
    draft.put("title", one_line(known_title), GUESS, "the list of pages")
    body = tree.find("body")
    if found is None or found.body is None or body is None:
        raise ImportRefused("No main text was found on the page.")
    rights = _prune(body, found.body, wide, draft)
    language = draft.values.get("language", "")
    direction = tree.get("dir") or body.get("dir") or ""
    if not direction and language.split("-")[0].lower() in RIGHT_TO_LEFT:
        direction = "rtl"
    inner = lxml.html.tostring(body, encoding="unicode")
    stored = clean(_in_direction(inner, direction), base_url=_base(tree, draft, url))
    draft.put("rights", "\n\n".join(rights), LIKELY, "the end of the text")
    _check_language(text_of(stored), draft)
    _check_standfirst(text_of(stored), draft)
    if len(text_of(stored).split()) < _SHORT and len(text_of(stored)) < 6 * _SHORT:
        draft.warn("The main text is short: perhaps the page does not show all of it.")
    return draft.document(stored, media_type="text/html", importer=IMPORTER, version=VERSION)


def declared(html: bytes) -> str:
    """The encoding that a page says it is in, or ""."""
    head = html[:4096]
    found = _CHARSET.search(head) or _XML_ENCODING.match(head.lstrip())
    return found[1].decode("ascii", "replace") if found else ""


def _tree(source: str) -> Any:
    parser = lxml.html.HTMLParser(encoding="utf-8")
    try:
        tree = lxml.html.document_fromstring(source.encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ImportRefused("It has no HTML in it.") from error
    make_writable(tree)
    return tree


def _located(source: str, url: str | None) -> tuple[Any, Any]:
    """What trafilatura finds when it is strict, and the body that it finds when it is not.

    Where the strict search finds nothing, the wider one counts alone, and there is no second body.
    """
    for precise, complete in ((True, False), (False, False), (False, True)):
        found = _searched(source, url, precise=precise, complete=complete)
        # What is found only by a lax search may be no more than a menu.
        enough = 0 if precise else _FEW
        if found is not None and found.text and len(found.text) > enough:
            wide = _searched(source, url, with_metadata=False) if precise else None
            return found, wide.body if wide is not None else None
    return None, None


def _searched(
    source: str,
    url: str | None,
    *,
    precise: bool = False,
    complete: bool = False,
    with_metadata: bool = True,
) -> Any:
    return trafilatura.bare_extraction(
        source,
        url=url,
        favor_precision=precise,
        favor_recall=complete,
        include_comments=False,
        with_metadata=with_metadata,
    )


def _put_guesses(found: Any, source: str, draft: Draft) -> None:
    if found is None:
        return
    draft.put("title", one_line(found.title or ""), GUESS, "a search of the page")
    date = parse_date(found.date or "")
    if date and (date.month, date.day) == (1, 1) and not _NEW_YEAR.search(source):
        date = PublicationDate(date.year)  # a year alone is reported as its first day
    draft.put("date", date, GUESS, "a search of the page")
    known = {person.name.casefold() for person in draft.values.get("people", ())}
    for name in (found.author or "").split(";"):
        if one_line(name) and one_line(name).casefold() not in known:
            draft.suggested.append(Contributor(one_line(name)))


def _prune(body: Any, found: Any, wide: Any, draft: Draft) -> list[str]:
    """Leave only the main text in ``body``; the paragraphs about rights at its end."""
    main_text.remove_unread(body)
    runs, stream = main_text.runs_of(body)
    main = main_text.found_runs(runs, stream, found)
    if wide is not None:
        main = completed(runs, main, main_text.found_runs(runs, stream, wide))
    host = urlsplit(draft.values.get("source_url", "")).netloc.removeprefix("www.")
    kept = without_layout(without_asides(main_text.kept_runs(runs, main), host))
    put_head_lines(runs, kept, draft)
    names = [person.name for person in draft.values.get("people", ())]
    title = draft.values.get("title", "")
    kept = trimmed(kept, title=title, names=names, host=host)
    kept = subtitle_taken(kept, draft)
    notes = note_runs(runs, kept, body)
    kept = [run for run in kept if run not in notes]
    closing = [run for run in kept[1:][-3:] if is_rights(run.text)]
    rights = [one_line(run.text) for run in closing]
    kept = [run for run in kept if run not in closing]
    if not kept:
        raise ImportRefused("No main text was found on the page.")
    main_text.keep_only([*kept, *notes], body)
    return rights


def _base(tree: Any, draft: Draft, url: str | None) -> str | None:
    """The address that relative links on the page start from."""
    address = url or draft.values.get("source_url")
    for base in tree.iter("base"):
        try:
            return urljoin(address or "", base.get("href") or "") or address
        except ValueError:
            break
    return address


def _in_direction(body: str, direction: str) -> str:
    inner = re.sub(r"^\s*<body[^>]*>|</body>\s*$", "", body)
    return f'<div dir="rtl">{inner}</div>' if direction.lower() == "rtl" else inner


def _check_language(text: str, draft: Draft) -> None:
    """Pages are made from templates whose language nobody changed: the words count."""
    stated, seen = draft.values.get("language", ""), language_of(text)
    if stated and seen and stated.split("-")[0].lower() != seen and seen != "fa":
        draft.warn(f"The page says that its language is {shortened(stated)}; it reads as {seen}.")
        draft.origins.pop("language")
        draft.put("language", seen, LIKELY, "the words of the text")


def _check_standfirst(text: str, draft: Draft) -> None:
    """A summary that only repeats the text is none."""
    summary = re.sub(r"[\W_]+", "", draft.values.get("standfirst", "")).casefold()
    title = re.sub(r"[\W_]+", "", draft.values.get("title", "")).casefold()
    words = re.sub(r"[\W_]+", "", text).casefold()
    if summary and (summary in words or summary[:60] in words[:2000] or summary == title):
        del draft.values["standfirst"], draft.origins["standfirst"]
