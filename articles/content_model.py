"""Brings sanitised HTML into the few shapes that the stored body knows.

Paragraphs, headings, ``pre`` and ``dt`` hold words only; lists hold items, tables rows; every
other container holds either words or blocks, never both. Inline elements around blocks are
taken into each block. So the tree that a browser builds from the result is the tree meant here.

It refuses nothing and keeps all words; what is allowed at all was decided by the sanitiser.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from .body_lines import ids_of, is_visible, lines, preformatted, words
from .body_tree import Atom, Block, Element, Item, Path, Wrap, parse, write
from .text import ATTRIBUTES, VOIDS

# Deeper than this, containers are dropped and their words stay: recursion must end somewhere.
_MAX_BLOCK_DEPTH = 50
_MAX_INLINE_DEPTH = 16
# How many levels of the stored tree a container brings along.
_LEVELS = {"table": 4, "ul": 2, "ol": 2, "dl": 2, "figure": 2, "blockquote": 1, "section": 1}

RENAMED = {
    "h1": "h2", "h6": "h5", "b": "strong", "i": "em", "var": "em", "dfn": "em",
    "strike": "del", "s": "del", "tt": "code", "kbd": "code", "samp": "code",
    "acronym": "abbr", "bdi": "span", "bdo": "span", "menu": "ul", "dir": "ul",
}  # fmt: skip
_INLINES = frozenset({
    "a", "em", "strong", "sup", "sub", "code", "cite", "q", "abbr", "del", "ins", "span",
})  # fmt: skip
# Emphasis inside the same emphasis says nothing; a quotation inside a quotation does.
_SAID_ONCE = frozenset({"em", "strong", "code", "del", "ins", "abbr"})
# Inline elements the stored form does not know: their words stay, and their language.
_PLAIN_INLINES = frozenset({
    "u", "small", "big", "font", "mark", "time", "data", "label", "nobr", "ruby", "rb",
    "rt", "rp", "rtc",
})  # fmt: skip
_HEADINGS = frozenset({"h2", "h3", "h4", "h5"})
_ITEMS = {"ul": ("li",), "ol": ("li",), "dl": ("dd", "dt")}
# Items found outside their list get one.
_LIST_OF = {"li": "ul", "dt": "dl", "dd": "dl"}
_ROW_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_LOCAL_LINK = re.compile(r' href="#([^"]+)"')

# Elements that only break the line.
_CONTAINERS = frozenset({
    "address", "article", "aside", "center", "details", "dialog", "div", "fieldset", "footer",
    "form", "header", "hgroup", "legend", "main", "nav", "search", "summary",
})  # fmt: skip

# What this module knows how to read; the sanitiser lets these through.
SOURCE_ELEMENTS = frozenset(
    {*_INLINES, *_PLAIN_INLINES, *_HEADINGS, *RENAMED, *_LEVELS, *_LIST_OF, *_ROW_GROUPS}
    | {"p", "pre", "br", "hr", "img", "figcaption", "caption", "tr", "td", "th"}
    | _CONTAINERS
)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk stands: the inline elements around it, its depth, how blocks count."""

    path: Path = ()
    depth: int = 0
    flat: bool = False  # too deep: every block is a mere paragraph
    in_pre: bool = False


def shape(html: str) -> str:
    """Sanitised HTML in, the same words in the stored form out."""
    targets = frozenset(unquote(target) for target in _LOCAL_LINK.findall(html))
    walk = _Walk(targets)
    blocks, _ = _as_blocks(walk.children(parse(html), _Place(), {}), {})
    return write([*_parting(blocks), *walk.endnotes])


def _parting(blocks: list[Block]) -> list[Block]:
    """``blocks`` with only such rules as part two pieces of text."""
    parted: list[Block] = []
    for block in blocks:
        if block.tag != "hr" or (parted and parted[-1].tag != "hr"):
            parted.append(block)
    while parted and parted[-1].tag == "hr":
        parted.pop()
    return parted


