"""Plain text: which line ends mean a paragraph, a line break, or nothing."""

import pytest

from articles.importing.document import ImportRefused
from articles.importing.plain import read
from articles.text import paragraphs


def body(text):
    document = read(f"Ice\n\n{text}")
    return [span.of(document.text) for span in paragraphs(document.html)]


def test_hard_wrapped_paragraphs_are_joined():
    text = (
        "After the harbour froze, the two ministries went on writing to each\n"
        "other as if it had not, and kept copies.\n\n"
        "The letters are kept in a cellar that floods; of the first year only\n"
        "the envelopes are left."
    )
    assert body(text) == [part.replace("\n", " ") for part in text.split("\n\n")]


def test_long_lines_without_blank_ones_are_paragraphs():
    lines = ["word " * 25 + "end.", "word " * 30 + "end.", "Short."]
    assert body("\n".join(lines)) == lines


def test_indented_first_lines_begin_paragraphs():
    text = (
        "  After the harbour froze, the two ministries went on writing to\n"
        "each other as if it had not.\n"
        "  The letters are kept in a cellar that floods; of the first year\n"
        "only the envelopes are left."
    )
    assert [paragraph.split()[0] for paragraph in body(text)] == ["After", "The"]


def test_lines_that_were_broken_on_purpose_stay_broken():
    assert body("Roses are red,\nviolets are blue,\nice is cold") == [
        "Roses are red,\nviolets are blue,\nice is cold"
    ]


def test_bullets_make_a_list_and_stars_a_rule():
    document = read("Ice\n\nA\n\n- one\n- two\n  more\n\n* * *\n\nB")
    assert "<ul><li>one</li>\n<li>two more</li></ul>\n<hr>" in document.html


def test_markup_is_not_read_into_plain_text():
    text = "*not emphasis*, [no link](https://e.org), <b>no tag</b> &amp; # no heading"
    assert body(text) == [text]


def test_a_form_feed_and_a_line_separator_part_lines():
    assert body("One.\x0c\x0cTwo.\u2028\u2028Three.") == ["One.", "Two.", "Three."]


def test_a_line_of_nothing_but_controls_is_blank():
    assert read("\x01\x1b\n\nIce\n\nIt froze.\n").title == "Ice"
    with pytest.raises(ImportRefused, match="is empty"):
        read("\x01\x1b\n\n\x02\n")


def test_a_first_line_that_reads_like_a_paragraph_is_one_and_its_first_words_a_title():
    text = "After the harbour froze, the ministries went on writing to each other for twelve years."
    document = read(f"{text}\n\nIt will take time.")
    assert document.title == f"{text.removesuffix(' twelve years.')}…"
    assert document.warnings == ("It names no title: its first words stand for one.",)
    assert document.text == f"{text}\nIt will take time."
