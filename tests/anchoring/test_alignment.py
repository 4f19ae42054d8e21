"""What two sequences of tokens have in common, and what moved."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations import alignment
from annotations.alignment import Run, align, encode, match_ahead, match_behind, without_islands
from annotations.moves import find_moves

some_tokens = st.text(alphabet="abcdef", max_size=60)


def are_sound(runs: list[Run], old: str, new: str) -> bool:
    """Whether runs hold the same on both sides, in order, without touching."""
    return all(
        run.length > 0 and old[run.old : run.old_end] == new[run.new : run.new_end] for run in runs
    ) and all(
        left.old_end <= right.old
        and left.new_end <= right.new
        and (left.old_end, left.new_end) != (right.old, right.new)
        for left, right in pairwise(runs)
    )


@given(some_tokens, some_tokens)
def test_runs_in_order_match_on_both_sides(old, new):
    assert are_sound(align(old, new), old, new)


@given(some_tokens)
def test_a_text_matches_itself_whole(text):
    assert align(text, text) == ([Run(0, 0, len(text))] if text else [])


@given(some_tokens, some_tokens)
def test_long_texts_without_landmarks_are_matched_through_windows(old, new):
    gap, alignment.GAP = alignment.GAP, 8
    try:
        runs = align(old, new)
    finally:
        alignment.GAP = gap
    assert are_sound(runs, old, new)


@given(some_tokens, some_tokens, st.data())
def test_how_far_two_texts_agree(old, new, data):
    i = data.draw(st.integers(0, len(old)))
    j = data.draw(st.integers(0, len(new)))
    ahead, behind = match_ahead(old, i, new, j), match_behind(old, i, new, j)
    assert old[i : i + ahead] == new[j : j + ahead]
    assert old[i + ahead : i + ahead + 1] != new[j + ahead : j + ahead + 1] or (
        len(old) == i + ahead and len(new) == j + ahead
    )
    assert old[i - behind : i] == new[j - behind : j]
    assert behind == min(i, j) or old[i - behind - 1] != new[j - behind - 1]


@given(st.lists(st.sampled_from(["the", "a", "of", "x1", "x2", "x3"])), st.lists(st.text("ab")))
def test_tokens_are_encoded_alike_exactly_when_they_are_alike(old, new):
    left, right = encode(old, new)
    assert len(left) == len(old)
    assert len(right) == len(new)
    for i, word in enumerate(old):
        for j, other in enumerate(new):
            assert (left[i] == right[j]) == (word == other)


def test_a_short_run_amid_large_gaps_is_an_accident():
    near, far = Run(9, 2, 1), Run(30, 30, 1)
    assert without_islands([Run(0, 0, 3), near, far], 60, 60) == [Run(0, 0, 3)]
    assert without_islands([Run(0, 0, 3), Run(4, 4, 1)], 60, 60) == [Run(0, 0, 3), Run(4, 4, 1)]


def find(old: str, new: str, runs: list[Run]) -> list[Run]:
    """Moves between texts in which each token counts for five letters."""
    return find_moves(old, new, runs, [5 * place for place in range(len(old) + 1)])


def test_a_run_that_stands_elsewhere_moved():
    assert find("abcdefXYZW", "XYZWabcdef", [Run(0, 4, 6)]) == [Run(6, 0, 4)]


def test_each_word_is_claimed_once():
    assert find("abcdPQRSefghPQRS", "PQRSabcdefgh", [Run(0, 4, 4), Run(8, 8, 4)]) == [Run(4, 0, 4)]


@pytest.mark.parametrize(("length", "moved"), [(8, True), (4, False)])
def test_a_moved_run_outweighs_only_much_shorter_ones(length, moved):
    text = "STUVWXYZ"[:length]
    scrap = Run(0, length - 3, 3)  # what a neighbour shares with its end
    old, new = text[-3:] + "qrst" + text, text + "pppp"
    assert bool(find(old, new, [scrap])) == moved
