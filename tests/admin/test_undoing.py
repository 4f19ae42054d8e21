"""The page and the command that undo an import: a look, a reason, one button; and its cost."""

from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.test import Client

from archive.undoing import undo
from articles import logbook
from articles.importing.document import Contributor
from articles.models import Article, ImportBatch, ImportItem
from tests.factories import make_annotation
from tests.undone import DOCUMENT, bring

pytestmark = pytest.mark.django_db


def page_of(batch: ImportBatch) -> str:
    return f"/admin/articles/importbatch/{batch.pk}/undo/"


def many(count: int) -> ImportBatch:
    batch = ImportBatch.objects.create(label=f"{count} files")
    for number in range(count):
        words = f"Number {number}."
        document = replace(
            DOCUMENT,
            title=f"Of {count}: {number}",
            html=f"<p>{words}</p>",
            people=(Contributor(f"Author {count} {number}"),),
            publisher=f"House {count}",
            tags=(f"Tag {count} {number}",),
            url=f"https://x.example/{count}/{number}",
            identifiers=(("doi", f"{count}/{number}"),),
        )
        bring(document, batch=batch, publish=number % 2 == 0)
    return batch


def test_it_is_for_editors_and_linked_from_the_import_and_their_list(
    client: Client, reader: Any, editor: Any, admin_user: Any
) -> None:
    batch, _recorded = bring()
    for person, status in ((None, 302), (reader, 302), (editor, 200), (admin_user, 200)):
        client.logout()
        if person:
            client.force_login(person)
        assert client.get(page_of(batch)).status_code == status
        if status != 200:
            assert client.post(page_of(batch), {"reason": "No."}).status_code == status
            assert Article.objects.exists()
    for address in ("", f"{batch.pk}/items/"):
        page = client.get(f"/admin/articles/importbatch/{address}").content.decode()
        assert f'href="{page_of(batch)}"' in page
    assert client.get("/admin/articles/importbatch/999999/undo/").status_code == 404


def test_it_shows_what_goes_asks_why_and_logs_each_article(client: Client, editor: Any) -> None:
    client.force_login(editor)
    batch, recorded = bring()
    bring(replace(DOCUMENT, title="Public", html="<p>P.</p>", url=None, identifiers=()),
          batch=batch, publish=True)  # fmt: skip
    ImportItem.objects.create(batch=batch, name="wait", outcome="pending", document={})
    shown = client.get(page_of(batch)).content.decode()
    for words in (
        "1 draft is deleted",
        "1 article that was public is withdrawn",
        "1 document that waits for a look cannot be decided any more.",
        "The files that were received stay as the proof",
    ):
        assert words in shown
    response = client.post(page_of(batch), {"reason": " "})
    assert response.status_code == 422
    assert "Say why the import is undone." in response.content.decode()
    assert Article.objects.count() == 2
    response = client.post(page_of(batch), {"reason": "The wrong folder."}, follow=True)
    said = response.content.decode()
    assert "The import is undone: 1 article deleted, 1 withdrawn." in said
    assert "Undo this import" not in said
    assert "Next that needs a look" not in said
    acts = [
        (logbook.facts_of(entry)["act"], entry.object_repr, entry.get_admin_url() is not None)
        for entry in LogEntry.objects.order_by("pk")
    ]
    assert acts == [
        ("unimported", "tariffs.txt", True),
        ("taken_back", "On tariffs", True),
        ("taken_back", "Public", True),
    ]
    log = client.get("/admin/admin/logentry/").content.decode()
    assert "1 articles deleted, 1 withdrawn, 0 as they were before" in log
    assert f"/admin/articles/article/{recorded.article.pk}/" not in log, "it leads nowhere"
    again = client.post(page_of(batch), {"reason": "Again."}, follow=True)
    assert "This import was undone already" in again.content.decode()


def test_what_came_in_the_way_after_the_look_is_told_and_nothing_is_done(
    client: Client, editor: Any
) -> None:
    client.force_login(editor)
    batch, recorded = bring()
    assert "Undo this import</button>" in client.get(page_of(batch)).content.decode()
    make_annotation(recorded.article, by=editor, words="taxes")
    response = client.post(page_of(batch), {"reason": "No."})
    assert response.status_code == 409
    assert "1 note stands on it." in response.content.decode()
    assert Article.objects.exists()


def test_the_command_says_what_it_would_do_does_it_and_tells_what_is_in_the_way(
    editor: Any,
) -> None:
    batch, recorded = bring()
    out = StringIO()
    call_command("undo_import", batch.pk, "--dry-run", stdout=out)
    assert "Nothing was written. It would be: 1 articles deleted, 0 withdrawn" in out.getvalue()
    assert Article.objects.exists()
    make_annotation(recorded.article, by=editor, words="taxes")
    err = StringIO()
    for arguments in ((), ("--dry-run",)):
        with pytest.raises(CommandError, match=r"Nothing was changed"):
            call_command("undo_import", batch.pk, *arguments, stderr=err)
    assert err.getvalue().count("on-tariffs: 1 note stands on it.") == 2
    recorded.article.annotations.update(deleted_at="2026-01-01T00:00Z")
    call_command("undo_import", batch.pk, stdout=out)
    assert not Article.objects.exists()
    for number, told in ((batch.pk, "undone already"), (0, "There is no import 0")):
        with pytest.raises(CommandError, match=told):
            call_command("undo_import", number)


def test_looking_and_undoing_cost_as_many_queries_for_60_articles_as_for_4(
    client: Client, editor: Any, count_queries: Callable[..., int]
) -> None:
    client.force_login(editor)
    few, most = many(4), many(60)
    client.get(page_of(few))
    looks = [count_queries(client.get, page_of(batch)) for batch in (few, most)]
    assert looks[0] == looks[1] <= 40
    undone = [count_queries(undo, batch, reason="No.", by=editor) for batch in (few, most)]
    assert undone[1] <= undone[0] <= 100, "a few more for what is looked up once"
    assert not Article.objects.exclude(state="withdrawn").exists()
