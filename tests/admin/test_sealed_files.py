"""Files that hold removed words are given out to nobody, nor the archive in which they came."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from archive import redacting
from articles.importing import batches, pending
from articles.importing.captures import keep_file
from articles.models import Article, ImportBatch, ImportItem

PAGE = "On {0}\n\nIt was said that {0} had paid for it.\n\nNobody denied it, and nobody asked.\n"


def zip_of(**pages: str) -> ContentFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, words in pages.items():
            archive.writestr(f"{name}.txt", words)
    return ContentFile(packed.getvalue(), name="pages.zip")


@pytest.fixture
def batch(editor: Any) -> ImportBatch:
    made = batches.receive([zip_of(one=PAGE.format("Quill"), two=PAGE.format("Marsh"))], by=editor)
    for item in made.items.all():
        pending.settle(item, document=pending.document_of(item), by=editor, publish=True)
    return made


def remove(words: str, by: Any) -> Any:
    article = Article.objects.get(title=f"On {words}")
    fields = {"phrases": [words], "whole": False, "reason": "By order.", "by": by}
    [made] = redacting.redact(article, revisions=article.revisions.all(), **fields)
    return made


def test_the_archive_in_which_a_file_came_is_sealed_with_it(
    client: Client, batch: ImportBatch, editor: Any
) -> None:
    client.force_login(editor)
    one, two = (ImportItem.objects.get(name__endswith=f"{name}.txt") for name in ("one", "two"))
    files = [
        one.capture,
        two.capture,
        batch.sources.get().capture,
        keep_file(ContentFile(b"x"), file_name="x"),
    ]

    def answers() -> list[int]:
        found = [client.get(f"/admin/articles/capture/{file.pk}/download/") for file in files]
        return [answer.status_code for answer in found if answer.getvalue()]

    assert answers() == [200, 200, 200, 200]
    redaction = remove("Quill", editor)
    assert answers() == [410, 200, 410, 200]
    redacting.lift(redaction, reason="Overturned.", by=editor)
    assert answers() == [200, 200, 200, 200]


def test_it_is_deleted_once_nothing_else_needs_it(
    batch: ImportBatch, editor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    source = batch.sources.get().capture

    def is_there() -> bool:
        return source.file.storage.exists(source.file.name)

    for words, stays in (("Quill", True), ("Marsh", False)):
        redaction = remove(words, editor)
        with django_capture_on_commit_callbacks(execute=True):
            redacting.erase(redaction, reason="Final.", by=editor)
        if stays:
            assert is_there(), "another article came from it; it stays under seal"
    assert not is_there()
