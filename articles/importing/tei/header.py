"""What a TEI header states: titles, people, publication, identifiers, rights, language, topics.

A text that was printed before it was encoded is the printed work: readers cite "Leipzig 1916",
not the year in which somebody typed it, and the archive puts works in order by when they were
said. So where ``sourceDesc`` describes one source with a date or a publisher, those, and not the
electronic edition's, are the publisher and the date; people whom only the source names are added.
Then comes the date of creation (letters, speeches), and last the electronic publication itself.
A revision of the file is no publication.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from lxml import etree

from articles.importing.clues import clues_in, names_in
from articles.importing.document import KINDS, Contributor, PublicationDate, Sureness
from articles.importing.drafting import LIKELY, STATED, Draft, doi_of, is_address, one_line
from articles.importing.reading_dates import parse_date
from articles.importing.safe_xml import local
from articles.importing.xml_walk import (
    attribute,
    child,
    children,
    descendants,
    joined,
    language_of,
    shortest,
    words,
    words_without,
)

from .dates import tei_date

_WHERE, _SOURCE, _EDITION = "titleStmt", "sourceDesc", "publicationStmt"
_MAIN_TITLES = ("complete", "full", "main", "uniform", "", "a", "245")
_LEVELS = {"a": 0, "": 1, "m": 1, "u": 1, "j": 3, "s": 3}
_ABOUT_THE_FILE = re.compile(
    r"(?:an?\s+)?(?:machine[- ]readable|electronic|digital|online|TEI|XML)\b.{0,40}"
    r"(?:text|edition|version|transcription|transcript|ausgabe)\W*", re.IGNORECASE
)  # fmt: skip
_RESPONSIBILITIES = (
    ("author", r"(?:written )?by|authors?|aut|verfasst von|verfasser(?:in)?|autore?s?|autora"),
    ("editor", r"edited(?: by)?|editors?|edt|volume editors?|general editors?|editing|"
               r"herausgegeben von|herausgeber(?:in)?|éditeur scientifique|édité par|editado por"),
    ("translator", r"translat(?:ed|ion)(?: by)?|translators?|trl|übersetzt von|übersetzer(?:in)?|"
                   r"traduit par|traduct(?:eur|rice)|traducido por|traductora?"),
    ("interviewer", r"interview(?:ed)?(?: by)?|interviewers?|ivr"),
)  # fmt: skip
_BESIDE_NAMES = ("{*}affiliation", "{*}email", "{*}idno", "{*}address")
_LIFE = re.compile(
    r"[,\s(]*\b(?:c\.|ca\.|b\.|d\.)?\s*\d{3,4}\??\s*[-–]?\s*(?:\d{2,4}\??)?\)?[.,]?\s*$"
)
_NO_SOURCE = re.compile(r"(?:born[- ]digital|no source|unknown|n/?a|none)\b", re.IGNORECASE)
_WRITTEN_BY = re.compile(r"\bwritten by ([^,;.]+)", re.IGNORECASE)
_ADDRESS_TYPES = re.compile(r"ur[il]|urlweb|web|permalink|purl|html", re.IGNORECASE)
_SCHEMES = {"isbn": "isbn", "isbn-13": "isbn", "isbn13": "isbn", "isbn-10": "isbn", "urn": "urn",
            "handle": "hdl", "hdl": "hdl", "arxiv": "arxiv", "oclc": "oclc"}  # fmt: skip
_STANDFIRST = 400  # characters: what is longer is no standfirst


def put_header(header: Any, root: Any, draft: Draft) -> None:
    """Keep what ``header`` states of the text ``root``."""
    file = child(header, "fileDesc")
    statement, edition = child(file, "titleStmt"), child(file, "publicationStmt")
    source = _printed(child(file, "sourceDesc"))
    _put_language(header, root, draft)
    _put_titles(statement, draft)
    _put_people(statement, _WHERE, draft)
    if source is not None:
        _put_source(source, draft)
    else:
        _put_prose(child(file, "sourceDesc"), draft)
    profile = child(header, "profileDesc")
    _put_creation(profile, edition, draft)
    _put_edition(edition, draft)
    series = next(descendants(child(file, "seriesStmt"), "title"), None)
    draft.put("publication", words(series), LIKELY, "seriesStmt")
    _put_topics(profile, draft)
    kind = attribute(child(root, "text"), "type").lower()
    draft.put("kind", kind if kind in KINDS else "", STATED, "text")


def abstract_of(header: Any, draft: Draft) -> Any:
    """The abstract where it is too long for a standfirst, which a short one becomes."""
    abstract = child(header, "profileDesc", "abstract")
    text = words(abstract)
    if abstract is None or (
        len(text) <= _STANDFIRST and draft.put("standfirst", text, STATED, "abstract")
    ):
        return None
    return abstract if text else None


def _put_language(header: Any, root: Any, draft: Draft) -> None:
    text = child(root, "text")
    used = list(descendants(child(header, "profileDesc", "langUsage"), "language"))
    used.sort(key=lambda one: -_number(attribute(one, "usage")))
    idents = [attribute(one, "ident") or attribute(one, "id") for one in used]
    weighed = len(used) == 1 or any(attribute(one, "usage") for one in used)
    for stated, where in (
        (language_of(text) if text is not None else "", "text"),
        (language_of(child(text, "body")) if child(text, "body") is not None else "", "body"),
        (idents[0] if idents and weighed else "", "langUsage"),
        (language_of(root), "xml:lang"),
    ):
        if stated and "language" not in draft.values:
            draft.put_language(shortest(stated), where)


def _number(text: str) -> float:
    found = re.match(r"\d+(?:\.\d+)?", text)
    return float(found[0]) if found else 0.0


def _put_titles(statement: Any, draft: Draft) -> None:
    titles = list(children(statement, "title"))
    title = _title_among(titles)
    for sub in titles:
        said = words(sub)
        if attribute(sub, "type").lower() in ("sub", "subordinate") and said not in title:
            title = title if _ABOUT_THE_FILE.fullmatch(said) else joined(title, said)
    draft.put("title", title, STATED, _WHERE)
    for one in titles:
        if attribute(one, "type").lower() in ("desc", "description"):
            draft.put("standfirst", words(one), LIKELY, _WHERE)


def _title_among(titles: list[Any]) -> str:
    """The main title of several: the complete one before the main, of an article before a book."""
    usable = [one for one in titles if words_without(one, "note")]
    usable.sort(key=lambda one: _LEVELS.get(attribute(one, "level").lower(), 2))
    for kind in _MAIN_TITLES:
        for one in usable:
            if attribute(one, "type").lower() == kind:
                return words_without(one, "note")
    others = [one for one in usable if attribute(one, "type").lower() not in ("sub", "desc")]
    return words(others[0]) if others else ""


def _put_people(statement: Any, where: str, draft: Draft) -> None:
    people: list[Contributor] = []
    for one in children(statement, "author", "editor", "respStmt"):
        role = {"author": "author", "editor": "editor"}.get(local(one), "")
        for resp in [attribute(one, "role"), *map(words, children(one, "resp"))]:
            role = _role(resp) or role
        if role:
            people += [Contributor(name, role) for name in _names(one)]
    people.sort(key=lambda one: one.role != "author")
    draft.add("people", people, STATED, where)


def _role(text: str) -> str:
    plain = text.strip().strip(" :.").lower()
    return next((r for r, said in _RESPONSIBILITIES if re.fullmatch(said, plain)), "")


def _names(element: Any) -> Iterator[str]:
    """The people whom an element names, each in the natural order of the name.

    Where somebody works and is written to is no name, and all that some authors are said to have.
    """
    element = deepcopy(element)
    etree.strip_elements(element, *_BESIDE_NAMES, with_tail=False)
    inner = [
        one
        for one in descendants(element, "persName", "name", "orgName")
        if local(one) != "name"
        or not any(local(outer) == "persName" for outer in one.iterancestors())
    ]
    inner = [one for one in inner if not any(outer in inner for outer in one.iterancestors())]
    if not inner and local(element) == "respStmt":
        return
    for one in inner or [element]:
        if name := _natural(one):
            yield name


def _natural(name: Any) -> str:
    surname = " ".join(words(one) for one in descendants(name, "surname"))
    if surname:
        given = " ".join(words(one) for one in descendants(name, "forename", "addName"))
        link = " ".join(words(one) for one in descendants(name, "nameLink"))
        return one_line(f"{given} {link} {surname}")
    plain = _LIFE.sub("", words(name)).strip(" ,;")
    if plain.count(",") == 1 and ";" not in plain and local(name) != "orgName":
        family, _, given = plain.partition(",")
        if len(given.split()) <= 3 and len(family.split()) <= 2:
            return one_line(f"{given} {family}")
    return plain


def _printed(source: Any) -> Any:
    """The source that says when or by whom it was published; None without one, or of several."""
    for kind in ("biblFull", "biblStruct", "bibl"):
        found = [
            one
            for one in descendants(source, kind)
            if next(descendants(one, "date", "publisher"), None) is not None
            and not any(
                local(outer) in ("bibl", "biblStruct", "relatedItem")
                for outer in one.iterancestors()
            )
        ]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _put_source(source: Any, draft: Draft) -> None:
    date = _publication_date(source)
    draft.put("date", date, STATED, _SOURCE)
    draft.put("publisher", words(next(descendants(source, "publisher"), None)), STATED, _SOURCE)
    journals = [
        one for one in descendants(source, "title") if attribute(one, "level") in ("j", "s")
    ]
    draft.put("publication", words(journals[0]) if journals else "", STATED, _SOURCE)
    if "title" not in draft.values:
        draft.put("title", _title_among(list(descendants(source, "title"))), LIKELY, _SOURCE)
    known = {person.name.casefold() for person in draft.values.get("people", ())}
    if not known:
        for part in (source, *descendants(source, "titleStmt", "analytic", "monogr")):
            _put_people(part, _SOURCE, draft)
    for one in descendants(source, "idno"):
        if doi := doi_of(words(one)):
            draft.identify("doi", doi)


def _publication_date(holder: Any) -> PublicationDate | None:
    dates = list(descendants(holder, "date"))
    kinds = ("publication", "publication-date", "publication_date", "published", "")
    dates = [one for one in dates if attribute(one, "type").lower() in kinds]
    dates.sort(key=lambda one: kinds.index(attribute(one, "type").lower()) == len(kinds) - 1)
    return next(filter(None, (tei_date(one) for one in dates)), None)


def _put_creation(profile: Any, edition: Any, draft: Draft) -> None:
    """When a letter or speech was written, unless it was published in the same year."""
    sent = next(descendants(profile, "correspAction"), None)
    published = _publication_date(edition)
    for element in (child(profile, "creation", "date"), child(sent, "date")):
        date = tei_date(element)
        if date and not (published and published.year and published.year == date.year):
            draft.put("date", date, LIKELY, "creation")


def _put_prose(source: Any, draft: Draft) -> None:
    """What a source says in a sentence is where it came from; a name in it is a suggestion."""
    text = words(source)
    if text and not _NO_SOURCE.match(text):
        draft.put("source", text[:500], STATED, _SOURCE)
    for found in _WRITTEN_BY.findall(text):
        draft.suggested += [Contributor(name) for name in names_in(found)[0] if name]


def _put_edition(edition: Any, draft: Draft) -> None:
    printed = draft.origins.get("date") or draft.origins.get("publisher")
    if printed is None or printed.where != _SOURCE:
        if "date" not in draft.values:
            draft.put("date", _publication_date(edition), STATED, _EDITION)
        for name in ("publisher", "authority", "distributor"):
            draft.put("publisher", words(next(children(edition, name), None)), STATED, _EDITION)
        for paragraph in children(edition, "p", "ab"):
            for clue in clues_in(words(paragraph)):
                if clue.field == "publisher":
                    draft.put("publisher", clue.value, Sureness.LIKELY, _EDITION)
                elif clue.field == "date" and (date := parse_date(clue.value)):
                    draft.put("date", date, LIKELY, _EDITION)
    for idno in descendants(edition, "idno"):
        if next(children(idno, "idno"), None) is None:
            _put_number(attribute(idno, "type"), words(idno), draft)
    for pointer in children(edition, "ptr", "ref"):
        draft.put_url(attribute(pointer, "target"), _EDITION)
    rights = []
    for one in descendants(edition, "availability"):
        parts = list(children(one, "licence", "license", "p", "ab"))
        rights += [_rights(part) for part in (parts or [one])]
    draft.put("rights", "\n\n".join(dict.fromkeys(filter(None, rights))), STATED, "availability")


def _put_number(kind: str, value: str, draft: Draft) -> None:
    if kind.lower() == "doi" or doi_of(value):
        draft.put_url(f"doi:{value}" if value.startswith("10.") else value, "idno")
    elif is_address(value) and not value.endswith(".xml"):
        if _ADDRESS_TYPES.fullmatch(kind) or not kind:
            draft.put_url(value, "idno")
    elif (scheme := _SCHEMES.get(kind.lower())) and value:
        draft.identify(scheme, value)


def _rights(part: Any) -> str:
    text, address = words(part), attribute(part, "target")
    if is_address(address) and address not in text:
        return f"{text} ({address})" if text else address
    return text


def _put_topics(profile: Any, draft: Draft) -> None:
    tags = []
    for keywords in descendants(child(profile, "textClass"), "keywords"):
        named = list(descendants(keywords, "term", "item", "name", "rs"))
        inner = [
            one for one in named if next(children(one, "term", "item", "name", "rs"), None) is None
        ]
        tags += [words(one) for one in inner]
        if not named:
            tags += re.split(r"[;,]", words(keywords))
    draft.add(
        "tags",
        [tag.strip() for tag in tags if 1 < len(tag.strip()) <= 100][:30],
        STATED,
        "textClass",
    )
