"""Where the main text of a page stands in the page's own tree.

trafilatura says what the main text is; here its words are found again in the tree of the page,
and everything else is taken out of that tree. So quotations, languages, captions, lists, tables
and footnotes stay as the page has them, which trafilatura's own HTML loses.
"""

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

# Elements whose text nobody reads as part of an article.
_UNREAD = frozenset({
    "script", "style", "template", "noscript", "iframe", "object", "svg", "math", "head", "title",
    "select", "option", "textarea", "button", "audio", "video", "canvas", "input", "label", "form",
    "dialog", "datalist",
})  # fmt: skip
_PARAGRAPHS_OF_TEXT = 3  # in a form that is more than a form
_APART = frozenset({"nav", "footer", "aside", "menu"})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu",
    "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "ul", "br",
})  # fmt: skip
_FOUND_BLOCKS = frozenset({
    "p", "head", "quote", "list", "item", "table", "row", "cell", "code", "lb", "body", "main",
    "div", "graphic", "fw", "figure",
})  # fmt: skip
_FILLERS = frozenset({
    "p", "h2", "h3", "h4", "h5", "h6", "li", "dd", "dt", "td", "th", "caption", "pre", "blockquote",
})  # fmt: skip
_IN_PAGE = re.compile("#")
_BETWEEN = frozenset({"hr", "br", "td", "th", "img"})
INSIDE = frozenset({"ul", "ol", "dl", "table", "tbody", "thead", "tr", "blockquote", "li"})
_SPACE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_NOISE_NAME = re.compile(
    r"(?:^|[\s_-])(?:ad|ads|advert\w*|banner|breadcrumb\w*|byline|comments?|cookie|credit|dateline|"
    r"disqus|download|hidden|login|meta|more|nav\w*|newsletter|paywall|popup|postmeta\w*|print|promo\w*|"
    r"rail|recirc\w*|recommend\w*|related|share|sharing|sidebar|signup|social|sponsor\w*|subscri\w*|"
    r"tags?|teaser|toolbar|trending|widget)(?:$|[\s_-])",
    re.IGNORECASE,
)
NOISE_TEXT = re.compile(
    r"\W*(?:advertisement|story continues|continue reading|read (?:more|also|next)|related\b|"
    r"see also|share (?:this|on)|follow us|sign up|subscribe|click here|photo(?: by)?:|image:|"
    r"getty images|comments?\W*$|print\W*$|e-?mail\W*$|tweet\W*$|loading|watch:|more from|"
    r"most (?:read|popular)|recommended|newsletter|download the|copyright|all rights|©)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\W*(?:photo|image|picture|illustration|credit|getty|reuters|ap\b|afp\b|©|screen ?shot|"
    r"courtesy|source)|.*(?:getty images|reuters|afp)\W*$",
    re.IGNORECASE,
)


@dataclass(eq=False)
class Run:
    """Words of the page without a block or a line break between them."""

    block: Any  # the nearest block element around them
    places: list[tuple[Any, str]] = field(default_factory=list)  # (element, "text" or "tail")
    start: int = 0  # in the page's words without spaces
    end: int = 0

    @property
    def text(self) -> str:
        """The words, as the tree holds them now."""
        return "".join(getattr(element, where) or "" for element, where in self.places)


def runs_of(body: Any) -> tuple[list[Run], str]:
    """The runs under ``body`` in reading order, and all their words without spaces."""
    runs: list[Run] = []
    pieces: list[str] = []
    length = 0
    fresh = True

    def add(element: Any, where: str, block: Any) -> None:
        nonlocal fresh, length
        squeezed = _SPACE.sub("", getattr(element, where) or "")
        if fresh or not runs or runs[-1].block is not block:
            if not squeezed:
                return
            runs.append(Run(block, start=length))
            fresh = False
        runs[-1].places.append((element, where))
        length += len(squeezed)
        runs[-1].end = length
        pieces.append(squeezed)

    blocks = [body]
    for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        is_element = isinstance(element.tag, str)
        if event == "start" and is_element:
            if element.tag in _BLOCKS:
                fresh = True
                blocks.append(element)
            add(element, "text", blocks[-1])
        else:
            if is_element and element.tag in _BLOCKS:
                fresh = True
                blocks.pop()
            if element is not body:
                add(element, "tail", blocks[-1])
    return runs, "".join(pieces)


