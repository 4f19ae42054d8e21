"""The tree of a body: read from strictly spelt HTML, written as stored HTML.

Two shapes: ``Element`` is a node as the source had it; ``Block`` and ``Atom`` are what the stored
form is made of. Only ``write`` decides how stored HTML is spelt.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from .text import VOIDS, attributes_of, escape, escape_attribute, scan

# Deeper than this, elements are left out of the tree and their words stay.
MAX_SOURCE_DEPTH = 100

# NUL and the other controls, and the two code points that XML cannot hold. Those that count as
# white space (tab, line ends, form feed, U+0085) are not here: they part words.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_INLINE_NAMES = frozenset({
    "a", "b", "i", "u", "s", "q", "em", "sup", "sub", "code", "cite", "abbr", "del", "ins",
    "span", "strong", "small", "big", "font", "tt", "var", "dfn", "kbd", "samp", "mark",
    "time", "data", "label", "strike", "acronym", "bdi", "bdo", "nobr", "ruby", "rb", "rt",
    "rp", "rtc",
})  # fmt: skip


@dataclass(eq=False, slots=True)
class Element:
    """A node of the source tree."""

    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Wrap:
    """An inline element around words; one object is one element, so equality is identity."""

    tag: str
    attributes: dict[str, str]


Path: TypeAlias = tuple[Wrap, ...]


@dataclass(slots=True)
class Atom:
    """Something in a line of words, with the inline elements around it from the outside in.

    ``kind`` is "text", "br", "img", "line" (a line end in ``pre``, unless one is there already)
    or "id": a place that links lead to, of the element named in ``attributes["tag"]`` if any.
    """

    path: Path
    kind: str
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class Block:
    """A block of the stored body: with words (``atoms``) or with blocks, never with both."""

    tag: str
    attributes: dict[str, str]
    blocks: list["Block"] = field(default_factory=list)
    atoms: list[Atom] = field(default_factory=list)
    made_up: bool = False  # the source did not have this element


Item: TypeAlias = Atom | Block


def whole_characters(text: str) -> str:
    """``text`` with paired surrogates joined, and lone ones replaced by U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def without_controls(text: str) -> str:
    """``text`` without the control characters that no text needs; white space stays."""
    return _CONTROLS.sub("", text)


def parse(html: str) -> Element:
    """The tree of strictly spelt HTML, without its deepest elements (their words stay)."""
    root = Element("", {})
    stack = [root]
    for kind, raw, value in scan(html):
        if kind == "text":
            stack[-1].children.append(without_controls(value))
        elif kind == "end":
            if len(stack) == 1 or stack.pop().tag != value:
                raise ValueError(f"an end tag without its start: {raw}")
        else:
            element = Element(value, attributes_of(raw) if " " in raw else {})
            if value in VOIDS:
                stack[-1].children.append(element)
            elif len(stack) <= MAX_SOURCE_DEPTH:
                stack[-1].children.append(element)
                stack.append(element)
            else:
                # On the stack only, so that its end tag finds it; its words go to its parent.
                element.children = stack[-1].children
                if value not in _INLINE_NAMES:
                    element.children += [Element("br", {}), Element("br", {})]
                stack.append(element)
    return root


def write(blocks: Sequence[Block]) -> str:
    """The stored HTML of ``blocks``: one newline between siblings, every id once."""
    return _Writer().siblings(blocks)


class _Writer:
    def __init__(self) -> None:
        self.ids: set[str] = set()

    def siblings(self, blocks: Sequence[Block]) -> str:
        return "\n".join(self.block(block) for block in blocks)

    def block(self, block: Block) -> str:
        attributes, atoms = block.attributes, block.atoms
        while (
            atoms and atoms[0].kind == "id" and not atoms[0].attributes and "id" not in attributes
        ):
            attributes = {**attributes, "id": atoms[0].text}
            atoms = atoms[1:]
        start = self.start_tag(block.tag, attributes)
        if block.tag in VOIDS:
            return start
        inner = self.siblings(block.blocks) if block.blocks else self.words(atoms)
        return f"{start}{inner}</{block.tag}>"

    def words(self, atoms: Sequence[Atom]) -> str:
        pieces: list[str] = []
        around: Path = ()
        for atom in atoms:
            shared = 0
            for one, other in zip(around, atom.path, strict=False):
                if one is not other:
                    break
                shared += 1
            pieces += [f"</{wrap.tag}>" for wrap in reversed(around[shared:])]
            pieces += [self.start_tag(wrap.tag, wrap.attributes) for wrap in atom.path[shared:]]
            around = atom.path
            if atom.kind == "text":
                pieces.append(escape(atom.text))
            elif atom.kind == "br":
                pieces.append("<br>\n")
            elif atom.kind == "img":
                pieces.append(self.start_tag("img", atom.attributes))
            elif atom.kind == "id" and atom.text not in self.ids:
                tag = atom.attributes.get("tag", "span")
                pieces.append(f"{self.start_tag(tag, {'id': atom.text})}</{tag}>")
        pieces += [f"</{wrap.tag}>" for wrap in reversed(around)]
        return "".join(pieces)

    def start_tag(self, tag: str, attributes: Mapping[str, str]) -> str:
        kept = dict(attributes)
        if (own_id := kept.get("id")) is not None:
            if own_id in self.ids:
                del kept["id"]
            self.ids.add(own_id)
        spelt = [f' {name}="{escape_attribute(kept[name])}"' for name in sorted(kept)]
        return f"<{tag}{''.join(spelt)}>"
