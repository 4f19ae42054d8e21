"""Since when the words of notes differ from what was noted, and where moved ones stood before."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from annotations.models import Anchor
from articles.models import Revision
from articles.text import paragraphs

State = Anchor.State
_TIMES = ("revision__made_at", "revision__article__merged_at")


@dataclass(frozen=True)
class Since:
    """When the words became what they are, and the paragraph, from 1, that they moved out of."""

    changed_on: datetime
    moved_from: int | None = None


def since(revision: Revision, anchors: Iterable[Anchor]) -> dict[Any, Since]:
    """By note, for those of ``anchors``, all in ``revision``, whose words are not as noted.

    A later correction that spared the words does not count: the date is that of the revision
    that changed, moved or dropped them. No revision did where they were never otherwise: a note
    brought in from elsewhere may quote other words, and is not in the answer. Cost: 2 queries,
    none where all words are as noted.
    """
    told = (State.CHANGED, State.MOVED, State.ORPHANED)
    notes = [anchor.annotation_id for anchor in anchors if anchor.state in told]
    if not notes:
        return {}
    rows = (
        Anchor.objects.filter(annotation__in=notes)
        .up_to(revision)
        .newest_first("annotation")
        .values_list("annotation", "state", "start", "revision", *_TIMES)
    )
    turns = {note: _turn(list(steps)) for note, steps in groupby(rows, itemgetter(0))}
    found = {note: turn for note, turn in turns.items() if turn is not None}
    texts = Revision.objects.filter(pk__in={place[1] for _, place in found.values() if place})
    blocks = {pk: paragraphs(html) for pk, html in texts.values_list("pk", "html")}
    return {
        note: Since(made_at, _number(blocks[place[1]], place[0]) if place else None)
        for note, (made_at, place) in found.items()
    }


def _turn(steps: list[tuple]) -> tuple[datetime, tuple[int, Any] | None] | None:
    """When the present state began, and for moved words their last place before: start, revision.

    ``steps`` are the rows of one note, the newest first. None where no other state came before.
    Into the text of another article it came when the two were merged.
    """
    _, now, _, _, made_at, _ = steps[0]
    for _, state, start, revision, at, merged_at in steps:
        if state != now:
            began = max(made_at, merged_at or made_at)
            return began, (start, revision) if now == State.MOVED and start is not None else None
        made_at = at
    return None


def _number(blocks: list, start: int) -> int | None:
    index = bisect_right([block.start for block in blocks], start) - 1
    return index + 1 if index >= 0 and start < blocks[index].end else None
