"""The text of a TEI document as HTML: what a reader of the edition reads.

Of alternatives the edited reading is taken: corr over sic, reg over orig, expan over abbr, lem
over rdg. Additions and deletions by the writer stay, as ``ins`` and ``del``. A gap shows as what
is said of it, else as "[…]": without a sign, the words around it would make a sentence that
nobody wrote. Page breaks, running heads and catchwords are no text. The end of a printed line is
a space, and joins a word that was parted there.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from html.entities import html5
from typing import Any, ClassVar

from lxml import etree

from articles.importing.drafting import is_address
from articles.importing.math_words import math_html, tex_html
from articles.importing.safe_xml import local
from articles.importing.xml_tables import tei_table
from articles.importing.xml_walk import (
    Walk,
    attribute,
    child,
    children,
    descendants,
    marked_list,
    words,
)
from articles.text import escape

from .lines import JOIN, LINE, PAGE, rendered
from .notes import TEXTS, TeiNotes, is_raised, local_target

_PARAGRAPHS = (
    "p", "ab", "head", "byline", "dateline", "salute", "signed", "closer", "trailer", "docTitle",
    "titlePart", "docImprint", "docEdition", "imprimatur", "stage",
    "castItem", "speaker", "addrLine", "figDesc",
)  # fmt: skip
_BLOCKS = frozenset(
    {"p", "ab", "lg", "l", "list", "listBibl", "table", "quote", "div", "sp", "floatingText", "cit"}
)  # fmt: skip
# Where the end of a line is one that the writer made.
_OWN_LINES = frozenset(
    {"head", "opener", "closer", "dateline", "salute", "signed", "address", "titlePart", "byline",
     "docImprint", "docTitle", "docAuthor", "titlePage", "trailer", "epigraph", "cell"}
)  # fmt: skip
_READINGS = ("corr", "reg", "expan", "lem", "add", "ex")
_QUOTED = re.compile(r"\s*[“”„‚‘’«»‹›\"'「『]")
_BREAKS = ("lb", "pb", "cb", "gb", "milestone", "fw")


class TeiWalk(TeiNotes):
    """Writes one TEI text."""

    def _nothing(self, element: Any) -> str:
        return ""

    def _part(self, element: Any) -> str:
        """A division: its headings, and what is in it one level deeper."""
        parts = [one for one in children(element) if local(one) not in ("head", *_BREAKS)]
        if parts and all(one in self.linked for one in parts):
            return ""  # notes that stand together, and go to the end
        outer = self.level
        html = self.inner(element)
        self.level = outer
        return self.block(element, html)

    def _head(self, element: Any) -> str:
        if element is self.title:
            for note in descendants(element, "note"):
                self.reference(note, attribute(note, "n"))
            return ""
        if local(element.getparent()) not in TEXTS:
            return self.paragraph(element)
        html = self.heading(self.inner(element), element, level=self._heading_level(element))
        self.level = self._heading_level(element)
        return html

    def _heading_level(self, element: Any) -> int:
        """One below the last heading of an outer division; of several heads all the same."""
        first = next(children(element.getparent(), "head"))
        return self.level if first is not element and first is not self.title else self.level + 1

    def _quote(self, element: Any) -> str:
        """A quotation of its own block, or words in quotation marks, where it has none."""
        in_line = local(element.getparent()) not in (*TEXTS, "cit", "epigraph", "sp", "argument")
        if local(element.getparent()) == "cit":
            in_line = local(element.getparent().getparent()) not in TEXTS
        display = re.search(
            r"block|display", attribute(element, "rend") + attribute(element, "type")
        )
        if local(element.getparent()) == "epigraph":
            return self.block(element)
        if display or any(local(one) in _BLOCKS for one in children(element)):
            return self.tag("blockquote", element)
        if not in_line and local(element) not in ("q", "said"):
            return self.tag("blockquote", element)
        marked = _QUOTED.match(words(element)) or _QUOTED.search(_before(element)[-1:])
        html = self.span(element) if marked else self.tag("q", element)
        return html if in_line else f"<div>{html}</div>"

    def _blockquote(self, element: Any) -> str:
        outer = self.level
        html = self.tag("blockquote", element)
        self.level = outer
        return html

    def _citation(self, element: Any) -> str:
        in_line = local(element.getparent()) not in (*TEXTS, "epigraph")
        return self.span(element) if in_line else self.block(element)

    def _line(self, element: Any) -> str:
        earlier = element.getprevious()
        while earlier is not None and local(earlier) in ("", *_BREAKS):
            earlier = earlier.getprevious()
        own = "" if earlier is not None and local(earlier) == "l" else "<br>"
        return f"{own}{self.span(element)}<br>"

    def _speech(self, element: Any) -> str:
        speaker = child(element, "speaker")
        said = "".join(self.node(one) for one in children(element) if one is not speaker)
        name = self.inner(speaker).strip() if speaker is not None else ""
        head = f"<div><strong>{name}</strong></div>" if name else ""
        return self.block(element, f"{head}<div>{said}</div>")

    def _stage(self, element: Any) -> str:
        html = f"<em>{self.inner(element)}</em>"
        in_line = local(element.getparent()) in (
            "p",
            "l",
            "ab",
            "speaker",
            "head",
            "stage",
            "q",
            "said",
        )
        return html if in_line else self.paragraph(element, html)

    def _list(self, element: Any) -> str:
        kind = f"{attribute(element, 'type')} {attribute(element, 'rend')}".lower()
        heads = "".join(self.paragraph(one) for one in children(element, "head"))
        if "gloss" in kind:
            return heads + self.tag("dl", element, "".join(self._gloss(element)))
        ordered = re.search(r"order|number", kind) is not None
        rows, extra, label = [], [], ""
        for one in children(element):
            name = local(one)
            if name == "label":
                label = words(one)
            elif name in (
                "item",
                "castItem",
                "person",
                "place",
                "org",
                "event",
                "biblStruct",
                "bibl",
            ):
                mark = attribute(one, "n") if ordered else ""
                rows.append((label or mark, self._item(one)))
                extra.append(self.attributes(one))
                label = ""
            elif name not in ("head", *_BREAKS) and (html := self.node(one).strip()):
                rows.append(("", html))
                extra.append("")
        return heads + marked_list(rows, extra, ordered=ordered)

    def _item(self, element: Any) -> str:
        if local(element) == "biblStruct":
            return self._structured(element)
        return self.inner(element)

    def _gloss(self, element: Any) -> Iterator[str]:
        for one in children(element, "label", "item"):
            yield self.tag("dt" if local(one) == "label" else "dd", one)

    def _table(self, element: Any) -> str:
        return tei_table(self, element)

    def _figure(self, element: Any) -> str:
        """What is said of a picture; the picture itself is not there."""
        said, rest = "", ""
        for one in children(element):
            if local(one) in (
                "head",
                "figDesc",
                "p",
                "ab",
                "caption",
                "label",
                "trailer",
                "byline",
            ):
                said += self.paragraph(one)
            else:
                rest += self.node(one)
        said = f"<figcaption>{said}</figcaption>" if re.sub(r"<[^<>]*>|\s", "", said) else ""
        return self.tag("figure", element, said + rest) if said + rest.strip() else ""

    def _highlight(self, element: Any) -> str:
        names = rendered(element)
        if not names and not any(attribute(element, one) for one in ("rend", "rendition", "style")):
            names = ["em"]
        html = self.span(element)
        for name in names:
            html = f"<{name}>{html}</{name}>"
        return html

    def _emphasis(self, element: Any) -> str:
        return self.tag("em", element)

    def _title(self, element: Any) -> str:
        return self.tag("cite", element)

    def _link(self, element: Any) -> str:
        content = self.inner(element)
        target = attribute(element, "target").split(" ")[0] or attribute(element, "url")
        note = self.elements.get(local_target(element))
        if note is not None and local(note) == "note":
            mark = words(element) or attribute(note, "n")
            return self.reference(note, mark, raised=is_raised(element))
        content = content if content.strip() else escape(attribute(element, "n"))
        if target.startswith("#") and note is None:
            return content
        return self.link(target, content) if is_address(target) or (target and content) else content

    def _choice(self, element: Any) -> str:
        """The edited reading of several; the first where none is edited."""
        parts = {local(one): one for one in reversed(list(children(element)))}
        for name in _READINGS:
            if name in parts:
                return self.node(parts[name])
        return self.node(list(parts.values())[-1]) if parts else ""

    def _gap(self, element: Any) -> str:
        said = words(child(element, "desc")).strip("[]")
        return escape(f"[{said or '…'}]")

    def _added(self, element: Any) -> str:
        return self.tag("ins", element)

    def _deleted(self, element: Any) -> str:
        return self.tag("del", element)

    def _line_end(self, element: Any) -> str:
        if attribute(element, "break") == "no":
            return JOIN
        outer = {local(one) for one in element.iterancestors()}
        if outer & _OWN_LINES and "p" not in outer:
            return "<br>"
        return LINE

    def _page_end(self, element: Any) -> str:
        return JOIN if attribute(element, "break") == "no" else PAGE

    def _space(self, element: Any) -> str:
        return " "

    def _structured(self, element: Any) -> str:
        """A bibliographic record as its words, parted by full stops."""
        leaves = [
            one for one in element.iter(etree.Element) if not any(True for _ in children(one))
        ]
        return escape(". ".join(filter(None, (words(one).rstrip(".") for one in leaves))) + ".")

    def _bibl(self, element: Any) -> str:
        html = self.inner(element) if local(element) == "bibl" else self._structured(element)
        outer = element.getparent()
        outer = outer.getparent() if local(outer) == "cit" else outer
        in_line = local(outer) not in (*TEXTS, "epigraph")
        if in_line and outer is not element.getparent():
            return f" {html}"  # a quotation and where it is from
        return self.tag("span", element, html) if in_line else self.paragraph(element, html)

    def _imprint(self, element: Any) -> str:
        """An author or a date, of its own line only where it stands by itself."""
        alone = local(element.getparent()) in (*TEXTS, "titlePage")
        return self.paragraph(element) if alone else self.span(element)

    def _code(self, element: Any) -> str:
        return self.tag("code", element)

    def _example(self, element: Any) -> str:
        if local(element) == "eg":
            return self.tag("pre", element)
        source = "".join(etree.tostring(one, encoding="unicode") for one in element)
        source = re.sub(r' xmlns(?::\w+)?="[^"]*"', "", (element.text or "") + source)
        return f"<pre>{escape(source)}</pre>"

    def _abbreviation(self, element: Any) -> str:
        return self.tag("abbr", element)

    def _formula(self, element: Any) -> str:
        math = next(descendants(element, "math"), None)
        if math is not None:
            return math_html(math).strip()
        is_tex = "tex" in attribute(element, "notation").lower()
        return tex_html(element) if is_tex else self.inner(element)

    def _elsewhere(self, element: Any) -> str:
        self.draft.warn("Parts of it are in other files (xi:include), which were not read.")
        return ""

    WRITERS: ClassVar[Mapping[str, Callable[[Any, Any], str]]] = {
        **dict.fromkeys(TEXTS, _part),
        **dict.fromkeys(_PARAGRAPHS, Walk.paragraph),
        **dict.fromkeys(("opener", "postscript", "argument", "titlePage", "noteGrp",
                         "castGroup", "lg", "spGrp", "set", "prologue", "epilogue", "address",
                         "performance", "imprint"), Walk.block),
        **dict.fromkeys(("quote", "q", "said", "soCalled"), _quote),
        **dict.fromkeys(("floatingText", "epigraph"), _blockquote),
        **dict.fromkeys(("list", "listBibl", "listPerson", "listPlace", "listOrg", "castList"),
                        _list),
        **dict.fromkeys(("choice", "app"), _choice),
        **dict.fromkeys(("ref", "ptr"), _link),
        **dict.fromkeys(("emph", "distinct"), _emphasis),
        **dict.fromkeys(("code", "gi", "att", "val", "tag", "ident"), _code),
        **dict.fromkeys(("bibl", "biblStruct", "biblFull"), _bibl),
        **dict.fromkeys(("eg", "egXML"), _example),
        **dict.fromkeys(("pb", "cb", "gb", "milestone"), _page_end),
        **dict.fromkeys(("fw", "graphic", "media", "index", "interp", "interpGrp", "spanGrp",
                         "span", "teiHeader", "divGen", "witDetail", "facsimile", "handShift",
                         "certainty",
                         "precision", "respons", "fallback", "standOff"),
                        _nothing),
        "head": _head, "l": _line, "sp": _speech, "stage": _stage, "cit": _citation,
        "table": _table, "figure": _figure, "note": TeiNotes.note, "hi": _highlight,
        "title": _title,
        "gap": _gap, "add": _added, "del": _deleted, "lb": _line_end, "space": _space,
        "docAuthor": _imprint, "docDate": _imprint, "abbr": _abbreviation, "formula": _formula,
        "include": _elsewhere, "ruby": Walk.ruby,
    }  # fmt: skip


def _before(element: Any) -> str:
    """The words that stand right before an element in its parent."""
    earlier = element.getprevious()
    said = element.getparent().text if earlier is None else earlier.tail
    if not said and earlier is not None and earlier.tag is etree.Entity:
        return html5.get(f"{earlier.name};", "")
    return str(said or "")
