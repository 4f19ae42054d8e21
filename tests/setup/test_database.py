"""The database the archive runs on, whichever server it is."""

from collections.abc import Iterator

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper


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


@pytest.fixture
def in_the_c_locale(django_db_blocker) -> Iterator[BaseDatabaseWrapper]:
    """A connection to a database as a server set up under LANG=C makes them."""
    other = connection.copy()
    name = f"{connection.settings_dict['NAME']}_c"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
        other.settings_dict = {**connection.settings_dict, "NAME": name}
        yield other
        other.close()
        cursor.execute(f"DROP DATABASE {name}")


@pytest.mark.django_db
def test_a_database_in_which_letters_do_not_fold_is_refused(in_the_c_locale) -> None:
    assert connection.validation.check() == []
    (problem,) = in_the_c_locale.validation.check()
    assert problem.id == "archive.E001"
    assert "C.UTF-8" in problem.hint
    # The check runs where Django runs those of databases, before it migrates.
    assert run_checks(tags=["database"], databases=["default"]) == []


def test_a_server_older_than_15_is_refused(monkeypatch) -> None:
    other = connection.copy()
    monkeypatch.setattr(other, "get_database_version", lambda: (14, 9))
    with pytest.raises(ImproperlyConfigured, match="PostgreSQL 15 or later is required"):
        other.check_database_version_supported()


@pytest.mark.django_db
def test_the_way_back_leaves_nothing_half_done() -> None:
    left = """
        SELECT relname FROM pg_class WHERE relname ~ '^(articles|annotations)_'
        UNION SELECT proname FROM pg_proc WHERE proname ~ '^(articles|annotations)_'
        UNION SELECT cfgname FROM pg_ts_config WHERE cfgname ~ '^commonplace_'"""
    with connection.cursor() as cursor:
        cursor.execute(left)
        assert len(cursor.fetchall()) > 100
        call_command("migrate", "articles", "zero", verbosity=0)
        cursor.execute(left)
        assert cursor.fetchall() == []
