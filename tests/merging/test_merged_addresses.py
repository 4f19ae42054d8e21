"""Every address of a merged article leads on, for those who knew of it, and names its own words."""

from typing import Any

import pytest
from django.test import Client

from articles import passages
from articles.models import Article, ArticleSlug
from articles.text import Span
from tests.cast import make_editor, make_user
from tests.factories import make_annotation, make_article, make_revision
from tests.united import HERE, make_two, unite

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def merged(kept_rows: None) -> dict[str, Any]:
    editor, reader = make_editor(), make_user("reader")
    kept, copy = make_two()
    first = copy.revisions.get()
    make_revision(copy, html=first.html.replace("Reprinted", "Printed"))
    gone = make_annotation(copy, by=reader, words="A farewell of the editors", body="Gone.")
    ArticleSlug.objects.create(article=copy, slug="older")
    unite(kept, copy, by=editor)
    draft = make_article(slug="draft", html=HERE, state=Article.State.DRAFT)
    unite(kept, draft, by=editor)
    withdrawn = make_article(slug="withdrawn", html=HERE)
    Article.objects.filter(pk=withdrawn.pk).update(state="withdrawn", withdrawn_reason="Twice.")
    unite(kept, withdrawn, by=editor)
    return {"first": first, "note": gone, "editor": editor, "reader": reader}


def passage(revision: Any, words: str) -> str:
    start = revision.text.index(words)
    span = Span(start, start + len(words))
    return str(passages.address_of(revision.text, revision.number, span))


def test_addresses_of_a_merged_article_lead_to_the_same_of_the_other(
    merged: dict[str, Any], client: Client
) -> None:
    words = passage(merged["first"], "won slowly")
    leads = {
        "/articles/copy/": "/articles/kept/",
        "/articles/older/": "/articles/kept/",
        "/articles/withdrawn/": "/articles/kept/",
        "/articles/copy.txt": "/articles/kept.txt",
        "/articles/copy.txt?revision=2": "/articles/kept.txt?merged=copy&revision=2",
        "/articles/copy/origin/?before=2": "/articles/kept/origin/",
        "/articles/copy/revisions/": "/articles/kept/revisions/#merged-copy",
        "/articles/copy/revisions/1..2/": "/articles/kept/revisions/#merged-copy",
        "/articles/copy/revisions/2/": "/articles/kept/merged/copy/revisions/2/",
        f"/articles/copy/p/{words}": f"/articles/kept/merged/copy/p/{words}",
        "/articles/copy/notes/new/?revision=1&start=0&end=5": "/articles/kept/notes/new/",
        "/articles/copy/p/?revision=1&start=0&end=5": (
            "/articles/kept/p/?merged=copy&revision=1&start=0&end=5"
        ),
    }
    client.force_login(merged["reader"])
    for old, new in leads.items():
        answer = client.get(old)
        assert (answer.status_code, answer.get("Location")) == (301, new), old
    assert client.get("/articles/kept.txt?revision=2&merged=copy").content.startswith(b"Printed")
    link = client.get("/articles/kept/p/?merged=copy&revision=1&start=0&end=9").json()["url"]
    assert "/articles/kept/merged/copy/p/1.0-9." in link
    assert b"you cited" not in client.get(link).content


def test_words_cited_are_followed_into_the_other_text_and_said_to_be_gone(
    merged: dict[str, Any], client: Client
) -> None:
    first = merged["first"]
    below = "/articles/kept/merged/copy/p/"
    stands = client.get(f"{below}{passage(first, 'won slowly')}").content.decode()
    assert ('id="cited"' in stands, "On trust</h1>" in stands) == (True, True)
    changed = client.get(
        f"{below}{passage(first, 'count of the favours any more')}"
    ).content.decode()
    assert "Wording changed on" in changed
    assert "from which you come, into" in changed
    assert 'href="/articles/kept/merged/copy/revisions/1/"' in changed
    gone = client.get(f"{below}{passage(first, 'A farewell')}").content.decode()
    assert "The words you came for are gone" in gone
    assert ("Of trust</h1>" in gone, "revisions/1.." in gone) == (True, False)
    wrong = passage(first, "won slowly")[:-1] + "x"
    assert client.get(f"{below}{wrong}").status_code == 404


def test_a_merged_text_is_read_with_the_notes_that_stood_in_it(
    merged: dict[str, Any], client: Client
) -> None:
    page = client.get("/articles/kept/merged/copy/revisions/2/").content.decode()
    assert "Printed by permission" in page
    assert "Gone." in page
    assert 'rel="canonical" href="http://testserver/articles/kept/"' in page
    assert "data-current" not in page
    now = client.get("/articles/kept/").content.decode()
    assert 'href="/articles/kept/merged/copy/revisions/2/"' in now, "where its words stood"
    assert "See it in revision 2 of “Of trust”, merged since" in now
    answer = client.get(f"/annotations/{merged['note'].pk}/")
    assert "/articles/kept/" in answer.content.decode()


