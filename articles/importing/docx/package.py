"""The parts of a Word file, read within bounds; and the small package that mammoth is given.

mammoth opens zips and XML by itself. So it never sees the file that came in: only parts that
were parsed safely and written again, without entities, pictures, macros or anything outside.
"""

import io
import posixpath
import re
import zipfile
from urllib.parse import unquote

from lxml import etree

from articles.importing.document import ImportRefused
from articles.importing.safe_xml import local, parse
from articles.importing.safe_zip import Archive, Limits

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"

# Only the parts with words are unpacked; trees of XML take twenty times their bytes.
_LIMITS = Limits(member_bytes=30_000_000, all_bytes=60_000_000, ratio_from=10_000_000)
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_DEEPEST = 120  # elements; a nested list in a nested table has thirty


class Package:
    """An open Word file: its parts as trees in the transitional namespaces."""

    def __init__(self, data: bytes) -> None:
        """Errors: ImportRefused when it is broken, too large or no Word file."""
        self._archive = Archive(data, limits=_LIMITS)
        root = self._links("")
        self.main = self._found(root, "officeDocument", "word/document.xml")
        if self.main is None:
            raise ImportRefused("It is no Word file: the part with its text is missing.")
        self.document = self._part(self.main)
        if local(self.document) != "document" or self.document.find(f"{W}body") is None:
            raise ImportRefused("It is no Word file: the part with its text has no text body.")
        links = self._links(self.main)
        self.missing: list[str] = []  # words for parts that are named but not there, or broken
        self._names = {
            kind: self._found(links, kind, posixpath.join(posixpath.dirname(self.main), name))
            for kind, name in (
                ("footnotes", "footnotes.xml"),
                ("endnotes", "endnotes.xml"),
                ("styles", "styles.xml"),
                ("numbering", "numbering.xml"),
                ("comments", "comments.xml"),
            )
        }
        self._names["core-properties"] = self._found(root, "core-properties", "docProps/core.xml")

    def part(self, kind: str) -> etree._Element | None:
        """The root of a part such as "footnotes", or None where there is none to read."""
        name = self._names[kind]
        if name is None:
            return None
        try:
            return self._part(name)
        except ImportRefused as refusal:
            if "declares entities" in refusal.reason or "more than" in refusal.reason:
                raise
            self.missing.append(kind)
            return None

    def targets(self, kind: str) -> dict[str, str]:
        """The addresses outside that the part ``kind`` ("" is the text) links to, by id."""
        name = self._names[kind] if kind else self.main
        links = self._links(name) if name else []
        return {
            own_id: target
            for own_id, what, target, outside in links
            if outside and what == "hyperlink"
        }

    def _part(self, name: str) -> etree._Element:
        try:
            return _transitional(self._archive.read(name))
        except ImportRefused as refusal:
            raise ImportRefused(refusal.reason, refusal.where or name) from refusal

    def _links(self, name: str) -> list[tuple[str, str, str, bool]]:
        """What the part ``name`` refers to: (id, kind, target, whether that is outside)."""
        folder, base = posixpath.split(name)
        own = posixpath.join(folder, "_rels", f"{base}.rels")
        if own not in self._archive:
            return []
        try:
            root = parse(self._archive.read(own))
        except ImportRefused as refusal:
            if "declares entities" in refusal.reason:
                raise
            return []
        return [
            (
                link.get("Id") or "",
                (link.get("Type") or "").rpartition("/")[2],
                link.get("Target") or "",
                (link.get("TargetMode") or "") == "External",
            )
            for link in root.iter(f"{{{RELATIONSHIPS}}}Relationship")
        ]

    def _found(self, links: list[tuple[str, str, str, bool]], kind: str, usual: str) -> str | None:
        """The member that a relationship of ``kind`` names, or the usual one, if it is there."""
        folder = posixpath.dirname(usual) if kind != "officeDocument" else ""
        folder = "" if kind == "core-properties" else folder
        for _, what, target, outside in links:
            name = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            if what == kind and not outside and name in self._archive:
                return name
        return usual if usual in self._archive else None


def _transitional(data: bytes) -> etree._Element:
    """The root of a part; Strict Open XML has the same elements under other names."""
    root = parse(data)
    source = etree.tostring(root, encoding="utf-8")  # ASCII cannot write every name
    if _STRICT.search(source):
        root = parse(_STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", source))
    if _depth(root) > _DEEPEST:
        raise ImportRefused("Its tables and frames nest too deep to be a text for reading.")
    return root


def _depth(root: etree._Element) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def packed(parts: dict[str, tuple[etree._Element, dict[str, str]]]) -> io.BytesIO:
    """A package for mammoth: each part's root with the addresses that its links lead to."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, (root, targets) in parts.items():
            archive.writestr(f"word/{name}.xml", etree.tostring(root, encoding="utf-8"))
            if targets:
                links = etree.Element(f"{{{RELATIONSHIPS}}}Relationships")
                for own_id, target in targets.items():
                    etree.SubElement(
                        links,
                        f"{{{RELATIONSHIPS}}}Relationship",
                        Id=own_id,
                        Target=target,
                        Type="hyperlink",
                    )
                archive.writestr(f"word/_rels/{name}.xml.rels", etree.tostring(links))
    buffer.seek(0)
    return buffer
