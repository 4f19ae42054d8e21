"""``manage.py import_annotations``: exports in, a summary and an exit code out."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotations.importing import hypothesis
from annotations.models import Anchor, Annotation
from archive.redacting import lift, redact
from articles.models import ImportBatch
from tests.factories import make_article, make_group
from tests.hypothesis_export import annotation, file_of, in_group, reply

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared/data/samples"
SAMPLE = SAMPLES / "synthetic_hypothesis_export.json"

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> tuple[str, str, int]:
    """Standard output, standard error and the exit code of the command."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_annotations", *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}", error.returncode
    return out.getvalue(), err.getvalue(), 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_article(title="On trust", slug="on-trust")
    root = annotation("speaks of tariffs")
    good = file_of(root, reply(root), annotation("no such words"), in_group())
    (tmp_path / "good.json").write_bytes(good)
    (tmp_path / "other.json").write_text("{oops")
    return tmp_path


def test_it_says_what_became_of_each_and_the_rest_goes_on(folder: Path) -> None:
    out, err, code = run(folder)
    assert "5 annotations: 3 new, 0 updated, 0 unchanged, 2 refused." in out
    assert "The words of 1 new one were not found." in out
    assert f"{folder}/other.json: refused. It is not JSON." in err
    assert "good.json, annotation 4 (" in err
    assert "name a group here" in err
    assert code == 1
    assert "3 unchanged" in run(folder)[0]
    assert [batch.label for batch in ImportBatch.objects.all()] == ["good.json", "good.json"]


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    out, _err, code = run(folder / "good.json", "--dry-run")
    assert ("Nothing was written. 4 annotations: 3 new" in out, code) == (True, 1)
    assert not Annotation.objects.exists()
    assert not ImportBatch.objects.exists()


def test_for_a_group_by_its_name(folder: Path, reader) -> None:
    make_group(reader, name="Arms control")
    out, _err, code = run(folder / "good.json", "--group", "arms control")
    assert ("4 new" in out, code) == (True, 0)
    assert Annotation.objects.filter(audience="group").count() == 1


def test_what_is_not_there_is_a_mistake_of_usage(folder: Path) -> None:
    assert run(folder / "nowhere.json")[2] == 2
    assert run(folder, "--group", "Nobody")[2] == 2
    assert not Annotation.objects.exists()


def test_removed_words_do_not_come_back_with_a_quote(editor, tmp_path: Path) -> None:
    html = "<p>The agent was called Mr Smith of Ely, and nobody else was.</p>\n<p>An end.</p>"
    article = make_article(title="On trust", slug="on-trust", html=html)
    rows = [annotation("called Mr Smith of Ely", text="Before")]
    rows.append(annotation("of Ely, and nobody", text="Part before"))
    (tmp_path / "a.json").write_bytes(file_of(*rows))
    run(tmp_path / "a.json")
    revision = article.revisions.get()
    redaction = redact(
        article,
        **{"revisions": [revision], "phrases": ["Mr Smith of Ely"], "whole": False},
        **{"reason": "An order.", "by": editor},
    )[0]
    rows.append(annotation("Smith of Ely, and nobody else", text="After", prefix="called Mr "))
    rows.append(annotation("nobody else was", text="Beside", prefix="of Ely, and "))
    (tmp_path / "b.json").write_bytes(file_of(*rows))
    run(tmp_path / "b.json")
    assert Annotation.objects.count() == 4
    for note in Annotation.objects.all():
        assert "Smith" not in str(note.selectors), note.body
        assert "Ely" not in str(note.selectors), note.body
    assert not Anchor.objects.filter(exact__contains="Smith").exists()
    lift(redaction, reason="Lifted.", by=editor)
    assert Annotation.objects.get(body="After").quote == "Smith of Ely, and nobody else"


@pytest.mark.skipif(not SAMPLE.exists(), reason="../shared/data is not here")
def test_the_sample_comes_onto_an_article_of_its_address() -> None:
    (one, *_rest) = hypothesis.read(SAMPLE.read_bytes()).annotations
    quote = one.selectors[-1]
    html = f"<p>{quote['prefix']}{quote['exact']}{quote['suffix']}</p>".replace("\n", " ")
    article = make_article(
        html=html,
        source_url="https://18f.gsa.gov/2014/07/31/working-in-public-from-day-1/",
    )
    out, _err, code = run(SAMPLE)
    assert ("7 new" in out, "The words of 4 new ones" in out, code) == (True, True, 0)
    assert article.annotations.count() == 7
    assert Anchor.objects.exclude(start=None).get().annotation.body == "note 0"
