"""Whom a page calls its authors: the bylines of this article, and not those of others."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from articles.importing.clues import (
    clues_in,
    is_institution,
    looks_like_a_name,
    names_in,
    stated_names,
)
from articles.importing.document import Contributor
from articles.importing.drafting import STATED, Draft, one_line

_NOBODY = re.compile(
    r"(?:admin\w*|editor\w*|redaktion|staff|web ?master|author|user\d*|guest|root|default|unknown|"
    r"none|null|team|news ?desk|contributors?|by|n/a|anonymous|wordpress|test)\b.{0,12}|https?:.*|"
    r".*@.*|\W*|.*\.(?:com|org|net|de|fr)|[a-z]*_?[a-z]*\d\w*",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"comment|disqus|reply|related|recirc|sidebar|footer|widget", re.IGNORECASE)
_BYLINE = (
    '//*[contains(concat(" ", normalize-space(@rel), " "), " author ")]'
    '|//*[@itemprop="author"]|//*[contains(@class, "byline") or contains(@class, "author")]'
)
# What a byline has after its names: an address, a date, an office, what is to be done with it.
_MONTH = (
    r"(?:jan|feb|fév|mar|mär|apr|avr|abr|ene|may|mai|mag|jun|jui|jul|giu|lug|aug|aoû|ago|sep|set|oct|"
    r"okt|ott|out|nov|dec|dez|déc|dic)[^\W\d_]*\.?\s+"
)
_AFTER_NAMES = re.compile(
    rf"\s+(?:[@|·•/–—-](?=\s|\w)|(?:{_MONTH})?\d|(?:on|posted|published|updated|for)\s).*",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(
    r"(?:(?:view|see|read|show)?\s*(?:all|more)\s+(?:posts|articles|stories)\s+)?"
    r"(?:(?:written|posted|story|words|author|autorin|autor)\b:?\s*)?"
    r"(?:(?:by|von|par|por)\s+)?",
    re.IGNORECASE,
)
_OF_SITES = re.compile(
    r"^(?:the|der|die|das|le|la|el)\s+|\s+(?:online|news|team|staff|editors|redaktion)$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_MOST_NAMES = 4
# How far from the heading a byline may stand, and from the first byline its second: characters.
_BEFORE, _AFTER, _BESIDE = 400, 1500, 200
_TEASER = 500  # characters, of another article's title and summary


def put_people(tree: Any, metas: Mapping[str, list[str]], draft: Draft) -> None:
    """Keep the authors whom a byline names as such; suggest every other name."""
    named_by_page = [
        name
        for key in ("author", "parsely-author", "sailthru.author", "byl", "twitter:data1")
        for value in metas.get(key, [])
        for name in stated_names(_BEFORE_NAME.sub("", value, count=1))
    ]
    suggested = list(named_by_page)
    bylines: list[tuple[Any, list[str]]] = []
    repeated: list[tuple[Any, list[str]]] = []
    for element in tree.xpath(_BYLINE)[:40]:
        if is_aside(element) or len(_seen(element)) > 200:
            continue
        names = _named(element)
        if names and "people" not in draft.values:
            bylines.append((element, [name for name in names if not is_nobody(name, draft)]))
            continue
        suggested += _possible(element)
        if confirmed := _confirmed(element, named_by_page):
            repeated.append((element, confirmed))
    seen = [name for _, names in bylines for name in names]
    chosen = _shortest(_nearest(tree, bylines))
    if not chosen and "people" not in draft.values:
        chosen = _shortest(_nearest(tree, repeated))
    if chosen and len(chosen) <= _MOST_NAMES:
        draft.add("people", [Contributor(name) for name in chosen], STATED, "the byline")
    for name in [*suggested, *seen]:
        suggest(name, draft)


def suggest(name: str, draft: Draft) -> None:
    """Offer ``name`` to a person, unless it is nobody's or known."""
    name = one_line(name)
    named = {person.name.casefold() for person in draft.values.get("people", ())}
    if name and len(name) <= 80 and not _NOBODY.fullmatch(name) and name.casefold() not in named:
        draft.suggested.append(Contributor(name))


def is_nobody(name: str, draft: Draft) -> bool:
    """Whether a name is the site's, or a stand-in such as "admin"."""
    site = draft.values.get("publisher", "")
    same = bool(site) and squeezed(name) in (squeezed(site), squeezed(f"{site} staff"))
    return same or _is_of_site(name, draft) or _NOBODY.fullmatch(name) is not None


def _is_of_site(name: str, draft: Draft) -> bool:
    """Whether a name is that of the host as news sites write it: "The Harbour", "Harbour Online".

    A host that is called as a person is may be that person's own.
    """
    bare = _OF_SITES.sub("", name)
    address = draft.values.get("source_url", "")
    host = urlsplit(address).netloc.removeprefix("www.").rpartition(".")[0]
    return bool(bare) and bare != name and squeezed(bare) in (squeezed(host), host.split(".")[-1])


def is_aside(element: Any) -> bool:
    """Whether an element belongs to comments, related articles and the like."""
    for outer in (element, *element.iterancestors()):
        names = f"{outer.get('class') or ''} {outer.get('id') or ''}"
        if outer.tag in ("aside", "footer", "nav") or (
            outer.tag != "body" and _COMMENT.search(names)
        ):
            return True
    return _is_of_another_article(element)


