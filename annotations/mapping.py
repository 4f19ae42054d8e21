"""Where every token of one text went in the next: the map that passages are read off.

Joins what ``alignment`` finds in order, what ``moves`` finds elsewhere, and, in blocks of
replaced words, what ``likeness`` finds in other letters.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from annotations.alignment import (
    ISLAND,
    Run,
    align,
    encode,
    indel,
    merged,
    shifted,
    slid,
    without_islands,
)
from annotations.folding import Tokens, tokenise
from annotations.likeness import in_other_letters, likeness
from annotations.moves import SEED, find_moves

IN_OTHER_LETTERS = 0.8  # how much of a token survives that changed its letters
BLOCK = 300  # tokens a side in which words are looked for in other letters
EDGE = 24  # tokens beside moved text that may have moved along
NEAR = 72  # tokens between runs that moved as one text
SENTENCE = 3  # the border of a sentence; see _borders
_SENTENCE_ENDS = frozenset(".!?。！？…")
_PAUSES = frozenset(",;:-，；：、)")


@dataclass(slots=True)
class TextMap:
    """The tokens of two texts, and for each old one where it went.

    ``first`` and ``after`` bound the new tokens that an old token became, or are -1; ``weight``
    says how much of it survived; ``group`` numbers the moved text it belongs to, 0 for what
    stayed in order. ``claimed`` marks the new tokens that an old one became.
    """

    old: Tokens
    new: Tokens
    first: list[int]
    after: list[int]
    weight: list[float]
    group: list[int]
    claimed: bytearray

    def claim_run(self, run: Run, group: int) -> None:
        span = slice(run.old, run.old_end)
        self.first[span] = range(run.new, run.new_end)
        self.after[span] = range(run.new + 1, run.new_end + 1)
        self.weight[span] = [1.0] * run.length
        self.group[span] = [group] * run.length
        self.claimed[run.new : run.new_end] = b"\1" * run.length

    def claim(self, olds: Iterable[int], news: Sequence[int], weight: float, group: int) -> None:
        for place in olds:
            self.first[place], self.after[place] = min(news), max(news) + 1
            self.weight[place], self.group[place] = weight, group
        for place in news:
            self.claimed[place] = 1

    def is_open(self, old: int) -> bool:
        """Whether an old token exists and has no place."""
        return 0 <= old < len(self.first) and self.first[old] < 0

    def is_unclaimed(self, new: int) -> bool:
        """Whether a new token exists that no old one became."""
        return 0 <= new < len(self.claimed) and not self.claimed[new]

    def are_free(self, old: int, new: int) -> bool:
        return self.is_open(old) and self.is_unclaimed(new)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two texts in the forms the steps work on."""

    old: Tokens
    new: Tokens
    old_code: str
    new_code: str
    old_border: Callable[[int], int]
    new_border: Callable[[int], int]

    def slid(self, runs: Sequence[Run]) -> list[Run]:
        return slid(runs, self.old_code, self.new_code, self.old_border, self.new_border)


def map_texts(old_text: str, new_text: str) -> TextMap:
    """The map from one text to the next. Time is n log n beside gaps of bounded size."""
    old, new = tokenise(old_text), tokenise(new_text)
    codes = encode(old.words, new.words)
    pair = _Pair(old, new, *codes, _borders(old_text, old), _borders(new_text, new))
    size = len(old.words)
    found = without_islands(align(*codes), size, len(new.words))
    moved = find_moves(*codes, found, _letters_before(old.words))
    moved = _with_full_stops([_trimmed(run, pair) for run in moved], pair)
    groups = [_filled(group, pair) for group in _groups(moved)]
    in_order = _around(groups, pair) if groups else pair.slid(found)
    result = TextMap(
        old, new, [-1] * size, [-1] * size, [0.0] * size, [0] * size, bytearray(len(new.words))
    )
    for number, runs in enumerate([in_order, *groups]):
        for run in runs:
            result.claim_run(run, number)
    for number, group in enumerate(groups, start=1):
        _mend(result, _with_edges(result, pair, group, number), number)
    _mend(result, [Run(0, 0, 0), *in_order, Run(size, len(new.words), 0)], 0)
    return result


def _letters_before(words: Sequence[str]) -> list[int]:
    """How many letters stand before each word, and in all."""
    return list(accumulate((len(word) if word.isalnum() else 0 for word in words), initial=0))


