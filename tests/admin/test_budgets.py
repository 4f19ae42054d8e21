"""No page of the admin costs a query per row."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from annotations.models import Flag, Group, Membership
from archive.models import ApiToken
from articles.importing.document import Contributor, Document
from articles.importing.record import record
from articles.models import Article, ArticleSlug, ImportBatch, Revision
from tests.cast import make_user
from tests.factories import make_annotation, make_group, make_revision

numbers = itertools.count(1)
LISTS = [
    "admin/logentry",
    "articles/article",
    "articles/capture",
    "articles/importbatch",
    "articles/importitem",
    "articles/person",
    "articles/publisher",
    "articles/revision",
    "articles/tag",
    "annotations/annotation",
    "annotations/flag",
    "annotations/group",
    "archive/user",
    "archive/apitoken",
]
AUTOCOMPLETES = [
    ("articles", "article", "publisher"),
    ("articles", "authorship", "person"),
    ("annotations", "membership", "user"),
]


@pytest.fixture
def desk(client: Client, admin_user: Any) -> Client:
    client.force_login(admin_user)
    return client


@pytest.fixture(autouse=True)
def _content_types_are_known(db: None) -> None:
    """They are asked for once a process, whoever asks first."""
    ContentType.objects.get_for_models(*apps.get_models())


def one_more(editor: Any) -> None:
    """A further row of everything, each with names of its own."""
    number = next(numbers)
    batch = ImportBatch.objects.create(created_by=editor)
    article = record(
        Document(
            title=f"Article {number}",
            html=f"<p>The text of article {number}.</p>",
            people=(Contributor(f"Person {number}"),),
            publisher=f"Publisher {number}",
            tags=(f"tag {number}",),
        ),
        raw=b"%d" % number,
        media_type="text/plain",
        by=editor,
        batch=batch,
        publish=True,
    ).article
    user = make_user(f"person{number}")
    note = make_annotation(article, by=user, words="text")
    Flag.objects.create(annotation=note, user=editor, reason="Rude.")
    make_group(user)
    ApiToken.objects.issue(user=user, label="script")


def test_lists_and_autocompletes_cost_the_same_for_2_and_20_rows(
    desk: Client, editor: Any, count_queries: Callable[..., int]
) -> None:
    pages = [f"/admin/{name}/" for name in LISTS] + [
        f"/admin/autocomplete/?term=p&app_label={app}&model_name={model}&field_name={field}"
        for app, model, field in AUTOCOMPLETES
    ]
    one_more(editor)
    one_more(editor)
    few = {page: count_queries(desk.get, page) for page in pages}
    for _ in range(18):
        one_more(editor)
    assert {page: count_queries(desk.get, page) for page in pages} == few
    assert max(few.values()) <= 14
    people = desk.get("/admin/articles/person/").context["cl"].result_count
    found = desk.get(pages[-2]).json()["results"]
    assert (people, len(found)) == (20, 20)


def grow_article(article: Article, count: int) -> None:
    for _ in range(count):
        number = next(numbers)
        record(
            Document(
                title=article.title,
                html=f"<p>Text {number}.</p>",
                identifiers=(("doi", "10.1/grown"), ("handle", str(number))),
                url=f"https://example.org/{number}",
            ),
            raw=b"%d" % number,
            media_type="text/plain",
        )
        ArticleSlug.objects.create(article=article, slug=f"former-{number}")


def name_people(article: Article, count: int) -> None:
    people = tuple(Contributor(f"Person {next(numbers)}") for _ in range(count))
    record(
        Document(
            title=article.title,
            html=article.revisions.get(superseded_at=None).html,
            identifiers=(("doi", "10.1/grown"),),
            people=people,
        ),
        raw=b"people",
        media_type="text/plain",
    )


def test_an_articles_page_costs_the_same_with_2_and_20_of_everything(
    desk: Client, count_queries: Callable[..., int]
) -> None:
    first = Document(title="Grown", html="<p>Text.</p>", identifiers=(("doi", "10.1/grown"),))
    article = record(first, raw=b"0", media_type="text/plain").article
    page = f"/admin/articles/article/{article.pk}/change/"
    grow_article(article, 1)
    name_people(article, 2)
    few = count_queries(desk.get, page)
    grow_article(article, 18)
    name_people(article, 20)
    assert article.authorships.count() == Revision.objects.count() == 20
    assert count_queries(desk.get, page) == few <= 20


def test_a_groups_page_costs_the_same_with_2_and_20_members(
    desk: Client, reader: Any, second: Any, count_queries: Callable[..., int]
) -> None:
    group = make_group(reader, second)
    page = f"/admin/annotations/group/{group.pk}/change/"
    few = count_queries(desk.get, page)
    for _ in range(18):
        Membership.objects.create(group=group, user=make_user(f"member{next(numbers)}"))
    assert Group.objects.get().members.count() == 20
    assert count_queries(desk.get, page) == few <= 12


def test_a_notes_page_costs_the_same_with_2_and_20_revisions(
    desk: Client, reader: Any, editor: Any, count_queries: Callable[..., int]
) -> None:
    one_more(editor)
    article = Article.objects.get()
    note = make_annotation(article, by=reader, words="text")
    page = f"/admin/annotations/annotation/{note.pk}/change/"
    make_revision(article, html="<p>The text is new.</p>")
    few = count_queries(desk.get, page)
    for number in range(18):
        make_revision(article, html=f"<p>The text is new for time {number}.</p>")
    assert note.anchors.count() == 20
    assert count_queries(desk.get, page) == few <= 12
