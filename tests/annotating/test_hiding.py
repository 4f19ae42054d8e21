"""A note an editor hid: who still sees it, why, and how it comes back."""

import json
from typing import Any

from django.contrib.admin.models import LogEntry
from django.test import Client

from tests.factories import make_annotation, make_article

WORDS, REASON = "Words to be hidden.", "It insults somebody."


def pages_that_show(client: Client, note: Any, words: str) -> set[str]:
    pages = ("/articles/on-trust/", f"/annotations/{note.pk}/", "/annotations/mine/")
    return {page for page in pages if words in client.get(page).content.decode()}


def test_a_hidden_note_is_its_authors_and_the_editors_with_the_reason_until_it_is_shown_again(
    reader: Any, second: Any, editor: Any
) -> None:
    note = make_annotation(make_article(slug="on-trust"), by=reader, body=WORDS)
    people = {name: Client() for name in ("author", "second", "editor", "nobody")}
    for name, user in (("author", reader), ("second", second), ("editor", editor)):
        people[name].force_login(user)
    everywhere = pages_that_show(people["author"], note, WORDS)
    in_thread = everywhere - {"/annotations/mine/"}
    assert len(everywhere) == 3

    desk = "/admin/annotations/annotation/"
    assert people["editor"].post(f"{desk}hide/?ids={note.pk}", {"reason": " "}).status_code == 422
    assert pages_that_show(people["nobody"], note, WORDS) == in_thread, "a reason is needed"
    people["editor"].post(f"{desk}hide/?ids={note.pk}", {"reason": REASON})
    assert pages_that_show(people["author"], note, WORDS) == everywhere
    assert pages_that_show(people["author"], note, REASON) == everywhere
    assert pages_that_show(people["editor"], note, REASON) == in_thread
    for kept_out in ("second", "nobody"):
        assert not pages_that_show(people[kept_out], note, WORDS)
        assert not pages_that_show(people[kept_out], note, REASON)

    people["editor"].post(desk, {"action": "show_again", "_selected_action": [str(note.pk)]})
    assert pages_that_show(people["nobody"], note, WORDS) == in_thread
    assert not pages_that_show(people["author"], note, REASON)
    log = LogEntry.objects.filter(object_id=str(note.pk), user=editor).order_by("pk")
    assert len(log) == 2
    assert REASON in log[0].change_message
    assert not any(WORDS in json.dumps([entry.object_repr, entry.change_message]) for entry in log)
