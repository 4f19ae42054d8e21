"""What the search for the main text took in from around it: readers' comments, other articles."""

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

from .main_text import Run, lead_within, linked_length, links_of

_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?|disqus|comentarios?|commentaires?|kommentare?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NOT_THE_ARTICLE = re.compile(
    r"(?:^|[\s_-])(?:newsletter|pagination|promo\w*|recirc\w*|recommend\w*|related|share|sharing|"
    r"sign-?up|sponsor\w*|subscribe|subscription|toolbar|trending)(?:$|[\s_-])",
    re.IGNORECASE,
)
# In a figure a caption is part of the article; elsewhere it is a sentence that breaks into it.
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:caption|(?:image|photo|picture|video)-?(?:caption|credit|desc\w*))(?:$|[\s_-])",
    re.IGNORECASE,
)
_MOST_CAPTIONS = 0.25  # share of the text
# Themes and page builders call parts of articles so too, but not what stands apart from them.
_APART = re.compile(r"(?:^|[\s_-])(?:sidebar|teasers?|widget|footer)(?:$|[\s_-])", re.IGNORECASE)
_APART_TAGS = frozenset({"aside", "footer", "nav"})
_LONG, _VERY_LONG = 80, 500  # characters without spaces
_FEW = 10  # links of an element that are looked at
_MOST_PIECES = 50  # of the text around a link: more is no title
_MOST = 0.6  # share of the text that stands in one element, if it is the article's
_CUT_OFF = re.compile(r"(?:…|\.\.\.)[\s\])]*$")


def without_asides(kept: list[Run], host: str) -> list[Run]:
    """``kept`` without comments below the article and teasers of other articles of ``host``."""
    first = next((run for run in kept if run.end - run.start >= _LONG), None)
    if first is None:
        return kept
    around_first = set(first.block.iterancestors())
    kept = [run for run in kept if not _is_comment(run, around_first)]
    kept = _without_cards(kept, first, host)
    return _without_captions(
        _without_named(_without_teasers(kept, host), around_first), around_first
    )


def _is_comment(run: Run, around_first: set[Any]) -> bool:
    """Whether a run stands among comments; the first paragraph is the article's and tells."""
    return any(_COMMENTS.search(_names(outer)) for outer in _inside(run, around_first))


def _inside(run: Run, around: set[Any]) -> list[Any]:
    """The elements around a run that are not ``around`` the article."""
    return [
        outer
        for outer in (run.block, *run.block.iterancestors())
        if outer not in around and outer.tag not in ("body", "html")
    ]


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _without_captions(kept: list[Run], around_first: set[Any]) -> list[Run]:
    """``kept`` without captions outside figures, unless they are much of the text."""
    captions = {run for run in kept if _is_caption(run, around_first)}
    if _size(captions) > _MOST_CAPTIONS * _size(kept):
        return kept
    return [run for run in kept if run not in captions]


def _is_caption(run: Run, around_first: set[Any]) -> bool:
    inside = _inside(run, around_first)
    return run.end - run.start < _VERY_LONG and (
        any(_CAPTION.search(_names(outer)) for outer in inside)
        and not any(outer.tag == "figure" for outer in inside)
    )


def _size(runs: Iterable[Run]) -> int:
    return sum(run.end - run.start for run in runs)


def _without_named(kept: list[Run], around_first: set[Any]) -> list[Run]:
    """``kept`` without what stands in elements whose names say that they are not the article."""
    main = _main_element(kept)
    around_main = {main, *main.iterancestors()}
    dropped = set()
    for run in kept:
        inside = _inside(run, around_first | around_main)
        in_main = main in run.block.iterancestors() or main is run.block
        if any(_NOT_THE_ARTICLE.search(_names(outer)) for outer in inside) or (
            not in_main
            and any(outer.tag in _APART_TAGS or _APART.search(_names(outer)) for outer in inside)
        ):
            dropped.add(run)
    return [run for run in kept if run not in dropped]


def _without_cards(kept: list[Run], first: Run, host: str) -> list[Run]:
    """``kept`` without the beginnings of other articles, and what stands in like elements."""
    around_first = {first.block, *first.block.iterancestors()}
    titles: dict[Any, list[Any]] = {}  # the linked titles in an element: looked for once in each
    cards = set()
    for run in kept:
        if run.end - run.start >= _VERY_LONG or not _CUT_OFF.search(run.text):
            continue
        for outer, _ in zip(run.block.iterancestors(), range(2), strict=False):
            if outer in around_first:
                break
            if outer not in titles:
                titles[outer] = [link for link in outer.iter("a") if _is_title(link, host)]
            if any(run.block not in link.iterancestors() for link in titles[outer][:_FEW]):
                cards.add(outer)
                break
    like = {kind for card in cards if (kind := (card.tag, card.get("class")))[1]}
    return [
        run
        for run in kept
        if not any(
            outer in cards or (outer.tag, outer.get("class")) in like
            for outer in _inside(run, around_first)
        )
    ]


def _is_title(link: Any, host: str) -> bool:
    words = "".join(link.itertext()).split()
    around = "".join(islice(link.getparent().itertext(), _MOST_PIECES)).split()
    return len(words) > 2 and len(words) * 1.5 > len(around) and lead_within([link], host)


def _without_teasers(kept: list[Run], host: str) -> list[Run]:
    """``kept`` without the parts of the page, other than the article's, that consist of links."""
    main = _main_element(kept)
    around_main = {main, *main.iterancestors()}
    parts: dict[Any, list[Run]] = {}
    for run in kept:
        outside = _inside(run, around_main)
        if outside and main not in run.block.iterancestors():
            parts.setdefault(outside[-1], []).append(run)
    dropped = {run for runs in parts.values() if _are_teasers(runs, host) for run in runs}
    return [run for run in kept if run not in dropped]


def _main_element(kept: list[Run]) -> Any:
    """The innermost element that holds most of the kept text."""
    sizes: dict[Any, int] = {}
    for run in kept:
        for outer in (run.block, *run.block.iterancestors()):
            sizes[outer] = sizes.get(outer, 0) + run.end - run.start
    whole = _size(kept)
    # Of body and html at least one holds it.
    holding = [element for element, size in sizes.items() if size >= whole * _MOST]
    return max(holding, key=lambda element: sum(1 for _ in element.iterancestors()))


def _are_teasers(runs: list[Run], host: str) -> bool:
    linked = [run for run in runs if _is_link(run, host)]
    short = all(run.end - run.start < _VERY_LONG for run in runs)
    return bool(linked) and short and len(linked) * 3 >= len(runs)


def _is_link(run: Run, host: str) -> bool:
    """Whether a run is little more than a link to another page of ``host``."""
    return lead_within(links_of(run), host) and linked_length(run) * 1.25 >= len(run.text.strip())