def _borders(text: str, tokens: Tokens) -> Callable[[int], int]:
    """How strong a break lies before a token: paragraph, sentence, pause, word, none."""

    def border(index: int) -> int:
        if index == 0 or index == len(tokens.words):
            return 5
        before = tokens.words[index - 1]
        between = text[tokens.ends[index - 1] : tokens.starts[index]]
        if "\n" in between:
            return 5 if "\n\n" in between else 4
        if before in _SENTENCE_ENDS and between:
            return SENTENCE
        if before in _PAUSES:
            return 2
        return 1 if between else 0

    return border


def _trimmed(run: Run, pair: _Pair) -> Run:
    """A moved run without a word or two of a next sentence that begins alike."""
    start, end = 0, run.length

    def is_border(offset: int) -> bool:
        return (
            pair.old_border(run.old + offset) >= SENTENCE
            and pair.new_border(run.new + offset) >= SENTENCE
        )

    for count in range(1, ISLAND + 1):
        if pair.old.words[run.old].isalnum() and is_border(count):
            start = count
        if pair.old.words[run.old_end - count].isalnum() and is_border(run.length - count):
            end = run.length - count
    if end - start < SEED:
        return run
    return Run(run.old + start, run.new + start, end - start)


def _with_full_stops(moved: Sequence[Run], pair: _Pair) -> list[Run]:
    """Moved runs, each with the mark that ends its sentence.

    The next sentence may have claimed it, for that too comes after a full stop, then and now.
    """
    olds, news = {run.old for run in moved}, {run.new for run in moved}
    size, new_size = len(pair.old.words), len(pair.new.words)
    result: list[Run] = []
    for run in moved:
        old, new = run.old_end, run.new_end
        if (
            old < size
            and new < new_size
            and old not in olds
            and new not in news
            and pair.old.words[old] == pair.new.words[new]
            and not pair.old.words[old].isalnum()
            and pair.old_border(old + 1) >= SENTENCE
            and pair.new_border(new + 1) >= SENTENCE
        ):
            result.append(Run(run.old, run.new, run.length + 1))
        else:
            result.append(run)
    return result


def _groups(moved: Sequence[Run]) -> list[list[Run]]:
    """Moved runs, those together that moved as one text."""
    follows = dict(pairwise(sorted(moved, key=lambda run: run.new)))
    groups: list[list[Run]] = []
    for run in moved:
        last = groups[-1][-1] if groups else None
        if (
            last
            and follows.get(last) == run
            and run.old - last.old_end <= NEAR
            and run.new - last.new_end <= NEAR
        ):
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups


def _filled(group: list[Run], pair: _Pair) -> list[Run]:
    """A group of moved runs with the shorter ones between them."""
    if len(group) == 1:
        return group
    old, new = group[0].old, group[0].new
    inner = [
        run
        for left, right in pairwise(group)
        for run in shifted(
            indel(pair.old_code[left.old_end : right.old], pair.new_code[left.new_end : right.new]),
            left.old_end,
            left.new_end,
        )
    ]
    chain = without_islands(
        shifted(merged(sorted([*group, *inner])), -old, -new),
        group[-1].old_end - old,
        group[-1].new_end - new,
    )
    return pair.slid(shifted(chain, old, new))


def _around(groups: Sequence[Sequence[Run]], pair: _Pair) -> list[Run]:
    """Runs in order of what is left of both texts once moved text is taken out."""
    moved = [run for group in groups for run in group]
    olds = _without([(run.old, run.old_end) for run in moved], len(pair.old_code))
    news = _without([(run.new, run.new_end) for run in moved], len(pair.new_code))
    old = "".join([pair.old_code[place] for place in olds[:-1]])
    new = "".join([pair.new_code[place] for place in news[:-1]])
    runs = slid(
        without_islands(align(old, new), len(old), len(new)),
        old,
        new,
        lambda index: pair.old_border(olds[index]),
        lambda index: pair.new_border(news[index]),
    )
    return [piece for run in runs for piece in _put_back(run, olds, news)]


def _put_back(run: Run, olds: Sequence[int], news: Sequence[int]) -> list[Run]:
    """A run of what was left in the places of the whole texts, cut where moved text stood."""
    mine, theirs = olds[run.old : run.old_end], news[run.new : run.new_end]
    if mine[-1] - mine[0] == theirs[-1] - theirs[0] == run.length - 1:
        return [Run(mine[0], theirs[0], run.length)]
    return merged([Run(old, new, 1) for old, new in zip(mine, theirs, strict=True)])


