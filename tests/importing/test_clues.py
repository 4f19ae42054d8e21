"""What a line states about a text: a name beside a date may be a publisher, or none."""

import pytest

from articles.importing.clues import clues_in
from articles.importing.document import Sureness


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Klaipėda, 4 February 2012", {"publisher": "Klaipėda", "date": "4 February 2012"}),
        ("Version 2.1, 4 February 2012", {"date": "4 February 2012"}),
        ("Final draft, 2012-02-04", {"date": "2012-02-04"}),
        ("Updated: 4 February 2012", {"date": "4 February 2012"}),
    ],
)
def test_a_version_or_an_unknown_label_beside_a_date_is_no_publisher(
    line: str, found: dict[str, str]
) -> None:
    clues = clues_in(line)
    assert {clue.field: clue.value for clue in clues} == found
    assert (clues[-1].sureness is Sureness.GUESS) is line.startswith("Updated")
