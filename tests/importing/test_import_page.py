"""The import page of the admin: files in, a look at each, then a draft or an article."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags

from articles.models import Article, Capture, ImportItem

PAGE = "/admin/articles/importbatch/import/"
SEED = (
    b"On tariffs\n\nWho pays for them, and who says so.\n\npublished by\nThe Ledger\n"
    b" on February 4, 2012\n\nTariffs are taxes, and they are paid at home.\n\n"
    b"A second paragraph says so again, at length.\n\n"
    b"This article originally appeared in The Ledger.\n"
)


@pytest.fixture
def desk(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def upload(desk: Client, *files: tuple[str, bytes]) -> Any:
    data = {"files": [SimpleUploadedFile(name, content) for name, content in files]}
    return desk.post(PAGE, data, follow=True)


def fields_of(response: Any) -> dict[str, Any]:
    """What a browser would send back untouched."""
    form = response.context["form"]
    return {
        name: form[name].value() or ""
        for name in form.fields
        if name not in {"suggested", "checked"}
    }


def send(desk: Client, response: Any, act: str, **changes: Any) -> Any:
    return desk.post(
        response.request["PATH_INFO"], fields_of(response) | changes | {"act": act}, follow=True
    )


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def test_it_is_for_editors_alone_and_linked_from_their_start_page(
    client: Client, reader: Any, editor: Any
) -> None:
    client.force_login(reader)
    assert client.get(PAGE).status_code in {302, 403}
    client.force_login(editor)
    assert f'href="{PAGE}">Import articles</a>' in client.get("/admin/").content.decode()
    page = client.get(PAGE).content.decode()
    assert '<label for="id_files">Files</label>' in page
    assert 'value="Preview"' in page


def test_a_single_file_opens_its_preview(desk: Client) -> None:
    response = upload(desk, ("tariffs.txt", SEED))
    said = words(response)
    assert "2 paragraphs, 17 words, language unknown; 1 sentence set aside as rights." in said
    assert "This is a new article." in said
    assert "Stated · from line" in said
    assert fields_of(response)["date"] == "2012-02-04"
    assert not Article.objects.exists()
    assert Capture.objects.get().size == len(SEED)


def test_the_original_is_shown_as_letters_or_in_a_frame_and_never_as_markup(desk: Client) -> None:
    text = upload(desk, ("t.txt", SEED.replace(b"at home", b"<script>at home</script>")))
    assert "&lt;script&gt;at home&lt;/script&gt;" in text.content.decode()
    page = b"<html><body><h1>T</h1><p>Words enough for a text.<script>alert(1)</script></p></body>"
    response = upload(desk, ("page.html", page))
    shown = response.content.decode()
    assert "alert(1)" not in shown
    address = f"/admin/articles/capture/{Capture.objects.latest('pk').pk}/original/"
    assert re.search(f'<iframe src="{address}" sandbox="allow-same-origin"', shown)
    assert "frame-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(("act", "state"), [("draft", "draft"), ("publish", "published")])
def test_what_was_looked_at_becomes_an_article(desk: Client, act: str, state: str) -> None:
    response = send(desk, upload(desk, ("tariffs.txt", SEED)), act)
    article = Article.objects.get()
    assert response.redirect_chain[-1][0] == f"/articles/{article.slug}/"
    assert (article.title, article.state) == ("On tariffs", state)
    assert article.standfirst == "Who pays for them, and who says so."
    assert str(article.publisher) == "The Ledger"
    assert not article.field_origins.filter(locked=True).exists()
    item = ImportItem.objects.get()
    assert (item.outcome, item.article, item.document) == ("new", article, None)


def test_what_the_editor_changed_is_kept_and_protected(desk: Client, editor: Any) -> None:
    changes = {
        "title": "On tariffs, again",
        "people": "Ada Marsh\nBen Oke (translator)",
        "date": "4 February 2012",  # the same in other words: no change
        "tags": 'trade, "taxes, and duties"',
        "text": "<p>New words.</p>\r\n<script>alert(1)</script><p onclick=x>More.</p>",
    }
    send(desk, upload(desk, ("tariffs.txt", SEED)), "draft", **changes)
    article = Article.objects.get()
    assert [(a.person.name, a.role) for a in article.authorships.all()] == [
        ("Ada Marsh", "author"),
        ("Ben Oke", "translator"),
    ]
    assert sorted(article.tags.names()) == ["taxes, and duties", "trade"]
    assert article.revisions.get().html == "<p>New words.</p>\n<p>More.</p>"
    protected = article.field_origins.filter(locked=True, locked_by=editor)
    assert sorted(protected.values_list("field", flat=True)) == ["people", "tags", "text", "title"]
    again = upload(desk, ("tariffs.txt", SEED))
    assert "Nothing would change. Protected, so not overwritten: Title, Text." in words(again)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": " "}, "This field is required."),
        ({"date": "04/02/2012"}, "Write a day as 2012-02-04"),
        ({"period": "19th century"}, "A period stands where no date is known"),
        ({"people": "Ada (illustrator)"}, "“Ada (illustrator)”"),
        ({"language": "english!"}, "A language is a tag such as en"),
        ({"source_url": "not an address"}, "Enter a valid URL."),
        ({"text": "<script>1</script>"}, "Nothing readable is left"),
        ({"tags": "x" * 101}, "at most 100 characters"),
        ({"kind": "sonnet"}, "Select a valid choice."),
    ],
)
def test_a_bad_value_is_told_and_nothing_is_lost(
    desk: Client, changes: dict[str, str], message: str
) -> None:
    standfirst = "What the editor wrote."
    preview = upload(desk, ("tariffs.txt", SEED))
    response = send(desk, preview, "publish", **{"standfirst": standfirst, **changes})
    assert response.status_code == 422
    assert message in words(response)
    assert fields_of(response)["standfirst"] == standfirst
    assert not Article.objects.exists()


def test_show_again_shows_the_edited_text_and_keeps_nothing(desk: Client) -> None:
    response = send(desk, upload(desk, ("t.txt", SEED)), "look", text="<h2>Head</h2><p>New.</p>")
    assert response.context["body"] == "<h2>Head</h2>\n<p>New.</p>"
    assert "2 paragraphs, 2 words" in words(response)
    assert ImportItem.objects.get().outcome == "pending"


def test_a_document_is_decided_once(desk: Client) -> None:
    preview = upload(desk, ("tariffs.txt", SEED))
    send(desk, preview, "draft")
    response = send(desk, preview, "publish")
    assert "This was decided already: New." in words(response)
    assert Article.objects.get().state == "draft"


def test_neither_a_file_nor_a_link_is_told(desk: Client) -> None:
    response = desk.post(PAGE, {"links": " \n"})
    assert response.status_code == 422
    assert "Choose files, or paste links." in words(response)
