"""An import is undone as a whole: what it made goes, what it changed is as it was before."""

from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from archive.undoing import AlreadyUndone, undo
from articles.importing import acts, batches, pending
from articles.importing.document import Contributor, Origin, Sureness
from articles.importing.record import record
from articles.models import (
    Article,
    ArticleSlug,
    Capture,
    FieldOrigin,
    Identifier,
    ImportAct,
    ImportBatch,
    ImportItem,
    Person,
    Publisher,
    Revision,
    Tag,
    TextChunk,
    UrlAlias,
)
from tests.factories import make_annotation, make_article, make_publisher
from tests.undone import DOCUMENT, bring, state_of

pytestmark = pytest.mark.django_db


def test_a_draft_goes_with_all_that_came_with_it_and_comes_in_again_the_same(editor: Any) -> None:
    known = make_publisher("The Ledger")
    Tag.objects.create(name="Europe", slug="europe", curated=True)
    batch, first = bring()
    before = state_of(first.article)
    done = undo(batch, reason="The wrong folder.", by=editor)
    assert done.count() == {"deleted": 1, "withdrawn": 0, "restored": 0, "names": 3}
    for model in (Article, Revision, Identifier, UrlAlias, FieldOrigin, TextChunk, Person):
        assert not model.objects.exists(), model
    for name in ("ArticleEvent", "AuthorshipEvent", "TaggedArticleEvent"):
        assert not apps.get_model("articles", name).objects.exists(), name
    assert (Publisher.objects.get(), Tag.objects.get().name) == (known, "Europe")
    assert Capture.objects.get().file.size == len(DOCUMENT.text)
    batch.refresh_from_db()
    assert (batch.state, batch.undone_at is not None) == ("undone", True)
    item = batch.items.get()
    assert (item.name, item.outcome, item.article) == ("tariffs.txt", "new", None)
    again = bring()[1]
    different = {"id", "created_at", "people"}
    after = state_of(again.article)
    assert {name for name in before if before[name] != after[name]} == different
    assert again.outcome == "new"


def test_what_was_public_answers_410_with_the_reason_and_comes_in_as_a_new_article(
    client: Client, editor: Any
) -> None:
    batch, first = bring(publish=True)
    undo(batch, reason="It is a fake.", by=editor)
    response = client.get("/articles/on-tariffs/")
    assert response.status_code == 410
    told = "The import that brought it here was taken back. It is a fake."
    assert told in response.content.decode()
    assert Person.objects.count() == 2, "its citation names them"
    assert not first.article.identifiers.exists()
    assert not first.article.url_aliases.exists()
    again = bring(publish=True)[1]
    assert (again.outcome, again.article.slug) == ("new", "on-tariffs-2012")
    assert client.get("/articles/on-tariffs-2012/").status_code == 200
    assert bring(publish=True)[1].outcome == "unchanged"
    record_of_it = replace(DOCUMENT, html="", identifiers=(), url=None)
    assert bring(record_of_it)[1].article == again.article, "the withdrawn one is known no more"


CHANGES: dict[str, dict[str, Any]] = {
    "all fields and the text": {
        "title": "On other tariffs",
        "html": "<p>An introduction.</p>\n<p>Tariffs are taxes.</p>\n<p>Nobody pays them.</p>",
        "standfirst": "Nobody?",
        "people": (Contributor("Cora Lind"), Contributor("Ada Marsh", "editor")),
        "publisher": "Another house",
        "language": "fr",
        "tags": ("trade", "new tag"),
        "rights": "None.",
        "kind": "report",
        "url": "https://elsewhere.example/x",
        "identifiers": (("doi", "10.1/x"), ("handle", "1/2")),
        "origins": {"title": Origin(Sureness.STATED, "x"), "kind": Origin(Sureness.STATED, "y")},
    },
    "the text alone": {"html": "<p>Tariffs were taxes.</p>\n<p>They are paid at home.</p>"},
    "an identifier alone": {"identifiers": (("doi", "10.1/x"), ("handle", "1/2"))},
}


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("publish", [False, True])
def test_an_import_over_another_is_undone_to_what_the_first_left(
    editor: Any, changes: dict[str, Any], publish: bool
) -> None:
    _first_batch, first = bring(publish=publish)
    for words in ("Tariffs are taxes", "paid at home"):
        make_annotation(first.article, by=editor, words=words)
    FieldOrigin.objects.filter(field="date").update(locked=True, locked_by=editor)
    before = state_of(first.article)
    names = [set(model.objects.values_list("name", flat=True)) for model in (Person, Tag)]
    batch, second = bring(replace(DOCUMENT, **changes))
    assert second.article == first.article
    assert state_of(first.article) != before
    undo(batch, reason="The wrong file.", by=editor)
    assert state_of(first.article) == before
    assert [set(model.objects.values_list("name", flat=True)) for model in (Person, Tag)] == names
    assert bring(replace(DOCUMENT, **changes))[1].changed == second.changed, "nothing stays locked"


