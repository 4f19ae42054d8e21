"""What the readers of scholarly XML share: words of elements, and a walk that writes them as HTML.

The walk writes HTML for ``articles.sanitize.clean``, which brings it into the stored form. So a
paragraph is a ``div`` here: it may hold lists and tables, as in JATS and TEI it does.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from html.entities import html5
from typing import Any, ClassVar

from lxml import etree

from articles.text import escape, escape_attribute

from .drafting import Draft, one_line, shortened
from .languages import RIGHT_TO_LEFT
from .safe_xml import local, local_name

DEEPEST = 60  # levels of elements that are told apart; below, words are just words
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ENTITY = re.compile(r"&(\w{1,40});")
_RTL_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# What stands raised as the mark of a note; "see note 3" is words that lead to one.
_MARK = re.compile(r"\W*\w{0,4}\W*(?:[-–,]\s*\w{1,4}\W*)*")
_LEAVES = frozenset({"h2", "h3", "h4", "h5", "dt", "figcaption", "caption", "td", "th"})
# Three letters where the tag of a language has two; DTA and Perseus write so.
_SHORTEST = {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it",
    "por": "pt", "nld": "nl", "dut": "nl", "lat": "la", "ell": "el", "gre": "el", "rus": "ru",
    "ukr": "uk", "pol": "pl", "ces": "cs", "cze": "cs", "swe": "sv", "dan": "da", "tur": "tr",
    "ara": "ar", "heb": "he", "fas": "fa", "per": "fa", "urd": "ur", "zho": "zh", "chi": "zh",
    "jpn": "ja", "kor": "ko", "hun": "hu", "greek": "grc", "latin": "la", "english": "en",
}  # fmt: skip


def attribute(element: Any, name: str) -> str:
    """An attribute by its name in whatever namespace, such as xlink:href; "" without it."""
    value = element.get(name)
    if value is None:
        for key, found in element.attrib.items():
            if local_name(str(key)) == name:
                value = found
                break
    return str(value or "").strip()


def id_of(element: Any) -> str:
    """The xml:id or id of an element, or ""."""
    return str(element.get(f"{_XML}id") or element.get("id") or "").strip()


def language_of(element: Any) -> str:
    """The language that the element itself states, in its shortest tag, or ""."""
    stated = str(element.get(f"{_XML}lang") or element.get("lang") or "").strip()
    return _SHORTEST.get(stated.lower(), stated.replace("_", "-"))


def shortest(tag: str) -> str:
    """A language tag as short as it can be: "eng" is "en"."""
    return _SHORTEST.get(tag.strip().lower(), tag.strip())


def words(element: Any) -> str:
    """The words of an element on one line; of None, ""."""
    return one_line(raw_words(element)) if element is not None else ""


def words_without(element: Any, *names: str) -> str:
    """The words of an element without those of the inner elements of these names."""
    if element is None:
        return ""
    kept = deepcopy(element)
    etree.strip_elements(kept, *(f"{{*}}{name}" for name in names), with_tail=False)
    return words(kept)


def raw_words(element: Any) -> str:
    """The words of an element with their white space; comments are none."""
    return _ENTITY.sub(
        lambda found: html5.get(f"{found[1]};", found[0]),
        "".join(element.itertext()),
    )


def children(element: Any, *names: str) -> Iterator[Any]:
    """The child elements of these names, or all."""
    for child in element if element is not None else ():
        name = local(child)
        if name and (not names or name in names):
            yield child


def joined(title: str, subtitle: str) -> str:
    """Title and subtitle as one, parted by a colon where the title does not end by itself."""
    if not title or not subtitle:
        return title or subtitle
    return f"{title} {subtitle}" if title[-1] in ".:?!…—–" else f"{title}: {subtitle}"


def child(element: Any, *path: str) -> Any:
    """The first descendant along a path of names, or None."""
    for name in path:
        element = next(children(element, name), None)
    return element


def descendants(element: Any, *names: str) -> Iterator[Any]:
    """All elements of these names inside an element, in order; in None, none."""
    if element is not None:
        for found in element.iter(etree.Element):
            if found is not element and local(found) in names:
                yield found


class Walk:
    """Writes the elements of one document as HTML, and sets notes aside for the end.

    A reader subclasses it with a table of writers by element name. ``targets`` are the ids that
    links inside the document lead to: no other id is kept.
    """

    WRITERS: ClassVar[Mapping[str, Callable[[Any, Any], str]]] = {}

    def __init__(self, draft: Draft, targets: frozenset[str]) -> None:
        self.draft = draft
        self.targets = targets
        self.language = draft.values.get("language", "")
        self.level = 1  # of the heading that was written last
        self._depth = 0
        self._notes: list[Any] = []  # by their first reference
        self._numbers: dict[Any, int] = {}

    def inner(self, element: Any) -> str:
        """The content of an element."""
        outer_language = self.language
        self.language = language_of(element) or self.language
        pieces = [escape(element.text or "")]
        for node in element:
            pieces.append(self.node(node))
            pieces.append(escape(node.tail or ""))
        self.language = outer_language
        return "".join(pieces)

    def node(self, node: Any) -> str:
        """An element, or whatever else stands between the words."""
        if node.tag is etree.Entity:
            return self._character(node.name)
        name = local(node)
        if not name:
            return ""
        if self._depth >= DEEPEST:
            return escape(f" {' '.join(node.itertext())} ")
        self._depth += 1
        writer = self.WRITERS.get(name)
        html = writer(self, node) if writer else self.span(node)
        self._depth -= 1
        return html

    def tag(self, name: str, element: Any, content: str | None = None) -> str:
        """``content``, or what the element holds, in an HTML element of this name."""
        content = self.inner(element) if content is None else content
        return f"<{name}{self.attributes(element, leaf=name in _LEAVES)}>{content}</{name}>"

    def paragraph(self, element: Any, content: str | None = None) -> str:
        """A paragraph, or whatever breaks the line."""
        content = self.inner(element) if content is None else content
        return f"<div{self.attributes(element, leaf=True)}>{content}</div>"

    def ruby(self, element: Any) -> str:
        """Words with what stands above them, such as how they are read, in brackets."""
        base, above = (words(child(element, name)) for name in ("rb", "rt"))
        return escape(f"{base}({above})" if above else base)

    def block(self, element: Any, content: str | None = None) -> str:
        """Several paragraphs."""
        return self.tag("div", element, content)

    def span(self, element: Any) -> str:
        """Words that nothing tells apart, but perhaps their language or a link to them."""
        attributes = self.attributes(element)
        content = self.inner(element)
        return f"<span{attributes}>{content}</span>" if attributes else content

    def attributes(self, element: Any, *, leaf: bool = False) -> str:
        """The id, language and direction of an element, as far as they say something."""
        said = ""
        if (own_id := id_of(element)) in self.targets:
            said += f' id="{escape_attribute(own_id)}"'
        language = language_of(element)
        if language and language != self.language:
            said += f' lang="{escape_attribute(language)}"'
            if _is_rtl(language) != _is_rtl(self.language):
                said += f' dir="{"rtl" if _is_rtl(language) else "ltr"}"'
        elif leaf and _is_rtl(self.language) and _RTL_LETTER.search(raw_words(element)):
            said += ' dir="rtl"'
        return said

    def heading(self, content: str, element: Any, *, level: int | None = None) -> str:
        """A heading ``level`` deep, or one below the last; h5 is the lowest."""
        return self.tag(f"h{min(max(level or self.level + 1, 2), 5)}", element, content)

    def link(self, address: str, content: str) -> str:
        """``content`` that leads to ``address``; of an address alone, the address."""
        shown = content if content.strip() else escape(address.removeprefix("mailto:"))
        return f'<a href="{escape_attribute(address)}">{shown}</a>'

    def reference(self, note: Any, mark: str = "", *, raised: bool = False) -> str:
        """The mark of a note, which goes to the end; ``raised`` where a sup is around it."""
        first = note not in self._numbers
        if first:
            self._notes.append(note)
            self._numbers[note] = len(self._notes)
        number = self._numbers[note]
        own_id = f' id="fnref{number}"' if first else ""
        raised = raised or (mark != "" and not _MARK.fullmatch(mark))
        link = f'<a href="#fn{number}"{own_id}>{escape(mark) or f"[{number}]"}</a>'
        return link if raised else f"<sup>{link}</sup>"

    def is_noted(self, note: Any) -> bool:
        """Whether something referred to the note."""
        return note in self._numbers

    def note_words(self, note: Any, number: int) -> str:
        """What stands in a note. Readers override it."""
        return self.inner(note)

    def endnotes(self) -> str:
        """The notes by their first reference, those in notes after the others; "" without any."""
        items: list[str] = []
        while len(items) < len(self._notes):  # notes refer to further notes
            note = self._notes[len(items)]
            number = len(items) + 1
            content = self.note_words(note, number)
            items.append(f'<li id="fn{number}"{self._lang_of(note)}>{content}</li>')
        joined = "\n".join(items)
        return f'<section role="doc-endnotes"><ol>{joined}</ol></section>' if items else ""

    def _lang_of(self, note: Any) -> str:
        language = language_of(note)
        return (
            f' lang="{escape_attribute(language)}"' if language not in ("", self.language) else ""
        )

    def _character(self, name: str) -> str:
        known = html5.get(f"{name};")
        if known is None:
            self.draft.warn(f"It uses “&{shortened(name)};”, which only a file elsewhere explains.")
        return escape(known or f"&{name};")


def marked_list(items: list[tuple[str, str]], attributes: list[str], *, ordered: bool) -> str:
    """A list of (mark, HTML). Marks that an ordered list would show itself are no words."""
    plain = [re.sub(r"[\s.()\[\]:]+", "", mark) for mark, _ in items]
    counted = all(mark in ("", str(n)) for n, mark in enumerate(plain, start=1))
    ordered = counted and (ordered or any(plain))
    rows = [
        f"<li{extra}>{html if counted or not mark else before(f'{escape(mark)} ', html)}</li>"
        for (mark, html), extra in zip(items, attributes, strict=True)
    ]
    name = "ol" if ordered else "ul"
    return f"<{name}>{''.join(rows)}</{name}>" if rows else ""


def before(first: str, html: str) -> str:
    """``html`` with ``first`` as the beginning of its first paragraph."""
    opening = re.match(r"\s*(?:<div[^<>]*>\s*)*", html)
    end = opening.end() if opening else 0
    return f"{html[:end]}{first}{html[end:]}"


def _is_rtl(language: str) -> bool:
    return language.split("-")[0].lower() in RIGHT_TO_LEFT
