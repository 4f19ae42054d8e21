"""Tags, people and publishers on the desk: merged, renamed, defined, and nothing private told."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from articles import logbook, merging
from articles.models import Article, Person, Publisher, Tag
from tests.cast import make_user
from tests.factories import make_annotation, make_article, make_publisher

TAGS = "/admin/articles/tag/"


@pytest.fixture
def desk(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def rename(desk: Client, row: Any, **fields: Any) -> Any:
    page = f"/admin/articles/{row._meta.model_name}/{row.pk}/change/"
    return desk.post(page, {"name": row.name, "slug": row.slug, "new_address": "on"} | fields)


def test_two_publishers_are_merged_after_a_look_at_what_they_carry(desk: Client) -> None:
    kept, gone = make_publisher("The Ledger"), make_publisher("Ledger")
    kept.url, gone.url = "https://a.example/", "https://b.example/"
    kept.save(), gone.save()
    for publisher in (kept, kept, gone):
        make_article(publisher=publisher)
    chosen = {"action": "merge", "_selected_action": [kept.pk, gone.pk]}
    page = desk.post("/admin/articles/publisher/", chosen).url
    shown = desk.get(page).content.decode()
    for told in (
        "3 articles are concerned",
        "cannot be undone",
        "https://b.example/",
        "2 articles",
    ):
        assert told in shown
    assert desk.post(page, {"keep": kept.pk}).status_code == 422, "they differ"
    sent = {"keep": kept.pk, "same": "on", "reason": "One house."}
    assert "1 was merged into “The Ledger”." in desk.post(page, sent, follow=True).content.decode()
    assert (Publisher.objects.get(), kept.articles.count()) == (kept, 3)
    assert logbook.facts_of(LogEntry.objects.get())["reason"] == "One house."
    assert desk.post(page, sent).status_code == 302, "there is one only"


def test_only_who_may_change_names_merges_them(client: Client, editor: Any, reader: Any) -> None:
    tags = [Tag.objects.create(name=name, slug=name, curated=True) for name in "ab"]
    page = f"{TAGS}merge/?ids={tags[0].pk},{tags[1].pk}"
    for user, status in ((make_user("staff", is_staff=True), 403), (editor, 302)):
        client.force_login(user)
        assert client.post(page, {"keep": tags[0].pk}).status_code == status
    assert Tag.objects.get() == tags[0]


def test_a_new_name_brings_a_new_address_unless_declined(desk: Client) -> None:
    first, second = (Person.objects.create(name=name, slug=name.lower()) for name in ("Ann", "Bo"))
    assert rename(desk, first, name="Anna Noe").status_code == 302
    assert rename(desk, second, name="Bob", new_address="").status_code == 302
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.name, first.slug) == ("Anna Noe", "anna-noe")
    assert (second.name, second.slug) == ("Bob", "bo")
    said = [logbook.facts_of(entry).get("former") for entry in LogEntry.objects.order_by("pk")]
    assert said == ["Ann", "Bo"]
    refused = rename(desk, second, slug="ann").content.decode()
    assert "This was “Anna Noe” once" in refused
    assert "Ann" in desk.get(f"/admin/articles/person/{first.pk}/change/").content.decode()
    assert desk.get("/admin/articles/person/", {"q": "Bo"}).context["cl"].result_count == 1


def test_definitions_are_written_in_the_list(desk: Client) -> None:
    make_article(tags=("trade",))
    tag = Tag.objects.get()
    sent = {
        "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "_save": "Save",
        "form-0-id": tag.pk, "form-0-definition": "Goods across borders.",
    }  # fmt: skip
    assert desk.post(TAGS, sent).status_code == 302
    tag.refresh_from_db()
    assert (tag.definition, tag.curated) == ("Goods across borders.", True)


@pytest.fixture
def secret(reader: Any) -> Tag:
    """A tag that stands on a private note alone."""
    make_annotation(make_article(), by=reader, audience="private", tags=("Zebra",))
    return Tag.objects.get()


def test_a_tag_of_private_notes_alone_is_not_known_at_the_desk(desk: Client, secret: Tag) -> None:
    for page in (TAGS, f"{TAGS}?q=zebra"):
        assert desk.get(page).context["cl"].result_count == 0
    assert desk.get(f"{TAGS}{secret.pk}/change/").status_code == 302
    plain = Tag.objects.create(name="plain", slug="plain", curated=True)
    page = f"{TAGS}merge/?ids={plain.pk},{secret.pk}"
    assert "zebra" not in desk.get(page, follow=True).content.decode().lower()
    assert desk.post(page, {"keep": plain.pk}).status_code == 302
    assert Tag.objects.count() == 2
    make_article(tags=("zebra",))
    assert desk.get(TAGS).context["cl"].result_count == 2


@pytest.mark.parametrize("act", ["add", "rename"])
def test_naming_a_tag_like_a_private_one_tells_nothing_of_it(
    desk: Client, secret: Tag, act: str
) -> None:
    note = secret.tagged_annotations.get().content_object
    if act == "add":
        answer = desk.post(f"{TAGS}add/", {"name": "zebra", "slug": "zebra", "definition": "A."})
    else:
        plain = Tag.objects.create(name="plain", slug="plain", curated=True)
        answer = rename(desk, plain, name="zebra")
    assert answer.status_code == 302
    tag = Tag.objects.get()
    assert (tag.name, tag.slug, tag.curated) == ("zebra", "zebra", True)
    assert note.tags.get() == tag
    assert "Zebra" not in desk.get(f"{TAGS}{tag.pk}/change/").content.decode()


def test_an_address_like_a_private_tags_makes_that_one_give_way(desk: Client, secret: Tag) -> None:
    sent = {"name": "Zebras", "slug": "zebra", "definition": ""}
    assert desk.post(f"{TAGS}add/", sent).status_code == 302
    secret.refresh_from_db()
    assert (Tag.objects.get(name="Zebras").slug, secret.slug) == ("zebra", "zebra-2")


def test_a_definition_and_a_former_name_help_to_choose_a_tag(client: Client, editor: Any) -> None:
    make_article(tags=("nukes", "nuclear weapons"))
    kept, gone = Tag.objects.get(name="nuclear weapons"), Tag.objects.get(name="nukes")
    kept.definition = "Of any yield."
    kept.save()
    merging.merge(kept, [gone], by=editor)
    assert client.get("/annotations/tags/?q=nuk").json() == ["nuclear weapons"]
    asked = client.get("/annotations/tags/?q=nuk&definitions").json()
    assert asked == [{"name": "nuclear weapons", "definition": "Of any yield."}]


@pytest.mark.parametrize(
    ("model", "path"), [(Tag, "tags"), (Person, "people"), (Publisher, "publishers")]
)
def test_former_addresses_lead_on_for_good_and_only_those_who_may_know(
    client: Client, editor: Any, model: type, path: str
) -> None:
    rows = [model.objects.create(name=name, slug=name) for name in ("a", "b", "c")]
    first = make_article(tags=("a",), people=("a",))
    first.publisher = Publisher.objects.filter(name="a").first()
    first.save()
    merging.merge(rows[1], [rows[0]], by=editor)
    merging.merge(rows[2], [rows[1]], by=editor)
    merging.rename(rows[2], name="d", slug="d", by=editor)
    for former in ("a", "b", "c"):
        answer = client.get(f"/{path}/{former}/?after=x")
        assert (answer.status_code, answer.url) == (301, f"/{path}/d/?after=x")
    Article.objects.update(state="draft")
    assert client.get(f"/{path}/a/").status_code == 404
    client.force_login(editor)
    assert client.get(f"/{path}/a/").status_code == 301
