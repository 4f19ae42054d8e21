"""The text of a JATS article as HTML: body, figures set apart, and what stands in ``back``."""

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from articles.importing.drafting import doi_of, is_address
from articles.importing.math_words import math_html, tex_html
from articles.importing.safe_xml import local
from articles.importing.xml_tables import xhtml_table
from articles.importing.xml_walk import (
    Walk,
    attribute,
    before,
    child,
    children,
    descendants,
    language_of,
    marked_list,
    words,
)
from articles.text import escape

from .notes import HEADS, JatsNotes, local_target
from .references import MIXED, citation_html, entries

_INLINE = {
    "italic": "em", "bold": "strong", "sup": "sup", "sub": "sub", "monospace": "code",
    "underline": "u", "strike": "del", "abbrev": "abbr", "sans-serif": "span",
    "styled-content": "span", "named-content": "span", "sc": "span", "roman": "span",
}  # fmt: skip
# What publishers print above parts that have no title of their own, by language.
HEADINGS = {
    "abstract": {"en": "Abstract", "es": "Resumen", "pt": "Resumo", "fr": "Résumé",
                 "de": "Zusammenfassung", "it": "Riassunto", "ru": "Аннотация"},
    "ref-list": {"en": "References", "es": "Referencias", "pt": "Referências",
                 "fr": "Références", "de": "Literatur", "it": "Bibliografia", "ru": "Литература"},
    "ack": {"en": "Acknowledgments", "es": "Agradecimientos", "pt": "Agradecimentos",
            "fr": "Remerciements", "de": "Danksagung", "it": "Ringraziamenti"},
}  # fmt: skip


