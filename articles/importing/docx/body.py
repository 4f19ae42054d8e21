"""The body that mammoth makes of a Word file, with what its markup knew of each paragraph."""

import re
from collections import Counter
from itertools import chain
from typing import Any
from xml.parsers.expat import ExpatError

import mammoth
from lxml import etree

from articles.importing.document import ImportRefused
from articles.importing.languages import language_of
from articles.importing.safe_xml import parse
from articles.importing.text_edges import SEPARATOR

from .markup import MARK, Markup, Paragraph
from .package import Package, packed

_LEVELS = 5
_RULES = "\n".join(
    [
        *(
            f"p:{kind}-list({level}) => {'ul|ol > li > ' * (level - 1)}{tag} > li:fresh"
            for level in range(1, _LEVELS + 1)
            for kind, tag in (("unordered", "ul"), ("ordered", "ol"))
        ),
        *(f"p.h{level} => h{min(level, 6)}:fresh" for level in range(1, 10)),
        "p.quote => blockquote > p:fresh",
        "p.code => pre:separator('\\n')",
        "p.term => dl > dt:fresh",
        "p.definition => dl > dd:fresh",
    ]
)
# What mammoth is known to raise on files that are not as the standard has them.
_BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, ExpatError)
_NUMBERING = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
{}<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>"""
_BLOCKS = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "pre", "dt", "dd", "td", "th", "blockquote",
})  # fmt: skip
_NOTE = re.compile(r"(?:footnote|endnote)-(?!ref-)")


class Body:
    """The blocks of the text, its notes apart, and the facts of each paragraph."""

    def __init__(self, package: Package, markup: Markup) -> None:
        """Errors: ImportRefused where the file is too broken for mammoth."""
        html, self.lost_symbols = html_of(package, markup)
        self.root = parse(f"<div>{html}</div>".encode())
        self.facts: dict[Any, Paragraph] = {}
        self.notes = self._take_notes(markup.custom_marks)
        self._take_marks(markup.paragraphs)
        for block in list(self.root):
            if block.tag == "p" and SEPARATOR.fullmatch("".join(block.itertext()).strip()):
                block.tag = "hr"
                del block[:]
                block.text = None

    @property
    def blocks(self) -> list[Any]:
        """The blocks of the text, in order."""
        return list(self.root)

    def words(self) -> str:
        """The words of the text, white space as it comes."""
        return " ".join(self.root.itertext())

    def role(self, block: Any) -> str:
        """What the style of a block makes of it, or ""."""
        return self.facts[block].role if block in self.facts else ""

    def html(self) -> str:
        """The whole as HTML: the text, and the notes as a section at its end."""
        html = str(etree.tostring(self.root, encoding="unicode", method="html"))
        if self.notes is None:
            return html
        notes = etree.tostring(self.notes, encoding="unicode", method="html")
        return f'{html}<section role="doc-endnotes">{notes}</section>'

    def settle_headings(self) -> None:
        """Headings below the title: the highest level that is left becomes h2."""
        headings = [one for one in self.root.iter() if re.fullmatch(r"h[1-6]", str(one.tag))]
        highest = 1 if any(one.tag == "h1" for one in headings) else 2
        for heading in headings:
            heading.tag = f"h{min(5, max(2, int(heading.tag[1]) + 2 - highest))}"

    def mark_directions(self) -> None:
        """Right-to-left paragraphs say so."""
        for block, facts in self.facts.items():
            if facts.is_rtl:
                block.set("dir", "rtl")

    def mark_languages(self, language: str) -> None:
        """Paragraphs in another language than the text name it, where their words agree."""
        own = _primary(language)
        for block, facts in self.facts.items():
            stated = facts.languages.most_common(1)
            words = "".join(block.itertext())
            if stated and own and _primary(stated[0][0]) not in ("", own):
                seen = language_of(words)
                if seen == _primary(stated[0][0]):
                    block.set("lang", stated[0][0])

    def language(self) -> str:
        """The language that most of the words are tagged with, or ""."""
        counts: Counter[str] = Counter()
        for facts in self.facts.values():
            counts.update(facts.languages)
        return next((tag for tag, _ in counts.most_common(1)), "")

    def _take_notes(self, custom_marks: dict[str, str]) -> Any:
        """The list of notes, taken off the end, with our own ids and no way back."""
        last = self.root[-1] if len(self.root) else None
        if last is None or last.tag != "ol" or not _is_note(last[0] if len(last) else None):
            last = None
        else:
            self.root.remove(last)
        names = {}
        for number, item in enumerate([] if last is None else last, start=1):
            names[item.get("id")] = number
            item.set("id", f"fn{number}")
            for link in list(item.iter("a")):
                if re.match(r"#(?:footnote|endnote)-ref-", link.get("href") or ""):
                    _remove(link)
        for link in list(chain(self.root.iter("a"), [] if last is None else last.iter("a"))):
            name = (link.get("href") or "").removeprefix("#")
            own_id = (link.get("id") or "").replace("-ref-", "-", 1)
            if name != own_id or not _NOTE.match(name):
                continue
            if name in names:
                link.set("href", f"#fn{names[name]}")
                link.set("id", f"fnref{names[name]}")
                link.text = custom_marks.get(name, link.text)
        return last

    def _take_marks(self, paragraphs: dict[str, Paragraph]) -> None:
        """Remember which block each mark stands in, and take the marks out."""
        for mark in list(self._all("a")):
            if (mark.get("id") or "").startswith(MARK):
                block = next((one for one in mark.iterancestors() if one.tag in _BLOCKS), None)
                if block is not None:
                    self.facts[block] = paragraphs[mark.get("id")]
                _remove(mark)

    def _all(self, tag: str) -> list[Any]:
        return [
            element
            for tree in (self.root, self.notes)
            if tree is not None
            for element in tree.iter(tag)
        ]


def html_of(package: Package, markup: Markup) -> tuple[str, bool]:
    """What mammoth makes of the file, and whether a symbol was lost."""
    roots = {kind: package.part(kind) for kind in ("footnotes", "endnotes")}
    notes = {
        kind: {own_id for one in _notes(roots[f"{kind}s"]) if (own_id := _id(one))}
        for kind in ("footnote", "endnote")
    }
    parts = {"document": (package.document, package.targets(""))}
    markup.make_plain(package.document, targets=parts["document"][1], notes=notes)
    for kind, root in roots.items():
        if root is not None:
            targets = package.targets(kind)
            markup.make_plain(root, targets=targets, notes={"footnote": set(), "endnote": set()})
            parts[kind] = (root, targets)
    levels = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">'
        + "".join(
            f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{form}"/></w:lvl>'
            for level in range(_LEVELS)
        )
        + "</w:abstractNum>"
        for number, form in ((1, "bullet"), (2, "decimal"))
    )
    parts["numbering"] = (parse(_NUMBERING.format(levels).encode()), {})
    try:
        result = mammoth.convert_to_html(
            packed(parts),
            style_map=_RULES,
            include_default_style_map=False,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=mammoth.images.img_element(lambda image: {}),
        )
    except RecursionError as error:
        raise ImportRefused("Its tables and frames nest too deep to be read.") from error
    except _BROKEN as error:
        raise ImportRefused("It is a broken Word file: its text cannot be made out.") from error
    lost = any("w:sym" in message.message for message in result.messages)
    return result.value, lost


def _notes(root: Any) -> list[Any]:
    if root is None:
        return []
    return [one for one in root if isinstance(one.tag, str) and _id(one)]


def _id(element: Any) -> str:
    if any(key.endswith("}type") for key in element.attrib):
        kind = next(text for key, text in element.attrib.items() if key.endswith("}type"))
        if kind != "normal":
            return ""
    return next((text for key, text in element.attrib.items() if key.endswith("}id")), "")


def _is_note(item: Any) -> bool:
    return item is not None and _NOTE.match(item.get("id") or "") is not None


def _primary(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


def _remove(element: Any) -> None:
    """Take an element out; the words after it stay."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
