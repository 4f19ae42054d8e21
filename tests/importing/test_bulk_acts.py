"""Acts on many waiting documents at once: each whole, none twice, the rest told in numbers."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils.html import strip_tags

from articles.importing import acts
from articles.importing.captures import keep_capture
from articles.importing.document import Document, Origin, Sureness
from articles.importing.pending import document_of, doubts
from articles.importing.record import record
from articles.importing.stored import to_json
from articles.models import Article, ImportAct, ImportBatch, ImportItem


@pytest.fixture
def desk(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def batch(editor: Any) -> ImportBatch:
    return ImportBatch.objects.create(created_by=editor, label="Many")


def waiting(batch: ImportBatch, number: int, *, guess: str = "", hold: str = "") -> ImportItem:
    document = Document(
        title=f"Article {number}",
        html=f"<p>Text {number}.</p>",
        publisher="Ledger?",
        tags=("Old",),
        origins={guess: Origin(Sureness.GUESS, "the logo")} if guess else {},
    )
    raw = document.html.encode()
    return ImportItem.objects.create(
        batch=batch,
        name=f"{number}.html",
        outcome="pending",
        reason=hold,
        capture=keep_capture(raw, media_type="text/html", document=document),
        document={
            "document": to_json(document),
            "doubts": doubts(document) + (["text"] if hold else []),
        },
    )


def address(batch: ImportBatch, page: str = "bulk") -> str:
    return f"/admin/articles/importbatch/{batch.pk}/{page}/"


def act(desk: Client, batch: ImportBatch, name: str, /, *items: ImportItem, **fields: Any) -> str:
    data = {"act": name, "item": [one.pk for one in items], **fields}
    response = desk.post(address(batch), data, follow=True)
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def test_the_chosen_are_changed_and_what_is_written_is_protected(
    desk: Client, batch: ImportBatch
) -> None:
    items = [waiting(batch, number, guess="publisher") for number in range(3)]
    ImportItem.objects.filter(pk=items[1].pk).update(outcome="refused", reason="No.")
    fields = {"publisher": "The Ledger", "date": "2012-02", "tags_added": "new", "kind": "essay"}
    said = act(desk, batch, "edit", *items[:2], tags_removed="old", **fields)
    assert "1 document is changed. 1 was decided meanwhile." in said
    changed, _refused, other = ImportItem.objects.order_by("pk")
    document = document_of(changed)
    assert (document.publisher, document.date.isoformat()) == ("The Ledger", "2012-02")
    assert (document.tags, document.kind) == (("new",), "essay")
    assert (changed.doubts, document_of(other).publisher) == ([], "Ledger?")
    assert "1 article is published." in act(desk, batch, "publish", changed)
    article = Article.objects.get()
    locked = article.field_origins.filter(locked=True).values_list("field", flat=True)
    assert sorted(locked) == ["date", "kind", "publisher", "tags"]
    told = LogEntry.objects.filter(change_message__contains="changed_many").get()
    assert '"documents": 1' in told.change_message


def test_what_is_in_doubt_is_published_only_once_it_is_checked(
    desk: Client, batch: ImportBatch
) -> None:
    guessed, held = waiting(batch, 1, guess="publisher"), waiting(batch, 2, hold="An error page?")
    said = act(desk, batch, "publish", guessed, held)
    assert "2 are in doubt, and left for a look." in said
    assert "1 is in doubt, and left" in act(desk, batch, "draft", held)
    assert "1 document is marked as checked. 1 was so before." in act(
        desk, batch, "check", guessed, held, checked="publisher"
    )
    act(desk, batch, "check", held, checked="text")
    guessed.refresh_from_db()
    assert document_of(guessed).origins["publisher"].sureness == "stated"
    assert "2 articles are published." in act(desk, batch, "publish", guessed, held)


def test_no_text_replaces_another_unseen(desk: Client, batch: ImportBatch) -> None:
    item = waiting(batch, 1)
    first = Document(title="Article 1", html="<p>Another text.</p>")
    record(first, raw=b"<p>Text 1.</p>", media_type="text/html", publish=True)
    assert "1 is in doubt, and left for a look." in act(desk, batch, "publish", item)
    item.refresh_from_db()
    assert (item.doubts, Article.objects.get().revisions.count()) == (["text"], 1)


def test_the_refused_stay_so_when_the_rest_is_read_again(desk: Client, batch: ImportBatch) -> None:
    item = waiting(batch, 1)
    assert "Say why: others will ask." in act(desk, batch, "refuse", item)
    act(desk, batch, "refuse", item, reason="Not ours.")
    item.refresh_from_db()
    assert (item.outcome, item.reason) == ("refused", "Not ours.")
    desk.post(address(batch, "steer"), {"act": "retry"})
    assert ImportItem.objects.filter(outcome="refused").exists()


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        ("edit", {"item": 1}, "every field was left empty"),
        ("edit", {"publisher": "x"}, "Choose documents first."),
        ("edit", {"item": 1, "date": "04/02/2012"}, "Write a day as 2012-02-04"),
        ("check", {"item": 1}, "Choose the field that you looked at."),
    ],
)
def test_a_mistake_is_told_and_nothing_is_lost(
    desk: Client, batch: ImportBatch, kind: str, fields: dict[str, Any], message: str
) -> None:
    item = waiting(batch, 1)
    chosen = {"item": item.pk} if "item" in fields else {}
    response = desk.post(address(batch), {**fields, **chosen, "act": kind, "rights": ""})
    assert response.status_code == 422
    said = response.content.decode()
    assert message in said
    assert ("item" in fields) == (' form="bulk"' in said and " checked>" in said)
    assert not ImportAct.objects.exists()


def test_all_that_a_filter_shows_are_done_by_a_job_and_pressing_twice_is_once(
    desk: Client, batch: ImportBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "AT_ONCE", 2)
    for number in range(4):
        waiting(batch, number)
    waiting(batch, 9, guess="title")
    said = act(desk, batch, "publish", all="on", doubt="none")
    assert "0 of 4 documents" in said
    assert "Publish the 4 without doubts" not in said
    desk.post(address(batch, "publish"))
    again = act(desk, batch, "publish", all="on", doubt="none")
    assert "“Publish” is being done: 0 of 4." in again
    running = ImportAct.objects.get()
    steps = iter([True, True, False])
    acts.go_on(running, may_go_on=lambda: next(steps))
    assert (running.done, Article.objects.count()) == (2, 2)
    acts.go_on(ImportAct.objects.get())
    acts.go_on(running)
    assert Article.objects.filter(state="published").count() == 4
    page = desk.get(address(batch, "progress"))
    assert page.status_code == 286
    assert "4 articles are published." in page.content.decode()


def test_filters_by_doubt_count_and_lead_from_one_to_the_next(
    desk: Client, batch: ImportBatch
) -> None:
    first, second = waiting(batch, 1, guess="title"), waiting(batch, 2, guess="publisher")
    third = waiting(batch, 3, guess="title")
    waiting(batch, 4)
    page = desk.get(address(batch, "items"), {"doubt": "title"})
    assert [one.pk for one in page.context["page"]] == [first.pk, third.pk]
    counts = {one["label"]: one["count"] for one in page.context["doubt_choices"]}
    assert counts == {"With doubts": 3, "Without doubts": 1, "Title": 2, "Publisher": 1}
    assert 'aria-label="Choose Article 1"' in page.content.decode()
    way = desk.get(address(batch, "next"), {"doubt": "title", "after": first.pk})
    assert way.url.endswith(f"/items/{third.pk}/?doubt=title")
    assert desk.get(address(batch, "next"), {"after": first.pk}).url.endswith(f"/{second.pk}/")


def test_the_page_costs_the_same_for_2_and_20_documents(
    desk: Client, batch: ImportBatch, count_queries: Callable[..., int]
) -> None:
    for number in range(2):
        waiting(batch, number, guess="title")
    desk.get(address(batch, "items"))
    few = count_queries(desk.get, address(batch, "items"))
    for number in range(2, 20):
        waiting(batch, number, guess="title")
    assert count_queries(desk.get, address(batch, "items")) == few <= 16
