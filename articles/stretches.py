"""How two compared texts are shown: what changed, and folded what did not. Pure."""

from dataclasses import dataclass
from itertools import groupby

from articles.comparing import Fate, Row

CONTEXT = 1  # unchanged paragraphs shown on either side of a change


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of a comparison that are shown together, or folded because nothing changed."""

    rows: list[tuple[int, Row]]
    folded: bool = False


def stretches(rows: list[Row]) -> list[Stretch]:
    """Rows with their numbers; long runs without a change are folded but for their ends."""
    found: list[Stretch] = []
    numbered = list(enumerate(rows))
    for same, run in groupby(numbered, key=lambda row: row[1].fate == Fate.SAME):
        members = list(run)
        first = 0 if members[0][0] == 0 else CONTEXT
        last = len(members) - (0 if members[-1][0] == len(rows) - 1 else CONTEXT)
        if not same or last - first < 2:
            found.append(Stretch(members))
            continue
        for part, folded in (
            (members[:first], False),
            (members[first:last], True),
            (members[last:], False),
        ):
            if part:
                found.append(Stretch(part, folded))
    return found
