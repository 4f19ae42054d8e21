"""Words removed from a text for legal reasons: gone wherever anybody looks, and able to return."""

from typing import Any

import pytest
from django.test import Client

from annotations.models import Anchor, SealedSelectors
from articles import passages
from articles.models import Article, Redaction, Revision, Word
from articles.text import Span
from tests.redacted import REDACTIONS, SECRET, make_bribes, make_notes, remove


@pytest.fixture
def article(db: None) -> Article:
    return make_bribes()


@pytest.fixture
def notes(article: Article, reader: Any) -> list[Any]:
    return make_notes(article, reader)


def everywhere(client: Client, article: Article, notes: list[Any]) -> list[str]:
    current = article.revisions.get(number=2)
    desk = "/admin/articles"
    address = passages.address_of(current.text, 2, Span(15, 40))
    page = f"/articles/{article.slug}/"
    return [
        page, f"{page}revisions/", f"{page}revisions/1/", f"{page}revisions/1..2/",
        f"{page}revisions/1..2/?side", f"/articles/{article.slug}.txt",
        f"/articles/{article.slug}.txt?revision=1", f"{page}p/{address}",
        f"{page}notes/new/?revision=2&start=15&end=40", f"{page}?select={address}",
        "/search/?q=paid", "/search/?q=May", "/", "/articles/", "/annotations/mine/",
        "/admin/annotations/annotation/", f"{desk}/revision/{current.pk}/change/",
        f"{desk}/article/{article.pk}/text/", f"{desk}/article/{article.pk}/change/",
        REDACTIONS, "/admin/admin/logentry/", "/annotations/review/",
        *(f"/annotations/{note.pk}/" for note in notes),
        *(f"/annotations/{note.pk}/words/" for note in notes),
        *(f"/admin/annotations/annotation/{note.pk}/change/" for note in notes),
    ]  # fmt: skip


def test_removed_words_are_nowhere_and_come_back_as_they_were(
    client: Client, article: Article, notes: list[Any], editor: Any, reader: Any
) -> None:
    client.force_login(editor)
    pages = everywhere(client, article, notes)
    assert any("Quill" in client.get(page).content.decode() for page in pages)
    fields = ("pk", "html", "text", "sha256", "metadata")
    before = list(Revision.objects.order_by("pk").values_list(*fields))
    anchors = list(Anchor.objects.order_by("pk").values())
    selectors = [note.selectors for note in notes]
    changed = article.changed_at
    look = remove(client, article, act="look").content.decode()
    assert "2 places are blacked out" in look
    assert list(Revision.objects.order_by("pk").values_list(*fields)) == before
    assert remove(client, article).status_code == 302
    for user in (editor, reader, None):
        client.logout() if user is None else client.force_login(user)
        for page in pages:
            answer = client.get(page)
            assert answer.status_code in {200, 302, 404}, page
            said = answer.content.decode().lower()
            assert "zachar" not in said, page
            assert "quill" not in said, page
        assert f"/articles/{article.slug}/" not in client.get("/search/?q=Quill").content.decode()
    shown = client.get(f"/articles/{article.slug}/").content.decode()
    assert "█" * len(SECRET) in shown
    assert "By order of a court." in shown
    assert [
        len(text) for text in Revision.objects.order_by("pk").values_list("text", flat=True)
    ] == [len(row[2]) for row in before]
    assert not Word.objects.filter(word__in=["zacharias", "quill"]).exists()
    article.refresh_from_db()
    assert article.changed_at > changed
    client.force_login(editor)
    chosen = [one.pk for one in Redaction.objects.all()]
    page = client.post(REDACTIONS, {"action": "lift", "_selected_action": chosen}).url
    assert client.post(page, {"reason": "The court changed its mind."}).status_code == 302
    assert list(Revision.objects.order_by("pk").values_list(*fields)) == before
    assert list(Anchor.objects.order_by("pk").values()) == anchors
    for note, was in zip(notes, selectors, strict=True):
        note.refresh_from_db()
        assert note.selectors == was
    assert not SealedSelectors.objects.exists()
    assert "Quill" in client.get(f"/articles/{article.slug}/").content.decode()
    log = client.get("/admin/admin/logentry/").content.decode()
    assert "removed words from “" in log
    assert "The court changed its mind." in log


def test_a_link_to_removed_words_tells_nobody_whether_a_guess_is_right(
    client: Client, article: Article, editor: Any
) -> None:
    text = article.revisions.get(number=2).text
    start = text.index(SECRET)
    right = passages.address_of(text, 2, Span(start, start + len(SECRET)))
    wrong = str(right)[:-6] + ("000000" if not str(right).endswith("000000") else "111111")
    assert client.get(f"/articles/{article.slug}/p/{wrong}").status_code == 404
    client.force_login(editor)
    remove(client, article)
    for address in (right, wrong):
        assert client.get(f"/articles/{article.slug}/p/{address}").status_code == 200


def test_a_withheld_revision_is_gone_for_everybody_with_the_reason(
    client: Client, article: Article, notes: list[Any], editor: Any
) -> None:
    client.force_login(editor)
    old = article.revisions.get(number=1)
    capture = f"/admin/articles/capture/{old.capture_id}/download/"
    assert b"".join(client.get(capture).streaming_content)
    assert remove(client, article, what="whole", words="", revisions=[old.pk]).status_code == 302
    assert client.get(capture).status_code == 410
    page = f"/articles/{article.slug}/"
    for gone in ("revisions/1/", "revisions/1..2/", "revisions/1/restore/"):
        answer = client.get(page + gone)
        assert answer.status_code == 410, gone
        assert "By order of a court." in answer.content.decode()
        assert "denied" not in answer.content.decode()
    assert client.get(f"/articles/{article.slug}.txt?revision=1").status_code == 410
    assert "denied" in client.get(page).content.decode(), "the current text says it still"
    notes[4].refresh_from_db()
    assert set(notes[4].selectors[0]["exact"]) == {"█"}
    remove(client, article, what="whole", words="", revisions=[article.revisions.get(number=2).pk])
    assert client.get(page).status_code == 410
    assert client.get(f"/articles/{article.slug}.txt").status_code == 410
