"""An export of Hypothesis among the files of an import: notes come in, its bytes do not stay."""

import io
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.html import strip_tags

from annotations.models import Annotation
from articles.importing import batches
from articles.models import Capture, ImportBatch, ImportItem, UrlAlias
from tests.factories import make_article, make_group
from tests.hypothesis_export import PAGE as SOURCE
from tests.hypothesis_export import annotation, file_of, in_group, reply

PAGE = "/admin/articles/importbatch/import/"
HTML = "<p>The treaties that lasted were dull ones, written by clerks who had time.</p>"


@pytest.fixture
def desk(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    article = make_article(slug="on-trust", title="On trust", html=HTML)
    UrlAlias.objects.create(article=article, url=SOURCE)
    return client


def upload(desk: Client, name: str, content: bytes, **fields: Any) -> Any:
    return desk.post(PAGE, {"files": [SimpleUploadedFile(name, content)], **fields}, follow=True)


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def outcomes() -> list[tuple[int, int, str]]:
    rows = ImportItem.objects.order_by("position", "within")
    return list(rows.values_list("position", "within", "outcome"))


def test_its_notes_stand_in_the_batch_and_its_bytes_are_let_go(
    desk: Client, django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    root = annotation("dull ones")
    data = file_of(root, reply(root), in_group(), {"id": "broken"})
    with django_capture_on_commit_callbacks(execute=True):
        said = words(upload(desk, "notes.json", data))
    assert outcomes() == [(0, 0, "new"), (0, 1, "new"), (0, 2, "refused"), (0, 3, "refused")]
    assert "It was for a group there. It comes in if you name a group here for it." in said
    assert "notes.json, annotation 1" in said
    assert Annotation.objects.count() == 2
    assert not Capture.objects.exists()
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    assert "refused again" not in said
    again = words(upload(desk, "notes.json", data))
    assert Annotation.objects.count() == 2
    assert "Unchanged 2" in again


def test_it_comes_out_of_a_zip_after_the_article_it_is_about(desk: Client) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "A title\n\nSome words of a text.\n")
        archive.writestr("notes.json", file_of(annotation("dull ones"), annotation()))
        archive.writestr("z.txt", "Another title\n\nOther words of a text.\n")
    upload(desk, "all.zip", file.getvalue())
    assert outcomes() == [(0, 0, "pending"), (1, 0, "new"), (1, 1, "new"), (2, 0, "pending")]
    names = ImportItem.objects.filter(outcome="new").values_list("name", flat=True)
    assert all(name.startswith("all.zip, notes.json, annotation ") for name in names)
    assert Capture.objects.filter(file_name="all.zip", importer="received").count() == 0
    assert ImportItem.objects.filter(outcome="pending", capture__isnull=False).count() == 2


def test_a_reading_that_was_cut_off_goes_on_and_doubles_nothing(
    desk: Client, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "AT_ONCE_FILES", 0)
    data = file_of(annotation("dull ones"), annotation(), annotation("clerks"))
    batch = batches.receive([SimpleUploadedFile("notes.json", data)], by=editor)
    asked = iter([True, True, False])
    batches.read(batch, may_go_on=lambda: next(asked, False))
    assert 0 < Annotation.objects.count() < 3
    assert Capture.objects.exists()
    batches.read(ImportBatch.objects.get())
    assert outcomes() == [(0, 0, "new"), (0, 1, "new"), (0, 2, "new")]
    assert (Annotation.objects.count(), Capture.objects.count()) == (3, 0)
    assert ImportBatch.objects.get().state == "done"


def test_a_group_is_asked_for_only_of_its_members_and_then_reads_what_was_for_one(
    desk: Client, editor: Any, stranger: Any
) -> None:
    others = make_group(stranger, name="Others")
    assert "For notes exported from Hypothesis" not in words(desk.get(PAGE))
    ours = make_group(editor, name="Ours")
    page = words(desk.get(PAGE))
    assert ("For notes exported from Hypothesis" in page, "Others" in page) == (True, False)
    data = file_of(annotation("dull ones"), in_group())
    assert upload(desk, "n.json", data, notes_group=others.pk).status_code == 422
    refused = upload(desk, "n.json", data, notes_audience="group")
    assert "Choose the group that may read them." in words(refused)
    upload(desk, "n.json", data, notes_group=ours.pk)
    found = Annotation.objects.order_by("audience").values_list("audience", "group")
    assert list(found) == [("group", ours.pk), ("public", None)]


def test_the_command_for_articles_names_the_one_for_notes(
    db: None, tmp_path: Any, capsys: Any
) -> None:
    path = tmp_path / "notes.json"
    path.write_bytes(file_of(annotation()))
    with pytest.raises(CommandError):
        call_command("import_articles", path)
    assert "manage.py import_annotations" in capsys.readouterr().err
