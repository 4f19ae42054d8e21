"""PDF files: numbers in brackets lead to the references that have them."""

from articles.importing.pdf import read
from tests.importing.pdf_maker import Sheet, pdf
from tests.importing.test_pdf import PROSE


def test_numbers_in_brackets_lead_to_references_with_such_numbers():
    page = Sheet().put(72, 60, "Ice and the Price of Waiting", 22, "B").put_lines(72, 110, PROSE)
    page.put_lines(72, 180, ["Of ice much is known [1, 2], and of waiting nothing [3; 9]."])
    notes = ["[1] A. Lee, On ice.", "[2] B. Li, On snow.", "[3] C. Ma, On nothing."]
    document = read(pdf(page.put_lines(72, 600, notes, size=8)))
    assert (
        'known [<a href="#text-fn1" id="text-fnref1">1</a>,'
        ' <a href="#text-fn2" id="text-fnref2">2</a>], and of waiting nothing'
        ' [<a href="#text-fn3" id="text-fnref3">3</a>; 9].'
    ) in document.html
    assert document.warnings == ()


def test_a_range_calls_the_references_within_it():
    page = Sheet().put(72, 60, "Ice and the Price of Waiting", 22, "B").put_lines(72, 110, PROSE)
    page.put_lines(72, 180, ["Of ice much is known [1-3] to those who live with it."])
    notes = ["[1] A. Lee, On ice.", "[2] B. Li, On snow.", "[3] C. Ma, On nothing."]
    assert read(pdf(page.put_lines(72, 600, notes, size=8))).warnings == ()


def test_numbers_in_brackets_are_none_of_footnotes_without():
    page = Sheet().put(72, 60, "Ice and the Price of Waiting", 22, "B").put_lines(72, 110, PROSE)
    page.put_lines(72, 180, ["In the year of the ice [1] nobody was there."])
    document = read(pdf(page.put_lines(72, 600, ["1 A footnote of the harbour."], size=8)))
    assert "ice [1] nobody" in document.html