class _Walk:
    """Turns the source tree into blocks and pieces of lines; sets the endnotes aside."""

    def __init__(self, targets: frozenset[str]) -> None:
        self.targets = targets
        self.endnotes: list[Block] = []

    def children(self, parent: Element, place: _Place, inherited: Mapping[str, str]) -> list[Item]:
        items: list[Item] = []
        for child in parent.children:
            if isinstance(child, str):
                items.append(Atom(place.path, "text", child))
            else:
                items += self.element(child, place, inherited)
        return items

    def element(self, node: Element, place: _Place, inherited: Mapping[str, str]) -> list[Item]:
        tag = RENAMED.get(node.tag, node.tag)
        if tag == "br":
            return [Atom(place.path, "text", "\n") if place.in_pre else Atom(place.path, "br")]
        if tag == "img":
            # Pictures that the archive does not hold are not shown: reading calls nobody up.
            if place.in_pre or "src" not in node.attributes:
                return []
            return [Atom(place.path, "img", attributes=_kept(node, "img"))]
        if tag in _INLINES or tag in _PLAIN_INLINES:
            return self.inline(node, tag, place, inherited)
        if place.in_pre:
            line = Atom(place.path, "line")
            return [line, *self.children(node, place, {}), line]
        levels = _LEVELS.get(tag, 0)
        if place.flat or place.depth + levels > _MAX_BLOCK_DEPTH:
            return self.paragraphs(node, replace(place, flat=True), inherited)
        return self.block(node, tag, replace(place, depth=place.depth + levels), inherited)

    def inline(
        self, node: Element, tag: str, place: _Place, inherited: Mapping[str, str]
    ) -> list[Item]:
        if tag in _PLAIN_INLINES:
            tag = "span"
        if tag == "a" and any(outer.tag == "a" for outer in place.path):
            tag = "span"
        attributes = _kept(node, tag)
        if node.tag == "bdi":
            attributes.setdefault("dir", "auto")
        said = tag in _SAID_ONCE and any(outer.tag == tag for outer in place.path)
        idle = not attributes and (said or tag in ("a", "span"))
        if idle or len(place.path) >= _MAX_INLINE_DEPTH:
            return self.children(node, place, inherited)
        wrapped = replace(place, path=(*place.path, Wrap(tag, attributes)))
        items = self.children(node, wrapped, inherited)
        if "id" in attributes and not is_visible(items):
            kept_tag = tag if tag in ("a", "span") else "span"
            target = Atom(place.path, "id", attributes["id"], {"tag": kept_tag})
            # What is left are spaces and breaks: they stay, beside the empty element.
            return [target, *(replace(item, path=place.path) for item in _atoms(items))]
        return items

    def block(
        self, node: Element, tag: str, place: _Place, inherited: Mapping[str, str]
    ) -> list[Item]:
        if node.attributes.get("role") == "doc-endnotes":
            return self.notes(node, tag, place, inherited)
        attributes = {**inherited, **_kept(node, tag)}
        if tag == "hr":
            return [Block("hr", {})]
        if tag == "table":
            return self.table(node, attributes, place)
        if tag == "pre":
            atoms = preformatted(_atoms(self.children(node, replace(place, in_pre=True), {})))
            return _leaf(Block(tag, attributes), atoms)
        if tag in _HEADINGS or tag == "dt":
            atoms = words(self.children(node, place, {}), Atom((), "text", " "))
            return _leaf(Block(tag, attributes), atoms)
        if tag in _ITEMS:
            return _list(Block(tag, attributes), self.children(node, place, {}))
        if tag == "figure":
            return _figure(Block(tag, attributes), self.children(node, place, {}))
        if tag == "blockquote":
            blocks, ids = _as_blocks(self.children(node, place, {}), {})
            return [Block(tag, attributes, blocks=blocks)] if blocks else [*ids]
        if tag in ("li", "dd", "figcaption"):
            item = Block(tag, attributes)
            ids = _fill(item, self.children(node, place, {}))
            return [item] if item.blocks or item.atoms else [*ids]
        return self.paragraphs(node, place, inherited)

    def paragraphs(self, node: Element, place: _Place, inherited: Mapping[str, str]) -> list[Item]:
        """The content of a paragraph, or of an element that only breaks the line."""
        passed_on = {**inherited, **_kept(node, "")}
        own_id = passed_on.pop("id", "")
        items = self.children(node, place, passed_on)
        if own_id and (node.tag == "p" or own_id in self.targets):
            items.insert(0, Atom((), "id", own_id))
        blocks, ids = _as_blocks(items, passed_on, made_up=node.tag != "p")
        return [*blocks, *ids]

    def notes(
        self, node: Element, tag: str, place: _Place, inherited: Mapping[str, str]
    ) -> list[Item]:
        """Nothing but lost ids: the notes go to the end of the body."""
        plain = Element(node.tag if tag in _ITEMS else "div", dict(node.attributes), node.children)
        del plain.attributes["role"]
        blocks, ids = _as_blocks(self.element(plain, place, inherited), {})
        if blocks:
            self.endnotes.append(Block("section", {"role": "doc-endnotes"}, blocks=blocks))
        return [*ids]

    def table(self, node: Element, attributes: dict[str, str], place: _Place) -> list[Item]:
        """The table; before it, what a parser would have moved out of it."""
        captions: list[Block] = []
        groups: list[Block] = []
        strays: list[Item] = []
        for child in node.children:
            if isinstance(child, str):
                strays.append(Atom(place.path, "text", child))
            elif child.tag in _ROW_GROUPS:
                groups += self.row_group(child, place, strays)
            elif child.tag == "caption" and not captions:
                atoms = words(self.children(child, place, {}), Atom((), "br"))
                captions += _blocks(_leaf(Block("caption", _kept(child, "caption")), atoms))
            else:
                strays += self.element(child, place, attributes)
        cells = [cell for group in groups for row in group.blocks for cell in row.blocks]
        if not any(cell.blocks or is_visible(cell.atoms) for cell in cells):
            ids = [atom for cell in cells for atom in cell.atoms]
            return [*strays, *(atom for block in captions for atom in block.atoms), *ids]
        if len(cells) == 1 and not captions:
            # One cell is no table: old pages drew boxes so.
            return [*strays, *(cells[0].blocks or [Block("p", {}, atoms=cells[0].atoms)])]
        return [*strays, Block("table", attributes, blocks=[*captions, *groups])]

    def row_group(self, node: Element, place: _Place, strays: list[Item]) -> list[Block]:
        rows = []
        for row in node.children:
            if isinstance(row, str):
                strays.append(Atom(place.path, "text", row))
            elif row.tag != "tr":
                strays += self.element(row, place, {})
            elif cells := self.cells(row, place, strays):
                rows.append(Block("tr", _kept(row, "tr"), blocks=cells))
        return [Block(node.tag, _kept(node, node.tag), blocks=rows)] if rows else []

    def cells(self, row: Element, place: _Place, strays: list[Item]) -> list[Block]:
        """The cells of a row; empty ones too, else the columns would shift."""
        cells = []
        for node in row.children:
            if isinstance(node, str):
                strays.append(Atom(place.path, "text", node))
            elif node.tag in ("td", "th"):
                cell = Block(node.tag, _kept(node, node.tag))
                ids = _fill(cell, self.children(node, place, {}))
                if not cell.blocks and not cell.atoms:
                    cell.atoms = ids
                cells.append(cell)
            else:
                strays += self.element(node, place, {})
        return cells


