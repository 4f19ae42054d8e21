"""What somebody tried against the notes, and what must hold."""

import pytest

from annotations import writing
from annotations.markdown import render
from annotations.models import Annotation, Audience
from articles.models import ArticleSlug
from tests.factories import make_annotation, make_article


def test_nobody_makes_anothers_reply_private(reader, second, editor):
    root = make_annotation(make_article(), by=reader)
    own = make_annotation(root, by=second)
    below = make_annotation(make_annotation(own, by=second), by=editor)
    with pytest.raises(writing.AudienceFixed):
        writing.edit(own, version=1, body="x", tags=[], audience=Audience.PRIVATE)
    below.refresh_from_db()
    assert below.audience == Audience.PUBLIC


def test_a_short_note_does_not_grow_into_a_long_page():
    source = "[a]: https://example.org/" + "x" * 9000 + "\n\n" + "[a]" * 3600
    assert len(render(source)) < 3 * len(source)


def test_a_preview_is_for_those_who_write(client, reader):
    assert client.post("/annotations/preview/", {"body": "*x*"}).status_code == 302
    client.force_login(reader)
    assert b"<em>x</em>" in client.post("/annotations/preview/", {"body": "*x*"}).content


def test_other_words_under_a_used_number_are_not_lost(client, reader):
    make_article(slug="on-trust")
    client.force_login(reader)
    sent = {
        "whole": "1",
        "audience": "private",
        "submission": "0b5c8a52-6f0e-4f0c-9d1e-3a2b1c0d9e8f",
    }
    for body in ("One", "One"):
        client.post("/articles/on-trust/notes/", {**sent, "body": body})
    answer = client.post("/articles/on-trust/notes/", {**sent, "body": "Two"})
    assert "Two" in answer.content.decode()  # the form comes back with them
    assert list(Annotation.objects.values_list("body", flat=True)) == ["One"]
    assert sent["submission"] not in answer.content.decode()


@pytest.mark.parametrize("slug", ["art", "articles", "notes"])
def test_a_former_slug_redirects_whatever_it_is_and_keeps_what_is_sent(client, reader, slug):
    article = make_article(slug="on-trust")
    ArticleSlug.objects.create(article=article, slug=slug)
    response = client.get(f"/articles/{slug}/")
    assert (response.status_code, response.headers["Location"]) == (301, "/articles/on-trust/")
    client.force_login(reader)
    response = client.post(f"/articles/{slug}/notes/", {"whole": "1", "body": "x"})
    assert (response.status_code, response.headers["Location"]) == (
        308,
        "/articles/on-trust/notes/",
    )


@pytest.mark.parametrize(
    "url",
    [
        "/articles/?tag=%00",
        "/annotations/tags/?q=%00",
        f"/articles/on-trust.txt?revision={'9' * 5000}",
        f"/articles/on-trust/revisions/?before={'9' * 5000}",
        f"/articles/on-trust/notes/new/?paragraph={'9' * 5000}&start={'9' * 5000}",
    ],
)
def test_odd_addresses_are_answered(client, reader, url):
    make_article(slug="on-trust")
    client.force_login(reader)
    assert client.get(url).status_code in (200, 404)
