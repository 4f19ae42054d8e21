"""Word's markup made plain before mammoth reads it, one part of a file at a time.

What is no text goes (fields' codes, tables of contents, pictures, comments, hidden words), what
mammoth would lose stays (simple fields, text boxes, equations), and what styles and lists say is
written out. Each paragraph gets a mark by which it is found again in mammoth's HTML.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from articles.importing.safe_xml import local

from .equations import runs_of
from .fields import Fields
from .package import W
from .styles import Lists, Styles, child, is_on, outline, value
from .trees import (
    drop_contents_lists,
    join_drop_caps,
    mend_links,
    mend_tables,
    remove,
    unwrap,
    unwrap_alternatives,
)

MARK = "paragraph-mark-"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML = "{urn:schemas-microsoft-com:vml}"
_PICTURES = ("pic", "chart", "relIds", "imagedata", "inkpicture")
_UNWRAPPED = ("fldSimple", "dir", "bdo", "subDoc", "rubyBase", "smartTag", "customXml")
_NO_TEXT = (
    "commentReference", "annotationRef", "commentRangeStart", "commentRangeEnd", "proofErr",
    "lastRenderedPageBreak", "bookmarkEnd", "footnoteRef", "endnoteRef", "rt", "rubyPr", "pgNum",
)  # fmt: skip
_DEEPEST_LIST = 4
_JOINABLE = (W + "rPr", W + "t", W + "tab", W + "br")
_STYLED_LEVEL = re.compile(r"list (?:bullet|number) ([2-5])")
_NUMBERS = {"bullet": "1", "ordered": "2"}


@dataclass
class Paragraph:
    """What a paragraph of the file is, beyond what mammoth says of it."""

    role: str = ""
    is_rtl: bool = False
    is_bold: bool = False
    is_centred: bool = False
    size: int = 0  # of its first words, in half points
    languages: Counter[str] = field(default_factory=Counter)  # letters in each


class Markup:
    """The paragraphs of a file as they are made plain, and what was met on the way."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self._styles, self._lists = styles, lists
        self.paragraphs: dict[str, Paragraph] = {}
        self.met: Counter[str] = Counter()  # pictures, equations, boxes, changes, hidden, …
        self.custom_marks: dict[str, str] = {}  # of notes, by mammoth's own names for them
        self._referred: set[tuple[str, str]] = set()

    def make_plain(self, root: Any, *, targets: dict[str, str], notes: dict[str, set[str]]) -> None:
        """Bring ``root`` into the form that mammoth reads best.

        ``targets`` are the links outside by id, ``notes`` the ids of the notes of each kind.
        """
        unwrap_alternatives(root)
        self._count_changes(root)
        drop_contents_lists(root)
        self._take_boxes(root)
        self._take_pictures(root)
        self._write_equations(root)
        Fields(root).drop()
        for element in list(root.iter(*(W + name for name in _NO_TEXT))):
            remove(element)
        for element in list(root.iter(*(W + name for name in _UNWRAPPED), W + "ruby")):
            unwrap(element)
        self._mend_notes(root, notes)
        join_drop_caps(root)
        mend_links(root, targets)
        mend_tables(root)
        for paragraph in list(root.iter(W + "p")):
            self._paragraph(paragraph)

    def _count_changes(self, root: Any) -> None:
        changes = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")
        self.met["changes"] += sum(1 for _ in root.iter(*(W + name for name in changes)))
        for cell in list(root.iter(W + "cellDel")):
            for words in list(cell.getparent().getparent().iter(W + "r")):
                remove(words)

    def _take_boxes(self, root: Any) -> None:
        """Put the text of boxes behind the paragraph that they hang on."""
        for box in reversed(list(root.iter(W + "txbxContent"))):
            host = next(box.iterancestors(W + "p"), None)
            deleted = next(box.iterancestors(W + "del", W + "moveFrom"), None)
            if host is None or deleted is not None or not "".join(box.itertext(W + "t")).strip():
                continue
            self.met["boxes"] += 1
            for block in reversed(list(box)):
                host.addnext(block)

    def _take_pictures(self, root: Any) -> None:
        for name in ("drawing", "pict", "object"):
            for element in list(root.iter(W + name)):
                shown = any(local(one) in _PICTURES for one in element.iter())
                self.met["pictures"] += shown or name == "object"
                remove(element)
        for _ in root.iter(W + "altChunk"):
            self.met["embedded"] += 1

    def _write_equations(self, root: Any) -> None:
        for equation in list(root.iter(_M + "oMath")):
            self.met["equations"] += 1
            for words, position in reversed(runs_of(equation)):
                run = etree.Element(W + "r")
                if position:
                    properties = etree.SubElement(run, W + "rPr")
                    etree.SubElement(properties, W + "vertAlign").set(W + "val", position)
                etree.SubElement(run, W + "t").text = words
                equation.addnext(run)
            remove(equation)
        for element in list(root.iter(_M + "oMathPara")):
            unwrap(element)

    def _mend_notes(self, root: Any, notes: dict[str, set[str]]) -> None:
        """Drop references to notes that are not there; keep marks that the author chose."""
        for kind in ("footnote", "endnote"):
            for reference in list(root.iter(f"{W}{kind}Reference")):
                own_id = value(reference, "id")
                known = own_id in notes[kind] and (kind, own_id) not in self._referred
                if next(reference.iterancestors(W + "del", W + "moveFrom"), None) is not None:
                    continue
                if not known:
                    self.met["lost notes"] += own_id not in notes[kind]
                    remove(reference)
                    continue
                self._referred.add((kind, own_id))
                if value(reference, "customMarkFollows").lower() in ("1", "true", "on"):
                    self._take_mark(reference, f"{kind}-{own_id}")

    def _take_mark(self, reference: Any, name: str) -> None:
        run = reference.getparent()
        words = list(run.iterchildren(W + "t", W + "sym")) if run is not None else []
        mark = "".join(word.text or "" for word in words if word.tag == W + "t").strip()
        if mark and len(mark) <= 8:
            self.custom_marks[name] = mark
            for word in words:
                remove(word)

    def _paragraph(self, element: Any) -> None:
        """Write out what style and list of a paragraph say, and mark it."""
        properties = child(element, "pPr")
        style = value(child(properties, "pStyle")) or self._styles.usual("paragraph")
        role = self._styles.role(style)
        if not role and (level := outline(properties)) and len(_words(element)) <= 200:
            role = level
        if role == "dropped":
            for run in list(element.iter(W + "r")):
                remove(run)
        facts = Paragraph(role=role, is_rtl=is_on(self._direct(properties, style, "bidi")))
        alignment = value(self._direct(properties, style, "jc"))
        facts.is_centred = alignment == "center"
        self._runs(element, style, facts)
        listed = "" if role and role[0] == "h" else self._list_level(properties, style)
        deleted = child(properties, "rPr", "del") is not None
        plain = etree.Element(W + "pPr")
        if role:
            etree.SubElement(plain, W + "pStyle").set(W + "val", role)
        if listed:
            number = etree.SubElement(plain, W + "numPr")
            etree.SubElement(number, W + "ilvl").set(W + "val", listed[1:])
            etree.SubElement(number, W + "numId").set(W + "val", listed[0])
        if deleted:
            etree.SubElement(etree.SubElement(plain, W + "rPr"), W + "del")
        if properties is not None:
            element.remove(properties)
        element.insert(0, plain)
        if _words(element).strip() or next(element.iter(W + "sym"), None) is not None:
            name = f"{MARK}{len(self.paragraphs)}"
            self.paragraphs[name] = facts
            mark = etree.Element(W + "bookmarkStart")
            mark.set(W + "name", name)
            element.insert(1, mark)

    def _direct(self, properties: Any, style: str, name: str) -> Any:
        """A property of the paragraph itself, or of its style."""
        found = child(properties, name)
        return found if found is not None else self._styles.paragraph(style, "pPr", name)

    def _list_level(self, properties: Any, style: str) -> str:
        """The number of our own list and its level ("20"), or "" outside lists."""
        own, of_style = (
            child(properties, "numPr"),
            self._styles.paragraph(style, "pPr", "numPr"),
        )
        number = value(child(own, "numId")) or value(child(of_style, "numId"))
        level = value(child(own, "ilvl")) or value(child(of_style, "ilvl")) or "0"
        kind = self._lists.kind(number, level)
        if child(own, "numId") is None and (
            deeper := _STYLED_LEVEL.fullmatch(self._styles.name(style))
        ):
            level = str(int(deeper[1]) - 1)
        if not kind or not level.isdigit():
            return ""
        return f"{_NUMBERS[kind]}{min(int(level[:3]), _DEEPEST_LIST)}"

    def _runs(self, element: Any, style: str, facts: Paragraph) -> None:
        """Write out how each run looks; words that are hidden go."""
        bold = []
        for run in list(element.iterdescendants(W + "r")):
            properties = child(run, "rPr")
            looks = {
                name: self._look(properties, name)
                for name in ("b", "i", "strike", "dstrike", "vanish", "vertAlign", "sz", "rtl")
            }
            words = "".join(run.itertext(W + "t"))
            if is_on(looks["vanish"]):
                self.met["hidden"] += bool(words.strip())
                remove(run)
                continue
            if words.strip():
                own = looks["b"] if looks["b"] is not None else self._bold_of(style)
                bold.append(is_on(own))
                self._note_words(words, properties, style, facts, looks)
            if properties is not None:
                run.remove(properties)
            run.insert(0, _plain_look(looks, run, in_heading=facts.role[:1] == "h"))
        _join_alike(element)
        facts.is_bold = bool(bold) and all(bold)

    def _note_words(
        self, words: str, properties: Any, style: str, facts: Paragraph, looks: dict[str, Any]
    ) -> None:
        tagged = child(properties, "lang")
        language = value(tagged, "bidi") if is_on(looks["rtl"]) else value(tagged)
        facts.languages[language or self._styles.language(style)] += len(words)
        if not facts.size:
            size = looks["sz"]
            text = value(size) if size is not None else self._styles.size(style)
            facts.size = int(text[:4]) if text.isdigit() else 0

    def _look(self, properties: Any, name: str) -> Any:
        found = child(properties, name)
        if found is not None:
            return found
        return self._styles.paragraph(value(child(properties, "rStyle")), "rPr", name)

    def _bold_of(self, style: str) -> Any:
        return self._styles.paragraph(style, "rPr", "b")


