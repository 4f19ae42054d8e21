"""Two texts compared: which words went, which came, which paragraphs changed their place.

A text is compared line by line (a block of the body is a line of the canonical text), and lines
that belong together word by word. Nothing of either text is lost: the old side of the answer
is the old text, the new side the new one, exactly. Pure.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz.distance import Indel

CELLS = 64_000_000  # old times new tokens compared at once: 8 MB; what is larger is cut in two
ALIKE = 0.4  # how alike two lines in one place must be to be called one line that changed
MOVED_ALIKE = 0.6  # … and in two places
MOVED_LETTERS = 16  # lines with fewer stand in many places by accident
PAIRS = 20_000  # pairs of lines looked at for likeness; beyond, only equal ones are paired
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
# Words, single characters of scripts without spaces, runs of white space, single signs.
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|\s+|[^\w\s]")


class Kind(StrEnum):
    """What became of some words."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and what became of them."""

    kind: Kind
    text: str


class Fate(StrEnum):
    """What became of a line. A moved one has a row where it stood and one where it stands."""

    SAME = "same"
    CHANGED = "changed"
    DELETED = "deleted"
    INSERTED = "inserted"
    MOVED_AWAY = "moved-away"
    MOVED_HERE = "moved-here"


@dataclass(frozen=True, slots=True)
class Row:
    """A line on its old side, its new side or both. ``partner`` is the row it moved to or from.

    The pieces of a line that moved here show what was changed on the way.
    """

    fate: Fate
    pieces: tuple[Piece, ...]
    partner: int | None = None

    @property
    def old(self) -> tuple[Piece, ...] | None:
        """What stood here in the old text; None where the new text alone has a line."""
        if self.fate in (Fate.INSERTED, Fate.MOVED_HERE):
            return None
        return tuple(piece for piece in self.pieces if piece.kind != Kind.INSERTED)

    @property
    def new(self) -> tuple[Piece, ...] | None:
        """What stands here in the new text; None where the old text alone had a line."""
        if self.fate in (Fate.DELETED, Fate.MOVED_AWAY):
            return None
        return tuple(piece for piece in self.pieces if piece.kind != Kind.DELETED)


def compare(old_text: str, new_text: str) -> list[Row]:
    """The rows of two texts, in an order that holds for both.

    Time is bounded: n log n beside gaps of bounded size.
    """
    old, new = old_text.split("\n"), new_text.split("\n")
    pairs = _pairs(old, new)
    came_from = _moves(old, new, pairs)
    went_to = {here: there for there, here in came_from.items()}
    rows: list[Row] = []
    at_old: dict[int, int] = {}
    at_new: dict[int, int] = {}
    old_at = new_at = 0
    for old_end, new_end in [*pairs, (len(old), len(new))]:
        for index in range(old_at, old_end):
            at_old[index] = len(rows)
            whole = Piece(Kind.SAME if index in went_to else Kind.DELETED, old[index])
            rows.append(Row(Fate.MOVED_AWAY if index in went_to else Fate.DELETED, (whole,)))
        for index in range(new_at, new_end):
            at_new[index] = len(rows)
            if index in came_from:
                pieces = tuple(words(old[came_from[index]], new[index]))
                rows.append(Row(Fate.MOVED_HERE, pieces))
            else:
                rows.append(Row(Fate.INSERTED, (Piece(Kind.INSERTED, new[index]),)))
        if old_end < len(old) and new_end < len(new):
            same = old[old_end] == new[new_end]
            pieces = tuple(words(old[old_end], new[new_end]))
            rows.append(Row(Fate.SAME if same else Fate.CHANGED, pieces))
        old_at, new_at = old_end + 1, new_end + 1
    for there, here in came_from.items():
        away, back = at_old[here], at_new[there]
        rows[away] = replace(rows[away], partner=back)
        rows[back] = replace(rows[back], partner=away)
    return rows


def words(old: str, new: str) -> list[Piece]:
    """What of ``old`` went and what of ``new`` came, in reading order, deletions first."""
    if old == new:
        return [Piece(Kind.SAME, old)]
    mine, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
    pieces: list[Piece] = []
    old_at = new_at = 0
    for old_start, new_start, length in [*_runs(mine, theirs), (len(mine), len(theirs), 0)]:
        kept = "".join(mine[old_start : old_start + length])
        after_change = old_start > old_at or new_start > new_at
        at_end = old_start + length == len(mine) and new_start + length == len(theirs)
        if after_change and not at_end and not re.search(r"\w", kept):
            continue  # a space or a comma between two changes goes and comes with them
        for kind, text in (
            (Kind.DELETED, "".join(mine[old_at:old_start])),
            (Kind.INSERTED, "".join(theirs[new_at:new_start])),
            (Kind.SAME, kept),
        ):
            if text:
                pieces.append(Piece(kind, text))
        old_at, new_at = old_start + length, new_start + length
    return pieces


