"""Annotations of Hypothesis become notes: on their article, under their thread, once."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, transaction

from annotations import writing
from annotations.importing.door import bring
from annotations.models import Annotation, Provenance
from articles.models import ImportItem, UrlAlias
from tests.factories import make_article
from tests.hypothesis_export import PAGE, annotation, export_of, reply

HTML = "<p>The treaties that lasted were dull ones, written by clerks who had time.</p>"


@pytest.fixture
def article(db):
    article = make_article(slug="on-trust", title="On trust", html=HTML)
    UrlAlias.objects.create(article=article, url=PAGE)
    return article


def brought(*rows, by=None, **options):
    return bring(export_of(*rows), by=by, **options)


def outcomes(results) -> list[str]:
    return [str(one.outcome) for one in results]


def test_a_note_keeps_its_author_its_time_its_tags_and_what_was_received(article) -> None:
    row = annotation("dull ones", tags=["Law"], metadata={"course": "7"})
    (result,) = brought(row)
    note = Annotation.objects.get()
    assert (result.outcome, result.note, result.article) == ("new", note, article)
    assert (note.creator, note.attributed_name) == (None, "Ada")
    assert note.attributed_uri == "https://hypothes.is/users/ada"
    assert note.created.isoformat() == "2019-03-01T10:00:00.123456+00:00"
    assert note.recorded_at.year > 2019
    assert (note.audience, note.motivation, note.tag_names) == ("public", "commenting", ["Law"])
    assert note.selectors == row["target"][0]["selector"]
    assert note.extra["hypothesis"]["metadata"] == {"course": "7"}


@pytest.mark.parametrize(
    ("row", "motivation"),
    [
        (annotation("dull ones", text=""), "highlighting"),
        (annotation("dull ones", text="", tags=["law"]), "tagging"),
        (annotation("dull ones"), "commenting"),
        (annotation(), "commenting"),
    ],
)
def test_its_shape_says_why_it_was_made(article, row, motivation) -> None:
    brought(row)
    assert Annotation.objects.get().motivation == motivation


def test_what_says_nothing_is_refused_and_the_rest_goes_on(article) -> None:
    results = brought(annotation(text=" "), "odd", annotation())
    assert outcomes(results) == ["refused", "new", "refused"]
    assert "says nothing" in results[0].reason
    assert results[2].name == "annotation 2"
    kept = ImportItem.objects.values_list("outcome", flat=True)
    assert sorted(kept) == ["new", "refused", "refused"]


def test_replies_hang_under_what_they_answer_whatever_the_order(article) -> None:
    root = annotation("dull ones")
    one = reply(root, "One")
    two = reply(one, "Two")
    assert outcomes(brought(two, one, root)) == ["new"] * 3
    deepest = Annotation.objects.get(body="Two")
    assert (deepest.parent.body, deepest.root.body, deepest.motivation) == (
        "One",
        "A note.",
        "replying",
    )
    assert deepest.parent.parent == deepest.root


def test_a_reply_finds_what_it_answers_from_an_earlier_file_or_is_refused(article) -> None:
    root = annotation()
    gone = reply(root)
    (result,) = brought(reply(root, "Too early"))
    assert (result.outcome, "neither in the file" in result.reason) == ("refused", True)
    brought(root)
    (result,) = brought(reply(gone, "To one that was deleted there"))
    assert (result.outcome, result.note.parent.body) == ("new", "A note.")
    assert "stands one higher" in result.reason


def test_the_same_again_doubles_nothing_and_deleted_stays_deleted(article) -> None:
    rows = [annotation("dull ones"), annotation(text="Other")]
    rows.append(reply(rows[0]))
    brought(*rows)
    assert outcomes(brought(*rows)) == ["unchanged"] * 3
    writing.delete(Annotation.objects.get(body="Other"))
    writing.empty(Annotation.objects.filter(body="Other").values_list("pk", flat=True))
    results = brought(*rows, reply(rows[1], "Late"))
    assert outcomes(results) == ["unchanged", "unchanged", "unchanged", "refused"]
    assert "deleted here" in results[1].reason
    assert Annotation.objects.count() == 3
    assert Annotation.objects.filter(deleted_at=None).count() == 2


def test_the_database_itself_refuses_a_second_note_of_one_id(article) -> None:
    brought(annotation(id="one"), annotation(id="two"))
    with pytest.raises(IntegrityError, match="provenance_names_one_note"), transaction.atomic():
        Provenance.objects.update(identifier="hypothesis:one")


def test_a_change_there_becomes_a_version_here_unless_it_was_changed_here(article) -> None:
    row = annotation("dull ones", tags=["law"])
    brought(row)
    later = {"updated": "2020-01-01T00:00:00Z", "text": "Better said.", "tags": ["Law", "history"]}
    assert outcomes(brought(row | later)) == ["updated"]
    note = Annotation.objects.get()
    assert (note.body, note.tag_names, note.version) == ("Better said.", ["history", "law"], 2)
    assert [one.body for one in note.versions.all()] == ["A note."]
    assert outcomes(brought(row | later)) == outcomes(brought(row)) == ["unchanged"]
    writing.edit(note, version=2, body="Ours.", tags=[], audience="public")
    (result,) = brought(row | later | {"updated": "2021-01-01T00:00:00Z", "text": "Theirs."})
    assert (result.outcome, "changed here" in result.reason) == ("unchanged", True)
    assert Annotation.objects.get().body == "Ours."


def test_nobody_overwrites_the_note_of_somebody_else_by_its_id(article) -> None:
    row = annotation("dull ones")
    brought(row)
    forged = {"user": "acct:eve@hypothes.is", "updated": "2030-01-01T00:00:00Z", "text": "Ha."}
    (result,) = brought(row | forged)
    assert (result.outcome, "somebody else" in result.reason) == ("refused", True)
    assert Annotation.objects.get().body == "A note."


def test_a_dry_run_tells_and_writes_nothing(article) -> None:
    rows = [annotation("dull ones", tags=["law"]), annotation("no such words")]
    rows.append(reply(rows[0]))
    results = brought(*rows, dry_run=True)
    assert outcomes(results) == ["new"] * 3
    assert [one.words_gone for one in results] == [False, True, False]
    for model in (Annotation, Provenance, ImportItem):
        assert not model.objects.exists()


def test_the_editors_log_gets_one_line_and_no_words(article, editor, caplog) -> None:
    brought(annotation("dull ones", text="A secret."), annotation(), by=editor, label="mine.json")
    (entry,) = LogEntry.objects.all()
    assert (entry.user, entry.object_repr) == (editor, "mine.json")
    assert '"notes": 2' in entry.change_message
    assert "secret" not in caplog.text


def test_the_editors_desk_tells_of_it(article, editor, client) -> None:
    brought(annotation(), by=editor, label="mine.json")
    client.force_login(editor)
    page = client.get("/admin/admin/logentry/").content.decode()
    assert "brought notes in from" in page
    assert "mine.json" in page


def test_a_hundred_notes_cost_a_steady_number_of_queries_each(article, count_queries) -> None:
    def cost(number: int) -> int:
        rows = [annotation("dull ones") for _ in range(number)]
        return count_queries(brought, *rows)

    one, eleven = cost(1), cost(11)
    assert (eleven - one) / 10 <= 25
