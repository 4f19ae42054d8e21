"""The web's syntax as it is read: words, phrases, OR, minus, and what people get wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.query import parse


def read(text: str) -> tuple[list[list[str]], list[str]]:
    query = parse(text)
    wanted = [[term.words for term in terms] for terms in query.alternatives]
    return wanted, [term.words for term in query.without]


@pytest.mark.parametrize(
    ("text", "wanted", "without"),
    [
        ("arms control", [["arms", "control"]], []),
        ('"arms control" treaty', [["arms control", "treaty"]], []),
        ("“arms control” «début»", [["arms control", "début"]], []),
        ("arms control OR trade policy", [["arms", "control"], ["trade", "policy"]], []),
        ("treaty -arms OR trade", [["treaty"], ["trade"]], ["arms"]),
        ('treaty -"arms control"', [["treaty"]], ["arms control"]),
        ("arms-control or more", [["arms-control", "or", "more"]], []),
        ("treaty - – -", [["treaty"]], []),
    ],
)
def test_words_phrases_alternatives_and_what_is_left_out(text, wanted, without):
    assert read(text) == (wanted, without)
    assert parse(text).mistakes == ()


@pytest.mark.parametrize(
    ("text", "mistake", "place"),
    [
        ('trust "arms control', "unclosed", '"'),
        ("OR treaty", "lone-or", "OR"),
        ("treaty OR", "lone-or", "OR"),
        ("treaty OR OR man", "lone-or", "OR"),
        ("-arms -control", "only-without", "-arms -control"),
        ("!!", "no-word", "!!"),
        (" ".join("abcdefghijklmnopqrstuvwxyz"), "too-many", "y z"),
    ],
)
def test_a_mistake_is_told_with_its_place(text, mistake, place):
    (found,) = parse(text).mistakes
    assert found.mistake == mistake
    assert text[found.start : found.end] == place


@given(st.text(alphabet='ab "“-O R\x00é信', max_size=40))
def test_any_query_is_read_and_every_term_stands_where_it_says(text):
    query = parse(text)
    for term in query.terms:
        assert query.text[term.start : term.end] == term.words
    assert query.replacing({term: term.words for term in query.terms}) == query.text
