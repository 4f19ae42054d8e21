"""Texts that are nearly the same are told from texts that only have passages in common."""

import pytest

from articles.importing.likeness import (
    BANDS,
    bands_of,
    estimate,
    ranked,
    shared,
    shingles_of,
    signature,
    words_of,
)
from tests.copies import speech

FIRST, SECOND = speech(1, 700), speech(2, 700)
TEXT = " ".join(FIRST)
BOILERPLATE = speech(3, 120)


def with_every_tenth_word_changed() -> str:
    return " ".join("other" if at % 10 == 4 else word for at, word in enumerate(FIRST))


@pytest.mark.parametrize(
    ("variant", "least"),
    [
        (with_every_tenth_word_changed(), 0.85),
        (" ".join(FIRST[:300] + FIRST[380:]), 1.0),  # a paragraph dropped
        (" ".join([*speech(4, 60), *FIRST, "all", "rights", "reserved"]), 1.0),
        (" ".join(FIRST[:280]), 1.0),  # the first two fifths
        (TEXT.upper().replace(" ", ", "), 1.0),
    ],
)
def test_copies_are_candidates_and_alike(variant: str, least: float) -> None:
    assert set(bands_of(TEXT)) & set(bands_of(variant))
    assert shared(TEXT, variant) >= least
    assert shared(variant, TEXT) == shared(TEXT, variant)


def test_two_speeches_with_the_same_boilerplate_are_two() -> None:
    one, other = " ".join(BOILERPLATE + FIRST), " ".join(BOILERPLATE + SECOND)
    assert len(shingles_of(words_of(one)) & shingles_of(words_of(other))) > 100
    assert shared(one, other) == 0


def test_short_texts_are_never_alike() -> None:
    short = "Thank you all very much, and good night. " * 30
    assert bands_of(short) == ()
    assert shared(short, short) == 0


def test_scripts_without_spaces_are_told_by_their_characters() -> None:
    signs = [chr(0x4E00 + at * at * 7 % 2999) for at in range(400)]
    text = "".join(signs)
    edited = "".join("的" if at % 12 == 5 else sign for at, sign in enumerate(signs)) + "。"
    assert set(bands_of(text)) & set(bands_of(edited))
    assert shared(text, edited) > 0.9
    assert bands_of("".join(signs[:40])) == ()


def test_case_accents_ligatures_and_line_ends_do_not_count() -> None:
    assert words_of("Naïve oﬃcials re-\nturned “at ONCE”.") == [
        "naive",
        "officials",
        "returned",
        "at",
        "once",
    ]


def test_what_is_stored_stays_comparable() -> None:
    """Other numbers would be compared with stored ones: set them all anew in a migration then."""
    bands = bands_of(TEXT)
    assert len(bands) == BANDS
    assert bands[:3] == (-1324975521, -1909672141, -581860448)


def test_the_signature_says_how_much_is_shared() -> None:
    one = {f"one {number}" for number in range(900)}
    other = {f"one {number}" for number in range(300, 1200)}
    assert estimate(signature(one), signature(other)) == pytest.approx(0.5, abs=0.1)
    few, most = set(sorted(one)[:60]), set(sorted(one)[:80])  # fewer than there are bins
    assert estimate(signature(few), signature(most)) == pytest.approx(0.75, abs=0.12)


def test_candidates_that_share_most_come_first() -> None:
    assert ranked([1, 2, 3], [(7, [1, 9]), (8, [1, 2, 3]), (9, [2, 3])]) == [8, 9, 7]
