"""What holds for any texts and any passages."""

import re
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from annotations.anchoring import Placement, State, carry, reanchor

SYLLABLES = ["ba", "ke", "li", "mo", "nu", "par", "ris", "sto", "tev", "vul"]
FOREIGN = ["chy", "dwi", "fghe", "gza", "hjo", "qua", "whu", "xyf", "zdy", "jwe"]
VOCABULARY = ["The", "of", "and", "a", "may", "report", "court", "visits", "treaty", "8", "漢", "é"]

SAME_WORDS = (State.UNCHANGED, State.SHIFTED, State.MOVED)

any_text = st.text(max_size=120) | st.lists(
    st.sampled_from([*VOCABULARY, ".", ",", "\n", "“", "”", "'"]), max_size=60
).map(" ".join)


def a_word(number: int, syllables: list[str] = SYLLABLES) -> str:
    """A word of its own for each number."""
    return "".join(syllables[int(digit)] for digit in f"{number * 7919 % 100_000:05d}")


@st.composite
def texts(draw: st.DrawFn, first: int = 0, syllables: list[str] = SYLLABLES) -> list[str]:
    """Sentences in which no word occurs twice."""
    lengths = draw(st.lists(st.integers(4, 12), min_size=3, max_size=12))
    numbers = iter(range(first, first + 1000))
    return [
        " ".join(a_word(next(numbers), syllables) for _ in range(length)) + "."
        for length in lengths
    ]


@st.composite
def selectors(draw: st.DrawFn, text: str, count: int = 5) -> list[dict[str, Any]]:
    """Passages of a text that hold letters and neither begin nor end in white space."""
    found = []
    for _ in range(count):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, min(len(text), start + 80)))
        words = text[start:end].strip()
        if re.search(r"\w", words):
            start = text.index(words, start)
            found.append({"exact": words, "start": start, "end": start + len(words)})
    return found


def spans(selections: list[dict[str, Any]]) -> list[tuple[int, int] | None]:
    return [(selector["start"], selector["end"]) for selector in selections]


@given(st.data(), any_text)
def test_in_an_unchanged_text_every_passage_is_unchanged(data, text):
    assume(text)
    chosen = data.draw(selectors(text))
    for selector, placement in zip(chosen, carry(text, text, chosen), strict=True):
        expected = selector["start"], selector["end"]
        assert placement == Placement(State.UNCHANGED, *expected, 1.0, 1.0, 1.0)


@given(st.data(), texts(), texts(first=2000))
def test_what_is_inserted_elsewhere_shifts_a_passage_by_its_length(data, sentences, inserted):
    place = data.draw(st.integers(0, len(sentences)))
    old = " ".join(sentences)
    new = " ".join([*sentences[:place], *inserted, *sentences[place:]])
    border = len(" ".join(sentences[:place]))
    length = len(new) - len(old)
    chosen = [s for s in data.draw(selectors(old)) if s["end"] <= border or s["start"] > border]
    for selector, placement in zip(chosen, carry(old, new, chosen), strict=True):
        by = length if selector["start"] >= border else 0
        assert placement.span == (selector["start"] + by, selector["end"] + by)
        assert placement.state == (State.SHIFTED if by else State.UNCHANGED)


@st.composite
def edits(draw: st.DrawFn, sentences: list[str]) -> list[str]:
    """Sentences with some deleted, some moved, some inserted and some words replaced."""
    result = list(sentences)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(result) - 1))
        match draw(st.sampled_from(["delete", "move", "insert", "replace"])):
            case "delete" if len(result) > 2:
                del result[place]
            case "move":
                result.insert(draw(st.integers(0, len(result) - 1)), result.pop(place))
            case "insert":
                number = draw(st.integers(3000, 3100)) * 10
                words = " ".join(a_word(number + k) for k in range(8))
                result.insert(place, f"{words}.")
            case "replace":
                words = result[place].split(" ")
                words[draw(st.integers(0, len(words) - 1))] = a_word(draw(st.integers(5000, 5999)))
                result[place] = " ".join(words)
    return result


@given(st.data(), texts())
def test_edits_and_their_inverse_bring_every_note_back(data, sentences):
    """From its own revision surely, and on the way never to other words."""
    revisions = [sentences]
    for _ in range(data.draw(st.integers(1, 3))):
        revisions.append(data.draw(edits(revisions[-1])))
    history = [" ".join(revision) for revision in [*revisions, *revisions[-2::-1]]]
    chosen = data.draw(selectors(history[0]))
    assert reanchor(history[0], history[-1], chosen) == spans(chosen)
    for selector in chosen:
        last_text, last_good = history[0], selector
        for text in history[1:]:
            [placement] = carry(last_text, text, [last_good])
            if placement.state in SAME_WORDS:
                start, end = placement.span
                assert text[start:end] == selector["exact"]
                last_text = text
                last_good = {"exact": text[start:end], "start": start, "end": end}
        if last_text == history[-1]:
            assert (last_good["start"], last_good["end"]) == spans([selector])[0]


@given(st.data(), texts())
def test_back_is_the_inverse_of_forth_where_the_words_stayed(data, sentences):
    old = " ".join(sentences)
    new = " ".join(data.draw(edits(sentences)))
    chosen = data.draw(selectors(old))
    for selector, forth in zip(chosen, carry(old, new, chosen), strict=True):
        if forth.state in SAME_WORDS:
            start, end = forth.span
            back = {"exact": new[start:end], "start": start, "end": end}
            assert reanchor(new, old, [back]) == spans([selector])


@given(st.data(), any_text, any_text)
@settings(max_examples=300)
def test_answers_lie_in_the_new_text_and_hold_words(data, old, new):
    assume(old)
    chosen = data.draw(selectors(old))
    placements = carry(old, new, chosen)
    assert len(placements) == len(chosen)
    for placement in placements:
        if placement.state == State.ORPHANED:
            assert placement == Placement(State.ORPHANED)
            continue
        start, end = placement.span
        assert 0 <= start < end <= len(new)
        assert new[start:end].strip()
        assert 0 < placement.confidence <= min(placement.survival, placement.similarity) <= 1


@given(st.data(), any_text, any_text)
def test_the_answer_for_one_note_does_not_depend_on_others_or_on_the_time(data, old, new):
    assume(old)
    chosen = data.draw(selectors(old))
    before = [dict(selector) for selector in chosen]
    together = reanchor(old, new, chosen)
    assert together == [reanchor(old, new, [selector])[0] for selector in chosen]
    assert chosen == before


@given(st.data(), texts(), texts(first=2000, syllables=FOREIGN))
def test_in_an_unrelated_text_every_passage_is_gone(data, sentences, others):
    old = " ".join(sentences)
    chosen = data.draw(selectors(old))
    assert reanchor(old, " ".join(others), chosen) == [None] * len(chosen)


def test_the_words_of_these_tests_are_all_different():
    words = [a_word(number) for number in range(50_000)]
    assert len(set(words)) == len(words)
