"""Find text that stands elsewhere in the new text: paragraphs and sentences that moved."""

from collections import Counter
from collections.abc import Sequence
from heapq import heapify, heappop, heappush

from annotations.alignment import NEW_ONLY, Gap, Run, gaps, match_ahead, match_behind

SEED = 4  # tokens
LETTERS = 16  # a shorter run occurs twice by accident
FIRM = 64  # letters; a longer run in order is beyond doubt
TAKEN = 1 << 30  # the length of a run that nothing outweighs
OFTEN = 8  # a seed that occurs more often tells nothing, and would cost quadratic time


def find_moves(old: str, new: str, runs: Sequence[Run], letters: Sequence[int]) -> list[Run]:
    """Runs that moved, by their place in the old text.

    ``runs`` are those found in order; ``letters`` counts the letters of the old text before
    each token. Longest first, a moved run takes tokens that no other has claimed: this is
    what keeps notes off the surviving one of two like passages. It outweighs runs in order
    of at most half its length: else a moved sentence would be torn apart by the phrases it
    shares with its neighbours.
    """
    left = gaps(runs, len(old), len(new))
    if sum(gap.old_end - gap.old for gap in left) < SEED // 2:
        return []
    firm = [run for run in runs if letters[run.old_end] - letters[run.old] >= FIRM]
    candidates = [
        run
        for run in _common_runs(old, _blotted(new, firm), left)
        if letters[run.old_end] - letters[run.old] >= LETTERS
    ]
    if not candidates:
        return []
    old_lengths, new_lengths = [0] * len(old), [0] * len(new)
    for run in runs:
        old_lengths[run.old : run.old_end] = [run.length] * run.length
        new_lengths[run.new : run.new_end] = [run.length] * run.length
    heap = [(-run.length, run.old, run.new) for run in candidates]
    heapify(heap)
    moved: list[Run] = []
    while heap:
        negative, place, other = heappop(heap)
        run = Run(place, other, -negative)
        if letters[run.old_end] - letters[run.old] < LETTERS:
            continue
        weights = list(
            map(max, old_lengths[run.old : run.old_end], new_lengths[run.new : run.new_end])
        )
        pieces = _pieces(run, weights)
        if pieces != [run]:
            for piece in pieces:
                heappush(heap, (-piece.length, piece.old, piece.new))
        elif 2 * sum(map(bool, weights)) <= run.length:
            old_lengths[run.old : run.old_end] = [TAKEN] * run.length
            new_lengths[run.new : run.new_end] = [TAKEN] * run.length
            moved.append(run)
    moved.sort()
    return moved


def _pieces(run: Run, weights: Sequence[int]) -> list[Run]:
    """What is left of a run without tokens of runs that weigh more than half of it."""
    if 2 * max(weights) <= run.length:
        return [run]
    pieces: list[Run] = []
    start = 0
    for place, weight in enumerate([*weights, TAKEN]):
        if 2 * weight > run.length:
            if place - start >= SEED:
                pieces.append(Run(run.old + start, run.new + start, place - start))
            start = place + 1
    return pieces


def _blotted(new: str, runs: Sequence[Run]) -> str:
    """The new text without the tokens of these runs."""
    parts: list[str] = []
    place = 0
    for run in runs:
        parts += (new[place : run.new], NEW_ONLY * run.length)
        place = run.new_end
    parts.append(new[place:])
    return "".join(parts)


def _common_runs(old: str, new: str, left: Sequence[Gap]) -> list[Run]:
    """Maximal common runs with a seed that touches what is left unmatched, each once."""
    starts = sorted(
        {
            place
            for gap in left
            for place in range(max(0, gap.old - SEED + 1), min(gap.old_end, len(old) - SEED + 1))
        }
    )
    mine = Counter([old[place : place + SEED] for place in starts])
    theirs: dict[str, list[int]] = {}
    for place in range(len(new) - SEED + 1):
        gram = new[place : place + SEED]
        if gram in mine:
            theirs.setdefault(gram, []).append(place)
    reached: dict[int, int] = {}
    found: list[Run] = []
    for place in starts:
        gram = old[place : place + SEED]
        others = theirs.get(gram, ())
        if len(others) > OFTEN or mine[gram] > OFTEN:
            continue
        for other in others:
            if reached.get(place - other, -1) > place:
                continue
            ahead = match_ahead(old, place, new, other)
            behind = match_behind(old, place, new, other)
            reached[place - other] = place + ahead
            found.append(Run(place - behind, other - behind, behind + ahead))
    return found
