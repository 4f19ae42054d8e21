"""An EPUB as it is packed: its parts in reading order, its contents list, what encrypts it."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urldefrag

from articles.importing.document import ImportRefused
from articles.importing.safe_xml import local, parse
from articles.importing.safe_zip import Archive, Limits

from .pages import page_of, types_of

# Pictures and sounds are never unpacked.
_LIMITS = Limits(member_bytes=30_000_000, all_bytes=100_000_000, ratio_from=10_000_000)
_PAGES = ("application/xhtml+xml", "text/html", "application/xml", "text/x-oeb1-document")
# Fonts made unusable elsewhere; the words are in the open.
_OBFUSCATION = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_MOST_ENTRIES = 20_000


@dataclass(frozen=True)
class Entry:
    """A line of the contents list: a title, and the place it leads to."""

    title: str
    name: str
    fragment: str
    children: tuple["Entry", ...] = ()


class Package:
    """An open EPUB."""

    def __init__(self, data: bytes) -> None:
        """Errors: ImportRefused when it is broken, encrypted or no EPUB."""
        self._archive = Archive(data, limits=_LIMITS)
        self._folded = {name.casefold(): name for name in reversed(self._archive.names)}
        self._refuse_encrypted()
        self.name = self._package_name()
        self.root = parse(self._archive.read(self.name))
        if local(self.root) != "package":
            raise ImportRefused("It is no EPUB: its package file holds no package.", self.name)
        self._items = {
            item.get("id") or "": (self.member(item.get("href") or "", self.name), item)
            for item in elements(self.root, "item")
        }
        self.missing: list[str] = []  # parts of the reading order that are not in the archive
        self.spine = self._reading_order()
        self.guide = {
            self.member(one.get("href") or "", self.name)[0]: (one.get("type") or "").lower()
            for one in elements(self.root, "reference")
        }

    def member(self, href: str, base: str) -> tuple[str, str]:
        """The member and the fragment that a link in the member ``base`` leads to."""
        try:
            path, fragment = urldefrag(href.strip())
        except ValueError:
            return "", ""
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", path):
            return "", ""
        name = base
        if path:
            joined = posixpath.join("/", posixpath.dirname(base), unquote(path))
            name = posixpath.normpath(joined).lstrip("/")
        return self._folded.get(name.casefold(), name), unquote(fragment)

    def read(self, name: str) -> bytes:
        """The bytes of a member. Errors: ImportRefused."""
        return self._archive.read(name)

    def __contains__(self, name: str) -> bool:
        return name in self._archive

    @property
    def is_fixed_layout(self) -> bool:
        """Whether its pages are set as pictures are."""
        return any(
            (
                meta.get("property") == "rendition:layout"
                and (meta.text or "").strip() == "pre-paginated"
            )
            or (meta.get("name") == "fixed-layout" and meta.get("content") == "true")
            for meta in elements(self.root, "meta")
        )

    def contents(self) -> tuple[Entry, ...]:
        """The list of contents as the book has it, or nothing where it has none that is whole."""
        navigation = [
            name for (name, _), item in self._items.values()
            if "nav" in (item.get("properties") or "").split()
        ]  # fmt: skip
        lists = [
            name for (name, _), item in self._items.values()
            if item.get("media-type") == "application/x-dtbncx+xml"
        ]  # fmt: skip
        for names, read in ((navigation, self._nav), (lists, self._ncx)):
            for name in names:
                try:
                    if name in self and (entries := read(name)):
                        return entries
                except ImportRefused:
                    continue
        return ()

    def outside(self) -> list[str]:
        """The pages that are packed, but not in the reading order."""
        return [
            name for (name, _), item in self._items.values()
            if item.get("media-type") in _PAGES[:2] and name in self and name not in self.spine
            and name not in self.navigation
        ]  # fmt: skip

    @property
    def navigation(self) -> set[str]:
        """The members that are nothing but lists of contents."""
        return {
            name for (name, _), item in self._items.values()
            if "nav" in (item.get("properties") or "").split()
        }  # fmt: skip

    def _nav(self, name: str) -> tuple[Entry, ...]:
        page = page_of(self.read(name))
        lists = [one for one in page.iter("nav") if "toc" in types_of(one)] or [*page.iter("nav")]
        for one in lists[:1]:
            for found in one.iter("ol"):
                return tuple(self._nav_entries(found, name))
        return ()

    def _nav_entries(self, items: Any, base: str) -> Iterator[Entry]:
        for item in items.iterchildren("li"):
            label = next((one for one in item if one.tag in ("a", "span")), None)
            inner = next(item.iterchildren("ol"), None)
            children = () if inner is None else tuple(self._nav_entries(inner, base))
            title = "" if label is None else " ".join("".join(label.itertext()).split())
            href = "" if label is None else (label.get("href") or "")
            name, fragment = self.member(href, base) if href else ("", "")
            yield Entry(title, name, fragment, children)

    def _ncx(self, name: str) -> tuple[Entry, ...]:
        root = parse(self.read(name))
        return tuple(
            entry for one in list(elements(root, "navMap"))[:1] for entry in self._points(one, name)
        )

    def _points(self, outer: Any, base: str) -> Iterator[Entry]:
        for point in outer:
            if local(point) != "navPoint":
                continue
            label = next((one for one in point if local(one) == "navLabel"), None)
            place = next((one for one in point if local(one) == "content"), None)
            words = "" if label is None else " ".join("".join(label.itertext()).split())
            href = "" if place is None else (place.get("src") or "")
            name, fragment = self.member(href, base) if href else ("", "")
            yield Entry(words, name, fragment, tuple(self._points(point, base)))

    def _reading_order(self) -> list[str]:
        """The pages in their order, those left out that are only shown when called for."""
        names: list[str] = []
        for reference in elements(self.root, "itemref"):
            (name, _), item = self._items.get(reference.get("idref") or "", (("", ""), None))
            if (reference.get("linear") or "").strip().lower() == "no":
                continue
            if item is None:
                self.missing.append(reference.get("idref") or "?")
            elif name not in self._archive:
                self.missing.append(name)
            elif (item.get("media-type") or _PAGES[0]) in _PAGES and name not in names:
                names.append(name)
        return names

    def _package_name(self) -> str:
        """The member with the package: as the container says, or the only one there is."""
        if "META-INF/container.xml" in self._archive:
            try:
                container = parse(self._archive.read("META-INF/container.xml"))
            except ImportRefused as refusal:
                raise ImportRefused(refusal.reason, "META-INF/container.xml") from refusal
            for rootfile in elements(container, "rootfile"):
                name = self.member(rootfile.get("full-path") or "", "")[0]
                if name in self._archive:
                    return name
        found = [name for name in self._archive.names if name.lower().endswith(".opf")]
        if len(found) != 1:
            raise ImportRefused("It is no EPUB that can be read: its package file is missing.")
        return found[0]

    def _refuse_encrypted(self) -> None:
        name = "META-INF/encryption.xml"
        if name not in self._archive:
            return
        for data in elements(parse(self._archive.read(name)), "EncryptedData"):
            methods = [one.get("Algorithm") for one in data if local(one) == "EncryptionMethod"]
            if not methods or any(method not in _OBFUSCATION for method in methods):
                raise ImportRefused(
                    "It is protected against copying (DRM): its words are encrypted."
                )


def elements(root: Any, name: str) -> Iterator[Any]:
    """The elements of that name, whatever their namespace."""
    return (one for one in root.iter() if local(one) == name)