def test_history_and_origin_tell_of_both_and_lists_of_one(
    merged: dict[str, Any], client: Client
) -> None:
    history = client.get("/articles/kept/revisions/").content.decode()
    assert 'id="merged-copy"' in history
    assert "merged/copy/revisions/1/" in history
    origin = client.get("/articles/kept/origin/").content.decode()
    assert 'id="copy-revision-2"' in origin
    for page in (history, origin):
        assert "merged-draft" not in page
        assert "merged-withdrawn" not in page
    for who in (None, merged["reader"], merged["editor"]):
        if who:
            client.force_login(who)
        for address in ("/articles/", "/search/?q=trust", "/search/?q=farewell", "/"):
            assert "Of trust" not in client.get(address).content.decode(), (who, address)
    client.force_login(merged["editor"])
    assert "merged-draft" in client.get("/articles/kept/revisions/").content.decode()


def test_nobody_learns_of_what_they_did_not_know(merged: dict[str, Any], client: Client) -> None:
    below = "/articles/kept/merged"
    hidden = ["/articles/draft/", "/articles/draft.txt", f"{below}/draft/revisions/1/"]
    hidden += [f"{below}/withdrawn/revisions/1/", f"{below}/kept/revisions/1/"]
    hidden += ["/articles/kept.txt?revision=1&merged=draft", f"{below}/none/revisions/1/"]
    for address in hidden:
        assert client.get(address).status_code == 404, address
    client.force_login(merged["editor"])
    assert client.get("/articles/draft/").status_code == 301
    assert client.get(f"{below}/withdrawn/revisions/1/").status_code == 200


def test_a_note_begun_on_the_merged_text_lands_on_its_words(
    merged: dict[str, Any], client: Client
) -> None:
    client.force_login(merged["reader"])
    start = merged["first"].text.index("won slowly")
    span = {"revision": 1, "start": start, "end": start + 10}
    sent = {"body": "Late.", "audience": "public", **span}
    assert client.post("/articles/copy/notes/", sent).status_code == 302
    note = merged["first"].annotations_made.get()
    assert note.article.slug == "kept"
    anchors = list(note.anchors.newest_first().values_list("revision__article__slug", "exact"))
    assert anchors == [(slug, "won slowly") for slug in ("kept", "copy", "copy")]
    assert client.post("/articles/draft/notes/", sent).status_code == 404


def test_a_form_about_the_merged_text_changes_nothing_of_the_other(
    merged: dict[str, Any], client: Client
) -> None:
    client.force_login(merged["editor"])
    kept = Article.objects.get(slug="kept")
    answer = client.post("/articles/copy/revisions/1/restore/", {"reason": "x", "replacing": 1})
    assert (answer.status_code, answer["Location"]) == (302, "/articles/kept/")
    assert kept.revisions.count() == 1
    copy = Article.objects.get(slug="copy")
    assert client.get(f"/admin/articles/article/{copy.pk}/text/").status_code == 404
    page = client.get(f"/admin/articles/article/{copy.pk}/change/")
    assert page["Location"] == f"/admin/articles/article/{kept.pk}/change/"


def test_after_a_further_merging_every_address_leads_to_the_last(
    merged: dict[str, Any], client: Client
) -> None:
    third = make_article(slug="third", title="At last", html=HERE)
    unite(third, Article.objects.get(slug="kept"), by=merged["editor"])
    words = passage(merged["first"], "won slowly")
    leads = {
        "/articles/copy/": "/articles/third/",
        "/articles/older/": "/articles/third/",
        "/articles/copy/revisions/2/": "/articles/third/merged/copy/revisions/2/",
        "/articles/kept/merged/copy/revisions/2/": "/articles/third/merged/copy/revisions/2/",
        f"/articles/kept/merged/copy/p/{words}": f"/articles/third/merged/copy/p/{words}",
        "/articles/kept.txt?revision=2&merged=copy": ("/articles/third.txt?merged=copy&revision=2"),
    }
    for old, new in leads.items():
        answer = client.get(old)
        assert (answer.status_code, answer.get("Location")) == (301, new), old
        assert client.get(new).status_code == 200, new
    history = client.get("/articles/third/revisions/").content.decode()
    assert ('id="merged-copy"' in history, 'id="merged-kept"' in history) == (True, True)
