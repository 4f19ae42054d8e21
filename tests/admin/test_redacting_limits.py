"""What removing words does not allow: bringing them back, going round it, doing it by halves."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, transaction
from django.test import Client

from annotations.models import SealedSelectors
from archive import redacting
from articles.importing.record import record
from articles.models import Article, Redaction, Revision
from tests.redacted import (
    FIRST,
    REDACTIONS,
    SECOND,
    SECRET,
    bribes,
    make_bribes,
    make_notes,
    remove,
)


@pytest.fixture
def article(db: None) -> Article:
    return make_bribes()


@pytest.fixture
def notes(article: Article, reader: Any) -> list[Any]:
    return make_notes(article, reader)


def test_an_import_does_not_bring_removed_words_back(
    client: Client, article: Article, editor: Any
) -> None:
    client.force_login(editor)
    remove(client, article)
    for html in (FIRST, SECOND, f"<p>Once more: {SECRET}.</p>"):
        again = record(bribes(html), raw=html.encode(), media_type="text/html", publish=True)
        assert (again.article, again.revision) == (article, None)
    assert article.revisions.count() == 2


def test_only_administrators_erase_and_then_nothing_is_left(
    client: Client,
    article: Article,
    notes: list[Any],
    editor: Any,
    admin_user: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    client.force_login(editor)
    remove(client, article)
    ids = ",".join(str(one.pk) for one in Redaction.objects.all())
    page = f"{REDACTIONS}erase/?ids={ids}"
    assert client.post(page, {"reason": "x"}).status_code == 403
    client.force_login(admin_user)
    asked = client.get(page).content.decode()
    assert "Nobody can bring them back." in asked
    capture = article.revisions.first().capture
    assert capture.file.storage.exists(capture.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"reason": "Final judgment."})
    assert not capture.file.storage.exists(capture.file.name)
    for redaction in Redaction.objects.select_related("revision__sealed"):
        assert redaction.erased_at is not None
        assert "Quill" not in redaction.revision.sealed.html + redaction.revision.sealed.text
        redacting.lift(redaction, reason="Too late.", by=admin_user)
    assert "Quill" not in str(list(SealedSelectors.objects.values_list("selectors", flat=True)))
    assert "Quill" not in client.get(f"/articles/{article.slug}/").content.decode()
    assert LogEntry.objects.filter(change_message__contains="Final judgment.").count() == 2


def test_no_other_way_leads_to_a_changed_revision(article: Article, editor: Any) -> None:
    revision = article.revisions.get(number=2)
    redacting.redact(
        article, revisions=[revision], phrases=["Quill"], whole=False, reason="x", by=editor
    )
    revision.refresh_from_db()
    longer, other = revision.text + "x", revision.text.replace("said", "lied")
    for change in ({"text": longer}, {"text": other}, {"sha256": "0" * 64}, {"number": 7}):
        with pytest.raises(IntegrityError, match="immutable"), transaction.atomic():
            Revision.objects.filter(pk=revision.pk).update(**change)
    revision.sealed.text = other
    with pytest.raises(IntegrityError, match="sealed text"), transaction.atomic():
        revision.sealed.save()
    untouched = article.revisions.get(number=1)
    with pytest.raises(IntegrityError, match="immutable"), transaction.atomic():
        Revision.objects.filter(pk=untouched.pk).update(html="<p>x</p>")


def test_what_cannot_be_removed_is_said(client: Client, article: Article, editor: Any) -> None:
    client.force_login(editor)
    for fields, told in (
        ({"words": "unicorns"}, "None of these revisions says these words."),
        ({"words": " "}, "Say which words."),
        ({"revisions": []}, "Choose at least one revision."),
        ({"reason": "About Zacharias Quill."}, "The reason repeats the words."),
    ):
        answer = remove(client, article, **fields)
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert not Redaction.objects.exists()
