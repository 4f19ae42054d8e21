"""Finding a quote whose position is missing or wrong in the text it was taken from."""

import pytest

from annotations.anchoring import locate

TEXT = (
    "The ferry runs on Tuesdays. The court sits when the ferry runs, and hears what has come in. "
    "The category of such concatenated appeals is unknown. “Nobody remembers,” said the clerk."
)


def located(exact: str, prefix: str = "", suffix: str = "", near: int | None = None) -> str | None:
    span = locate(TEXT, exact, prefix, suffix, near)
    return None if span is None else TEXT[: span[0]][-12:] + "|" + TEXT[slice(*span)]


def test_a_quote_that_occurs_once_needs_no_context():
    assert located("The court") == "n Tuesdays. |The court"


def test_context_decides_between_several():
    assert located("ferry runs", prefix="sits when the ") == "ts when the |ferry runs"
    assert located("ferry runs", suffix=" on Tuesdays") == "The |ferry runs"


def test_nearness_decides_when_context_does_not():
    assert located("ferry runs", near=50) == "ts when the |ferry runs"
    assert located("ferry runs", near=3) == "The |ferry runs"


def test_a_tie_is_nobodys_guess():
    assert located("ferry runs") is None
    assert located("ferry runs", near=28) is None


def test_a_whole_word_comes_before_part_of_one():
    assert locate("concatenate the cat", "cat") == (16, 19)
    assert locate("concatenate", "cat") == (3, 6)


@pytest.mark.parametrize(
    "quote", ['"Nobody remembers,"', "“NOBODY REMEMBERS,”", "“Nobody\n remembers,”"]
)
def test_a_quote_may_be_spelt_otherwise(quote):
    assert located(quote) == "is unknown. |“Nobody remembers,”"


def test_a_quote_may_be_slightly_wrong():
    assert located("The court sits wen the fery runs") == (
        "n Tuesdays. |The court sits when the ferry runs"
    )


@pytest.mark.parametrize("quote", ["", " \n", "a ferry to the island", "Nobody knows the trouble"])
def test_a_quote_that_is_not_there_is_not_found(quote):
    assert located(quote) is None


def test_the_right_words_in_the_wrong_company_are_not_found():
    assert located("the", prefix="He was convicted by ", suffix=" highest court of") is None
