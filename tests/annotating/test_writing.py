"""Making, answering, editing and deleting notes, as forms without a script send them."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from annotations import writing
from annotations.models import Anchor, Annotation, AnnotationVersion, Audience
from articles.text import Span
from tests.factories import make_annotation, make_article, make_group

NEW = "/articles/on-trust/notes/"


@pytest.fixture
def article(db):
    return make_article(slug="on-trust", html="<p>Trust is won. Trust is lost. 😀 So it goes.</p>")


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


def test_a_note_on_a_place_keeps_quote_context_and_position(signed_in, article):
    place = {"revision": 1, "start": 31, "end": 33, "quote": "So"}
    response = signed_in.post(NEW, {**place, "body": "Indeed.", "audience": "private"})
    note = Annotation.objects.get()
    assert response.headers["Location"] == f"/articles/on-trust/#note-{note.pk}"
    quote, position = note.selectors
    assert quote["exact"] == "So"
    assert quote["prefix"] == "Trust is won. Trust is lost. 😀 "[-32:]
    assert quote["suffix"] == " it goes."
    assert (position["start"], position["end"]) == (31, 33)
    anchor = note.anchors.get()
    assert (anchor.state, anchor.start, anchor.exact) == ("unchanged", 31, "So")


def test_a_position_that_does_not_hold_the_quote_is_refused(signed_in, article):
    sent = {
        "revision": 1,
        "start": 0,
        "end": 5,
        "quote": "Tryst",
        "body": "x",
        "audience": "private",
    }
    response = signed_in.post(NEW, sent)
    assert response.status_code == 422
    assert "are not the ones quoted" in response.content.decode()
    assert not Annotation.objects.exists()


def test_words_that_stand_twice_are_asked_about(signed_in, article):
    sent = {"quote": "Trust is", "body": "Which?", "audience": "private"}
    response = signed_in.post(NEW, sent)
    assert response.status_code == 422
    assert "These words stand 2 times" in response.content.decode()
    signed_in.post(NEW, {**sent, "occurrence": "1"})
    assert Anchor.objects.get().start == 14


def test_words_that_do_not_stand_in_the_text_are_refused_and_the_note_kept(signed_in, article):
    response = signed_in.post(NEW, {"quote": "Honour", "body": "My words", "audience": "public"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "do not stand in the text" in page
    assert "My words" in page


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"whole": "1", "body": ""}, "Write something first."),
        ({"whole": "1", "body": "x", "audience": "group:999"}, "Select a valid choice"),
        ({"whole": "1", "body": "x" * 20_001}, "at most 20000 characters"),
        ({"body": "x"}, "Paste the words"),
        ({"paragraph": "7", "body": "x"}, "only 1 paragraphs"),
        ({"start": "3", "end": "999", "body": "x"}, "outside the text"),
        ({"whole": "1", "body": "", "motivation": "tagging"}, "Name at least one tag."),
        ({"whole": "1", "body": "x", "tags": "y" * 101}, "too long for a tag"),
    ],
)
def test_bad_input_is_told_and_nothing_is_saved(signed_in, article, sent, told):
    response = signed_in.post(NEW, {"audience": "private", **sent})
    assert response.status_code == 422
    assert told in response.content.decode()
    assert not Annotation.objects.exists()


def test_a_note_on_the_whole_article_has_no_anchor(signed_in, article):
    signed_in.post(NEW, {"whole": "1", "body": "A fine piece.", "audience": "public"})
    note = Annotation.objects.get()
    assert (note.selectors, note.made_on, note.anchors.count()) == ([], None, 0)
    assert "1 note on the whole article" in signed_in.get("/articles/on-trust/").content.decode()


def test_a_group_note_is_for_that_group(signed_in, article, reader):
    group = make_group(reader)
    sent = {"whole": "1", "body": "For us.", "audience": f"group:{group.pk}"}
    signed_in.post(NEW, sent)
    assert Annotation.objects.get().group == group


def test_a_double_click_makes_one_note(signed_in, article):
    sent = {"whole": "1", "body": "Once", "audience": "private", "submission": str(uuid.uuid4())}
    first, second = signed_in.post(NEW, sent), signed_in.post(NEW, sent)
    assert first.headers["Location"] == second.headers["Location"]
    assert Annotation.objects.count() == 1


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


def test_words_sent_after_the_session_ended_come_back(client, article):
    response = client.post(NEW, {"whole": "1", "body": "My long draft", "audience": "public"})
    assert response.status_code == 401
    page = response.content.decode()
    assert "You were logged out" in page
    assert "My long draft" in page
    assert not Annotation.objects.exists()


def test_htmx_gets_the_region_and_the_news(signed_in, article):
    sent = {"whole": "1", "body": "A fine piece.", "audience": "public"}
    response = signed_in.post(NEW, sent, headers={"HX-Request": "true"})
    assert response.status_code == 201
    assert response.headers["HX-Retarget"] == "#reading"
    assert "Note saved. 1 note here." in response.headers["HX-Trigger-After-Settle"]
    assert "A fine piece." in response.content.decode()


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