def _kept(node: Element, tag: str) -> dict[str, str]:
    """The attributes of ``node`` that ``tag`` may carry in the stored form."""
    allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, frozenset())
    kept = {name: value for name, value in node.attributes.items() if name in allowed}
    if node.tag == "a" and "name" in node.attributes:
        kept.setdefault("id", node.attributes["name"])
    return kept


def _as_blocks(
    items: Iterable[Item], attributes: Mapping[str, str], *, made_up: bool = True
) -> tuple[list[Block], list[Atom]]:
    """``items`` as blocks, words in paragraphs with ``attributes``; and ids that found no block."""
    blocks: list[Block] = []
    run: list[Atom] = []
    ids: list[Atom] = []

    def end_run() -> None:
        nonlocal ids
        for line in lines(run, split=True):
            if is_visible(line):
                blocks.append(Block("p", dict(attributes), atoms=[*ids, *line], made_up=made_up))
                ids = []
            else:
                ids += ids_of(line)
        run.clear()

    for item in items:
        if isinstance(item, Atom):
            run.append(item)
            continue
        end_run()
        if ids and _add_ids(item, ids, first=True):
            ids = []
        if item.tag == "figcaption":
            blocks += item.blocks or [Block("p", item.attributes, atoms=item.atoms, made_up=True)]
        elif item.tag not in _LIST_OF:
            blocks.append(item)
        elif blocks and blocks[-1].made_up and blocks[-1].tag == _LIST_OF[item.tag]:
            blocks[-1].blocks.append(item)
        else:
            blocks.append(Block(_LIST_OF[item.tag], {}, blocks=[item], made_up=True))
    end_run()
    for block in reversed(blocks):
        if ids and _add_ids(block, ids, first=False):
            ids = []
    return blocks, ids


