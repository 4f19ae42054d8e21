"""``manage.py import_articles``: files and folders in, a summary and an exit code out."""

import io
import json
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from articles.models import Article, Capture, ImportItem, Revision
from tests.copies import body, edited, file_of, speech
from tests.factories import make_article

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
SEED = DATA / "deficit-of-trust.txt"
CORPUS = DATA / "corpus" / "articles.jsonl"

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> tuple[str, str, int]:
    """Standard output, standard error and the exit code of the command."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_articles", *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}", error.returncode
    return out.getvalue(), err.getvalue(), 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three good documents, a bad line, a picture and a hidden file."""
    folder = tmp_path / "in"
    (folder / "deeper").mkdir(parents=True)
    (folder / "note.txt").write_text("A note\n\nIts text stands here.\n")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / ".hidden.txt").write_text("Hidden\n\nNobody asked for it.\n")
    records = [{"title": "One", "text": "First."}, {"title": "Two", "text": "Second."}]
    lines = [json.dumps(records[0]), "{oops", json.dumps(records[1])]
    (folder / "deeper" / "works.jsonl").write_text("\n".join(lines))
    return folder


def test_a_bad_record_is_told_with_file_line_and_reason_and_the_rest_goes_on(folder: Path) -> None:
    out, err, code = run(folder)
    assert sorted(Article.objects.values_list("title", flat=True)) == ["A note", "One", "Two"]
    assert f"{folder}/deeper/works.jsonl, line 2: refused. It is not JSON." in err
    assert f"{folder}/picture.txt: refused." in err
    assert "5 documents: 3 new, 0 updated, 0 unchanged, 2 refused." in out
    assert code == 1


def test_what_became_of_each_is_kept(folder: Path) -> None:
    run(folder)
    outcomes = dict(ImportItem.objects.values_list("name", "outcome"))
    assert outcomes["works.jsonl, line 3"] == "new"
    assert sorted(outcomes.values()) == ["new", "new", "new", "refused", "refused"]


def test_a_copy_of_an_article_is_told_counted_and_waits_once(tmp_path: Path) -> None:
    article = make_article(html=body(speech(1)), title="On tariffs")
    copy = tmp_path / "copy.md"
    copy.write_bytes(file_of(edited(speech(1)), "A copy", "https://a.example/b"))
    for options in (["--dry-run"], ["--publish"], ["--publish"]):
        out, err, code = run(copy, *options)
        assert "copy.md: Nearly the same text as “On tariffs” (9" in err
        assert "1 is nearly the text of an article, and waits under Imports" in out
        assert code == 0
    item = ImportItem.objects.get()
    assert (item.outcome, item.nearly, item.article) == ("pending", article, None)
    assert Article.objects.get() == article


def test_drafts_unless_asked_to_publish(folder: Path) -> None:
    run(folder / "note.txt")
    assert Article.objects.get().state == "draft"
    out, _err, code = run(folder / "note.txt", "--publish")
    assert Article.objects.get().state == "published"
    assert ("1 updated" in out, code) == (True, 0)


def test_a_dry_run_says_what_would_happen_and_writes_nothing(folder: Path) -> None:
    out, _err, code = run(folder, "--dry-run")
    assert "Nothing was written. 5 documents: 3 new" in out
    assert code == 1
    for model in (Article, Capture, ImportItem, Revision):
        assert not model.objects.exists()
    assert not default_storage.exists("captures")
    run(folder)
    assert "3 unchanged" in run(folder, "--dry-run")[0]


def test_a_path_that_is_not_there_is_a_mistake_of_usage(folder: Path) -> None:
    _out, err, code = run(folder / "note.txt", folder / "nowhere.txt")
    assert ("nowhere.txt" in err, code) == (True, 2)
    assert not Article.objects.exists()


def test_a_format_that_is_none_is_a_mistake_of_usage(folder: Path) -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("import_articles", str(folder), "--format", "tea-leaves")


def test_a_stop_leaves_whole_documents(folder: Path) -> None:
    class Stopping(io.StringIO):
        def write(self, text: str) -> int:
            if "picture.txt" in text:
                raise KeyboardInterrupt
            return super().write(text)

    out = io.StringIO()
    with pytest.raises(CommandError, match="Stopped") as stop:
        call_command("import_articles", str(folder), stdout=out, stderr=Stopping())
    assert stop.value.returncode == 130
    told = int(out.getvalue().split(" new")[0].rpartition(" ")[2])
    assert Article.objects.count() == Revision.objects.count() == told > 0


@pytest.mark.skipif(not SEED.exists(), reason="../shared/data is not here")
def test_the_seed_article_comes_in_as_its_publisher_meant_it() -> None:
    run(SEED, "--publish")
    article = Article.objects.get()
    assert (article.title, article.slug) == ("Deficit of Trust", "deficit-of-trust")
    assert article.standfirst.startswith("The core issue in the NATO-Russia relationship")
    assert str(article.publisher) == article.source == "Security Times"
    assert (str(article.published_on), article.date_precision) == ("2012-02-04", "day")
    assert not article.people.exists()
    assert article.rights.startswith("This article originally appeared")
    assert article.rights.endswith("its staff, or its trustees.")
    text = article.revisions.get().text
    assert text.startswith("After the vigorous surge")
    assert text.endswith("equally beneficial to all.")
    assert text.count("\n") == 10


@pytest.mark.skipif(not CORPUS.exists(), reason="../shared/data is not here")
def test_texts_of_the_corpus_come_in_once_and_none_is_given_a_date(tmp_path: Path) -> None:
    # Every fourth record, and of each the beginning: it is about facts. All are read by another.
    records = list(map(json.loads, CORPUS.read_text().splitlines()[::4]))
    lines = [json.dumps(record | {"text": record["text"][:1500]}) for record in records]
    whole, part = tmp_path / "corpus.jsonl", tmp_path / "part.jsonl"
    whole.write_text("\n".join(lines))
    part.write_text("\n".join(lines[::4]))
    out, err, code = run(whole, "--publish")
    assert ("107 new, 0 updated, 0 unchanged, 0 refused" in out, code) == (True, 0)
    assert "100 done" in err
    assert "27 unchanged" in run(part)[0]
    assert Article.objects.count() == Revision.objects.count() == 107
    undated = [record for record in records if record.get("date") is None]
    articles = Article.objects.filter(published_on=None)
    assert articles.count() == len(undated) > 40
    periods = [record["period"] for record in undated if record.get("period")]
    assert articles.exclude(period="").count() == len(periods) > 40
    nothing_known = [one for one in articles if one.date_text == "No date is known"]
    assert len(nothing_known) == len(undated) - len(periods) > 0


def test_two_collections_that_count_alike_are_kept_apart(tmp_path: Path) -> None:
    folder = tmp_path / "collections"
    folder.mkdir()
    for name, title in (("baltic.jsonl", "On ice"), ("alpine.jsonl", "On snow")):
        record = {"id": 1, "title": title, "text": f"{title}, at some length.", "lang": "en"}
        (folder / name).write_text(json.dumps(record))
    assert "2 new" in run(folder)[0]
    corrected = {"id": 1, "title": "On ice", "text": "On ice, corrected.", "lang": "en"}
    (folder / "baltic.jsonl").write_text(json.dumps(corrected))
    assert "0 new, 1 updated, 1 unchanged" in run(folder)[0]
    assert Article.objects.get(title="On ice").revisions.count() == 2
