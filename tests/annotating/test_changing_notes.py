"""Editing, answering and deleting notes, as forms without a script send them."""

import pytest
from django.db import IntegrityError, transaction

from annotations import writing
from annotations.models import Annotation, AnnotationVersion, Audience
from articles.text import Span
from tests.factories import make_annotation, make_article

NEW = "/articles/on-trust/notes/"


@pytest.fixture
def article(db):
    return make_article(slug="on-trust", html="<p>Trust is won. Trust is lost. 😀 So it goes.</p>")


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


def test_a_stale_edit_is_answered_with_both_versions(signed_in, article, reader):
    note = make_annotation(article, by=reader, body="First words")
    url = f"/annotations/{note.pk}/edit/"
    sent = {"body": "From one tab", "audience": "public", "version": 1}
    assert signed_in.post(url, sent).status_code == 302
    response = signed_in.post(url, {**sent, "body": "From another tab"})
    assert response.status_code == 412
    page = response.content.decode()
    assert "From one tab" in page
    assert "From another tab" in page
    assert 'name="version" value="2"' in page
    note.refresh_from_db()
    assert note.body == "From one tab"


def test_an_edit_keeps_what_was_said_before(signed_in, article, reader):
    note = make_annotation(article, by=reader, body="First words", tags=["nato"])
    sent = {"body": "Second thoughts", "tags": "nato, arms", "audience": "public", "version": 1}
    signed_in.post(f"/annotations/{note.pk}/edit/", sent)
    version = AnnotationVersion.objects.get()
    assert (version.number, version.body, version.tags) == (1, "First words", ["nato"])
    page = signed_in.get(f"/annotations/{note.pk}/history/").content.decode()
    assert "First words" in page


def test_an_edit_that_changes_nothing_makes_no_version(signed_in, article, reader):
    note = make_annotation(article, by=reader, body="Words", tags=["nato"])
    sent = {"body": "Words", "tags": "nato", "audience": "public", "version": 1}
    assert signed_in.post(f"/annotations/{note.pk}/edit/", sent).status_code == 302
    assert not AnnotationVersion.objects.exists()


def test_an_audience_is_not_changed_once_others_have_replied(signed_in, article, reader, second):
    note = make_annotation(article, by=reader)
    make_annotation(note, by=second)
    with pytest.raises(writing.AudienceFixed):
        writing.edit(note, version=1, body="x", tags=[], audience=Audience.PRIVATE)
    sent = {"body": "x", "audience": "private", "version": 1}
    assert signed_in.post(f"/annotations/{note.pk}/edit/", sent).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        Annotation.objects.filter(pk=note.pk).update(audience=Audience.PRIVATE)


def test_ones_own_replies_follow_a_narrowed_audience(article, reader):
    note = make_annotation(article, by=reader)
    below = make_annotation(make_annotation(note, by=reader), by=reader)
    writing.edit(note, version=1, body=note.body, tags=[], audience=Audience.PRIVATE)
    below.refresh_from_db()
    assert below.audience == Audience.PRIVATE


def test_a_reply_below_a_private_reply_stays_private(article, reader, second):
    note = make_annotation(article, by=reader)
    own = make_annotation(note, by=second, only_me=True)
    assert make_annotation(own, by=second).audience == Audience.PRIVATE


def test_deleting_leaves_a_tombstone_where_replies_hang(signed_in, article, reader, second):
    note = make_annotation(article, by=reader, words="So it goes", body="Gone soon")
    make_annotation(note, by=second, body="I stay")
    signed_in.post(f"/annotations/{note.pk}/delete/")
    page = signed_in.get("/articles/on-trust/").content.decode()
    assert "Gone soon" not in page
    assert "I stay" in page
    assert "This note was deleted." in page


def test_a_deleted_note_comes_back_until_it_is_forgotten(signed_in, article, reader, monkeypatch):
    note = make_annotation(article, by=reader, words="So it goes", tags=["x"])
    signed_in.post(f"/annotations/{note.pk}/delete/")
    assert writing.forget_deleted() == 0
    assert signed_in.post(f"/annotations/{note.pk}/restore/").status_code == 302
    note.refresh_from_db()
    assert (note.deleted_at, note.body) == (None, "A note.")
    signed_in.post(f"/annotations/{note.pk}/delete/")
    monkeypatch.setattr(writing, "UNDO_SECONDS", 0)
    assert writing.forget_deleted() == 1
    assert signed_in.post(f"/annotations/{note.pk}/restore/").status_code == 410
    note.refresh_from_db()
    assert (note.body, note.selectors, note.anchors.count(), note.tags.count()) == ("", [], 0, 0)
    assert writing.forget_deleted() == 0


def test_the_database_refuses_an_anchor_that_does_not_hold_its_words(article, reader):
    note = writing.annotate(
        article=article, by=reader, revision=article.revisions.get(), span=Span(0, 5)
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        note.anchors.update(exact="Other")


def test_two_notes_never_share_their_time_of_record(article, reader):
    first = make_annotation(article, by=reader)
    second = Annotation.objects.create(
        article=article, creator=reader, recorded_at=first.recorded_at
    )
    second.refresh_from_db()
    assert second.recorded_at > first.recorded_at
