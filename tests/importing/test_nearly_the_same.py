"""A document that has nearly the text of an article waits for a person, who has three ways."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags

from archive.undoing import undo
from articles.importing import alike
from articles.models import AlikePair, Appearance, Article, ImportBatch, ImportItem
from tests.copies import body, edited, file_of, speech
from tests.factories import make_annotation, make_article, make_publisher

PAGE = "/admin/articles/importbatch/import/"
FIRST = speech(1)
COPY = file_of(edited(FIRST), "Trade and its foes", "https://gazette.example/a", "The Gazette")


@pytest.fixture
def desk(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def article() -> Article:
    return make_article(
        html=body(FIRST), title="On tariffs", publisher=make_publisher("The Ledger")
    )


def upload(desk: Client, *files: bytes) -> Any:
    data = {"files": [SimpleUploadedFile(f"{at}.md", one) for at, one in enumerate(files)]}
    return desk.post(PAGE, data | {"arrival": "publish"}, follow=True)


def say(desk: Client, page: Any, standing: str) -> Any:
    path = page.request["PATH_INFO"]
    data = {"standing": standing, "near": page.context["near"].key if standing != "ask" else ""}
    return desk.post(f"{path}standing/", data, follow=True)


def send(desk: Client, page: Any, act: str) -> Any:
    form = page.context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}
    fields = {name: fields[name] for name in fields if name not in {"suggested", "checked"}}
    fields["seen"] = page.context["seal"]
    return desk.post(page.request["PATH_INFO"], fields | {"act": act}, follow=True)


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", strip_tags(page.content.decode()))


def test_it_is_shown_beside_the_article_and_not_published_before_a_person_said(
    desk: Client, article: Article
) -> None:
    page = upload(desk, COPY)
    item = ImportItem.objects.get()
    assert (item.outcome, item.nearly) == ("pending", article)
    assert re.fullmatch(r"Nearly the same text as “On tariffs” \(9\d %\)\.", item.reason)
    assert item.document["doubts"] == ["text"]
    said = words(page)
    assert "Publisher The Ledger The Gazette" in said
    assert "3 words inserted" not in said  # those of the introduction are not all
    assert "<ins>" in page.content.decode()
    assert "<del>" in page.content.decode()
    refused = send(desk, page, "publish")
    assert refused.status_code == 422
    assert "Say what it is to that one first" in words(refused)
    assert Article.objects.get() == article
    listed = desk.get(f"/admin/articles/importbatch/{item.batch_id}/items/")
    assert f'href="/admin/articles/article/{article.pk}/change/"' in listed.content.decode()


def test_it_is_that_article_brings_it_in_as_a_version_after_a_look_at_the_notes(
    desk: Client, article: Article, reader: Any
) -> None:
    make_annotation(article, by=reader, words=" ".join(FIRST[30:34]))
    page = say(desk, upload(desk, COPY), "same")
    assert "Before it is recorded" in words(page)
    send(desk, page, "publish")
    assert Article.objects.get().revisions.count() == 2
    assert article.url_aliases.get().url == "https://gazette.example/a"
    upload(desk, COPY)
    assert ImportItem.objects.latest("pk").outcome == "unchanged"


def test_also_published_in_makes_no_article_and_is_known_again(
    desk: Client, article: Article
) -> None:
    say(desk, upload(desk, COPY), "appearance")
    made = Appearance.objects.select_related("publisher").get()
    assert (made.article, made.title, str(made)) == (article, "Trade and its foes", "The Gazette")
    assert (made.url, made.date_text) == ("https://gazette.example/a", "4 February 2012")
    item = ImportItem.objects.get()
    assert (item.outcome, item.article) == ("duplicate", article)
    assert article.url_aliases.get().url == made.url
    changed = COPY.replace(b"Trade and", b"Commerce and").replace(b"reprinted", b"printed")
    upload(desk, COPY, changed)
    assert set(ImportItem.objects.exclude(pk=item.pk).values_list("outcome", "article")) == {
        ("unchanged", article.pk)
    }
    article.refresh_from_db()
    assert (article.title, article.revisions.count()) == ("On tariffs", 1)
    said = words(desk.get(article.get_absolute_url()))
    assert "Also published in: The Gazette, “Trade and its foes”, 4 February 2012" in said


@pytest.mark.parametrize("corrected", [False, True])
def test_an_undo_forgets_the_place_that_the_import_noted_unless_somebody_corrected_it(
    desk: Client, article: Article, editor: Any, *, corrected: bool
) -> None:
    say(desk, upload(desk, COPY), "appearance")
    if corrected:
        Appearance.objects.update(title="Trade and her foes")
    batch = ImportBatch.objects.latest("pk")
    page = words(desk.get(f"/admin/articles/importbatch/{batch.pk}/undo/"))
    assert ("1 further place of publication is forgotten" in page) is not corrected
    undo(batch, reason="The wrong folder.", by=editor)
    assert Appearance.objects.exists() is article.url_aliases.exists() is corrected
    article.refresh_from_db()
    assert (article.state, article.revisions.count()) == ("published", 1)


def test_kept_as_an_article_of_its_own_nobody_is_asked_again(
    desk: Client, article: Article
) -> None:
    page = say(desk, upload(desk, COPY), "own")
    assert "You keep it as an article of its own" in words(page)
    page = say(desk, page, "ask")
    assert "Nearly the same text" in words(page)
    send(desk, say(desk, page, "own"), "publish")
    other = Article.objects.exclude(pk=article.pk).get()
    alike.reckon_owed(10)
    pair = AlikePair.objects.get()
    assert (pair.first, pair.second, pair.apart_at is not None) == (article, other, True)
    upload(desk, COPY)
    assert not ImportItem.objects.filter(outcome="pending").exists()


def test_of_two_copies_in_one_import_the_second_waits(desk: Client) -> None:
    one = file_of(FIRST, "On tariffs", "https://ledger.example/a").replace(b"2012-02-04", b"12-13")
    desk.post(PAGE, {"files": [SimpleUploadedFile("a.md", one), SimpleUploadedFile("b.md", COPY)]})
    first, second = ImportItem.objects.order_by("pk")
    assert (first.nearly_item, second.nearly_item, second.nearly) == (None, first, None)
    assert "“On tariffs” in this import" in second.reason
    address = f"/admin/articles/importbatch/{second.batch_id}/items/{second.pk}/"
    page = desk.get(address)
    assert "Decide about that one first" in words(page)
    desk.post(f"/admin/articles/importbatch/{second.batch_id}/publish/")
    assert Article.objects.count() == 1
    assert desk.get(address).context["near"].article == Article.objects.get()
