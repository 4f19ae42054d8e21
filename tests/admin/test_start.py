"""The desk's start page and the editors' log: what needs doing, and who did what."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from annotations import moderation, placing
from annotations.models import Flag
from articles import editing
from articles.importing import pending
from articles.models import Article, FieldOrigin, ImportBatch, ImportItem
from tests.cast import make_user
from tests.factories import make_annotation, make_article, make_publisher, make_revision

LOG = "/admin/admin/logentry/"


@pytest.fixture(autouse=True)
def _content_types_are_known(db: None) -> None:
    """They are asked for once a process, whoever asks first."""
    ContentType.objects.get_for_models(*apps.get_models())


def work(editor: Any, reader: Any) -> None:
    """One thing of each kind that wants an editor, and one act of each of several kinds."""
    draft = make_article(state="draft", publisher=make_publisher(), language="und")
    FieldOrigin.objects.create(article=draft, field="title", sureness="guess")
    batch = ImportBatch.objects.create(created_by=editor)
    ImportItem.objects.create(batch=batch, name="a.txt", outcome="pending")
    article = make_article(people=("Ada",))
    note = make_annotation(article, by=reader, words="trust", body="Loud and rude.")
    Flag.objects.create(annotation=note, user=editor, reason="Rude.")
    moderation.hide(note, reason="It insults.", by=editor)
    unsure = make_annotation(article, by=reader, words="tariffs")
    unsure.anchors.update(review="waiting")
    make_annotation(article, by=reader, audience="private", body="Secret zebra.")


def lines(page: Any, name: str = "to_do") -> dict[str, int]:
    return {line.label: line.count for line in page.context[name]}


def test_it_says_what_needs_doing_and_each_line_leads_to_as_many(
    client: Client, editor: Any, reader: Any
) -> None:
    work(editor, reader)
    client.force_login(editor)
    page = client.get("/admin/")
    assert lines(page) == {
        "imported document to look at": 1,
        "draft": 1,
        "draft with guesses to check": 1,
        "article without people": 1,
        "article without publisher": 1,
        "articles without date or period": 2,
        "article without language": 1,
        "note whose place is unsure": 1,
        "hidden note": 1,
        "report of a note to settle": 1,
    }
    for line in page.context["to_do"] + page.context["held"]:
        listed = client.get(line.address)
        assert listed.status_code == 200
        if "cl" in (listed.context or {}):
            assert listed.context["cl"].result_count == line.count, line
    said = page.content.decode()
    assert 'href="/admin/articles/importbatch/import/">Import articles</a>' in said
    assert "It insults." in said
    assert "rude" not in said
    assert "zebra" not in said


def test_it_shows_nobody_what_they_may_not_do(client: Client, editor: Any, reader: Any) -> None:
    work(editor, reader)
    helper = make_user("helper", is_staff=True)
    helper.user_permissions.add(Permission.objects.get(codename="view_flag"))
    client.force_login(helper)
    page = client.get("/admin/")
    assert lines(page) == {"report of a note to settle": 0} or lines(page) == {}
    assert lines(page, "held") == {}
    assert "It insults." not in page.content.decode()
    assert "Import articles" not in page.content.decode()
    assert client.get(LOG).status_code == 403


def test_it_and_the_log_cost_the_same_for_2_and_20_of_everything(
    client: Client, editor: Any, reader: Any, count_queries: Callable[..., int]
) -> None:
    client.force_login(editor)
    work(editor, reader)
    work(editor, reader)
    few = [count_queries(client.get, page) for page in ("/admin/", LOG)]
    for _ in range(18):
        work(editor, reader)
    assert [count_queries(client.get, page) for page in ("/admin/", LOG)] == few
    assert max(few) <= 18


def test_the_log_tells_who_did_what_and_why(client: Client, editor: Any, reader: Any) -> None:
    article = make_article(title="On trust")
    first = article.revisions.get()
    editing.withdraw(article, reason="Retracted.", by=editor)
    editing.publish(article, by=editor)
    note = make_annotation(article, by=reader, words="trust", body="Loud and rude.")
    flag = Flag.objects.create(annotation=note, user=editor, reason="Very rude.")
    moderation.hide(note, reason="It insults.", by=editor)
    moderation.show_again(note, by=editor)
    moderation.settle(flag, by=editor)
    placing.accept(note, revision=1, by=editor)
    placing.call_gone(note, revision=1, by=reader)  # one's own note: no editor's act
    make_revision(article, html="<p>Another text.</p>")
    why = {"reason": "The other was wrong.", "by": editor}
    editing.restore_text(article, earlier=first, replacing=2, **why)
    client.force_login(editor)
    rows = client.get(LOG).content.decode()
    for told in (
        f'withdrew “<a href="/admin/articles/article/{article.pk}/change/">On trust</a>”',
        "published “<a",
        f'hid a note on “<a href="/admin/annotations/annotation/{note.pk}/change/">On trust</a>”',
        "showed a note on “",
        "settled a report of a note on “",
        "accepted the place of a note on “",
        "the text of revision 1 again",
        "The other was wrong.",
        "It insults.",
    ):
        assert told in rows, told
    assert "rude" not in rows
    assert client.get(LOG).context["cl"].result_count == 7
    for query, count in (
        ("act=hid", 1),
        ("act=withdrew", 1),
        ("q=Retracted", 1),
        (f"user__id__exact={editor.pk}", 7),
        (f"content_type__id__exact={ContentType.objects.get_for_model(Article).pk}", 3),
    ):
        assert client.get(f"{LOG}?{query}").context["cl"].result_count == count, query
    history = client.get(f"/admin/articles/article/{article.pk}/history/").content.decode()
    assert "withdrew" in history
    assert "Retracted." in history


def test_the_log_is_only_looked_at(client: Client, editor: Any) -> None:
    article = make_article()
    editing.withdraw(article, reason="Retracted.", by=editor)
    client.force_login(editor)
    context = client.get(LOG).context
    assert context["title"] == "Editors’ log"  # not: select one of it
    entry = context["cl"].result_list[0]
    assert client.post(f"{LOG}{entry.pk}/change/", {"change_message": "x"}).status_code == 403
    assert client.post(f"{LOG}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get(f"{LOG}add/").status_code == 403


def test_an_import_is_in_the_log_by_the_name_of_its_file(client: Client, editor: Any) -> None:
    client.force_login(editor)
    file = io.BytesIO(b"On trust\n\nTrust is scarce, and grows slowly where it was lost.\n")
    file.name = "trust.txt"
    client.post("/admin/articles/importbatch/import/", {"files": [file]})
    item = ImportItem.objects.latest("pk")
    document = pending.document_of(item)
    recorded = pending.settle(item, document=document, by=editor, publish=True)
    rows = client.get(f"{LOG}?act=imported").content.decode()
    assert "imported “" in rows
    assert str(recorded.article.pk) in rows