class JatsWalk(JatsNotes):
    """Writes the parts of one article."""

    def back(self, article: Any) -> str:
        """Figures set apart from the text, and what follows it."""
        pieces = [self.rest(one) for one in children(article, "floats-group", "floats-wrap")]
        for part in children(child(article, "back")):
            if local(part) == "ack":
                pieces.append(self.section(part, title=self._heading_for("ack")))
            elif local(part) not in HEADS:
                pieces.append(self.node(part))
        return "".join(pieces)

    def abstract(self, element: Any) -> str:
        """An abstract, under what it is called, in its own language."""
        title = (
            "" if attribute(element, "abstract-type") else self._heading_for("abstract", element)
        )
        return self.section(element, title=title)

    def _heading_for(self, name: str, element: Any = None) -> str:
        """What is printed above a part without a title, in the language of the article."""
        own = language_of(element) if element is not None else ""
        return HEADINGS[name].get(
            (own or self.language).split("-")[0].lower(), HEADINGS[name]["en"]
        )

    def _skip(self, element: Any) -> str:
        return ""

    def _inline(self, element: Any) -> str:
        name = _INLINE[local(element)]
        return self.span(element) if name == "span" else self.tag(name, element)

    def _list(self, element: Any) -> str:
        kind = attribute(element, "list-type").lower()
        items = list(children(element, "list-item"))
        rows = [(words(child(item, "label")), self.rest(item)) for item in items]
        title = child(element, "title")
        head = self.paragraph(title) if title is not None else ""
        ordered = kind not in ("", "bullet", "simple", "none", "unordered")
        return head + marked_list(rows, [self.attributes(one) for one in items], ordered=ordered)

    def _quote(self, element: Any) -> str:
        return self.tag("blockquote", element)

    def _verse(self, element: Any) -> str:
        html = self.rest(element)
        heads = [self.paragraph(one) for one in children(element, "label", "title", "subtitle")]
        return self.block(element, "".join(heads) + f"<div>{html}</div>")

    def _verse_line(self, element: Any) -> str:
        return f"{self.inner(element)}<br>"

    def _definitions(self, element: Any) -> str:
        rows = ""
        for item in children(element):
            if local(item) in ("term-head", "def-head"):
                rows += self.tag("dt" if local(item) == "term-head" else "dd", item)
            elif local(item) == "def-item":
                rows += "".join(self.tag("dt", term) for term in children(item, "term"))
                rows += "".join(self.tag("dd", said) for said in children(item, "def"))
        nested = "".join(self.node(one) for one in children(element, "def-list"))
        title = child(element, "title")
        head = self.paragraph(title) if title is not None else ""
        return f"{head}<dl>{rows}</dl>{nested}"

    def _preformatted(self, element: Any) -> str:
        return self.tag("pre", element)

    def _figure(self, element: Any) -> str:
        """What is said of a picture, or a table with what is said of it."""
        label, caption = child(element, "label"), child(element, "caption")
        title = child(caption, "title")
        head = [self.inner(one).strip() for one in (label, title) if one is not None]
        said = f"<div><strong>{' '.join(head)}</strong></div>" if any(head) else ""
        parts = [one for one in children(caption) if local(one) != "title"]
        said += "".join(self.node(one) for one in parts)
        if caption is not None and not parts and title is None:
            said += self.inner(caption)
        if local(element) == "fig":
            said += "".join(self.paragraph(one) for one in children(element, "attrib"))
        left = [one for one in children(element) if local(one) not in (*HEADS, "attrib")]
        left += [one for one in children(element, "attrib") if local(element) != "fig"]
        rest = "".join(self.node(one) for one in left)
        cells = any(True for _ in descendants(element, "td", "th", "entry"))
        if local(element) == "table-wrap" and not cells and "graphic" in map(local, element.iter()):
            self.draft.warn("A table is only a picture in the file: its words are missing.")
        captioned = f"<figcaption>{said}</figcaption>" if said.strip() else ""
        return self.tag("figure", element, captioned + rest) if captioned + rest else ""

    def _table(self, element: Any) -> str:
        return xhtml_table(self, element)

    def _alternatives(self, element: Any) -> str:
        """The one of several forms that has most words: a formula or table before its picture."""
        parts = {local(one): one for one in reversed(list(children(element)))}
        for name in ("math", "tex-math", "table", "textual-form"):
            if name in parts and (html := self.node(parts[name])):
                return html
        return "".join(self.node(one) for one in list(parts.values())[-1:])

    def _formula(self, element: Any) -> str:
        math = child(element, "math")
        html = (self.inner(element) if math is None else self.node(math)).strip()
        if not html:
            self.draft.warn("A formula is only a picture in the file: its words are missing.")
            return ""
        if local(element) == "inline-formula":
            return self.tag("span", element, html)
        label = child(element, "label")
        return self.paragraph(element, f"{html} {self.inner(label)}" if label is not None else html)

    def _math(self, element: Any) -> str:
        return math_html(element).strip()

    def _tex(self, element: Any) -> str:
        return tex_html(element)

    def _ext_link(self, element: Any) -> str:
        address = attribute(element, "href") or words(element)
        content = self.inner(element)
        if local(element) == "email":
            return self.link(f"mailto:{address.removeprefix('mailto:')}", content)
        if (doi := doi_of(address)) and not is_address(address):
            address = f"https://doi.org/{doi}"
        elif target := local_target(element):
            return self.link(f"#{target}", content)
        elif re.match(r"www\.\S+$", address):
            address = f"https://{address}"
        return self.link(address, content) if is_address(address) else content

    def _references(self, element: Any) -> str:
        """The entries of a list of references; further lists inside it are parts of it."""
        items = list(entries(element))
        rows = [(words(child(item, "label")), self._entry(item)) for item in items]
        shown = marked_list(rows, [self.attributes(one) for one in items], ordered=False)
        others = [one for one in children(element) if local(one) not in ("ref", *HEADS)]
        before_it = [self.node(one) for one in others if local(one) != "ref-list"]
        after_it = [self.node(one) for one in others if local(one) == "ref-list"]
        return self.section(
            element,
            title=self._heading_for("ref-list") if local(element.getparent()) == "back" else "",
            content="".join((*before_it, shown, *after_it)),
        )

    def _entry(self, entry: Any) -> str:
        parts = [one for one in children(entry) if local(one) != "label"]
        if any(local(one) == "mixed-citation" for one in parts):  # the same, as a record
            parts = [one for one in parts if local(one) not in ("element-citation", "nlm-citation")]
        pieces = [self.node(one) for one in parts]
        return "".join(
            piece if piece.startswith("<div") else f"<div>{piece}</div>"
            for piece in pieces
            if piece
        )

    def _citation(self, element: Any) -> str:
        html = citation_html(self, element)
        mark = words(child(element, "label"))
        inner = f"{escape(mark)} {html}" if mark and not html.startswith(escape(mark)) else html
        return self.paragraph(element, inner) if local(element.getparent()) == "ref" else inner

    def _speech(self, element: Any) -> str:
        speaker = child(element, "speaker")
        said = "".join(self.node(one) for one in children(element) if local(one) != "speaker")
        name = f"<strong>{self.inner(speaker).strip()}</strong> " if speaker is not None else ""
        return self.block(element, before(name, said))

    def _statement(self, element: Any) -> str:
        heads = [self.inner(one).strip() for one in children(element, "label", "title")]
        head = f"<div><strong>{' '.join(heads)}</strong></div>" if any(heads) else ""
        return self.block(element, head + self.rest(element))

    def _break(self, element: Any) -> str:
        return "<br>"

    WRITERS: ClassVar[Mapping[str, Callable[[Any, Any], str]]] = {
        **dict.fromkeys(_INLINE, _inline),
        **dict.fromkeys(
            ("graphic", "inline-graphic", "object-id", "alt-text", "long-desc", "permissions",
             "sec-meta", "index-term", "index-term-range-end", "private-char", "processing-meta",
             "colgroup", "col", "counts", "funding-group", "kwd-group", "milestone-start",
             "milestone-end"),
            _skip,
        ),
        **dict.fromkeys(("p", "attrib", "title", "subtitle"), Walk.paragraph),
        **dict.fromkeys(
            ("sec", "app", "app-group", "ack", "glossary", "notes", "boxed-text", "bio",
             "question-wrap"),
            JatsNotes.section,
        ),
        **dict.fromkeys(
            ("fig", "table-wrap", "media", "supplementary-material", "chem-struct-wrap"), _figure
        ),
        "table": _table,
        **dict.fromkeys(("disp-formula", "inline-formula"), _formula),
        **dict.fromkeys(("ext-link", "uri", "email", "inline-supplementary-material"), _ext_link),
        **dict.fromkeys(MIXED, _citation),
        **dict.fromkeys(("preformat", "code"), _preformatted),
        **dict.fromkeys(("fn-group", "author-notes"), JatsNotes.note_group),
        **dict.fromkeys(("table-wrap-foot", "fig-group", "table-wrap-group", "disp-formula-group",
                         "question", "answer"), Walk.block),
        **dict.fromkeys(("alternatives", "citation-alternatives"), _alternatives),
        "list": _list, "def-list": _definitions, "disp-quote": _quote, "verse-group": _verse,
        "verse-line": _verse_line, "math": _math, "tex-math": _tex, "xref": JatsNotes.xref,
        "fn": JatsNotes.note,
        "ref-list": _references, "speech": _speech,
        "statement": _statement, "break": _break, "ruby": Walk.ruby, "label": _skip,
    }  # fmt: skip
