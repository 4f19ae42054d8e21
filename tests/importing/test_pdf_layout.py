"""How a PDF's pages become running text: columns, furniture, notes, lists, tables, hyphens."""

import pytest

from articles.importing.pdf import read
from tests.importing.pdf_maker import Sheet, pdf

LEFT = [
    "The harbour froze in the first week",
    "of the month and nobody had yet",
    "thought of the ferry at the quay,",
    "or of the men who had to wait for",
    "it in the cold until it was dark,",
]
RIGHT = [
    "as they had every year before. The",
    "committee met, and then it rose for",
    "the summer without an answer. Now",
    "the towns will have to pay for all",
    "of it alone, as they always have.",
]
WIDE = "The harbour froze in the first week of the month, and nobody had thought of the quay, or"


def titled():
    return Sheet().put(72, 80, "Ice and the Price of Waiting", 22, "B")


def test_columns_are_read_one_by_one_below_a_title_across_them():
    page = titled().put_lines(72, 140, LEFT).put_lines(300, 140, RIGHT)
    assert read(pdf(page)).text == " ".join([*LEFT, *RIGHT])


def test_columns_drawn_row_by_row_are_read_one_by_one_too():
    page = titled()
    for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        page.put(72, 140 + 12 * number, left).put(300, 140 + 12 * number, right)
    assert read(pdf(page)).text == " ".join([*LEFT, *RIGHT])


def test_what_stands_across_the_page_parts_two_pairs_of_columns():
    page = titled().put_lines(72, 140, LEFT[:4]).put_lines(300, 140, RIGHT[:4])
    page.put(72, 230, "What the harbours of the north would need instead of this", 14, "B")
    page.put_lines(72, 260, LEFT).put_lines(300, 260, RIGHT)
    html = read(pdf(page)).html
    first, second = html.split("<h2>What the harbours of the north would need instead of this</h2>")
    assert first.index("ferry") < first.index("committee")
    assert second.index("ferry") < second.index("committee")


def test_heads_feet_and_page_numbers_are_dropped_and_paragraphs_run_over_pages():
    pages = [titled()]
    for number, numeral in enumerate(["ii", "iii", "iv", "v"]):
        page = Sheet()
        page.put(72, 40, "Winter Papers" if number % 2 else "Ann Lee: On Ice", 9, "I")
        page.put(290, 810, numeral, 9)
        pages.append(page)
    for page in pages:
        page.put_lines(72, 140, [WIDE] * 5)
    assert read(pdf(*pages)).text == " ".join([WIDE] * 25)


def test_footnotes_become_endnotes_and_do_not_cut_a_paragraph():
    one = titled().put_lines(72, 140, [WIDE] * 5)
    one.put(72, 200, "and the ferry too.").put(142, 196, "1", 6).put(147, 200, "It was sold in the")
    one.put(72, 760, "1", 6).put(78, 763, "See the book of the harbour, which is", 8)
    one.put(72, 773, "kept in the town hall.", 8)
    two = Sheet().put_lines(72, 80, ["spring, to nobody's surprise; nobody wrote a word of it."])
    two.put_lines(72, 92, [WIDE] * 3)
    html = read(pdf(one, two)).html
    assert (
        'ferry too.<sup><a href="#text-fn1" id="text-fnref1">1</a></sup> It was sold in the '
        "spring, to nobody's" in html
    )
    assert html.endswith(
        '<section role="doc-endnotes"><ol><li id="text-fn1">See the book of the harbour, '
        "which is kept in the town hall.</li></ol></section>"
    )


def test_headings_have_levels_by_their_type():
    page = titled().put_lines(72, 140, [WIDE] * 4).put(72, 215, "What is to be done", 16, "B")
    page.put_lines(72, 240, [WIDE] * 4).put(72, 305, "A smaller matter", 12, "B")
    page.put_lines(72, 325, [WIDE] * 4)
    html = read(pdf(page)).html
    assert "<h2>What is to be done</h2>" in html
    assert "<h3>A smaller matter</h3>" in html


def test_bullets_and_numbers_make_lists_and_an_inset_paragraph_a_quotation():
    page = titled().put_lines(72, 140, [WIDE] * 3)
    page.put(90, 190, "• First, the quay is cleared by those who live there and wait")
    page.put(98, 202, "for a wage.").put(90, 214, "• Then the ferry leaves.")
    page.put(90, 240, "1. One office.").put(90, 252, "2. One fund.")
    page.put_lines(110, 280, ["We have been told for twenty years that it", "will be mild, by men"])
    page.put_lines(72, 320, [WIDE] * 3)
    html = read(pdf(page)).html
    assert "there and wait for a wage.</li>\n<li>Then the ferry leaves.</li></ul>" in html
    assert "<ol><li>One office.</li>\n<li>One fund.</li></ol>" in html
    assert "<blockquote><p>We have been told for twenty years" in html


def test_the_rows_of_a_table_are_read_across():
    page = titled().put_lines(72, 140, [WIDE] * 3)
    for number, row in enumerate([("Harbour", "Days"), ("Northhaven", "43"), ("Olaf", "12")]):
        for column, cell in enumerate(row):
            page.put(72 + 150 * column, 200 + 16 * number, cell, 10, "R" if number else "B")
    html = read(pdf(page)).html
    assert "<tr><th>Harbour</th>\n<th>Days</th></tr>\n<tr><td>Northhaven</td>\n<td>43</td>" in html


def test_a_short_last_line_ends_a_paragraph_and_so_does_an_indent():
    page = titled().put_lines(72, 140, [WIDE, "it froze.", WIDE, f"{WIDE[:-1]}."])
    page.put(90, 188, WIDE[:80]).put(72, 200, WIDE)
    assert len(read(pdf(page)).text.split("\n")) == 3


@pytest.mark.parametrize(
    ("broken", "elsewhere", "whole"),
    [
        (("the consid-", "erable ice"), "", "considerable"),
        (("the anti-", "ballistic clause"), "an anti-ballistic clause", "anti-ballistic"),
        (("the anti-", "ballistic clause"), "an antiballistic clause", "antiballistic"),
        (("a long-", "term plan"), "", "long-term"),
        (("the Anglo-", "American plan"), "", "Anglo-American"),
        (("from 1914-", "1918 they"), "", "1914-1918"),
        (("the com\xad", "mittee met"), "", "committee"),
    ],
)
def test_words_broken_at_a_line_end_are_mended_by_what_stands_elsewhere(broken, elsewhere, whole):
    lines = [
        WIDE,
        f"{WIDE[:70]} {broken[0]}",
        f"{broken[1]} {WIDE[:70]}",
        f"{elsewhere} as it was.",
    ]
    text = read(pdf(titled().put_lines(72, 140, lines))).text
    assert f" {whole} " in text


def test_a_large_first_letter_belongs_to_its_word():
    page = titled().put(72, 170, "T", 44).put(100, 146, "he harbour froze in the first week of the")
    page.put(100, 158, "month, and nobody had thought of it and").put(
        100, 170, "of its quay, and so"
    )
    page.put_lines(72, 182, ["it went on for as long as the winter did, and the", WIDE])
    assert read(pdf(page)).text.startswith("The harbour froze")