def size(rows: Iterable[Row]) -> tuple[int, int]:
    """How many words went and how many came. A line that moved counts for what changed in it."""
    count: Counter[Kind] = Counter()
    for row in rows:
        for piece in row.pieces:
            count[piece.kind] += len(re.findall(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+", piece.text))
    return count[Kind.DELETED], count[Kind.INSERTED]


def _pairs(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Lines that stayed in place, as (old, new) in order: equal ones, and those that changed."""
    pairs: list[tuple[int, int]] = []
    old_at = new_at = 0
    for old_start, new_start, length in [*_runs(old, new), (len(old), len(new), 0)]:
        pairs += _alike_in_order(old, new, range(old_at, old_start), range(new_at, new_start))
        pairs += [(old_start + step, new_start + step) for step in range(length)]
        old_at, new_at = old_start + length, new_start + length
    return pairs


def _alike_in_order(
    old: list[str], new: list[str], olds: range, news: range
) -> list[tuple[int, int]]:
    """The pairs of lines in a gap that are most alike, without crossing."""
    elsewhere_old, elsewhere_new = {old[i] for i in olds}, {new[i] for i in news}
    # A line that stands unchanged somewhere else in the gap moved; it did not turn into another.
    mine = [i for i in olds if old[i] not in elsewhere_new]
    theirs = [i for i in news if new[i] not in elsewhere_old]
    if not mine or not theirs:
        return []
    if len(mine) * len(theirs) > PAIRS:
        return []
    tokens_old = [_TOKEN.findall(old[i]) for i in mine]
    tokens_new = [_TOKEN.findall(new[i]) for i in theirs]
    likeness = [[_likeness(a, b, ALIKE) for b in tokens_new] for a in tokens_old]
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(mine) + 1)]
    for i in range(len(mine) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            paired = best[i + 1][j + 1] + likeness[i][j] if likeness[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(mine) and j < len(theirs):
        if likeness[i][j] and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            pairs.append((mine[i], theirs[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _moves(old: list[str], new: list[str], pairs: list[tuple[int, int]]) -> dict[int, int]:
    """For new lines that stood elsewhere, the old line each of them was; every line moves once."""
    stayed_old, stayed_new = {i for i, _ in pairs}, {j for _, j in pairs}
    left = [i for i, line in enumerate(old) if i not in stayed_old and _is_telling(line)]
    came = [j for j, line in enumerate(new) if j not in stayed_new and _is_telling(line)]
    moves: dict[int, int] = {}
    waiting: dict[str, list[int]] = {}
    for i in reversed(left):
        waiting.setdefault(old[i], []).append(i)
    for j in came:
        if waiting.get(new[j]):
            moves[j] = waiting[new[j]].pop()
    gone = set(left) - set(moves.values())
    came = [j for j in came if j not in moves]
    if len(gone) * len(came) > PAIRS:
        return moves
    tokens = {i: _TOKEN.findall(old[i]) for i in gone}
    alike = [
        (likeness, i, j)
        for j in came
        for theirs in [_TOKEN.findall(new[j])]
        for i in sorted(gone)
        if (likeness := _likeness(tokens[i], theirs, MOVED_ALIKE))
    ]
    for _, i, j in sorted(alike, key=lambda found: (-found[0], found[1], found[2])):
        if i in gone and j not in moves:
            moves[j] = i
            gone.discard(i)
    return moves


def _is_telling(line: str) -> bool:
    return sum(character.isalpha() for character in line) >= MOVED_LETTERS


def _likeness(mine: Sequence[str], theirs: Sequence[str], least: float) -> float:
    """How alike two lines are, in tokens; 0 where that is less than ``least``."""
    if len(mine) * len(theirs) > CELLS:
        return 0.0
    return Indel.normalized_similarity(mine, theirs, score_cutoff=least)


def _runs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """The runs that both have, in order, as (old, new, length)."""
    codes: dict[str, int] = {}
    mine = [codes.setdefault(token, len(codes)) for token in old]
    theirs = [codes.setdefault(token, len(codes)) for token in new]
    found: list[tuple[int, int, int]] = []
    for old_start, new_start, length in _equal(mine, theirs, 0, 0):
        before = found[-1] if found else (-1, -1, 0)
        if (before[0] + before[2], before[1] + before[2]) == (old_start, new_start):
            found[-1] = (before[0], before[1], before[2] + length)
        else:
            found.append((old_start, new_start, length))
    return found


def _equal(
    mine: list[int], theirs: list[int], old_at: int, new_at: int
) -> list[tuple[int, int, int]]:
    shorter = min(len(mine), len(theirs))
    head = next((i for i in range(shorter) if mine[i] != theirs[i]), shorter)
    rest = shorter - head
    tail = next((i for i in range(rest) if mine[-1 - i] != theirs[-1 - i]), rest)
    inner, outer = mine[head : len(mine) - tail], theirs[head : len(theirs) - tail]
    found = [(old_at, new_at, head)] if head else []
    old_inner, new_inner = old_at + head, new_at + head
    if inner and outer and len(inner) * len(outer) <= CELLS:
        found += [
            (old_inner + op.src_start, new_inner + op.dest_start, op.src_end - op.src_start)
            for op in Indel.opcodes(inner, outer)
            if op.tag == "equal"
        ]
    elif inner and outer:
        a, b = _cut(inner, outer)
        found += _equal(inner[:a], outer[:b], old_inner, new_inner)
        found += _equal(inner[a:], outer[b:], old_inner + a, new_inner + b)
    if tail:
        found.append((old_inner + len(inner), new_inner + len(outer), tail))
    return found


def _cut(mine: list[int], theirs: list[int]) -> tuple[int, int]:
    """Where to cut two long sequences in two: about the middle, at something both have once."""
    once = {code for code, count in Counter(theirs).items() if count == 1}
    once &= {code for code, count in Counter(mine).items() if count == 1}
    place = {code: index for index, code in enumerate(theirs) if code in once}
    quarter = len(mine) // 4
    choices = [
        (abs(place[code] / len(theirs) - index / len(mine)), index, place[code])
        for index, code in enumerate(mine[quarter : 3 * quarter], quarter)
        if code in once
    ]
    if choices:
        _, index, other = min(choices)
        return index, other
    return max(1, len(mine) // 2), len(theirs) // 2