def _without(spans: Iterable[tuple[int, int]], size: int) -> list[int]:
    """The places outside the spans, and the end."""
    places: list[int] = []
    place = 0
    for start, end in sorted(spans):
        places += range(place, start)
        place = end
    places += range(place, size + 1)
    return places


def _with_edges(result: TextMap, pair: _Pair, group: Sequence[Run], number: int) -> list[Run]:
    """A group with what moved along on either side, up to the sentence's border."""
    before, behind = _beside(result, pair, group[0], -1), _beside(result, pair, group[-1], 1)
    chain = pair.slid(merged([*before, *group, *behind]))
    for run in chain:
        result.claim_run(run, number)
    first, last = chain[0], chain[-1]
    if min(pair.old_border(first.old), pair.new_border(first.new)) < SENTENCE:
        _walk(result, first.old - 1, first.new - 1, -1, number)
    if min(pair.old_border(last.old_end), pair.new_border(last.new_end)) < SENTENCE:
        _walk(result, last.old_end, last.new_end, 1, number)
    return chain


def _beside(result: TextMap, pair: _Pair, run: Run, step: int) -> list[Run]:
    """Runs among the free tokens before (-1) or behind (1) one that moved."""
    old, new = (run.old_end, run.new_end) if step > 0 else (run.old, run.new)

    def reach(start: int, is_free: Callable[[int], bool], border: Callable[[int], int]) -> int:
        place = start
        while (
            abs(place - start) < EDGE
            and is_free(place if step > 0 else place - 1)
            and border(place) < SENTENCE
        ):
            place += step
        return place

    old, old_end = sorted((old, reach(old, result.is_open, pair.old_border)))
    new, new_end = sorted((new, reach(new, result.is_unclaimed, pair.new_border)))
    inner = indel(pair.old_code[old:old_end], pair.new_code[new:new_end])
    # On the far side lies something else: as good as a gap.
    far = EDGE if step < 0 else 0
    kept = without_islands(shifted(inner, far, far), EDGE + old_end - old, EDGE + new_end - new)
    return shifted(kept, old - far, new - far)


def _mend(result: TextMap, chain: Sequence[Run], group: int) -> None:
    """Find the words that survive in other letters between runs."""
    for left, right in pairwise(chain):
        olds = range(left.old_end, right.old)
        news = range(left.new_end, right.new)
        if olds and news:
            _walk(result, olds[0], news[0], 1, group)
            _walk(result, olds[-1], news[-1], -1, group)
            _mend_block(result, olds, news, group)


def _walk(result: TextMap, old: int, new: int, step: int, group: int) -> None:
    """Go on from a run's edge, word by word, as long as the words are alike."""
    while result.are_free(old, new):
        if result.old.words[old] == result.new.words[new]:
            result.claim([old], [new], 1.0, group)
            old, new = old + step, new + step
            continue
        # One word may have become two, or two one.
        choices = [([old], [new])]
        if result.are_free(old, new + step):
            choices.append(([old], [new, new + step][::step]))
        if result.are_free(old + step, new):
            choices.append(([old, old + step][::step], [new]))
        alike = [
            likeness(
                [result.old.words[place] for place in olds],
                [result.new.words[place] for place in news],
            )
            for olds, news in choices
        ]
        if not any(alike):
            return
        olds, news = choices[alike.index(max(alike))]
        result.claim(olds, news, IN_OTHER_LETTERS, group)
        old, new = old + step * len(olds), new + step * len(news)


def _mend_block(result: TextMap, olds: Sequence[int], news: Sequence[int], group: int) -> None:
    """Find words in other letters in a block that was replaced."""
    if len(olds) > BLOCK or len(news) > BLOCK:
        return
    olds = [place for place in olds if result.first[place] < 0]
    news = [place for place in news if not result.claimed[place]]
    if not olds or not news:
        return
    found = in_other_letters(
        [result.old.words[place] for place in olds], [result.new.words[place] for place in news]
    )
    for gap in without_islands(found, len(olds), len(news)):
        result.claim(
            olds[gap.old : gap.old_end], news[gap.new : gap.new_end], IN_OTHER_LETTERS, group
        )