def test_imports_are_undone_one_after_the_other_back_to_nothing(editor: Any) -> None:
    titles = ("On tariffs", "On duties", "On customs")
    texts = ("<p>One.</p>", "<p>Two.</p>", "<p>Three.</p>")
    layers = [
        bring(replace(DOCUMENT, title=title, html=html, origins={}))
        for title, html in zip(titles, texts, strict=True)
    ]
    article = layers[0][1].article
    for batch, _recorded in reversed(layers[1:]):
        undo(batch, reason="No.", by=editor)
    article.refresh_from_db()
    assert article.title == "On tariffs"
    assert article.revisions.get(superseded_at=None).text == "One."
    undo(layers[0][0], reason="No.", by=editor)
    assert not Article.objects.exists()
    assert not Person.objects.exists()
    assert not Tag.objects.exists()


def test_two_documents_of_one_batch_about_one_article_are_one_change(editor: Any) -> None:
    article = make_article(title="On tariffs", state="draft")
    Identifier.objects.create(article=article, scheme="doi", value="10.1/x")
    before = state_of(article)
    batch = ImportBatch.objects.create()
    for html in ("<p>One.</p>", "<p>Two.</p>"):
        document = replace(DOCUMENT, html=html, rights=html)
        record(document, raw=html.encode(), media_type="text/plain", batch=batch)
    undo(batch, reason="No.", by=editor)
    assert state_of(article) == before


def test_a_draft_that_waited_for_its_text_waits_again_and_one_made_public_is_withdrawn(
    client: Client, editor: Any
) -> None:
    bring(replace(DOCUMENT, html=""))
    article = Article.objects.get()
    before = state_of(article)
    batch, recorded = bring()
    assert recorded.article == article
    undo(batch, reason="No.", by=editor)
    assert state_of(article) == before
    batch, _recorded = bring(publish=True)
    undo(batch, reason="Not yet.", by=editor)
    article.refresh_from_db()
    assert (article.state, article.revisions.count()) == ("withdrawn", 1)
    assert client.get(f"/articles/{article.slug}/").status_code == 410


def test_what_an_editor_settled_in_the_preview_is_taken_back_with_it(editor: Any) -> None:
    first = bring()[1]
    before = state_of(first.article)
    batch = ImportBatch.objects.create()
    item = ImportItem.objects.create(
        batch=batch, name="again", outcome="pending", capture=Capture.objects.get()
    )
    document = replace(DOCUMENT, title="On my tariffs")
    pending.settle(item, document=document, by=editor, publish=False, protect=["title", "rights"])
    assert first.article.field_origins.filter(locked=True).count() == 2
    undo(batch, reason="No.", by=editor)
    assert state_of(first.article) == before


def test_an_undone_import_does_not_go_on(editor: Any) -> None:
    batch, _recorded = bring()
    ImportItem.objects.create(batch=batch, name="no", outcome="refused", reason="Broken.")
    waiting = ImportItem.objects.create(batch=batch, name="wait", outcome="pending")
    batches.pause(batch)
    undo(batch, reason="No.", by=editor)
    assert (batches.resume(batch), batches.retry(batch), batches.pause(batch)) == (False, 0, False)
    with pytest.raises(pending.turns.BatchUndone):
        pending.settle(waiting, document=DOCUMENT, by=editor, publish=False)
    act = acts.begin(batch, kind=ImportAct.Kind.PUBLISH, items=[waiting.pk], by=editor, values={})
    acts.go_on(act)
    assert (act.state, act.counts) == ("done", {})
    assert not ImportItem.objects.waiting().exists()
    with pytest.raises(AlreadyUndone):
        undo(batch, reason="Again.", by=editor)
    assert not Article.objects.exists()
    assert not ArticleSlug.objects.exists()
