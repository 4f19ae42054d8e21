"""The desk's lists tell nothing of notes that are not the editor's to read."""

import pytest
from django.contrib import admin
from django.urls import reverse

from annotations.models import Audience, Membership
from articles.admin.base import OfferedLookups
from tests.factories import make_annotation, make_article, make_group


def ours():
    for model, desk in admin.site._registry.items():
        if model._meta.app_label in ("archive", "articles", "annotations"):
            yield model, desk


@pytest.fixture
def note(reader):
    return make_annotation(make_article(), by=reader, audience=Audience.PRIVATE)


def test_every_list_follows_its_filters_only():
    for model, desk in ours():
        assert isinstance(desk, OfferedLookups), model


@pytest.mark.parametrize(
    "question",
    [
        "archive/user/?annotations={id}",
        "archive/user/?annotations__gt={id}",
        "archive/user/?email__startswith=a",
        "articles/article/?annotations={id}",
        "articles/revision/?annotations_made__isnull=False",
        "annotations/annotation/?replies__isnull=False",
        "annotations/group/?annotations__isnull=False",
    ],
)
def test_a_question_no_filter_offers_is_refused(client, editor, note, question):
    client.force_login(editor)
    response = client.get("/admin/" + question.format(id=note.pk))
    assert response.status_code in (302, 400), "Django shows the list again without the question"
    if response.status_code == 302:
        assert "e=1" in response.headers["Location"]


def test_what_the_filters_offer_still_works(client, editor, note):
    client.force_login(editor)
    for model, desk in ours():
        if not desk.has_view_permission(_request(editor)):
            continue
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        page = client.get(url)
        assert page.status_code == 200
        for spec in page.context["cl"].filter_specs:
            for choice in spec.choices(page.context["cl"]):
                assert client.get(url + choice["query_string"]).status_code == 200


def test_an_editor_does_not_let_himself_into_a_group(client, editor, reader, second):
    group = make_group(reader)
    client.force_login(editor)

    def add(user):
        row = {"user": user.pk, "role": "member", "group": group.pk, "id": ""}
        sent = {"name": group.name, "slug": group.slug, "invitation_code": group.invitation_code}
        sent |= {f"memberships-1-{name}": value for name, value in row.items()}
        kept = Membership.objects.get(user=reader)
        sent |= {
            "memberships-TOTAL_FORMS": 2, "memberships-INITIAL_FORMS": 1,
            "memberships-0-id": kept.pk, "memberships-0-group": group.pk,
            "memberships-0-user": reader.pk, "memberships-0-role": kept.role,
        }  # fmt: skip
        return client.post(f"/admin/annotations/group/{group.pk}/change/", sent)

    assert "You cannot let yourself into a group" in add(editor).content.decode()
    assert not Membership.objects.filter(user=editor).exists()
    assert add(second).status_code == 302
    assert Membership.objects.filter(user=second).exists()


def _request(user):
    class Request:
        pass

    request = Request()
    request.user = user
    return request
