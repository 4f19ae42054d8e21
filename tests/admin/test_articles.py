"""Articles on the editors' desk: corrected, protected, published, withdrawn, never rewritten."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.forms import BaseFormSet
from django.test import Client

from articles.models import Article, ArticleSlug, Capture, FieldOrigin, Person, Revision
from tests.factories import make_annotation, make_article, make_publisher

LIST = "/admin/articles/article/"


@pytest.fixture
def desk(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def page_of(article: Article) -> str:
    return f"{LIST}{article.pk}/change/"


def sent_by(desk: Client, article: Article) -> dict[str, Any]:
    """What a browser sends back from the untouched change page."""
    context = desk.get(page_of(article)).context
    forms = [context["adminform"].form]
    data: dict[str, Any] = {}
    for inline in context["inline_admin_formsets"]:
        formset: BaseFormSet = inline.formset
        forms += [formset.management_form, *formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                data[field.html_name] = "on" if value is True else value
    tags = context["adminform"].form["tags"].value()
    return data | {"tags": ", ".join(tag.name for tag in tags)}


def change(desk: Client, article: Article, **fields: Any) -> Any:
    return desk.post(page_of(article), sent_by(desk, article) | fields)


def test_an_untouched_page_changes_and_protects_nothing(desk: Client) -> None:
    article = make_article(people=("Ada",), tags=("trade",), publisher=make_publisher())
    article.refresh_from_db()
    assert change(desk, article).status_code == 302
    assert not FieldOrigin.objects.exists()
    assert not ArticleSlug.objects.exists()
    assert article.tags.get().name == "trade"


def test_edited_fields_are_protected_and_by_whom_is_kept(desk: Client, editor: Any) -> None:
    article = make_article()
    assert (
        change(desk, article, title="Corrected", period="spring", tags="arms control").status_code
        == 302
    )
    assert Article.objects.get().title == "Corrected"
    assert article.tags.get().name == "arms control"
    origins = FieldOrigin.objects.filter(locked=True, locked_by=editor, sureness="stated")
    assert sorted(origins.values_list("field", flat=True)) == ["date", "tags", "title"]
    assert LogEntry.objects.filter(user=editor, object_id=str(article.pk)).exists()


def test_changed_people_are_protected(desk: Client) -> None:
    article = make_article(people=("Ada", "Ben"))
    change(desk, article, **{"authorships-0-role": "editor"})
    assert article.authorships.order_by("position").first().role == "editor"
    assert FieldOrigin.objects.get().field == "people"


def test_people_are_ordered_by_the_numbers_beside_them_and_need_none(desk: Client) -> None:
    article = make_article(people=("Ada", "Ben"))
    third = Person.objects.create(name="Cy", slug="cy")
    moved = {
        "authorships-TOTAL_FORMS": 3,
        "authorships-0-position": 7,
        "authorships-2-person": third.pk,
        "authorships-2-role": "author",
        "authorships-2-position": "",
    }
    assert change(desk, article, **moved).status_code == 302
    named = [(one.position, one.person.name) for one in article.authorships.all()]
    assert named == [(0, "Ben"), (1, "Ada"), (2, "Cy")]


def test_protection_can_be_taken_off_and_put_on(desk: Client, editor: Any) -> None:
    article = make_article()
    origin = FieldOrigin.objects.create(article=article, field="title", sureness="likely")
    change(desk, article, **{"field_origins-0-locked": "on"})
    origin.refresh_from_db()
    assert (origin.locked, origin.locked_by, origin.sureness) == (True, editor, "likely")
    fields = sent_by(desk, article)
    del fields["field_origins-0-locked"]
    desk.post(page_of(article), fields)
    origin.refresh_from_db()
    assert (origin.locked, origin.locked_by) == (False, None)


def test_a_former_address_keeps_leading_to_the_article(desk: Client) -> None:
    article = make_article(slug="first")
    change(desk, article, slug="second")
    assert article.former_slugs.get().slug == "first"
    assert desk.get("/articles/first/").url.endswith("/articles/second/")
    change(desk, article, slug="first")  # back again
    assert article.former_slugs.get().slug == "second"
    other = make_article()
    answer = change(desk, other, slug="second")
    assert answer.status_code == 200
    assert "This address once led to" in answer.content.decode()


def test_publishing_needs_a_text(desk: Client) -> None:
    empty, ready = make_article(html=None, title="Empty"), make_article(state="draft")
    chosen = {"action": "publish", "_selected_action": [empty.pk, ready.pk]}
    said = desk.post(LIST, chosen, follow=True).content.decode()
    assert "“Empty” has no text yet." in said
    assert "1 article is published." in said
    assert set(Article.objects.values_list("title", "state")) == {
        ("Empty", "draft"),
        (ready.title, "published"),
    }


def test_a_withdrawal_asks_why_and_publishing_again_undoes_it(desk: Client) -> None:
    article = make_article()
    answer = change(desk, article, _withdraw="1")
    asking = answer.url
    assert article.title in desk.get(asking).content.decode()
    assert desk.post(asking, {"reason": ""}).status_code == 422
    desk.post(asking, {"reason": "Retracted by its author."})
    article.refresh_from_db()
    assert (article.state, article.withdrawn_reason) == ("withdrawn", "Retracted by its author.")
    assert "Retracted" in LogEntry.objects.latest("pk").change_message
    change(desk, article, _publish="1")
    article.refresh_from_db()
    assert (article.state, article.withdrawn_reason) == ("published", "")


def test_only_a_draft_nobody_was_shown_can_be_deleted(desk: Client, reader: Any) -> None:
    draft, published = make_article(state="draft"), make_article()
    assert desk.post(f"{LIST}{published.pk}/delete/", {"post": "yes"}).status_code == 403
    assert desk.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"}).status_code == 302
    assert list(Article.objects.all()) == [published]
    noted = make_article(state="draft")
    make_annotation(noted, by=reader, audience="private", body="Mine alone.")
    said = desk.post(f"{LIST}{noted.pk}/delete/", {"post": "yes"}).content.decode()
    assert "notes written about it" in said
    assert "Mine alone." not in said


@pytest.mark.parametrize("model", [Revision, Capture])
def test_history_is_only_looked_at(desk: Client, model: type) -> None:
    article = make_article(state="draft")
    capture = Capture.objects.create(sha256="a" * 64, size=1, media_type="text/plain", file="a")
    row = article.revisions.get() if model is Revision else capture
    page = f"/admin/articles/{model._meta.model_name}/"
    assert desk.get(f"{page}{row.pk}/change/").status_code == 200
    assert desk.post(f"{page}{row.pk}/change/", {"html": "x"}).status_code == 403
    assert desk.get(f"{page}add/").status_code == 403
    assert desk.post(f"{page}{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_publisher_in_use_is_not_deleted(desk: Client) -> None:
    article = make_article(publisher=make_publisher("The Ledger"))
    page = f"/admin/articles/publisher/{article.publisher_id}/delete/"
    said = desk.post(page, {"post": "yes"}).content.decode()
    assert article.title in said
    assert Article.objects.get().publisher.name == "The Ledger"
