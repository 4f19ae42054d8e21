"""What an EPUB says of itself: Dublin Core in its package file, in the manner of EPUB 2 and 3."""

import re
from typing import Any

from articles.importing.clues import looks_like_a_name
from articles.importing.document import Contributor
from articles.importing.drafting import LIKELY, STATED, Draft, doi_of, is_address, one_line
from articles.importing.reading_dates import parse_date
from articles.importing.safe_xml import local

from .package import Package

WHERE = "the book's metadata"

_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"
_ROLES = {"aut": "author", "edt": "editor", "trl": "translator", "ivr": "interviewer", "": "author"}
_NOBODY = re.compile(r"unknown|anonym\w*|various(?: authors)?|n/?a|\W*", re.IGNORECASE)
_MAIL = re.compile(r"\s*<[^<>\s]*@[^<>\s]*>")
_MARKUP = re.compile(r"<[^<>]{0,500}>")
_MOST_STANDFIRST_WORDS = 100


class Metadata:
    """The fields of a book. Refinements (EPUB 3) and attributes (EPUB 2) say the same."""

    def __init__(self, package: Package) -> None:
        self._fields = [one for one in package.root.iter() if str(one.tag).lower().startswith(_DC)]
        self._refined: dict[tuple[str, str], str] = {}
        for meta in package.root.iter():
            if local(meta) == "meta" and (meta.get("refines") or "").startswith("#"):
                key = (meta.get("refines")[1:], meta.get("property") or "")
                self._refined.setdefault(key, one_line(meta.text or ""))

    def title(self) -> tuple[str, str]:
        """The main title and the subtitle of the book."""
        titles = [(self._said(one, "title-type"), _words(one)) for one in self._all("title")]
        main = [words for kind, words in titles if kind == "main"] or [
            words for kind, words in titles if kind in ("", "collection", "expanded")
        ]
        under = [words for kind, words in titles if kind == "subtitle"]
        return (main or [""])[0], (under or [""])[0]

    def people(self) -> list[Contributor]:
        """Authors, editors and translators, as the book names them."""
        return [person for person, _ in self._people() if person is not None]

    def put(self, draft: Draft) -> None:
        """Keep what holds for the book and for each chapter alike."""
        for person, name in self._people():
            if person is None:
                draft.suggested.append(Contributor(name))
        for field, name in (("publisher", "publisher"), ("rights", "rights")):
            words = [_words(one) for one in self._all(name)]
            draft.put(field, "\n\n".join(filter(None, words)), STATED, WHERE)
        draft.add("tags", self._tags(), STATED, WHERE)
        for one in self._all("language")[:1]:
            draft.put_language(_words(one), WHERE)
        self._put_date(draft)

    def put_own(self, draft: Draft) -> None:
        """Keep what names the book itself."""
        title, under = self.title()
        draft.put("title", title, STATED, WHERE)
        draft.put("standfirst", under, STATED, WHERE)
        for one in self._all("description")[:1]:
            words = one_line(_MARKUP.sub(" ", _words(one)))
            if len(words.split()) <= _MOST_STANDFIRST_WORDS and not _NOBODY.fullmatch(words):
                draft.put("standfirst", words, LIKELY, WHERE)
        for one in self._all("identifier"):
            self._identify(one, draft)
        for one in self._all("source"):
            if is_address(_words(one)):
                draft.put_url(_words(one), WHERE)

    def _identify(self, element: Any, draft: Draft) -> None:
        value = _words(element)
        scheme = (element.get(_OPF + "scheme") or "").lower()
        plain = re.sub(r"^urn:isbn:|^isbn[: ]*|[\s-]", "", value, flags=re.IGNORECASE)
        if re.fullmatch(r"97[89]\d{10}", plain) or (
            re.fullmatch(r"\d{9}[\dXx]", plain) and ("isbn" in scheme or "isbn" in value.lower())
        ):
            draft.identify("isbn", plain.upper())
        elif doi := doi_of(value):
            draft.identify("doi", doi)
        elif value.lower().startswith("urn:"):
            draft.identify("urn", value)
        elif is_address(value):
            draft.put_url(value, WHERE)

    def _put_date(self, draft: Draft) -> None:
        """The date of publication; that of an edition or a conversion is another."""
        dated = [
            ((one.get(_OPF + "event") or "").lower(), _words(one)) for one in self._all("date")
        ]
        for wanted in ("publication", "published", "original-publication", ""):
            for event, words in dated:
                if event == wanted and words and not words.startswith(("0000", "0101")):
                    draft.put_date(words, parse_date(words), WHERE)
                    return

    def _people(self) -> list[tuple[Contributor | None, str]]:
        """Each person with a part that the archive knows, or else None and the name."""
        found: list[tuple[Contributor | None, str]] = []
        for field in ("creator", "contributor"):
            for one in self._all(field):
                said = (one.get(_OPF + "role") or self._said(one, "role")).lower()
                role = _ROLES.get(said) if field == "creator" or said else None
                for name in _names(_words(one), one.get(_OPF + "file-as") or ""):
                    if _NOBODY.fullmatch(name):
                        continue
                    if role is not None:
                        found.append((Contributor(name, role), name))
                    elif field == "creator" and looks_like_a_name(name):
                        found.append((None, name))
        return found

    def _tags(self) -> list[str]:
        words = [_words(one) for one in self._all("subject")]
        parts = [part.strip() for one in words for part in re.split(r"\s*[;,]\s*|\s--\s", one)]
        return [part for part in parts if 1 < len(part) <= 60][:30]

    def _all(self, name: str) -> list[Any]:
        return [one for one in self._fields if local(one).lower() == name]

    def _said(self, element: Any, property_: str) -> str:
        return self._refined.get((element.get("id") or "", property_), "")


def _names(words: str, sorted_as: str) -> list[str]:
    """The people in a field: several parted by semicolons; "Lee, Ann" is Ann Lee."""
    names = []
    for name in (part.strip() for part in re.split(r"\s*[;&]\s*", _MAIL.sub("", words))):
        last, comma, first = name.partition(", ")
        turned = comma and "," not in first and len(first.split()) <= 3 and len(last.split()) <= 2
        if turned and (not sorted_as or name == sorted_as):
            name = f"{first} {last}"
        if name:
            names.append(name)
    return names


def _words(element: Any) -> str:
    return one_line("".join(element.itertext()))
