"""What a strict search for the main text left out, and a wide one found in the same elements.

Strict, trafilatura takes in little that is not the article, but now and then stops early, or loses
a lead, a heading or a short paragraph. Wide, it loses next to nothing, and takes in lists of other
articles. So the strict search says in which elements the article stands, and the wide one what
else of them belongs to it.
"""

from collections import Counter
from typing import Any

from .main_text import INSIDE, Run, is_apart, is_plain_text

_LONG = 80  # characters without spaces
_LEAST = 2  # long paragraphs that show where an article stands
_CONTAINERS = frozenset({"div", "section", "article", "main", "td", "body", "center", "span"})
_AROUND = INSIDE | {"header", "hgroup", "figure", "p"}
_SUBHEADINGS = frozenset({"h2", "h3", "h4", "h5"})
_AGREEING = 0.4  # share of the strict search's text that the wide one finds too


def completed(runs: list[Run], strict: set[Run], wide: set[Run]) -> set[Run]:
    """The runs of the article by both searches."""
    both = strict & wide
    if not both or _size(both) < _AGREEING * _size(strict):
        return strict
    holders = Counter(_holder(run) for run in both if run.end - run.start >= _LONG)
    most = max(holders.values(), default=0)
    trusted = {holder for holder, count in holders.items() if count >= min(_LEAST, most)}
    named = {_name(holder) for holder in trusted} - {""}
    order = [index for index, run in enumerate(runs) if run in both]
    inner = set(runs[order[0] : order[-1]])
    added = {
        run
        for run in wide - strict
        if (
            (holder := _holder(run)) in trusted
            or _name(holder) in named
            or (run in inner and run.block.tag in _SUBHEADINGS)
        )
        and is_plain_text(run)
        and not is_apart(run.block)
    }
    return both | added


def _size(runs: set[Run]) -> int:
    return sum(run.end - run.start for run in runs)


def _holder(run: Run) -> Any:
    """The element that holds the paragraph, list or quotation in which a run stands."""
    block = run.block
    if block.tag in _CONTAINERS:
        return block
    outer = block.getparent()
    while outer.tag in _AROUND and outer.getparent() is not None:
        outer = outer.getparent()
    return outer


def _name(element: Any) -> str:
    """The kind of an element by its tag and class, or "" where it has no class."""
    kind = " ".join((element.get("class") or "").split())
    return f"{element.tag} {kind}" if kind else ""
