"""Making notes, as forms without a script send them."""

import re
import uuid

import pytest

from annotations.models import Anchor, Annotation
from tests.factories import make_article, make_group

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


def test_words_spelt_otherwise_are_found_and_noted_as_the_text_has_them(signed_in, db):
    make_article(slug="on-trust", html="<p>“Few trust Russia’s word — or anyone’s.”</p>")
    sent = {"quote": "trust russia's  word - or", "body": "Few.", "audience": "private"}
    assert signed_in.post(NEW, sent).status_code == 302
    assert Anchor.objects.get().exact == "trust Russia’s word — or"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"quote": "So it"}, "Trust is won. Trust is lost. 😀 [So it] goes."),
        ({"quote": "Trust is"}, "These words stand 2 times."),
        ({"quote": "Honour"}, "do not stand in the text so far"),
        ({"quote": ""}, ""),
        ({"paragraph": "1", "quote": "Honour"}, '<q lang="en" dir="auto">Trust is won.'),
        ({"whole": "1", "quote": "Trust is"}, ""),
    ],
)
def test_the_place_is_shown_while_words_are_typed(client, article, asked, told):
    fragment = client.post(f"{NEW}words/", asked).content.decode()
    assert told in fragment
    assert bool(fragment.strip()) == bool(told)


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
        ({"body": "x", "quote": "Trust " * 99}, "longer than the text"),
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


def test_other_words_in_a_form_that_was_sent_are_told_and_kept(signed_in, article):
    sent = {"whole": "1", "audience": "private", "submission": str(uuid.uuid4())}
    signed_in.post(NEW, {**sent, "body": "First words"})
    again = signed_in.post(NEW, {**sent, "body": "Second thoughts"})
    assert again.status_code == 422
    page = again.content.decode()
    first = Annotation.objects.get()
    assert f'<a href="/annotations/{first.pk}/">a note with other words</a> was saved' in page
    assert "Second thoughts</textarea>" in page
    fresh = re.search(r'name="submission" value="([^"]+)"', page)[1]
    signed_in.post(NEW, {**sent, "body": "Second thoughts", "submission": fresh})
    assert set(Annotation.objects.values_list("body", flat=True)) == {
        "First words",
        "Second thoughts",
    }
    answer = {"body": "An answer", "audience": "private", "submission": fresh}
    reply = signed_in.post(f"/annotations/{first.pk}/replies/", answer)
    assert reply.status_code == 422


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


def test_a_draft_is_not_saved_under_another_name_unasked(client, article, second):
    client.force_login(second)
    sent = {"whole": "1", "body": "Begun as reader", "audience": "public", "writer": "reader"}
    response = client.post(NEW, sent)
    assert response.status_code == 401
    page = response.content.decode()
    for words in ("this was begun as reader", "Begun as reader", "Audience: Everyone"):
        assert words in page
    assert not Annotation.objects.exists()
    assert client.post(NEW, {**sent, "writer": "second"}).status_code == 302


def test_tags_are_parted_by_commas_alone(signed_in, article):
    sent = {"whole": "1", "body": "x", "audience": "private", "tags": "arms control, NATO"}
    signed_in.post(NEW, sent)
    assert sorted(Annotation.objects.get().tags.names()) == ["NATO", "arms control"]
