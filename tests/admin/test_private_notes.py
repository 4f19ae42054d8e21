"""The desk shows editors and administrators no note the gate would not show them."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from annotations import writing
from annotations.models import Annotation, Flag
from articles import logbook
from articles.models import Tag
from tests.factories import make_annotation, make_article, make_group

SECRET = "zebra"
NOTES = "/admin/annotations/annotation/"


@pytest.fixture
def notes(reader: Any, second: Any) -> dict[str, Annotation]:
    """One of each audience; only the private and the group's one hold the secret word."""
    article = make_article(title="On tariffs")
    group = make_group(reader, second, name="Readers")
    found = {
        "public": make_annotation(article, by=reader, words="tariffs", body="For all."),
        "private": make_annotation(
            article, by=reader, words="trust", body=f"A {SECRET}.", audience="private"
        ),
        "group": make_annotation(
            article, by=reader, body=f"Our {SECRET}.", audience="group", group=group
        ),
    }
    found["private"].tags.set([f"{SECRET} tag"])
    for note in found.values():
        Flag.objects.create(annotation=note, user=second, reason=f"About {note.audience}.")
    return found


@pytest.fixture(params=["editor", "admin_user"])
def desk(request: pytest.FixtureRequest, client: Client) -> Client:
    client.force_login(request.getfixturevalue(request.param))
    return client


def test_a_public_note_is_found_and_others_are_not(
    desk: Client, notes: dict[str, Annotation]
) -> None:
    listed = desk.get(NOTES).content.decode()
    assert "For all." in listed
    assert SECRET not in listed
    assert desk.get(NOTES, {"q": "all"}).context["cl"].result_count == 1
    assert desk.get(NOTES, {"q": SECRET}).context["cl"].result_count == 0
    assert desk.get(f"{NOTES}{notes['public'].pk}/change/").status_code == 200
    for audience in ("private", "group"):
        for page in ("change", "history", "delete"):
            answer = desk.get(f"{NOTES}{notes[audience].pk}/{page}/")
            assert answer.status_code in {302, 403}
            assert SECRET not in answer.content.decode()


def test_no_other_page_tells_of_them(desk: Client, notes: dict[str, Annotation]) -> None:
    note = notes["private"]
    Tag.objects.create(name="plain", slug="plain", curated=True)
    note.tags.add("plain")
    plain = Tag.objects.get(name="plain")
    pages = [
        f"/admin/articles/article/{note.article_id}/change/",
        f"/admin/articles/article/{note.article_id}/delete/",
        f"/admin/articles/tag/{plain.pk}/delete/",
        f"/admin/annotations/group/{notes['group'].group_id}/delete/",
        f"/admin/archive/user/{note.creator_id}/change/",
        f"/admin/archive/user/{note.creator_id}/delete/",
        "/admin/annotations/flag/",
        "/admin/",
    ]
    for page in pages:
        assert SECRET not in desk.get(page).content.decode(), page
    assert desk.get("/admin/annotations/flag/").context["cl"].result_count == 1
    assert desk.get("/admin/articles/tag/", {"q": SECRET}).context["cl"].result_count == 0


def test_a_group_with_notes_is_not_deleted_and_says_so_without_them(
    desk: Client, notes: dict[str, Annotation]
) -> None:
    page = f"/admin/annotations/group/{notes['group'].group_id}/delete/"
    answer = desk.get(page).content.decode()
    assert "notes written for this group" in answer
    assert SECRET not in answer


def test_an_earlier_wording_for_the_author_alone_stays_so(
    desk: Client, notes: dict[str, Annotation]
) -> None:
    note = notes["private"]
    fields: dict[str, Any] = {"tags": [], "audience": "public"}
    note = writing.edit(note, version=1, body="Fit for all.", **fields)
    writing.edit(note, version=note.version, body="Fit for everybody.", **fields)
    page = desk.get(f"{NOTES}{note.pk}/change/").content.decode()
    assert "Fit for everybody." in page
    assert "Fit for all." in page
    assert SECRET not in page


def test_a_deleted_note_is_listed_without_its_words(
    desk: Client, notes: dict[str, Annotation]
) -> None:
    writing.delete(notes["public"])
    listed = desk.get(NOTES)
    assert "(deleted)" in listed.content.decode()
    assert "For all." not in listed.content.decode()
    assert desk.get(NOTES, {"q": "all"}).context["cl"].result_count == 0


def test_hiding_asks_for_a_reason_is_logged_and_can_be_undone(
    desk: Client, client: Client, notes: dict[str, Annotation]
) -> None:
    note = notes["public"]
    chosen = {"action": "hide", "_selected_action": [str(note.pk)]}
    asking = desk.post(NOTES, chosen, follow=True)
    page = asking.redirect_chain[-1][0]
    assert desk.post(page, {"reason": " "}).status_code == 422
    desk.post(page, {"reason": "It insults."})
    note.refresh_from_db()
    assert (note.hidden_at is not None, note.hidden_reason) == (True, "It insults.")
    entry = LogEntry.objects.get()
    assert logbook.facts_of(entry) == {"act": "hid", "reason": "It insults."}
    assert (entry.object_id, entry.object_repr) == (str(note.pk), "On tariffs")
    desk.post(NOTES, chosen | {"action": "show_again"})
    note.refresh_from_db()
    assert (note.hidden_at, note.hidden_reason) == (None, "")
    assert LogEntry.objects.count() == 2


def test_a_private_note_cannot_be_hidden_by_its_address(
    desk: Client, notes: dict[str, Annotation]
) -> None:
    page = f"{NOTES}hide/?ids={notes['private'].pk},nonsense"
    desk.post(page, {"reason": "Curious."})
    notes["private"].refresh_from_db()
    assert notes["private"].hidden_at is None


def test_a_settled_flag_has_a_time(desk: Client, notes: dict[str, Annotation]) -> None:
    flag = notes["public"].flags.get()
    desk.post("/admin/annotations/flag/", {"action": "settle", "_selected_action": [flag.pk]})
    flag.refresh_from_db()
    assert flag.settled_at is not None