def remove_unread(body: Any) -> None:
    """Take out of the tree what no reader sees as text."""
    for element in list(body.iter(*_UNREAD)):
        if element is body or element.getparent() is None:
            continue
        if element.tag == "form" and _holds_paragraphs(element):
            element.tag = "div"
        else:
            element.drop_tree()


def _holds_paragraphs(form: Any) -> bool:
    """Whether a form stands around text: some makers of pages put all of a page in one."""
    return sum(len(_SPACE.sub("", line)) >= 80 for line in form.itertext()) >= _PARAGRAPHS_OF_TEXT


def found_runs(runs: list[Run], stream: str, found: Any) -> set[Run]:
    """The runs of which at least half stands in ``found``, a body of trafilatura's."""
    starts = [run.start for run in runs]
    covered: dict[Run, int] = {}
    for begin, end in _positions(stream, list(_units(found))):
        index = bisect.bisect_right(starts, begin) - 1
        while 0 <= index < len(runs) and runs[index].start < end:
            run = runs[index]
            covered[run] = covered.get(run, 0) + max(0, min(end, run.end) - max(begin, run.start))
            index += 1
    return {
        run
        for run, count in covered.items()
        if count * 2 >= run.end - run.start > 0
        and run.block.tag != "nav"
        and next(run.block.iterancestors("nav"), None) is None
    }


def kept_runs(runs: list[Run], found: set[Run]) -> list[Run]:
    """The runs that are main text: those found, and those that plainly belong between them."""
    if not found:
        return []
    order = [index for index, run in enumerate(runs) if run in found]
    # The elements themselves: lxml makes new objects for those that nobody holds.
    parents = {run.block.getparent() for run in found} | {run.block for run in found}
    between = {
        run for run in runs[order[0] : order[-1]] if run not in found and _belongs(run, parents)
    }
    return [run for run in runs if run in found or run in between]


def _units(found: Any) -> Iterator[str]:
    """The words of each block of trafilatura's tree, without spaces."""
    unit = ""
    for event, element in etree.iterwalk(found, events=("start", "end")):
        if element.tag in _FOUND_BLOCKS:
            if unit:
                yield unit
            unit = ""
        text = element.text if event == "start" else element.tail
        unit += _SPACE.sub("", text or "")
    if unit:
        yield unit


def _positions(stream: str, units: list[str]) -> Iterator[tuple[int, int]]:
    """Where each unit stands in ``stream``; of several places the one nearest its neighbours."""
    anchors = {
        index: place
        for index, unit in enumerate(units)
        if len(unit) >= 20
        and (place := stream.find(unit)) >= 0
        and stream.find(unit, place + 1) < 0
    }
    after = 0
    for index, unit in enumerate(units):
        place = anchors.get(index, -1)
        if place < 0:
            following = next(
                (anchors[i] for i in range(index + 1, len(units)) if i in anchors), None
            )
            near = after if after or following is None else following
            place = _nearest(stream, unit, near)
        if place >= 0:
            yield place, place + len(unit)
            if len(unit) >= 20 or place - after < 2000:
                after = place + len(unit)
            continue
        for begin, end in _parts(stream, unit, after):
            yield begin, end
            after = end


def _nearest(stream: str, unit: str, near: int) -> int:
    ahead = stream.find(unit, near)
    behind = stream.rfind(unit, 0, near)
    if ahead < 0 or behind < 0:
        return max(ahead, behind)
    return ahead if ahead - near <= near - behind + 200 else behind


