"""The page that tells where a text came from: to everybody what is public, and never too much."""

import datetime
import hashlib
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils.html import strip_tags

from articles import editing
from articles.importing.document import Document, Origin, Sureness
from articles.importing.record import record
from articles.models import Article, Capture, ImportBatch
from tests.factories import make_article, make_revision
from tests.redacted import make_bribes, remove

RAW = b"Tariffs are taxes."
DIGEST = hashlib.sha256(RAW).hexdigest()


@pytest.fixture
def article(editor: Any) -> Article:
    document = Document(
        title="On tariffs",
        html="<p>Tariffs are taxes.</p>",
        url="https://example.org/tariffs",
        publication="The Ledger",
        origins={
            "title": Origin(Sureness.GUESS, "line 1"),
            "publication": Origin(Sureness.STATED, "line 3"),
        },
        importer="plain",
        importer_version="7",
        captured_at=datetime.datetime(2020, 5, 4, 12, tzinfo=datetime.UTC),
    )
    batch = ImportBatch.objects.create(label="Spring")
    return record(
        document, raw=RAW, media_type="text/plain", file_name="secret-name.txt", by=editor,
        batch=batch, publish=True,
    ).article  # fmt: skip


def page_of(client: Client, article: Article) -> str:
    return client.get(f"/articles/{article.slug}/origin/").content.decode()


def words(page: str) -> str:
    return re.sub(r"\s+", " ", strip_tags(page.replace("<", " <")))


def test_it_tells_what_came_in_when_from_where_and_what_read_it(
    client: Client, article: Article
) -> None:
    link = f'<a href="/articles/{article.slug}/origin/">Where this text comes from</a>'
    assert link in client.get(f"/articles/{article.slug}/").content.decode()
    page = words(page_of(client, article))
    for told in (
        "Revision 1 current Recorded",
        "by editor",
        "Imported from secret-name.txt",
        "Captured 4 May 2020",
        "From https://example.org/tariffs",
        "Media type text/plain",
        "Size 18 bytes",
        f"SHA-256 {DIGEST}",
        "Read by importer plain, version 7",
        "Title A guess · line 1",
        "Publication Stated · line 3",
    ):
        assert told in page, told
    assert "Found unchanged" not in page
    Capture.objects.update(condition="sound", checked_at="2024-01-02T00:00Z")
    assert "Found unchanged 2 January 2024" in words(page_of(client, article))


def test_the_file_and_its_import_are_for_editors(
    client: Client, article: Article, editor: Any, reader: Any
) -> None:
    capture = article.revisions.get().capture
    download = f"/admin/articles/capture/{capture.pk}/download/"
    for user, may in ((reader, False), (editor, True)):
        client.force_login(user)
        page = page_of(client, article)
        assert (download in page, "Import Spring" in words(page)) == (may, may)
    answer = client.get(download)
    assert answer.getvalue() == RAW
    assert answer["Content-Disposition"] == 'attachment; filename="secret-name.txt"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Repr-Digest"] == "sha-256=:pjw/2I0v/vVIORvDi6nUvSqonM1+ZaqysnPPDUdI2sc=:"


@pytest.mark.django_db(transaction=True)  # each act is a transaction of its own
def test_corrections_and_texts_of_editors_are_told(
    client: Client, article: Article, editor: Any
) -> None:
    article.title = "On tariffs, again"
    editing.save(article, changed=["title"], by=editor)
    make_revision(article, html="<p>Tariffs are our taxes.</p>", reason="A slip.", made_by=editor)
    page = words(page_of(client, article))
    assert re.search(r"Title Stated · an editor · corrected \d", page)
    second, first = page.index("Revision 2"), page.index("Revision 1")
    assert second < page.index("A slip. It came from no file") < first < page.index(DIGEST)


def test_what_was_before_publication_is_for_editors(client: Client, editor: Any) -> None:
    draft = make_article(state="draft", html="<p>A first draft.</p>")
    make_revision(draft, html="<p>The text.</p>", reason="Rewritten.")
    editing.publish(draft, by=editor)
    assert "Revision 1" not in page_of(client, draft)
    client.force_login(editor)
    assert "Revision 1" in page_of(client, draft)


def test_of_a_file_with_removed_words_nothing_is_told(client: Client, editor: Any) -> None:
    article = make_bribes()
    capture = article.revisions.first().capture
    Capture.objects.update(source_url="https://example.org/quill-paid", size=4321)
    client.force_login(editor)
    assert capture.sha256 in page_of(client, article)
    remove(client, article)
    for user in (editor, AnonymousUser()):
        if user.is_authenticated:
            client.force_login(user)
        else:
            client.logout()
        page = page_of(client, article)
        assert "kept under seal, and nothing is told of it" in page
        for betrays in (capture.sha256, "quill", "4321", "/download/"):
            assert betrays not in page, betrays


def test_it_costs_the_same_for_2_and_20_revisions(
    client: Client, article: Article, editor: Any, count_queries: Callable[..., int]
) -> None:
    client.force_login(editor)
    batch = ImportBatch.objects.create()

    def grow(count: int) -> None:
        for _ in range(count):
            number = article.revisions.count()
            again = Document(
                title="On tariffs", html=f"<p>Text {number}.</p>", url="https://example.org/tariffs"
            )
            record(again, raw=b"%d" % number, media_type="text/plain", batch=batch)

    grow(2)
    few = count_queries(page_of, client, article)
    grow(18)
    assert article.revisions.count() == 21
    assert count_queries(page_of, client, article) == few <= 20
    answer = client.get(f"/articles/{article.slug}/origin/?before=2")
    assert "Revision 1" in words(answer.content.decode())
    assert client.get(f"/articles/{article.slug}/origin/?before=1").status_code == 404
