"""Each rule of carrying passages over, by an example of what it is for."""

import pytest

from annotations.anchoring import State, carry, reanchor

OPENING = (
    "The treaty entered into force in spring, after two years of talks. Observers had expected "
    "less: a declaration, perhaps, and a hotline. What they got was a schedule of visits."
)
INSPECTORS = (
    "Inspectors may enter any depot at six hours' notice. They count vehicles, photograph "
    "serial numbers and leave a copy of their report with the host."
)
COSTS = (
    "Nobody knows what the visits cost. The ministries publish one figure for all of arms "
    "control, and the auditors have twice complained about it."
)
CLOSING = (
    "Trust is not the absence of suspicion. It is a habit of checking, kept up on days when "
    "there is nothing to find, by people who have learnt each other's names."
)
TEXT = "\n".join([OPENING, INSPECTORS, COSTS, CLOSING])


def note_on(words: str, text: str = TEXT, *, after: str = "") -> dict:
    start = text.index(words, text.index(after))
    end = start + len(words)
    return {
        "exact": words,
        "prefix": text[max(0, start - 32) : start],
        "suffix": text[end : end + 32],
        "start": start,
        "end": end,
    }


def words_in(new: str, words: str, old: str = TEXT, *, after: str = "") -> str | None:
    """What the words of ``old`` became in ``new``."""
    [span] = reanchor(old, new, [note_on(words, old, after=after)])
    return None if span is None else new[slice(*span)]


def test_a_wrong_position_is_located_in_the_old_text_first():
    note = note_on("serial numbers") | {"start": 3, "end": 17}
    assert reanchor(TEXT, "New. " + TEXT, [note]) == [
        (TEXT.index("serial") + 5, TEXT.index("serial") + 19)
    ]


def test_a_quote_that_the_old_text_does_not_have_is_not_looked_for_in_the_new_one():
    note = note_on("serial numbers") | {"exact": "a rota of guards", "prefix": "", "suffix": ""}
    assert reanchor(TEXT, TEXT + " They found a rota of guards.", [note]) == [None]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("two years", "two\nyears"),  # white space
        ("hours' notice", "hours’ notice"),  # quotation marks
        ("less: a declaration", "less: a decla\u00adration"),  # soft hyphen
        ("suspicion. It", "suspicion.  It"),
        ("figure", "ﬁgure"),  # compatibility forms
        ("photograph serial", "photo-\ngraph serial"),  # a typesetter's line end
        ("The treaty", "THE TREATY"),
    ],
)
def test_what_a_reader_hardly_sees_moves_no_note(before, after):
    assert words_in(TEXT.replace(before, after), before) == after


def test_an_insertion_before_and_within_keeps_the_borders():
    new = TEXT.replace("They count vehicles,", "They arrive at dawn. They count all vehicles,")
    assert words_in(new, "count vehicles, photograph") == "count all vehicles, photograph"


def test_an_inserted_sentence_belongs_to_no_note_beside_it():
    new = TEXT.replace("cost. The", "cost. The Treasury will not say. The")
    assert words_in(new, "Nobody knows what the visits cost.") == (
        "Nobody knows what the visits cost."
    )
    assert words_in(new, "The ministries publish one figure") == "The ministries publish one figure"


def test_a_deleted_sentence_takes_its_notes_along():
    new = TEXT.replace(
        " They count vehicles, photograph serial numbers and leave a copy of their report "
        "with the host.",
        "",
    )
    assert words_in(new, "photograph serial numbers") is None
    assert words_in(new, "enter any depot") == "enter any depot"


def test_a_moved_paragraph_takes_its_notes_along():
    new = "\n".join([COSTS, OPENING, INSPECTORS, CLOSING])
    [placement] = carry(TEXT, new, [note_on("one figure for all of arms control")])
    assert placement.state == State.MOVED
    assert new[slice(*placement.span)] == "one figure for all of arms control"


