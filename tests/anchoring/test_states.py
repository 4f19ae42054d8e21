"""What is told of a passage besides its place: state, survival, similarity, confidence."""

import pytest

from annotations.anchoring import ALGORITHM, Placement, State, carry

TEXT = (
    "The court has one judge and two clerks.\n"
    "It sits on Tuesdays, when the ferry runs, and hears whatever has come in.\n"
    "Appeals go to the mainland, by the same ferry, a week later.\n"
    "Nobody on the island can remember a judgment that was reversed."
)


def placement_of(words: str, new: str) -> Placement:
    start = TEXT.index(words)
    [placement] = carry(TEXT, new, [{"exact": words, "start": start, "end": start + len(words)}])
    return placement


def test_the_same_words_at_the_same_place_are_unchanged():
    placement = placement_of("one judge", TEXT.replace("a week later", "a month later"))
    assert placement == Placement(State.UNCHANGED, 14, 23, 1.0, 1.0, 1.0)


def test_the_same_words_after_an_insertion_are_shifted():
    placement = placement_of("same ferry", TEXT.replace("one judge", "just one judge"))
    start = TEXT.index("same ferry") + len("just ")
    assert placement == Placement(State.SHIFTED, start, start + 10, 1.0, 1.0, 1.0)


def test_words_in_another_order_of_paragraphs_are_moved():
    lines = TEXT.split("\n")
    new = "\n".join([lines[2], lines[0], lines[1], lines[3]])
    assert placement_of("by the same ferry", new).state == State.MOVED
    assert placement_of("whatever has come", new).state == State.SHIFTED


@pytest.mark.parametrize(
    ("before", "after"),
    [("the ferry runs", "the boat runs"), ("on Tuesdays", "on tuesdays"), ("clerks", "clerk")],
)
def test_other_words_and_another_case_are_changed(before, after):
    words = "It sits on Tuesdays, when the ferry runs" if before != "clerks" else "two clerks"
    assert placement_of(words, TEXT.replace(before, after)).state == State.CHANGED


@pytest.mark.parametrize(
    ("before", "after"), [(", when", ",\nwhen"), ("the ferry", "the\xa0ferry")]
)
def test_other_white_space_changes_nothing(before, after):
    placement = placement_of("when the ferry runs", TEXT.replace(before, after))
    assert placement.state in (State.UNCHANGED, State.SHIFTED)
    assert placement.confidence == 1.0


def test_words_that_are_gone_have_no_place():
    placement = placement_of("hears whatever", TEXT.replace(", and hears whatever has come in", ""))
    assert placement == Placement(State.ORPHANED)
    assert placement.span is None


def test_confidence_is_the_smaller_of_survival_and_similarity():
    new = TEXT.replace("by the same ferry", "by that same old boat")
    placement = placement_of("go to the mainland, by the same ferry, a week", new)
    assert placement.state == State.CHANGED
    assert 0.6 <= placement.survival < 1
    assert 0.5 <= placement.similarity < 1
    assert placement.confidence == min(placement.survival, placement.similarity)


def test_confidence_is_no_greater_than_that_of_the_place_in_the_old_text():
    note = {"exact": "Appeals go to the main land", "start": 0, "end": 4}
    [placement] = carry(TEXT, "Now: " + TEXT, [note])
    assert placement.span == (TEXT.index("Appeals") + 5, TEXT.index("mainland") + 13)
    assert 0.8 <= placement.confidence < 1


def test_a_selection_inside_a_word_stays_inside_it():
    start = TEXT.index("land, by")
    [placement] = carry(TEXT, "See. " + TEXT, [{"exact": "land", "start": start, "end": start + 4}])
    assert placement == Placement(State.SHIFTED, start + 5, start + 9, 1.0, 1.0, 1.0)


def test_sentences_that_changed_places_within_a_passage_are_found_around_both():
    first = "Appeals go to the mainland, by the same ferry, a week later."
    second = "Nobody on the island can remember a judgment that was reversed."
    new = TEXT.replace(f"{first}\n{second}", f"{second}\n{first}")
    placement = placement_of(f"{first}\n{second}", new)
    assert placement.state == State.CHANGED
    assert new[slice(*placement.span)] == f"{second}\n{first}"


def test_the_algorithm_has_a_name_to_store_with_its_answers():
    assert ALGORITHM
