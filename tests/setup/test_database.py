"""The database the archive runs on, whichever server it is."""

import pytest
from django.db import connection


@pytest.mark.django_db
@pytest.mark.parametrize(
    "expression",
    [
        "lower('ÉЖ') = 'éж'",
        "upper('éж') = 'ÉЖ'",
        "'ÉЖ' ILIKE 'éж'",
        "to_tsvector('simple', 'ÉЖ') = to_tsvector('simple', 'éж')",
    ],
)
def test_letters_beyond_ascii_fold(expression: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {expression}")
        assert cursor.fetchone() == (True,)
