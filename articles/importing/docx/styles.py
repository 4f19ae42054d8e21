"""What the styles and lists of a Word file say: what a paragraph is, and how a run looks.

Word keeps the names of its own styles in English whatever language it speaks, but other programs
and converters translate them; where a style has no name that is known, the style it is based on
and its outline level tell.
"""

import re
from collections.abc import Iterator
from typing import Any

from .package import W

_HEADINGS = (
    "heading|überschrift|berschrift|titre|título|ttulo|titolo|kop|rubrik|overskrift|nagłówek|"
    "nagwek|заголовок|otsikko|nadpis|başlık|balk|cím|cmsor|címsor|encabezado|标题|見出し|제목|"
    "عنوان|כותרת"
)
_HEADING = re.compile(rf"(?:{_HEADINGS})\s*([1-9])")
_ROLES = {
    "title": "title|titel|titre|título|titolo|tytuł|название|titulek|titulo|document title|"
    "otsikko|العنوان|标题",
    "subtitle": "subtitle|untertitel|sous-titre|soustitre|subtítulo|sottotitolo|ondertitel|"
    "подзаголовок|underrubrik|undertitel|podtytuł|standfirst|deck",
    "quote": "quote|intense quote|intensequote|block text|blocktext|block quote|block quotation|"
    "blockquote|quotations|zitat|intensives zitat|intensiveszitat|citation|citation intense|"
    "citationintense|cita|cita destacada|citadestacada|citazione|citat|цитата|citaat",
    "code": "source code|sourcecode|preformatted text|html preformatted|htmlpreformatted|"
    "preformattedtext",
    "author": "author|authors|byline|autor|auteur",
    "date": "date|datum",
    "abstract": "abstract|zusammenfassung|résumé",
    "term": "definition term|definitionterm",
    "definition": "definition",
    "dropped": r"toc \d|toc\d|toc heading|tocheading|table of figures|tableoffigures|index \d|"
    r"index\d|contents \d|abstract title|abstracttitle|contents heading",
}
_ROLE = [(role, re.compile(names)) for role, names in _ROLES.items()]
_USUAL_SIZE = "20"  # where a file says nothing, by the standard
_OFF = ("0", "false", "off", "none")


def child(element: Any, *path: str) -> Any:
    """The element at the end of a path of local names, or None."""
    for name in path:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def value(element: Any, name: str = "val") -> str:
    """An attribute of an element that may be missing."""
    return "" if element is None else str(element.get(W + name) or "")


def is_on(element: Any) -> bool:
    """Whether a switch is there and not turned off."""
    return element is not None and value(element).lower() not in _OFF


class Styles:
    """The styles of a file; one without any has none."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._roles: dict[str, str] = {}
        self._defaults = child(root, "docDefaults", "rPrDefault", "rPr")
        self._usual: dict[str, str] = {}
        for style in [] if root is None else root.iter(W + "style"):
            own_id = value(style, "styleId")
            self._styles.setdefault(own_id, style)
            if is_on_attribute(style, "default"):
                self._usual.setdefault(value(style, "type"), own_id)

    def usual(self, kind: str) -> str:
        """The id of the style that paragraphs ("paragraph") have where none is named."""
        return self._usual.get(kind, "")

    def name(self, own_id: str) -> str:
        """The name of a style in lower case, or ""."""
        return value(child(self._styles.get(own_id), "name")).lower()

    def chain(self, own_id: str) -> Iterator[Any]:
        """The style and those it is based on, nearest first."""
        seen: set[str] = set()
        while own_id in self._styles and own_id not in seen:
            seen.add(own_id)
            yield self._styles[own_id]
            own_id = value(child(self._styles[own_id], "basedOn"))

    def role(self, own_id: str) -> str:
        """What a paragraph of this style is: "h1" to "h9", one of the roles here, or ""."""
        if own_id not in self._roles:
            self._roles[own_id] = self._role(own_id)
        return self._roles[own_id]

    def _role(self, own_id: str) -> str:
        for style in self.chain(own_id):
            name = value(child(style, "name"))
            if role := role_named(name) or role_named(value(style, "styleId")):
                return role
            if level := outline(child(style, "pPr")):
                return level
        return "" if own_id in self._styles else role_named(own_id)

    def paragraph(self, own_id: str, *path: str) -> Any:
        """The nearest property of paragraphs in the style's chain, or None."""
        for style in self.chain(own_id):
            if (found := child(style, *path)) is not None:
                return found
        return None

    def language(self, own_id: str) -> str:
        """The language that runs in paragraphs of this style have where they name none."""
        found = self.paragraph(own_id, "rPr", "lang")
        return value(found) or value(child(self._defaults, "lang"))

    def size(self, own_id: str) -> str:
        """The size of words in paragraphs of this style, in half points."""
        found = self.paragraph(own_id, "rPr", "sz")
        return value(found) or value(child(self._defaults, "sz")) or _USUAL_SIZE


def is_on_attribute(element: Any, name: str) -> bool:
    """Whether an attribute is there and not turned off."""
    return bool(value(element, name)) and value(element, name).lower() not in _OFF


def role_named(name: str) -> str:
    """The role that a style of this name has, or "" ("h2" for "heading 2" and "berschrift2")."""
    plain = " ".join(name.lower().replace("_", " ").split())
    if found := _HEADING.fullmatch(plain):
        return f"h{found[1]}"
    return next((role for role, names in _ROLE if names.fullmatch(plain)), "")


def outline(properties: Any) -> str:
    """The heading level that an outline level makes of a paragraph, or ""."""
    level = value(child(properties, "outlineLvl"))
    return f"h{int(level) + 1}" if level in tuple("012345678") else ""


class Lists:
    """The lists of a file: which levels are numbered, bulleted or neither."""

    def __init__(self, root: Any) -> None:
        self._abstract: dict[str, Any] = {}
        self._numbers: dict[str, Any] = {}
        for one in [] if root is None else root:
            if one.tag == W + "abstractNum":
                self._abstract.setdefault(value(one, "abstractNumId"), one)
            elif one.tag == W + "num":
                self._numbers.setdefault(value(one, "numId"), one)
        self._by_link = {
            value(child(one, "styleLink")): one
            for one in self._abstract.values()
            if value(child(one, "styleLink"))
        }

    def kind(self, number: str, level: str) -> str:
        """ "ordered", "bullet", or "" where the paragraph is no item of a list."""
        num = self._numbers.get(number)
        if num is None:
            return ""
        for override in num.iter(W + "lvlOverride"):
            if value(override, "ilvl") == level and child(override, "lvl") is not None:
                return _kind(child(override, "lvl"))
        abstract = self._abstract.get(value(child(num, "abstractNumId")))
        if link := value(child(abstract, "numStyleLink")):
            abstract = self._by_link.get(link, abstract)
        levels = [] if abstract is None else abstract.findall(W + "lvl")
        for one in levels:
            if (value(one, "ilvl") or "0") == level:
                return _kind(one)
        return ""


def _kind(level: Any) -> str:
    form = value(child(level, "numFmt")) or "decimal"
    return {"bullet": "bullet", "none": ""}.get(form, "ordered")
