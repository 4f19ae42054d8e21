"""Find text that stands elsewhere in the new text: paragraphs and sentences that moved."""

from bisect import bisect_right
from collections.abc import Sequence
from heapq import heapify, heappop, heappush

from annotations.alignment import NEW_ONLY, OLD_ONLY, Run, match_ahead, match_behind

SEED = 4  # tokens
LETTERS = 16  # a shorter run occurs twice by accident
OFTEN = 8  # a seed that occurs more often tells nothing, and would cost quadratic time


def find_moves(
    old: str, new: str, runs: Sequence[Run], letters: Sequence[int]
) -> tuple[list[Run], list[Run]]:
    """The runs that stay in order, and those that moved.

    ``letters`` counts the letters of the old text before each token. Longest first, a moved
    run takes old and new tokens that no other run has claimed: this is what keeps notes off
    the surviving one of two like passages. It outweighs scraps in order, runs too short to
    prove anything, of at most half its length: else a moved sentence would be torn apart by
    the commas it shares with its neighbours.
    """
    scraps = [run for run in runs if letters[run.old_end] - letters[run.old] < LETTERS]
    if not _room(runs, scraps, len(old), len(new)):
        return list(runs), []
    firm = [run for run in runs if letters[run.old_end] - letters[run.old] >= LETTERS]
    free_old = _blotted(old, [(run.old, run.old_end) for run in firm], OLD_ONLY)
    free_new = _blotted(new, [(run.new, run.new_end) for run in firm], NEW_ONLY)
    scrap_old, scrap_new = _covered(scraps, len(old), len(new))
    taken_old, taken_new = bytearray(len(old)), bytearray(len(new))
    heap = [(-run.length, run.old, run.new) for run in _common_runs(free_old, free_new)]
    heapify(heap)
    moved: list[Run] = []
    while heap:
        negative, place, other = heappop(heap)
        length = -negative
        piece = _untaken(place, other, length, taken_old, taken_new)
        if piece.length < SEED or letters[piece.old_end] - letters[piece.old] < LETTERS:
            continue
        if piece.length < length:
            heappush(heap, (-piece.length, piece.old, piece.new))
            continue
        displaced = max(
            sum(scrap_old[piece.old : piece.old_end]), sum(scrap_new[piece.new : piece.new_end])
        )
        if 2 * displaced > piece.length:
            continue
        taken_old[piece.old : piece.old_end] = b"\1" * piece.length
        taken_new[piece.new : piece.new_end] = b"\1" * piece.length
        moved.append(piece)
    moved.sort()
    staying: list[Run] = []
    for run in runs:
        staying += _remainders(run, taken_old, taken_new)
    return staying, moved


def _room(runs: Sequence[Run], scraps: Sequence[Run], old_length: int, new_length: int) -> bool:
    """Whether enough is unmatched on both sides for anything to have moved."""
    matched = sum(run.length for run in runs) - sum(run.length for run in scraps)
    return min(old_length, new_length) - matched >= SEED


def _blotted(text: str, spans: Sequence[tuple[int, int]], blot: str) -> str:
    parts: list[str] = []
    place = 0
    for start, end in spans:
        parts += (text[place:start], blot * (end - start))
        place = end
    parts.append(text[place:])
    return "".join(parts)


def _covered(runs: Sequence[Run], old_length: int, new_length: int) -> tuple[bytearray, bytearray]:
    old, new = bytearray(old_length), bytearray(new_length)
    for run in runs:
        old[run.old : run.old_end] = b"\1" * run.length
        new[run.new : run.new_end] = b"\1" * run.length
    return old, new


def _common_runs(old: str, new: str) -> list[Run]:
    """Maximal common runs that contain a seed, each once."""
    mine, theirs = _places(old, OLD_ONLY), _places(new, NEW_ONLY)
    told = sorted(
        (place, gram)
        for gram in mine.keys() & theirs.keys()
        if len(mine[gram]) <= OFTEN and len(theirs[gram]) <= OFTEN
        for place in mine[gram]
    )
    reached: dict[int, int] = {}
    found: list[Run] = []
    for place, gram in told:
        for other in theirs[gram]:
            if reached.get(place - other, -1) > place:
                continue
            ahead = match_ahead(old, place, new, other)
            behind = match_behind(old, place, new, other)
            reached[place - other] = place + ahead
            found.append(Run(place - behind, other - behind, behind + ahead))
    return found


def _places(text: str, blot: str) -> dict[str, list[int]]:
    """Where each seed stands."""
    places: dict[str, list[int]] = {}
    for piece, start in _pieces(text, blot):
        for offset in range(len(piece) - SEED + 1):
            places.setdefault(piece[offset : offset + SEED], []).append(start + offset)
    return places


def _pieces(text: str, blot: str) -> list[tuple[str, int]]:
    pieces: list[tuple[str, int]] = []
    start = 0
    for piece in text.split(blot):
        if len(piece) >= SEED:
            pieces.append((piece, start))
        start += len(piece) + 1
    return pieces


def _untaken(
    place: int, other: int, length: int, taken_old: bytearray, taken_new: bytearray
) -> Run:
    """The first stretch of a run that no longer run has claimed."""
    skip = 0
    while skip < length and (taken_old[place + skip] or taken_new[other + skip]):
        skip += 1
    size = skip
    while size < length and not (taken_old[place + size] or taken_new[other + size]):
        size += 1
    return Run(place + skip, other + skip, size - skip)


def _remainders(run: Run, taken_old: bytearray, taken_new: bytearray) -> list[Run]:
    """What is left of a run after others took tokens from it."""
    if not any(taken_old[run.old : run.old_end]) and not any(taken_new[run.new : run.new_end]):
        return [run]
    left: list[Run] = []
    for offset in range(run.length):
        if not (taken_old[run.old + offset] or taken_new[run.new + offset]):
            if left and left[-1].old_end == run.old + offset:
                left[-1] = Run(left[-1].old, left[-1].new, left[-1].length + 1)
            else:
                left.append(Run(run.old + offset, run.new + offset, 1))
    return left
