"""Guesses wait for a person; people are offered, never filled in; batches show what waits."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags

from articles.importing.captures import keep_capture
from articles.importing.document import Contributor, Document, Origin, Sureness
from articles.importing.pending import doubts
from articles.importing.stored import to_json
from articles.models import Article, ImportBatch, ImportItem

DOCUMENT = Document(
    title="On tariffs",
    html="<p>Tariffs are taxes.</p>",
    publisher="Ledger?",
    suggested_people=(Contributor("Ada Marsh"), Contributor("Home Page")),
    origins={
        "title": Origin(Sureness.STATED, "line 1"),
        "publisher": Origin(Sureness.GUESS, "the logo"),
    },
)


def waiting(batch: ImportBatch, document: Document = DOCUMENT) -> ImportItem:
    raw = document.html.encode()
    return ImportItem.objects.create(
        batch=batch,
        name=f"{document.title}.html",
        outcome="pending",
        capture=keep_capture(raw, media_type="text/html", document=document),
        document={"document": to_json(document), "doubts": doubts(document)},
    )


def address(item: ImportItem) -> str:
    return f"/admin/articles/importbatch/{item.batch_id}/items/{item.pk}/"


def decide(desk: Client, item: ImportItem, act: str, **changes: Any) -> Any:
    form = desk.get(address(item)).context["form"]
    fields = {name: form[name].value() or "" for name in form.initial}
    return desk.post(address(item), fields | changes | {"act": act}, follow=True)


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


@pytest.fixture
def desk(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def item(editor: Any) -> ImportItem:
    return waiting(ImportBatch.objects.create(created_by=editor))


def test_a_guess_comes_first_and_says_where_it_is_from(desk: Client, item: ImportItem) -> None:
    response = desk.get(address(item))
    first, *_rest = response.context["rows"]
    assert (first.field.name, first.is_guess) == ("people", False)  # suggestions want a look too
    assert response.context["rows"][1].field.name == "publisher"
    assert "Guess, please check · from the logo" in words(response)


def test_a_guess_keeps_an_item_from_publishing_but_not_from_a_draft(
    desk: Client, item: ImportItem
) -> None:
    response = decide(desk, item, "publish")
    assert response.status_code == 422
    assert "This is a guess: change it, or tick “Checked”." in words(response)
    assert not Article.objects.exists()
    decide(desk, item, "draft")
    assert Article.objects.get().state == "draft"
    assert Article.objects.get().field_origins.get(field="publisher").sureness == "guess"


@pytest.mark.parametrize(
    ("changes", "where", "locked"),
    [
        ({"checked": ["publisher"]}, "the logo, checked by an editor", False),
        ({"publisher": "The Ledger"}, "an editor", True),
    ],
)
def test_a_checked_or_changed_guess_is_published(
    desk: Client, item: ImportItem, changes: dict[str, Any], where: str, locked: bool
) -> None:
    decide(desk, item, "publish", **changes)
    article = Article.objects.get()
    origin = article.field_origins.get(field="publisher")
    assert (article.state, origin.sureness) == ("published", "stated")
    assert (origin.where, origin.locked) == (where, locked)


def test_suggested_people_are_taken_only_when_ticked(desk: Client, item: ImportItem) -> None:
    other = waiting(item.batch, replace(DOCUMENT, title="Other", html="<p>Other.</p>"))
    decide(desk, item, "draft")
    decide(desk, other, "draft", suggested=["0"])
    assert not Article.objects.get(title="On tariffs").people.exists()
    assert Article.objects.get(title="Other").people.get().name == "Ada Marsh"


def test_a_batch_lists_every_file_with_its_outcome_and_reason(desk: Client) -> None:
    files = [
        SimpleUploadedFile("good.txt", b"A title\n\nThe text of it.\n"),
        SimpleUploadedFile("broken.txt", b"%PDF-1.7"),
        SimpleUploadedFile("empty.txt", b""),
        SimpleUploadedFile("two.jsonl", b'{"title": "R", "text": "Words."}\n{oops}\n'),
    ]
    response = desk.post("/admin/articles/importbatch/import/", {"files": files}, follow=True)
    said = words(response)
    assert "All 5 Waiting for a look 2 Refused 3" in said
    why = "It is not what its name says, plain text: by its content it is a PDF file."
    assert f"broken.txt Refused {why}" in said
    assert "two.jsonl, line 2 Refused It is not JSON." in said
    refused = desk.get(f"{response.request['PATH_INFO']}?outcome=refused")
    assert [one.name for one in refused.context["page"]] == [
        "broken.txt",
        "empty.txt",
        "two.jsonl, line 2",
    ]


def test_the_next_that_needs_a_look_is_the_next_with_doubts(desk: Client, item: ImportItem) -> None:
    sure = waiting(item.batch, replace(DOCUMENT, title="Sure", html="<p>S.</p>", origins={}))
    doubtful = waiting(item.batch, replace(DOCUMENT, title="Third", html="<p>T.</p>"))
    following = f"/admin/articles/importbatch/{item.batch_id}/next/"
    assert desk.get(following).url == address(item)
    assert decide(desk, item, "draft").redirect_chain[-1][0] == address(doubtful)
    assert decide(desk, doubtful, "draft").redirect_chain[-1][0] == address(sure)
    assert decide(desk, sure, "draft").redirect_chain[-1][0].endswith("/items/")
    assert "Nothing is left to look at." in words(desk.get(following, follow=True))


def test_those_without_doubts_are_published_at_once_and_the_number_is_said(
    desk: Client, item: ImportItem
) -> None:
    for title in ("One", "Two"):
        sure = replace(DOCUMENT, title=title, html=f"<p>{title}.</p>", origins={})
        waiting(item.batch, sure)
    listed = f"/admin/articles/importbatch/{item.batch_id}/items/"
    assert 'value="Publish the 2 without doubts"' in desk.get(listed).content.decode()
    desk.post(f"/admin/articles/importbatch/{item.batch_id}/publish/")
    assert sorted(Article.objects.published().values_list("title", flat=True)) == ["One", "Two"]
    item.refresh_from_db()
    assert item.outcome == "pending"
