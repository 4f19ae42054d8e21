"""Which differences between two texts a reader would not see."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.folding import LONGEST_WORD, tokenise


def words(text: str) -> list[str]:
    return tokenise(text).words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“no” ‘no’", "\"no\" 'no'"),
        ("a – b — c", "a - b -- c"),
        ("and so on…", "and so on..."),
        ("in\u00adfor\u200bmation", "information"),
        ("con\ufb01dential", "confidential"),
        ("Straße", "STRASSE"),
        ("cafe\u0301", "café"),
        ("exam-\nple", "example"),
        ("two\xa0words", "two \n words"),
        ("１２３", "123"),
    ],
)
def test_these_are_the_same(one, other):
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("we'll", "well"), ("e-mail", "email"), ("1,5", "1.5"), ("résumé", "resume"), ("a.b", "a b")],
)
def test_these_are_not(one, other):
    assert words(one) != words(other)


def test_scripts_without_spaces_are_cut_into_characters():
    assert words("漢字かな ไทย") == ["漢", "字", "か", "な", "ไ", "ท", "ย"]


def test_marks_and_joiners_stay_with_what_they_mark():
    assert words("नमस्ते") == ["नमस्ते"]
    assert len(words("👩\u200d💻")) == 2


def test_what_is_too_long_for_a_word_is_compared_letter_by_letter():
    assert words("a" * LONGEST_WORD) == ["a" * LONGEST_WORD]
    assert words("a" * (LONGEST_WORD + 1)) == ["a"] * (LONGEST_WORD + 1)


def test_the_case_is_folded_to_compare_and_kept_to_show():
    tokens = tokenise("Will WILL")
    assert tokens.words == ["will", "will"]
    assert tokens.spelt == ["Will", "WILL"]


@given(st.text(max_size=80))
def test_tokens_stand_in_order_and_leave_out_only_what_cannot_be_seen(text):
    tokens = tokenise(text)
    assert len(tokens.words) == len(tokens.spelt) == len(tokens.starts) == len(tokens.ends)
    place = 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        between = text[place:start]
        assert all(c.isspace() or unicodedata.category(c)[0] in "MC" for c in between)
        assert place <= start < end <= len(text)
        assert not text[start].isspace()
        place = end
    assert all(c.isspace() or unicodedata.category(c)[0] in "MC" for c in text[place:])
