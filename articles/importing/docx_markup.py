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

from .docx_equations import runs_of
from .docx_package import R, W
from .docx_styles import Lists, Styles, child, is_on, outline, value

MARK = "paragraph-mark-"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML = "{urn:schemas-microsoft-com:vml}"
_PICTURES = ("pic", "chart", "relIds", "imagedata", "inkpicture")
_UNWRAPPED = ("fldSimple", "dir", "bdo", "subDoc", "rubyBase", "smartTag", "customXml")
_NO_TEXT = (
    "commentReference", "annotationRef", "commentRangeStart", "commentRangeEnd", "proofErr",
    "lastRenderedPageBreak", "bookmarkEnd", "footnoteRef", "endnoteRef", "rt", "rubyPr", "pgNum",
)  # fmt: skip
# Fields whose result Word makes up anew wherever the text is set.
_DROPPED_FIELDS = frozenset({
    "toc", "toa", "tc", "page", "numpages", "sectionpages", "section", "index", "xe", "rd",
    "filename", "printdate", "savedate", "numwords", "numchars", "filesize", "listnum", "autonum",
    "autonumlgl", "autonumout",
})  # fmt: skip
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
        _unwrap_alternatives(root)
        self._count_changes(root)
        _drop_contents_lists(root)
        self._take_boxes(root)
        self._take_pictures(root)
        self._write_equations(root)
        _Fields(root).drop()
        for element in list(root.iter(*(W + name for name in _NO_TEXT))):
            _remove(element)
        for element in list(root.iter(*(W + name for name in _UNWRAPPED), W + "ruby")):
            _unwrap(element)
        self._mend_notes(root, notes)
        _mend_links(root, targets)
        _mend_tables(root)
        for paragraph in list(root.iter(W + "p")):
            self._paragraph(paragraph)

    def _count_changes(self, root: Any) -> None:
        changes = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")
        self.met["changes"] += sum(1 for _ in root.iter(*(W + name for name in changes)))
        for cell in list(root.iter(W + "cellDel")):
            for words in list(cell.getparent().getparent().iter(W + "r")):
                _remove(words)

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
                shown = any(
                    isinstance(one.tag, str) and etree.QName(one).localname in _PICTURES
                    for one in element.iter()
                )
                self.met["pictures"] += shown or name == "object"
                _remove(element)
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
            _remove(equation)
        for element in list(root.iter(_M + "oMathPara")):
            _unwrap(element)

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
                    _remove(reference)
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
                _remove(word)

    def _paragraph(self, element: Any) -> None:
        """Write out what style and list of a paragraph say, and mark it."""
        properties = child(element, "pPr")
        style = value(child(properties, "pStyle")) or self._styles.usual("paragraph")
        role = self._styles.role(style)
        if not role and (level := outline(properties)) and len(_words(element)) <= 200:
            role = level
        if role == "dropped":
            for run in list(element.iter(W + "r")):
                _remove(run)
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
                _remove(run)
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


