"""Two texts compared: nothing is lost, and what moved is not called new."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import comparing
from articles.comparing import Fate, Kind, compare, size, words

LINES = st.lists(
    st.text(st.sampled_from("ab ,.é日\n"), max_size=12)
    | st.sampled_from(["Trust is won slowly and lost at once.", "Nobody counts the favours done."]),
    max_size=8,
).map("\n".join)


def side(rows, name: str) -> str:
    shown = [getattr(row, name) for row in rows]
    return "\n".join("".join(p.text for p in line) for line in shown if line is not None)


@given(LINES, LINES)
def test_the_old_side_is_the_old_text_and_the_new_side_the_new(old, new):
    rows = compare(old, new)
    assert side(rows, "old") == old
    assert side(rows, "new") == new


@given(LINES, LINES)
def test_the_words_of_two_passages_are_theirs_exactly(old, new):
    pieces = words(old, new)
    assert "".join(p.text for p in pieces if p.kind != Kind.INSERTED) == old
    assert "".join(p.text for p in pieces if p.kind != Kind.DELETED) == new


@given(LINES, LINES)
def test_a_cut_comparison_loses_nothing(old, new):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparing, "CELLS", 4)
        rows = compare(old, new)
    assert side(rows, "old") == old
    assert side(rows, "new") == new


@given(LINES, LINES)
def test_what_moved_away_came_to_one_place(old, new):
    rows = compare(old, new)
    for number, row in enumerate(rows):
        if row.fate in (Fate.MOVED_AWAY, Fate.MOVED_HERE):
            other = rows[row.partner]
            assert other.partner == number
            assert {row.fate, other.fate} == {Fate.MOVED_AWAY, Fate.MOVED_HERE}


def test_a_changed_word_is_told_as_such():
    assert [(p.kind, p.text) for p in words("won slowly, we say", "won very slowly, I say")] == [
        ("same", "won "),
        ("inserted", "very "),
        ("same", "slowly, "),
        ("deleted", "we"),
        ("inserted", "I"),
        ("same", " say"),
    ]


def test_neighbouring_changes_are_one_change():
    kinds = [p.kind for p in words("the old grey mare stands", "the new white horse stands")]
    assert kinds == ["same", "deleted", "inserted", "same"]


def test_a_language_without_spaces_is_compared_by_characters():
    assert Kind.SAME in [p.kind for p in words("信任来之不易", "信任失之不难")]


SWAP = ["Trust is won slowly and lost at once.", "Nobody keeps count of the favours done."]


def test_swapped_paragraphs_moved():
    rows = compare("\n".join([*SWAP, "An end."]), "\n".join([*reversed(SWAP), "An end."]))
    assert sorted(row.fate for row in rows) == ["moved-away", "moved-here", "same", "same"]
    assert size(rows) == (0, 0)


def test_a_paragraph_that_moved_and_changed_shows_what_changed():
    rows = compare("\n".join(SWAP), "\n".join([SWAP[1], SWAP[0].replace("slowly", "late")]))
    moved = next(row for row in rows if row.fate == Fate.MOVED_HERE)
    assert {(p.kind, p.text) for p in moved.pieces} >= {("deleted", "slowly"), ("inserted", "late")}
    assert size(rows) == (1, 1)


def test_a_rewritten_paragraph_went_and_another_came():
    rows = compare("Trust is won slowly.", "Tariffs, however, were raised in 1931")
    assert [row.fate for row in rows] == ["deleted", "inserted"]


@pytest.mark.parametrize("parted", ["\n", " "])
def test_a_book_of_thirty_one_thousand_words_is_compared_in_bounded_time(parted):
    old = [f"word{n * 7919 % 5000}" + (parted if n % 60 == 0 else " ") for n in range(31_000)]
    new = [w for n, w in enumerate(old) if n % 17] + ["altogether ", "new "] * 500
    new[4000:4000] = new[20_000:22_000]
    old_text, new_text = "".join(old).strip(), "".join(new).strip()
    began = time.process_time()
    rows = compare(old_text, new_text)
    assert time.process_time() - began < 5
    assert side(rows, "old") == old_text
    assert side(rows, "new") == new_text