def test_a_moved_sentence_is_not_torn_apart_by_words_it_shares_with_its_new_neighbours():
    moved = "They count vehicles, photograph serial numbers and leave a copy of their report."
    other = "They count boats and leave, and the guards count them."
    old = "\n".join([other, OPENING, CLOSING, COSTS, moved])
    new = "\n".join([moved, OPENING, CLOSING, COSTS])
    assert words_in(new, moved, old) == moved
    assert words_in(new, "boats", old) is None


@pytest.mark.parametrize("kept", ["first", "last"])
def test_of_two_like_passages_each_note_keeps_its_own(kept):
    old = "\n".join([INSPECTORS, OPENING, COSTS, INSPECTORS, CLOSING])
    paragraphs = old.split("\n")
    del paragraphs[3 if kept == "first" else 0]
    new = "\n".join(paragraphs)
    first, last = (
        note_on("photograph serial numbers", old),
        note_on("photograph serial numbers", old, after=COSTS),
    )
    span = new.index("photograph"), new.index("photograph") + len("photograph serial numbers")
    assert reanchor(old, new, [first, last]) == ([span, None] if kept == "first" else [None, span])


def test_of_two_nearly_like_passages_each_note_keeps_its_own():
    twin = INSPECTORS.replace("vehicles", "missiles").replace("six", "nine")
    old = "\n".join([INSPECTORS, OPENING, COSTS, twin, CLOSING])
    new = "\n".join([OPENING, COSTS, twin.replace("photograph", "fotograph"), CLOSING])
    assert words_in(new, "photograph serial numbers", old) is None
    assert words_in(new, "photograph serial numbers", old, after=COSTS) == (
        "fotograph serial numbers"
    )


def test_a_repeated_paragraph_leaves_the_notes_on_the_first():
    new = "\n".join([OPENING, INSPECTORS, COSTS, INSPECTORS, CLOSING])
    [span] = reanchor(TEXT, new, [note_on("serial numbers")])
    assert span == (new.index("serial"), new.index("serial") + len("serial numbers"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("suspicion", "suspiscion"),
        ("vehicles", "vehlcles"),
        ("serial numbers", "seria1 numbers"),  # a scanner's l
        ("photograph", "photo graph"),
        ("their report", "theirreport"),
    ],
)
def test_a_word_survives_in_other_letters(before, after):
    assert words_in(TEXT.replace(before, after), before) == after


def test_another_number_is_another_fact():
    old = TEXT.replace("two years", "1984")
    assert words_in(TEXT.replace("two years", "1985"), "1984", old) is None


def test_words_put_in_the_place_of_others_belong_to_the_passage():
    new = TEXT.replace("a copy of their report", "a copy of their minutes")
    assert words_in(new, "leave a copy of their report") == "leave a copy of their minutes"


def test_a_passage_of_which_too_little_survives_is_gone():
    new = TEXT.replace("leave a copy of their report with the host", "leave before the host wakes")
    assert words_in(new, "a copy of their report with") is None


def test_a_short_quote_needs_neighbours():
    new = TEXT.replace(COSTS, "Whatever they cost, geese and the marsh are none of their concern.")
    assert words_in(new, "and the", after="control") is None
    assert words_in(new, "the", after="what") is None
    assert words_in(TEXT.replace("what the visits", "what these visits"), "visits cost") == (
        "visits cost"
    )


def test_in_a_text_replaced_whole_nothing_stays():
    new = "\n".join(
        f"The auditors of year {year} had expected a report on the cost of arms, and they got one."
        for year in range(1990, 2000)
    )
    quotes = ["The", "a", "report", "had expected", "the auditors have", "expected less: a"]
    assert reanchor(TEXT, new, [note_on(quote) for quote in quotes]) == [None] * len(quotes)


def test_white_space_at_the_borders_is_trimmed():
    new = "New. " + TEXT
    assert words_in(new, " photograph serial ") == "photograph serial"
