"""Who reads what: three audiences, every way in. Allowed and refused stand in one table."""

import pytest

from annotations import access, writing
from annotations.models import Annotation, Audience
from tests.factories import make_annotation, make_article, make_group

WORD = "zanzibar"  # stands in the note and its tag, nowhere in the text


@pytest.fixture
def cast(reader, second, stranger, editor):
    """reader writes, second is in the group, the others are not."""
    return {"reader": reader, "second": second, "stranger": stranger, "editor": editor}


@pytest.fixture
def note(request, cast):
    audience = request.param
    group = make_group(cast["reader"], cast["second"]) if audience == Audience.GROUP else None
    return make_annotation(
        make_article(slug="on-trust"), by=cast["reader"], words="trust", audience=audience,
        group=group, body=f"See {WORD}.", tags=[WORD],
    )  # fmt: skip


READERS = {
    Audience.PRIVATE: {"reader"},
    Audience.GROUP: {"reader", "second"},
    Audience.PUBLIC: {"reader", "second", "stranger", "editor", None},
}
EVERYBODY = ["reader", "second", "stranger", "editor", None]
TABLE = [(audience, who) for audience in READERS for who in EVERYBODY]


def sign_in(client, cast, who):
    if who:
        client.force_login(cast[who])


@pytest.mark.parametrize(("note", "who"), TABLE, indirect=["note"])
def test_a_note_shows_to_its_audience_and_to_nobody_else(client, cast, note, who):
    sign_in(client, cast, who)
    allowed = who in READERS[note.audience]
    expected = 200 if allowed else 404
    page = client.get("/articles/on-trust/").content.decode()
    assert (WORD in page) == allowed
    assert ("<mark" in page) == allowed
    region = client.get("/articles/on-trust/notes/", headers={"HX-Request": "true"})
    assert (WORD in region.content.decode()) == allowed
    assert f'data-notes="{int(allowed)}"' in region.content.decode()
    assert client.get(f"/annotations/{note.pk}/").status_code == expected
    assert client.get(f"/annotations/{note.pk}/history/").status_code == expected
    assert client.get(f"/annotations/tags/?q={WORD[:4]}").json() == ([WORD] if allowed else [])


@pytest.mark.parametrize(("note", "who"), TABLE, indirect=["note"])
def test_search_and_counts_go_through_the_gate(client, cast, note, who):
    sign_in(client, cast, who)
    allowed = who in READERS[note.audience]
    assert (str(note.pk) in client.get(f"/search/?q={WORD}").content.decode()) == allowed
    front = client.get("/")
    assert front.context["note_count"] == int(allowed)
    assert (WORD in front.content.decode()) == (note.audience == Audience.PUBLIC)


@pytest.mark.parametrize(("note", "who"), TABLE, indirect=["note"])
def test_only_its_writer_changes_a_note_and_only_its_readers_answer(client, cast, note, who):
    sign_in(client, cast, who)
    answer = client.post(f"/annotations/{note.pk}/replies/", {"body": "I differ."})
    if who is None:
        assert answer.status_code == 401
    else:
        assert answer.status_code == (302 if who in READERS[note.audience] else 404)
    for act in ("edit", "delete"):
        response = client.get(f"/annotations/{note.pk}/{act}/")
        assert response.status_code == (200 if who == "reader" else 302 if who is None else 404)
    response = client.post(f"/annotations/{note.pk}/delete/")
    assert response.status_code == (302 if who == "reader" else 401 if who is None else 404)
    note.refresh_from_db()
    assert (note.deleted_at is not None) == (who == "reader")


@pytest.mark.parametrize("note", [Audience.PUBLIC, Audience.GROUP], indirect=True)
def test_a_reply_reaches_its_thread_or_its_writer_alone(client, cast, note):
    open_reply = writing.reply(to=note, by=cast["second"], body="For all of you")
    own_reply = writing.reply(to=note, by=cast["second"], body="For me", only_me=True)
    assert (open_reply.audience, open_reply.group) == (note.audience, note.group)
    assert own_reply.audience == Audience.PRIVATE
    assert set(access.visible(cast["reader"])) == {note, open_reply}
    assert set(access.visible(cast["second"])) == {note, open_reply, own_reply}


@pytest.mark.parametrize("note", [Audience.GROUP], indirect=True)
def test_who_leaves_a_group_no_longer_reads_its_threads(cast, note):
    own = writing.reply(to=note, by=cast["second"], body="For me", only_me=True)
    note.group.memberships.filter(user=cast["second"]).delete()
    assert not access.visible(cast["second"]).exists()
    assert access.visible(cast["reader"]).count() == 1
    assert Annotation.objects.filter(pk=own.pk).exists()


@pytest.mark.parametrize("note", [Audience.PUBLIC], indirect=True)
def test_notes_on_a_draft_show_to_nobody_but_editors(client, cast, note):
    note.article.state = "draft"
    note.article.save()
    assert client.get(f"/annotations/{note.pk}/").status_code == 404
    assert client.get(f"/search/?q={WORD}").content.decode().count("note-") == 0
    assert not access.visible(cast["second"]).exists()
    assert access.visible(cast["editor"]).exists()


@pytest.mark.parametrize("note", [Audience.PUBLIC], indirect=True)
def test_a_hidden_note_shows_to_its_writer_and_editors_only(cast, note):
    Annotation.objects.filter(pk=note.pk).update(hidden_at=note.created, hidden_reason="Spam.")
    assert not access.visible(cast["second"]).exists()
    assert access.visible(cast["reader"]).exists()
    assert access.visible(cast["editor"]).exists()


def test_what_hangs_on_a_hidden_note_is_hidden_with_it(client, cast):
    root = make_annotation(make_article(), by=cast["reader"], body="Root")
    middle = make_annotation(root, by=cast["second"], body="Middle")
    below = make_annotation(
        make_annotation(middle, by=cast["editor"]), by=cast["editor"], body=WORD
    )
    Annotation.objects.filter(pk=middle.pk).update(hidden_at=below.created, hidden_reason="Rude")
    for who in EVERYBODY:
        client.logout()
        sign_in(client, cast, who)
        allowed = who in {"second", "editor"}
        assert client.get(f"/annotations/{below.pk}/").status_code == (200 if allowed else 404)
        assert (f"note-{below.pk}" in client.get(f"/search/?q={WORD}").content.decode()) == allowed
        assert client.get(f"/annotations/{root.pk}/").status_code == 200


def test_what_was_written_for_oneself_stays_so_when_the_note_is_opened(client, reader, second):
    note = make_annotation(make_article(), by=reader, body="My doubts", audience=Audience.PRIVATE)
    for number, body in enumerate(("For everyone", "For everyone, better"), 1):
        writing.edit(note, version=number, body=body, tags=[], audience=Audience.PUBLIC)
    url = f"/annotations/{note.pk}/history/"
    for who, sees_doubts in ((second, False), (reader, True)):
        client.force_login(who)
        page = client.get(url).content.decode()
        assert "For everyone, better" in page
        assert page.count("For everyone") == 2
        assert ("My doubts" in page) == sees_doubts
