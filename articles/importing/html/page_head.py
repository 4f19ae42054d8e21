"""What stands between the heading of an article and its text: by whom, when, about what."""

import re

from articles.importing.clues import clues_in, looks_like_a_name, names_in
from articles.importing.document import Contributor
from articles.importing.drafting import LIKELY, Draft, one_line
from articles.importing.reading_dates import parse_date

from .main_text import Run
from .page_people import authors_in, is_aside, is_nobody, squeezed

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SUBTITLE = re.compile(
    r"(?:^|[\s_-])(?:sub-?(?:title|head(?:line|ing)?)|standfirst|dek|strapline|chapeau)",
    re.IGNORECASE,
)
_WHERE = "the lines above the text"
_MOST_LINES = 15
_FIRST_PARAGRAPH = 80  # characters without spaces


def put_head_lines(runs: list[Run], kept: list[Run], draft: Draft) -> None:
    """Keep the author and the date that a line above the text states, where no better place did."""
    for run in _head(runs, kept, draft.values.get("title", "")):
        line = one_line(run.text)
        if len(line) > 120 or is_aside(run.block):
            continue
        for clue in clues_in(line):
            if clue.field == "date":
                draft.put("date", parse_date(clue.value), LIKELY, _WHERE)
            elif clue.field == "author" and "people" not in draft.values:
                _put_authors(names_in(clue.value)[0], draft)
        if "people" not in draft.values:
            _put_authors(authors_in(line), draft)


def subtitle_taken(kept: list[Run], draft: Draft) -> list[Run]:
    """``kept`` without a subtitle at its start, which becomes the standfirst."""
    first = kept[0] if len(kept) > 1 else None
    if first is None or first.block.tag not in _HEADINGS:
        return kept
    if not _SUBTITLE.search(first.block.get("class") or ""):
        return kept
    draft.put("standfirst", one_line(first.text), LIKELY, "the page's subtitle")
    return kept[1:]


def _head(runs: list[Run], kept: list[Run], title: str) -> list[Run]:
    """The runs after the heading and before the first paragraph; none where either is unclear."""
    first = next((run for run in kept if run.end - run.start >= _FIRST_PARAGRAPH), None)
    if first is None:
        return []
    before = runs[: runs.index(first)]
    for index in range(len(before) - 1, max(-1, len(before) - _MOST_LINES - 2), -1):
        words = squeezed(before[index].text)
        if words and words == squeezed(title):
            return before[index + 1 :]
    return []


def _put_authors(found: list[str], draft: Draft) -> None:
    names = [name for name in found if not is_nobody(name, draft)]
    if names and all(looks_like_a_name(name) and _is_whole(name) for name in names):
        draft.add("people", [Contributor(name) for name in names], LIKELY, _WHERE)
        known = {name.casefold() for name in names}
        draft.suggested = [one for one in draft.suggested if one.name.casefold() not in known]


def _is_whole(name: str) -> bool:
    """Whether a name has more than one part, where it is written with spaces."""
    return len(name.split()) > 1 or not name.isascii()
