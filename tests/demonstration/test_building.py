"""The fixture is built from its sources, and keeps out of the way of who is there already."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from archive.demonstration import build

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_the_fixture_is_what_its_sources_make():
    built = build(FIXTURES)
    assert built == (FIXTURES / "demo.json").read_text(), "run: uv run manage.py build_fixtures"


def test_accounts_that_are_there_already_stay_as_they_are(reader, client):
    call_command("loaddata", FIXTURES / "demo.json", verbosity=0)
    assert client.login(username="reader", password="reader")
    assert get_user_model().objects.count() == 7
