"""A slip of the keys is met with the word that was meant, if the reader may know of it."""

import re

import pytest

from annotations.models import Audience
from tests.factories import make_annotation, make_article


def offered(client, q: str, **given) -> tuple[str, str] | None:
    page = client.get("/search/", {"q": q, **given}).content.decode()
    found = re.search(r"Did you mean.*?<strong[^>]*>(.*?)</strong>.*?\((\d+)\)", page, re.S)
    return (found[1], found[2]) if found else None


@pytest.mark.parametrize(
    ("fields", "query", "expected"),
    [
        ({"html": "<p>On deterrence.</p>"}, "detterence", "deterrence"),
        ({"html": "<p>On deterrence.</p>"}, "DETERENCE", "deterrence"),
        ({"people": ("Ana Ferreira",)}, "Fereira", "ferreira"),
        ({"tags": ("Disarmament",)}, "disarmamment", "disarmament"),
        ({"html": "<p>La négociation.</p>", "language": "fr"}, "négotiation", "négociation"),
        ({"html": "<p>On deterrence.</p>"}, "zzzzzzzz", None),
    ],
)
def test_a_word_nobody_wrote_is_met_with_the_nearest(client, db, fields, query, expected):
    make_article(**fields)
    assert offered(client, query) == ((expected, "1") if expected else None)


def test_only_the_slip_is_replaced_and_the_whole_query_counted(client, db):
    make_article(html="<p>Deterrence and a treaty.</p>")
    make_article(html="<p>Deterrence alone.</p>", language="fr")
    assert offered(client, "treaty -trade detterence") == ("deterrence", "1")
    assert offered(client, "detterence") == ("deterrence", "2")
    assert offered(client, "detterence", language="fr") == ("deterrence", "1")
    assert offered(client, "deterrence") is None


def test_nobody_is_offered_a_word_they_may_not_read(client, db, reader, editor):
    draft = make_article(html="<p>On deterrence.</p>", state="draft")
    note = make_annotation(make_article(), by=reader, body="dissuasion", audience=Audience.PRIVATE)
    for user, may in ((None, False), (reader, False), (editor, True)):
        client.logout()
        if user:
            client.force_login(user)
        assert offered(client, "detterence") == (("deterrence", "1") if may else None)
    client.force_login(reader)
    assert offered(client, "disuasion") is None, "words of notes are in no list"
    draft.state, draft.withdrawn_reason = "withdrawn", "A mistake."
    draft.save()
    assert offered(client, "detterence") is None
    assert note.body == "dissuasion"