def _plain_look(looks: dict[str, Any], run: Any, *, in_heading: bool) -> Any:
    """The few properties of a run that are words' own, each written out."""
    plain = etree.Element(W + "rPr")
    for name in ("b", "i", "strike", "dstrike"):
        if is_on(looks[name]) and not (name == "b" and in_heading):
            etree.SubElement(plain, W + name.removeprefix("d"))
    position = value(looks["vertAlign"])
    # mammoth raises references to notes itself.
    is_note = next(run.iterchildren(W + "footnoteReference", W + "endnoteReference"), None)
    if position in ("superscript", "subscript") and is_note is None:
        etree.SubElement(plain, W + "vertAlign").set(W + "val", position)
    return plain


def _join_alike(paragraph: Any) -> None:
    """Make one of neighbouring runs that look alike: Word parts them at every edit."""
    before: Any = None
    for run in list(paragraph.iterdescendants(W + "r")):
        is_plain = all(one.tag in _JOINABLE for one in run)
        if not is_plain:
            before = None
        elif before is not None and run.getprevious() is before and _alike(run[0], before[0]):
            for inner in list(run)[1:]:
                before.append(inner)
            remove(run)
        else:
            before = run


def _alike(one: Any, other: Any) -> bool:
    looks = ([(look.tag, look.get(W + "val")) for look in each] for each in (one, other))
    return next(looks) == next(looks)


def _words(element: Any) -> str:
    return "".join(word.text or "" for word in element.iter(W + "t"))
