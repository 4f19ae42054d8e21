"""Closing an account: what stays, what goes, and who reads it then."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from annotations import moderation, writing
from annotations.models import Annotation, AnnotationVersion, Group
from archive import closing
from archive.models import ApiToken
from tests.cast import make_administrator, make_user
from tests.factories import make_annotation, make_article, make_group

CLOSE = "/accounts/close/"


def close(client: Client, user: Any, notes: str, password: str = "") -> Any:
    client.force_login(user)
    return client.post(CLOSE, {"notes": notes, "password": password or user.username})


@pytest.fixture
def notes(reader: Any, second: Any) -> dict[str, Annotation]:
    """Of every audience, one answered by another, one that was private before."""
    article = make_article(slug="on-trust")
    group = make_group(reader, second, name="Friends")
    public = make_annotation(article, by=reader, words="trust", body="Public words.")
    make_annotation(public, by=second, body="An answer.")
    opened = make_annotation(article, by=reader, audience="private", body="Secret words.")
    writing.edit(opened, version=1, body="Opened words.", tags=[], audience="public")
    return {
        "public": public,
        "opened": opened,
        "lonely": make_annotation(article, by=reader, body="Lonely words."),
        "group": make_annotation(
            article, by=reader, audience="group", group=group, body="Group words."
        ),
        "private": make_annotation(article, by=reader, audience="private", body="Private words."),
    }


def test_the_numbers_stand_before_the_act(client: Client, reader: Any, notes: Any) -> None:
    ApiToken.objects.issue(user=reader, label="a script")
    client.force_login(reader)
    page = client.get(CLOSE).content.decode()
    assert "4 notes stay, under the name reader" in page
    assert "1 leaves the word “deleted” above the replies" in page
    assert "1 note that nobody but you can read is erased." in page
    assert "1 token works no more." in page


@pytest.mark.parametrize(
    ("choice", "public", "members"),
    [
        ("keep", {"Public", "Opened", "Lonely"}, {"Group"}),
        ("remove", set(), set()),
    ],
)
def test_each_audience_reads_afterwards_what_was_promised(
    client: Client,
    reader: Any,
    second: Any,
    stranger: Any,
    editor: Any,
    notes: Any,
    choice: str,
    public: set[str],
    members: set[str],
) -> None:
    close(client, reader, choice)
    for user, may in {stranger: public, editor: public, second: public | members}.items():
        client.force_login(user)
        page = client.get("/articles/on-trust/").content.decode()
        said = {
            kind
            for kind in ("Public", "Opened", "Lonely", "Group", "Private")
            if f"{kind} words." in page
        }
        assert said == may, user
        assert "An answer." in page
        assert "Secret" not in page
        history = client.get(f"/annotations/{notes['opened'].pk}/history/").content.decode()
        assert "Secret" not in history
    assert not AnnotationVersion.objects.filter(audience="private").exists()
    assert not Annotation.objects.filter(body__contains="Private").exists()


def test_notes_that_stay_bear_the_name_and_no_account(
    client: Client, reader: Any, notes: Any
) -> None:
    reader.display_name = "Rita Reader"
    reader.save()
    close(client, reader, "keep")
    kept = Annotation.objects.get(pk=notes["public"].pk)
    assert (kept.creator, kept.author_name) == (None, "Rita Reader")
    assert kept.anchors.exists()
    assert kept.modified == notes["public"].modified


def test_removed_notes_leave_a_word_only_where_others_replied(
    client: Client, reader: Any, notes: Any
) -> None:
    close(client, reader, "remove")
    left = Annotation.objects.filter(creator=reader)
    assert [(note.pk, note.body, note.selectors) for note in left] == [(notes["public"].pk, "", [])]
    assert Client().get(f"/annotations/{notes['lonely'].pk}/").status_code == 404


def test_own_replies_below_own_notes_go_with_them(client: Client, reader: Any, second: Any) -> None:
    root = make_annotation(make_article(), by=reader)
    below = make_annotation(root, by=reader)
    deeper = make_annotation(below, by=reader)
    theirs = make_annotation(deeper, by=second)
    make_annotation(root, by=reader)
    assert closing.consequences(reader).answered == 3
    close(client, reader, "remove")
    assert set(Annotation.objects.values_list("pk", flat=True)) == {
        note.pk for note in (root, below, deeper, theirs)
    }


def test_a_hidden_note_stays_hidden(client: Client, reader: Any, editor: Any, notes: Any) -> None:
    moderation.hide(notes["public"], reason="It insults.", by=editor)
    close(client, reader, "keep")
    assert "Public words." not in Client().get("/articles/on-trust/").content.decode()


def test_the_account_is_empty_and_its_name_stays_taken(
    client: Client, reader: Any, settings: Any
) -> None:
    settings.SIGNUP = "open"
    reader.display_name, reader.email = "Rita", "r@example.org"
    reader.save()
    EmailAddress.objects.create(user=reader, email="r@example.org", verified=True, primary=True)
    token = ApiToken.objects.issue(user=reader, label="a script")
    elsewhere = Client()
    elsewhere.force_login(reader)
    answer = close(client, reader, "keep")
    assert (answer["Location"], answer["Clear-Site-Data"]) == ("/", '"storage"')
    for one in (client, elsewhere):
        assert one.get("/accounts/").status_code == 302
    assert Client().get("/", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert not Client().login(username="reader", password="reader")
    reader.refresh_from_db()
    assert (reader.email, reader.display_name, reader.is_active) == ("", "", False)
    assert not EmailAddress.objects.exists()
    new = {"username": "Reader", "password1": "seven herons", "password2": "seven herons"}
    assert "already has this username" in Client().post("/accounts/signup/", new).content.decode()


def test_without_the_password_or_a_choice_nothing_happens(
    client: Client, reader: Any, notes: Any
) -> None:
    assert close(client, reader, "keep", "wrong").status_code == 422
    assert close(client, reader, "").status_code == 422
    reader.refresh_from_db()
    assert reader.is_active
    assert Annotation.objects.filter(creator=reader).count() == 5


def test_a_group_passes_to_the_next_or_ends(client: Client, reader: Any, second: Any) -> None:
    shared, lonely = make_group(second, name="Shared"), make_group(name="Lonely")
    for group in (shared, lonely):
        group.memberships.create(user=reader, role="owner")
    moderator = make_user("moderator")
    shared.memberships.create(user=moderator, role="moderator")
    make_annotation(make_article(), by=reader, audience="group", group=lonely, body="Alone.")
    client.force_login(reader)
    page = client.get(CLOSE).content.decode()
    assert "The group “Shared” passes to moderator." in page
    assert "The group “Lonely” ends" in page
    close(client, reader, "keep")
    assert Group.objects.get() == shared
    assert shared.memberships.get(role="owner").user == moderator
    assert not Annotation.objects.exists()


def test_the_only_administrator_cannot_leave(client: Client, admin_user: Any) -> None:
    refused = close(client, admin_user, "keep")
    assert "the only administrator" in refused.content.decode()
    make_administrator("another")
    assert close(client, admin_user, "keep").status_code == 302