def _parts(stream: str, unit: str, after: int) -> Iterator[tuple[int, int]]:
    """Places of the longest pieces of a unit from which something was left out."""
    position = 0
    while position < len(unit):
        seed = unit[position : position + 20]
        place = stream.find(seed, after)
        place = stream.find(seed) if place < 0 else place
        if place < 0 or len(seed) < 8:
            position += 5
            continue
        length = len(seed)
        while (
            position + length < len(unit)
            and place + length < len(stream)
            and unit[position + length] == stream[place + length]
        ):
            length += 1
        yield place, place + length
        position += length
        after = place + length


def _belongs(run: Run, parents: set[Any]) -> bool:
    """Whether a run that was not found stands among the found ones as a piece of the text."""
    block = run.block
    text = " ".join(run.text.split())
    # A single letter outside tables is a sign that a page draws.
    least = r"\w" if block.tag in ("td", "th") else r"\w\W*\w|^\w\W"
    if not re.search(least, text):
        return False
    if block.tag == "figcaption":
        figure = next(block.iterancestors("figure"), None)
        return (
            figure is not None
            and figure.getparent() in parents
            and 6 <= len(text.split()) <= 60
            and not _CREDIT.match(text)
            and not _is_noise(figure)
        )
    if block.tag not in _FILLERS:
        return False
    container = block
    while container.getparent() is not None and container.getparent() not in parents:
        container = container.getparent()
        if container.tag not in INSIDE:
            return False
    if container.getparent() is None or any(_is_noise(one) for one in (block, container)):
        return False
    return is_plain_text(run)


def is_plain_text(run: Run) -> bool:
    """Whether a run is not mostly links, and does not begin like a caption or a call to act."""
    text = " ".join(run.text.split())
    return not NOISE_TEXT.match(text) and linked_length(run) * 2 < max(1, len(run.text))


def is_apart(block: Any) -> bool:
    """Whether a block stands in an element that is not for the article, or is called so itself."""
    return _is_noise(block) or any(outer.tag in _APART for outer in block.iterancestors())


def _is_noise(element: Any) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in _APART or _NOISE_NAME.search(names) is not None


def keep_only(kept: list[Run], body: Any) -> None:
    """Leave in the tree only these runs, and the rules, breaks and cells between them."""
    order = {element: index for index, element in enumerate(body.iter())}
    places = {place for run in kept for place in run.places if place[0] in order}
    holders = {element if where == "text" else element.getparent() for element, where in places}
    needed = {outer for holder in holders for outer in (holder, *holder.iterancestors())}
    bounds = [order[element] for element, _ in places if element in order]
    # Texts first: an element that is dropped leaves its tail to its neighbour.
    for element in order:
        for where in ("text", "tail"):
            if (element, where) not in places and (getattr(element, where) or "").strip():
                setattr(element, where, " ")
    for element in list(order):
        if element is body:
            continue
        stays = element in needed or (
            element.tag in _BETWEEN and min(bounds) < order[element] <= max(bounds)
        )
        if stays or element.getparent() is None:
            continue
        if isinstance(element.tag, str):
            element.drop_tag()
        else:
            element.drop_tree()  # a comment


def links_of(run: Run) -> list[Any]:
    """The links in which the words of a run stand."""
    links = (
        next((one for one in (holder, *holder.iterancestors()) if one.tag == "a"), None)
        for holder in (
            element if where == "text" else element.getparent() for element, where in run.places
        )
    )
    return list(dict.fromkeys(link for link in links if link is not None))


def linked_length(run: Run) -> int:
    """How many characters of a run are those of links."""
    return sum(
        len(getattr(element, where) or "")
        for element, where in run.places
        for holder in (element if where == "text" else element.getparent(),)
        if holder.tag == "a" or next(holder.iterancestors("a"), None) is not None
    )


def lead_within(links: list[Any], host: str) -> bool:
    """Whether there are links, all of them to other pages of ``host``."""
    hrefs = [link.get("href") or "" for link in links]
    try:
        hosts = {urlsplit(href).netloc.removeprefix("www.") for href in hrefs}
    except ValueError:
        return False
    return bool(hrefs) and hosts <= {"", host} and not any(map(_IN_PAGE.match, hrefs))
