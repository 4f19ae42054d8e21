"""A table as it stands in a file: rows with their numbers, cells as text."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

# Day 0 of the numbers that Excel keeps for dates. Its own 1900 has a 29 February, so what is
# later counts from a day before.
EPOCH_1900 = datetime.date(1899, 12, 30)
EPOCH_1904 = datetime.date(1904, 1, 1)
MOST_COLUMNS = 200
MOST_ROWS = 20_000
HEAD_WITHIN = 10  # rows in which the names of the columns must stand


@dataclass(frozen=True)
class Table:
    """Rows that hold anything, each with its number in the file, from 1.

    ``formulas``: by row, the columns whose formula nobody computed.
    """

    name: str
    rows: list[tuple[int, list[str]]]
    epoch: datetime.date = EPOCH_1900
    formulas: Mapping[int, list[int]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
