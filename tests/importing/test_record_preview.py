"""Records in the admin: what is known, that there is no text, and which article it is about."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Article, ImportItem
from tests.factories import make_article
from tests.importing.test_import_page import PAGE, fields_of, send, upload, words

RIS = (
    b"TY  - NEWS\nTI  - On tariffs\nAU  - Marsh, Ada\nPY  - 2012/02/04/\nT2  - The Ledger\n"
    b"UR  - https://ledger.example/on-tariffs\nER  - \n"
)
TWO = RIS + RIS.replace(b"tariffs", b"trust")


@pytest.fixture
def desk(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def shown(desk: Client, raw: bytes = RIS) -> Any:
    return upload(desk, ("library.ris", raw))


def known(**fields: Any) -> Article:
    return make_article(
        title="On tariffs", published_on="2012-02-04", date_precision="day", **fields
    )


def test_it_shows_the_fields_and_says_that_there_is_no_text(desk: Client) -> None:
    response = shown(desk)
    said = words(response)
    assert "It has no text: this is a record of a work, whose text is elsewhere." in said
    assert "This is a new article." in said
    assert "There is no text to read yet." in said
    fields = fields_of(response)
    assert (fields["title"], fields["people"]) == ("On tariffs", "Ada Marsh")
    assert (fields["publication"], fields["date"]) == ("The Ledger", "2012-02-04")
    page = response.content.decode()
    assert "TY  - NEWS" in page
    assert 'value="draft"' in page
    assert 'value="publish"' not in page


@pytest.mark.parametrize("act", ["draft", "publish"])
def test_it_is_saved_as_a_draft_whatever_is_asked(desk: Client, act: str) -> None:
    response = send(desk, shown(desk), act)
    article = Article.objects.get()
    assert (article.state, article.revisions.count()) == ("draft", 0)
    assert "“On tariffs” is saved as a draft." in words(response)
    assert ("It has no text, so it stays a draft." in words(response)) == (act == "publish")


def test_it_names_the_article_it_is_about_and_what_would_change(desk: Client) -> None:
    article = known()
    response = shown(desk)
    assert "This is in the archive as “On tariffs”. What changes: People, Publication" in words(
        response
    )
    assert f"/admin/articles/article/{article.pk}/change/" in response.content.decode()
    assert "Save changes" in response.content.decode()
    send(desk, response, "publish")
    article.refresh_from_db()
    assert (article.publication, article.state) == ("The Ledger", "published")
    assert article.revisions.count() == 1


def test_a_draft_with_a_text_can_be_published_by_it(desk: Client) -> None:
    known(state="draft")
    response = shown(desk)
    assert 'value="publish"' in response.content.decode()
    send(desk, response, "publish")
    assert Article.objects.get().state == "published"


def test_what_cannot_be_told_is_said_and_nothing_is_lost(desk: Client) -> None:
    known()
    known()
    response = shown(desk)
    assert "It could be any of these: “On tariffs”" in words(response)
    assert send(desk, response, "draft").status_code == 422
    assert ImportItem.objects.get().outcome == "pending"


def test_a_text_pasted_at_the_preview_makes_it_an_article(desk: Client) -> None:
    send(desk, shown(desk), "publish", text="<p>Tariffs are taxes.</p>")
    article = Article.objects.get()
    assert (article.state, article.revisions.get().text) == ("published", "Tariffs are taxes.")


def test_all_records_of_a_file_are_saved_as_drafts_at_once(desk: Client) -> None:
    response = shown(desk, TWO)
    assert "Save the 2 without doubts as drafts" in response.content.decode()
    address = f"/admin/articles/importbatch/{ImportItem.objects.first().batch_id}/publish/"
    said = words(desk.post(address, follow=True))
    assert "2 have no text, and are saved as drafts." in said
    assert set(Article.objects.values_list("title", "state")) == {
        ("On tariffs", "draft"),
        ("On trust", "draft"),
    }


def test_the_text_of_a_known_record_waits_for_no_look(desk: Client) -> None:
    send(desk, shown(desk), "draft")
    text = b"On tariffs\n\npublished by\nThe Ledger\n on February 4, 2012\n\nTariffs are taxes.\n"
    data = {"files": [SimpleUploadedFile("tariffs.txt", text)]}
    response = desk.post(PAGE, data, follow=True)
    assert "This is in the archive as “On tariffs”. What changes:" in words(response)
    send(desk, response, "publish")
    assert Article.objects.get().revisions.get().number == 1