def _list(block: Block, items: Sequence[Item]) -> list[Item]:
    """A list of ``items``; what is no item becomes one, a list between items joins the last."""
    entries: list[Block] = []
    strays: list[Item] = []
    ids: list[Atom] = []
    names = _ITEMS[block.tag]

    def end_strays() -> None:
        nonlocal ids
        nested = _blocks(strays)
        lists_only = nested and all(stray.tag in _ITEMS for stray in nested)
        if entries and lists_only and not is_visible(_atoms(strays)):
            _fill(entries[-1], [*(entries[-1].blocks or entries[-1].atoms), *nested])
            strays.clear()
            return
        entry = Block(names[0], {})
        ids += _fill(entry, strays)
        if entry.blocks or entry.atoms:
            entries.append(entry)
        strays.clear()

    for item in items:
        inner = item.blocks if isinstance(item, Block) and item.made_up else [item]
        if not all(isinstance(one, Block) and one.tag in names for one in inner):
            strays.append(item)
            continue
        end_strays()
        for entry in _blocks(inner):
            if ids and _add_ids(entry, ids, first=True):
                ids = []
            entries.append(entry)
    end_strays()
    if not entries:
        return [*ids]
    if ids:
        _add_ids(entries[-1], ids, first=False)
    block.blocks = entries
    return [block]


def _figure(block: Block, items: Sequence[Item]) -> list[Item]:
    """Pictures and other blocks with their caption; without either, just the blocks."""
    run: list[Atom] = []
    ids: list[Atom] = []

    def end_run() -> None:
        pictures = [atom for atom in run if atom.kind == "img"]
        if pictures and not is_visible(atom for atom in run if atom.kind != "img"):
            block.blocks += [Block("img", picture.attributes) for picture in pictures]
            ids.extend(ids_of(run))
        else:
            made, lost = _as_blocks(run, {})
            block.blocks += made
            ids.extend(lost)
        run.clear()

    for item in items:
        if isinstance(item, Atom):
            run.append(item)
            continue
        end_run()
        captioned = any(other.tag == "figcaption" for other in block.blocks)
        if item.tag == "figcaption" and not captioned:
            block.blocks.append(item)
        else:
            block.blocks += _as_blocks([item], {})[0]
    end_run()
    if any(inner.tag in ("figcaption", "img") for inner in block.blocks):
        return [*ids, block]
    return [*ids, *block.blocks]


def _fill(block: Block, items: Iterable[Item]) -> list[Atom]:
    """Put ``items`` into a container of either words or blocks; the ids that found no place."""
    blocks, ids = _as_blocks(items, {})
    block.blocks, block.atoms = blocks, []
    if len(blocks) == 1 and blocks[0].tag == "p" and blocks[0].made_up and not blocks[0].attributes:
        block.blocks, block.atoms = [], blocks[0].atoms
    return ids


def _leaf(block: Block, atoms: list[Atom]) -> list[Item]:
    if not is_visible(atoms):
        return [*ids_of(atoms)]
    block.atoms = atoms
    return [block]


def _add_ids(block: Block, ids: list[Atom], *, first: bool) -> bool:
    """Put ``ids`` before the first or after the last words of ``block``, if it can hold any."""
    while block.blocks:
        block = block.blocks[0 if first else -1]
    if block.tag in VOIDS:
        return False
    block.atoms = [*ids, *block.atoms] if first else [*block.atoms, *ids]
    return True


def _atoms(items: Iterable[Item]) -> list[Atom]:
    return [item for item in items if isinstance(item, Atom)]


def _blocks(items: Iterable[Item]) -> list[Block]:
    return [item for item in items if isinstance(item, Block)]
