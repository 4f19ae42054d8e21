"""Writing at the same time, with real connections: nothing is lost, nothing happens twice."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from annotations import writing
from annotations.models import Anchor
from articles.models import Article, Revision
from articles.revisions import RecordedMeanwhile, record_revision
from tests.cast import make_user
from tests.factories import make_annotation, make_article
from tests.meanwhile import Meanwhile

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = "<p>Trust is won slowly and lost at once.</p>\n<p>Nobody keeps count of the favours.</p>"
SECOND = f"<p>An introduction stands here.</p>\n{FIRST}"
WORDS = "count of the favours"


@pytest.fixture
def article():
    return make_article(slug="on-trust", html=FIRST)


@pytest.fixture
def someone():
    return make_user("someone")


def words_now(note) -> str:
    return note.anchors.get(revision__superseded_at=None).exact


def test_a_note_saved_while_a_revision_is_recorded_ends_on_it_once(article, someone):
    with transaction.atomic():
        record_revision(article, html=SECOND, metadata={})
        seen = Revision.objects.get(number=1)
        saving = Meanwhile(lambda: make_annotation(seen, by=someone, words=WORDS))
        assert saving.waits(), "it waits for the revision"
    assert saving.ended() is None
    note = saving.result
    assert list(note.anchors.order_by("revision__number").values_list("state", flat=True)) == [
        "unchanged",
        "shifted",
    ]
    assert words_now(note) == WORDS


def test_a_revision_recorded_while_a_note_is_saved_carries_it(article, someone):
    with transaction.atomic():
        note = make_annotation(article, by=someone, words=WORDS)
        recording = Meanwhile(lambda: record_revision(article, html=SECOND, metadata={}))
        assert recording.waits(), "it waits for the note"
    assert recording.ended() is None
    assert words_now(note) == WORDS
    assert note.anchors.count() == 2


def test_a_note_on_a_text_long_superseded_is_carried_through_all_since(article, someone):
    first = Revision.objects.get()
    record_revision(article, html=SECOND, metadata={})
    record_revision(article, html=SECOND.replace("favours", "gifts"), metadata={})
    note = make_annotation(first, by=someone, words=WORDS)
    states = note.anchors.order_by("revision__number").values_list("state", flat=True)
    assert list(states) == ["unchanged", "shifted", "changed"]


def test_of_two_editors_the_second_is_told(article):
    start = threading.Barrier(2)

    def record(words: str) -> Revision | None:
        start.wait()
        return record_revision(article, html=f"{FIRST}\n<p>{words}</p>", metadata={}, replacing=1)

    both = [Meanwhile(lambda: record("One.")), Meanwhile(lambda: record("Two."))]
    for thread in both:
        thread.join(20)
    errors = [thread.error for thread in both if thread.error]
    assert [type(error) for error in errors] == [RecordedMeanwhile]
    assert errors[0].current.number == 2
    assert sorted(Revision.objects.values_list("number", flat=True)) == [1, 2]


def test_an_edit_and_a_revision_do_not_wait_for_one_another_for_ever(article, someone):
    note = make_annotation(article, by=someone, words=WORDS)
    with transaction.atomic():
        record_revision(article, html=SECOND, metadata={})
        editing = Meanwhile(
            lambda: writing.edit(note, version=1, body="Better said", tags=[], audience="public")
        )
        editing.waits()
    assert editing.ended() is None
    note.refresh_from_db()
    assert note.body == "Better said"
    assert words_now(note) == WORDS


def test_a_crash_half_way_leaves_the_old_text_and_every_anchor(article, someone):
    note = make_annotation(article, by=someone, words=WORDS)
    before = list(Anchor.objects.values())
    recorded, proceed, process = threading.Event(), threading.Event(), []

    def crash() -> None:
        with transaction.atomic():
            process.append(connection.connection.info.backend_pid)
            record_revision(article, html=SECOND, metadata={})
            recorded.set()
            proceed.wait(20)
            Article.objects.first()

    crashing = Meanwhile(crash)
    assert recorded.wait(20)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 10000)", process)  # waits for its end
    proceed.set()
    assert isinstance(crashing.ended(), DatabaseError)
    assert Revision.objects.get().is_current
    assert list(Anchor.objects.values()) == before
    assert record_revision(article, html=SECOND, metadata={}).number == 2, "nothing stays locked"
    assert words_now(note) == WORDS


def test_a_crowd_of_notes_and_three_corrections_leave_each_note_once_in_each_text(article, someone):
    first = Revision.objects.get()

    def note_it() -> None:
        for _ in range(4):
            make_annotation(first, by=someone, words=WORDS)

    def correct() -> None:
        for number in range(3):
            html = f"{FIRST}\n<p>Addition {number}.</p>"
            record_revision(article, html=html, metadata={})

    for thread in [Meanwhile(note_it), Meanwhile(correct), Meanwhile(note_it)]:
        assert thread.ended() is None
    assert Anchor.objects.count() == 8 * 4
    assert set(Anchor.objects.values_list("exact", flat=True)) == {WORDS}
