"""``manage.py check_fixity``: every captured file is read again, and what is wrong is told."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from archive import redacting
from articles import fixity
from articles.importing.captures import digest_of, keep_file
from articles.models import Capture
from tests.redacted import make_bribes

pytestmark = pytest.mark.django_db


def keep(content: bytes, name: str = "") -> Capture:
    return keep_file(ContentFile(content), file_name=name or content.decode())


def file_of(capture: Capture) -> Path:
    return Path(capture.file.path)


def check(capsys: pytest.CaptureFixture[str], **options: Any) -> tuple[int, list[dict[str, Any]]]:
    """The exit code, and what was told as JSON: findings, and last the sum."""
    code = 0
    try:
        call_command("check_fixity", json=True, **options)
    except CommandError as error:
        code = error.returncode
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def condition(capture: Capture) -> str:
    capture.refresh_from_db()
    return capture.condition


def test_sound_files_are_read_once_however_many_rows_they_have(
    capsys: pytest.CaptureFixture[str],
) -> None:
    one, two, other = keep(b"bytes", "one"), keep(b"bytes", "two"), keep(b"more bytes")
    code, told = check(capsys)
    assert (code, len(told)) == (0, 1)
    assert told[0] | {"whole": True, "files": 2, "bytes": 15, "sound": 2, "missing": 0} == told[0]
    assert [condition(each) for each in (one, two, other)] == ["sound"] * 3
    assert one.checked_at is not None
    assert check(capsys, since=1) == (0, [told[0] | {"files": 0, "bytes": 0, "sound": 0}])


def test_each_kind_of_damage_is_told_and_noted_on_its_row(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sound, gone, changed, misstated = map(keep, (b"sound", b"gone", b"changed", b"misstated"))
    check(capsys)
    before = Capture.objects.get(pk=changed.pk).checked_at
    file_of(gone).unlink()
    file_of(changed).write_bytes(b"Changed")
    Capture.objects.filter(pk=misstated.pk).update(size=8)
    stray, young = (file_of(sound).with_name(name) for name in ("ab" * 32, "cd" * 32))
    stray.write_bytes(b"stray")
    os.utime(stray, (0, 0))
    young.write_bytes(b"of an import under way")
    code, told = check(capsys)
    assert code == 1
    findings = {one["what"]: one for one in told[:-1]}
    assert findings.keys() == {"missing", "altered", "misstated", "extra"}
    assert len(told) == 5
    assert findings["missing"]["file"] == gone.file.name
    assert findings["altered"]["expected"] == changed.sha256
    assert findings["altered"]["found"] == digest_of(b"Changed")
    assert (findings["misstated"]["expected"], findings["misstated"]["found"]) == ("8", "9")
    assert findings["extra"]["file"].endswith("ab" * 32)
    conditions = [condition(each) for each in (sound, gone, changed, misstated)]
    assert conditions == ["sound", "missing", "altered", "misstated"]
    assert changed.checked_at == before, "when it was last found sound is still known"
    with pytest.raises(CommandError, match=r"Not as they should be: 4"):
        call_command("check_fixity")
    said = capsys.readouterr().out
    assert f"{gone.file.name}: missing.\n" in said
    assert "1 sound, 1 missing, 1 altered, 1 of another size than recorded" in said
    file_of(changed).write_bytes(b"changed")
    _, again = check(capsys, since=1)
    assert (again[-1]["files"], condition(changed)) == (3, "sound"), "what was wrong is due again"


def test_a_file_that_cannot_be_read_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    capture = keep(b"bytes")
    file_of(capture).unlink()
    file_of(capture).mkdir()
    code, told = check(capsys)
    assert (code, told[0]["what"], condition(capture)) == (1, "unreadable", "unreadable")


def test_what_was_erased_for_legal_reasons_is_no_loss(
    capsys: pytest.CaptureFixture[str],
    editor: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    article = make_bribes()
    made = redacting.redact(
        article, revisions=article.revisions.all(), phrases=["Quill"], whole=False,
        reason="By order.", by=editor,
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        redacting.erase(made[0], reason="By order.", by=editor)
    code, told = check(capsys)
    assert (code, told[-1]["erased"], told[-1]["missing"]) == (0, 1, 0)
    assert fixity.state_of_all()["all"] == 0


def test_it_can_be_stopped_and_keeps_what_it_found(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    captures = sorted(map(keep, (b"one", b"two", b"three")), key=lambda one: one.sha256)
    look = fixity._read

    def stop_at_the_third(storage: Any, name: str, reading: Any) -> Any:
        if name == captures[2].file.name:
            raise KeyboardInterrupt
        return look(storage, name, reading)

    monkeypatch.setattr(fixity, "_read", stop_at_the_third)
    code, told = check(capsys)
    assert (code, told[-1]["whole"], told[-1]["sound"]) == (130, False, 2)
    assert [condition(each) for each in captures] == ["sound", "sound", "unchecked"]


def test_days_are_counted_from_nought(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(capsys, since=-1) == (2, [])


def test_it_works_through_any_storage(capsys: pytest.CaptureFixture[str]) -> None:
    kept = dict(storages.backends)
    kept["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    with override_settings(STORAGES=kept):
        capture = keep(b"bytes")
        assert check(capsys)[0] == 0
        capture.file.storage.delete(capture.file.name)
        assert check(capsys)[1][0]["what"] == "missing"


def test_the_start_page_tells_how_the_captures_are(
    client: Client, editor: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    client.force_login(editor)
    assert client.get("/admin/").context["soundness"] == ""
    one, _two = keep(b"one"), keep(b"two")
    assert (
        client.get("/admin/").context["soundness"]
        == "0 of 2 captures were checked and found sound."
    )
    check(capsys)
    assert client.get("/admin/").context["soundness"].startswith("All 2 captures found sound on ")
    file_of(one).unlink()
    check(capsys)
    page = client.get("/admin/")
    [line] = [line for line in page.context["to_do"] if "capture" in line.label]
    assert (line.count, line.label) == (1, "capture missing or altered")
    assert client.get(line.address).context["cl"].result_count == 1
    assert page.context["soundness"] == "1 of 2 captures were checked and found sound."