class _Fields:
    """Drops the codes of fields, and the results of those that are no text."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._open: list[_Field] = []

    def drop(self) -> None:
        """Change the tree: what stays are links, and the words that other fields show.

        A field without an end drops nothing but its code.
        """
        for element in list(self._root.iter(W + "fldSimple")):
            if _is_dropped(value(element, "instr")):
                _remove(element)
        names = ("fldChar", "instrText", "t", "tab", "br")
        for element in list(self._root.iter(*(W + name for name in names))):
            if element.tag == W + "fldChar":
                self._border(element)
            elif not self._open:
                continue
            elif element.tag == W + "instrText":
                self._open[-1].code += element.text or ""
                self._open[-1].marks.append(element)
            else:
                outer = next((one for one in self._open if one.in_result), self._open[-1])
                outer.shown.append(element)
        for left in self._open:
            _remove_all(left.marks)

    def _border(self, element: Any) -> None:
        kind = value(element, "fldCharType")
        if kind == "begin":
            self._open.append(_Field([element]))
        elif not self._open:
            _remove(element)
        else:
            self._open[-1].marks.append(element)
            self._open[-1].in_result = True
            if kind == "end":
                self._close(self._open.pop())

    def _close(self, ended: "_Field") -> None:
        if _is_dropped(ended.code):
            _remove_all(ended.shown)
        elif self._open:
            outer = next((one for one in self._open if one.in_result), self._open[-1])
            outer.shown += ended.shown
        if ended.code.split()[:1] != ["HYPERLINK"] or _is_dropped(ended.code):
            _remove_all(ended.marks)


@dataclass
class _Field:
    """An open field: its code so far, the elements that make it, and what it shows."""

    marks: list[Any]
    code: str = ""
    in_result: bool = False
    shown: list[Any] = field(default_factory=list)


def _remove_all(elements: list[Any]) -> None:
    for element in elements:
        _remove(element)


def _is_dropped(code: str) -> bool:
    return bool(code.split()) and code.split()[0].lower() in _DROPPED_FIELDS


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
            _remove(run)
        else:
            before = run


def _alike(one: Any, other: Any) -> bool:
    looks = ([(look.tag, look.get(W + "val")) for look in each] for each in (one, other))
    return next(looks) == next(looks)


def _unwrap_alternatives(root: Any) -> None:
    """Keep of each choice the branch with words: the new one where it holds a text box."""
    for choice in reversed(list(root.iter(_MC + "AlternateContent"))):
        first, fallback = choice.find(_MC + "Choice"), choice.find(_MC + "Fallback")
        kept = first if first is not None else fallback
        if fallback is not None and next(fallback.iter(W + "t", W + "sym"), None) is not None:
            kept = kept if next(kept.iter(W + "t"), None) is not None else fallback
        for branch in list(choice):
            if branch is not kept:
                choice.remove(branch)
        if kept is not None:
            _unwrap(kept)
        _unwrap(choice)


def _drop_contents_lists(root: Any) -> None:
    """Take out tables of contents that Word keeps in a frame of its own, and placeholders."""
    for frame in list(root.iter(W + "sdt")):
        gallery = value(child(frame, "sdtPr", "docPartObj", "docPartGallery"))
        placeholder = is_on(child(frame, "sdtPr", "showingPlcHdr"))
        if gallery in ("Table of Contents", "Page Numbers") or placeholder:
            _remove(frame)


def _mend_links(root: Any, targets: dict[str, str]) -> None:
    """Keep links that lead somewhere, and the places that links in the text lead to."""
    anchors = {value(link, "anchor") for link in root.iter(W + "hyperlink")}
    for code in root.iter(W + "instrText"):
        anchors.update((code.text or "").replace('"', " ").split())
    for link in list(root.iter(W + "hyperlink")):
        own_id = link.get(R + "id")
        if own_id is not None and own_id not in targets:
            _unwrap(link)
    for place in list(root.iter(W + "bookmarkStart")):
        if value(place, "name") not in anchors or not value(place, "name"):
            _remove(place)
    for line_break in list(root.iter(W + "cr")):
        line_break.tag = W + "br"
    for tab in list(root.iter(W + "ptab")):
        tab.tag = W + "tab"
    for line_break in root.iter(W + "br"):
        line_break.attrib.clear()  # where a page ends is no matter of the text


def _mend_tables(root: Any) -> None:
    """Numbers that are none, and switches that are off, as if they were not there."""
    for span in list(root.iter(W + "gridSpan")):
        if not (value(span).isdigit() and 0 < int(value(span)[:6]) < 1000):
            _remove(span)
    for header in list(root.iter(W + "tblHeader")):
        if not is_on(header):
            _remove(header)


def _words(element: Any) -> str:
    return "".join(word.text or "" for word in element.iter(W + "t"))


def _remove(element: Any) -> None:
    """Take an element out; white space after it in the source is of no account."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Any) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is None:
        return
    for inner in reversed(list(element)):
        element.addnext(inner)
    parent.remove(element)