def squeezed(text: str) -> str:
    """``text`` for comparing: its letters and digits alone."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _is_of_another_article(element: Any) -> bool:
    """Whether it stands in an article element, while the page's heading stands in another."""
    own = next(element.iterancestors("article"), None)
    if own is None or next(own.iter("h1"), None) is not None:
        return False
    headings = element.getroottree().getroot().iter("h1")
    around = set(element.iterancestors("article"))
    return any(
        article not in around
        for heading in headings
        for article in heading.iterancestors("article")
    )


def _named(element: Any) -> list[str]:
    """The names in a byline that says that they are authors."""
    line = _seen(element)
    names = authors_in(line)
    says_so = "author" in (element.get("rel") or "").split() or element.get("itemprop") == "author"
    bare = _BEFORE_NAME.sub("", line, count=1)
    if not names and says_so and looks_like_a_name(bare):
        names = [bare]
    # An office may follow a name without a comma, outside the name's own element.
    pieces = [_BEFORE_NAME.sub("", one_line(piece), count=1) for piece in element.itertext()]
    return [
        next((piece for piece in pieces if _is_full_name(piece) and _adds_to(name, piece)), name)
        for name in names
    ]


def authors_in(line: str) -> list[str]:
    """The people whom a byline names, without what follows their names."""
    return _stated(_AFTER_NAMES.sub("", line, count=1)) or _stated(line)


def _stated(line: str) -> list[str]:
    stated = [clue.value for clue in clues_in(line) if clue.field == "author"]
    return [name for value in stated for name in names_in(value)[0] if looks_like_a_name(name)]


def _confirmed(element: Any, named_by_page: list[str]) -> list[str]:
    """The people whom the page's metadata name and this byline repeats."""
    line = f" {' '.join(_WORD.findall(_seen(element).casefold()))} "
    return [
        name
        for name in named_by_page
        if _is_full_name(name)
        and not is_institution(name)
        and f" {' '.join(_WORD.findall(name.casefold()))} " in line
    ]


def _shortest(names: Iterable[str]) -> list[str]:
    """``names``, each once, without "Ann Lee Staff" where "Ann Lee" is one of them."""
    once = list(dict.fromkeys(names))
    return [name for name in once if not any(_adds_to(name, other) for other in once)]


def _adds_to(name: str, other: str) -> bool:
    rest = name.casefold().removeprefix(other.casefold())
    return 0 < len(rest) < len(name) and not rest[0].isalpha()


def _possible(element: Any) -> list[str]:
    """The full names in an element that does not say what they are."""
    pieces = [one_line(piece) for piece in element.itertext()]
    pieces = [piece for piece in pieces if piece]
    if not all(_is_full_name(piece) for piece in pieces):
        pieces = [one_line(element.text_content())]
    return [piece for piece in pieces if _is_full_name(piece)]


def _is_full_name(text: str) -> bool:
    return looks_like_a_name(text) and len(text.split()) > 1


def _nearest(tree: Any, bylines: list[tuple[Any, list[str]]]) -> list[str]:
    """The names in the byline next to the page's heading; in all, where there is no such.

    Lists of other articles have bylines too, but elsewhere, and beside the titles of those.
    """
    heading = _heading(tree)
    if heading is not None:
        places = _places(tree, {heading, *(element for element, _ in bylines)})
        start = places[heading]
        near = [
            (places[element], names)
            for element, names in bylines
            if -_BEFORE <= places[element] - start <= _AFTER
        ]
        if near:
            after = [place for place, _ in near if place >= start]
            first = min(after) if after else max(place for place, _ in near)
            return [
                name for place, names in near if abs(place - first) <= _BESIDE for name in names
            ]
    return [name for element, names in bylines if not _is_teasers(element) for name in names]


def _heading(tree: Any) -> Any:
    """The page's heading: of several the longest that its title repeats, or else the first."""
    title = squeezed(tree.findtext(".//title") or "")
    headings = [one for one in tree.iter("h1") if one.text_content().strip()]
    repeated = [one for one in headings if squeezed(one.text_content()) in title]
    return max(
        repeated, key=lambda one: len(one.text_content()), default=next(iter(headings), None)
    )


def _seen(element: Any) -> str:
    """The words of an element that a page shows: scripts stand in bylines too."""
    return one_line("".join(element.xpath(".//text()[not(parent::script or parent::style)]")))


def _is_teasers(byline: Any) -> bool:
    """Whether a byline stands beside a link that could be the title of another article."""
    own = set(byline.iter("a"))
    for outer, _ in zip(byline.iterancestors(), range(2), strict=False):
        if len(outer.text_content()) > _TEASER:
            return False
        links = (one_line(link.text_content()) for link in outer.iter("a") if link not in own)
        if any(len(text.split()) > 2 or len(text) > 20 for text in links):
            return True
    return False


def _places(tree: Any, wanted: set[Any]) -> dict[Any, int]:
    """How many characters of text stand before each of these elements."""
    places: dict[Any, int] = {}
    count = 0
    for element in tree.iter():
        if element in wanted:
            places[element] = count
        # The words after an element count with it: near enough for a distance.
        count += len((element.text or "").strip()) if isinstance(element.tag, str) else 0
        count += len((element.tail or "").strip())
    return places
