"""What an editor's HTML held that a stored body cannot: told, so that nothing vanishes unseen.

Compares the HTML that was sent with what ``articles.sanitize.clean`` made of it. Pure.
"""

from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser

from .content_model import RENAMED, SOURCE_ELEMENTS
from .text import ATTRIBUTES, BLOCKS, INLINES

# Browsers write these round any words that are edited; nobody misses them.
_NOISE = frozenset({"span", "br", "p", "html", "head", "body", "meta", "tbody", "div", "font"})
_NOISY_ATTRIBUTES = frozenset({"style", "class"})
_KNOWN_ATTRIBUTES = frozenset().union(*ATTRIBUTES.values())


@dataclass(frozen=True, slots=True)
class LeftOut:
    """``count`` times ``name`` is missing: an element as "<u>", an attribute as "onclick".

    ``words_stay`` says whether only the markup went, and not what stood in it.
    """

    name: str
    count: int
    words_stay: bool


def left_out(source: str, stored: str) -> list[LeftOut]:
    """What of ``source`` is not in ``stored``, elements first, each by name."""
    before, after = _Count(source), _Count(stored)
    found = []
    for tag, count in sorted(before.elements.items()):
        missing = count - after.elements[tag] if tag in BLOCKS | INLINES else count
        if tag not in _NOISE and missing > 0:
            words_stay = tag in SOURCE_ELEMENTS and tag != "img"
            found.append(LeftOut(f"<{tag}>", missing, words_stay))
    for name, count in sorted(before.attributes.items()):
        missing = count - after.attributes[name] if name in _KNOWN_ATTRIBUTES else count
        if name not in _NOISY_ATTRIBUTES and missing > 0:
            found.append(LeftOut(name, missing, True))
    return found


class _Count(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.attributes: Counter[str] = Counter()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[RENAMED.get(tag, tag)] += 1
        self.attributes.update(name for name, _value in attrs)
