"""Editors see both articles and what each way does, then merge; whoever else may not."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from archive import telling
from articles.importing import alike
from articles.models import AlikePair, Article, Revision
from tests.copies import body, edited, speech
from tests.factories import make_annotation, make_article, make_publisher, make_revision
from tests.united import THERE, make_two, unite

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


def address(*articles: Article) -> str:
    return f"{LIST}merge/?ids={','.join(str(one.pk) for one in articles)}"


def test_the_list_of_articles_and_a_likely_pair_lead_to_the_page(
    client: Client, editor: Any
) -> None:
    one = make_article(html=body(speech(1)))
    other = make_article(html=body(edited(speech(1))))
    client.force_login(editor)
    sent = {"action": "merge_two", "_selected_action": [other.pk, one.pk]}
    assert client.post(LIST, sent)["Location"] == address(one, other)
    alike.reckon_owed(10)
    pair = client.get(f"{LIST}alike/{AlikePair.objects.get().pk}/").content.decode()
    assert f'href="{address(one, other)}"' in pair


def test_numbers_are_told_for_either_way_then_the_chosen_one_is_done(
    client: Client, editor: Any, reader: Any
) -> None:
    kept, copy = make_two(standfirst="In short.", publisher=make_publisher("The Herald"))
    for words in ("won slowly", "count of the favours any more", "A farewell"):
        make_annotation(copy, by=reader, words=words)
    make_annotation(copy, by=reader, words="won slowly", audience="private", body="Mine.")
    client.force_login(editor)
    page = client.get(address(kept, copy)).content.decode()
    assert "Of 3 notes: 1 stays, 1 changes, 1 loses its words" in page
    assert "No note stands on words that this concerns." in page
    assert "takes from the other one what it lacks: Standfirst" in page
    assert "Also published in:" in page
    assert "The Herald" in page
    assert "cannot be undone" in page
    assert "Mine." not in page
    seal = client.get(address(kept, copy)).context["seal"]
    sent = {"keep": kept.pk, "seen": seal, "reason": ""}
    assert client.post(address(kept, copy), sent).status_code == 422
    done = client.post(address(kept, copy), sent | {"reason": "One op-ed."}, follow=True)
    assert done.redirect_chain == [("/articles/kept/", 302)]
    assert "is merged into" in done.content.decode()
    entry = LogEntry.objects.get()
    assert "merged the article “Of trust” into" in telling.sentence(entry)
    assert (entry.user, telling.reason(entry)) == (editor, "One op-ed.")
    assert client.get(address(kept, copy))["Location"] == LIST
    rows = client.get(LIST).content.decode()
    assert ("On trust" in rows, "Of trust" in rows) == (True, False)
    assert "Of trust" in client.get(f"{LIST}?state__exact=merged").content.decode()


def test_a_stale_page_is_shown_again_and_a_way_that_is_barred_says_why(
    client: Client, editor: Any, reader: Any
) -> None:
    kept, copy = make_two()
    client.force_login(editor)
    seal = client.get(address(kept, copy)).context["seal"]
    sent = {"keep": kept.pk, "seen": seal, "reason": "One."}
    make_annotation(copy, by=reader, words="won slowly")
    again = client.post(address(kept, copy), sent)
    assert again.status_code == 412
    assert "have changed since you looked" in again.content.decode()
    sent["seen"] = again.context["seal"]
    Article.objects.filter(pk=kept.pk).update(state="withdrawn", withdrawn_reason="No.")
    barred = client.post(address(kept, copy), sent)
    assert barred.status_code == 409
    assert "“On trust” is withdrawn. Publish it again first" in barred.content.decode()
    assert not Article.objects.filter(state="merged").exists()
    assert client.post(address(kept, copy), {**sent, "keep": 0}).status_code == 422
    for ids in (f"{kept.pk}", f"{kept.pk},{kept.pk}", "x", f"{kept.pk},999999"):
        assert client.get(f"{LIST}merge/?ids={ids}")["Location"] == LIST


def test_only_editors_merge(client: Client, reader: Any) -> None:
    kept, copy = make_two()
    assert client.post(address(kept, copy), {"keep": kept.pk}).status_code == 302
    client.force_login(reader)
    client.post(address(kept, copy), {"keep": kept.pk, "reason": "x"})
    assert not Article.objects.filter(state="merged").exists()


def test_a_merged_article_has_no_current_text_and_gets_none(editor: Any) -> None:
    kept, copy = make_two()
    unite(kept, copy, by=editor)
    copy.refresh_from_db()
    with pytest.raises(Exception, match="copy is now kept"):
        make_revision(copy, html=THERE)
    assert not copy.revisions.filter(superseded_at=None).exists()
    assert Revision.objects.filter(superseded_at=None).count() == 1
    assert (copy.state, copy.published_at is not None) == ("merged", True)


def test_the_page_costs_as_many_queries_with_many_notes(
    client: Client, editor: Any, reader: Any, count_queries: Any
) -> None:
    kept, copy = make_two()
    client.force_login(editor)
    make_annotation(copy, by=reader, words="won slowly")
    client.get(address(kept, copy))
    few = count_queries(client.get, address(kept, copy))
    for _ in range(3):
        make_annotation(copy, by=reader, words="won slowly")
    assert count_queries(client.get, address(kept, copy)) == few


def test_lists_of_notes_and_forms_about_their_words_know_the_article_they_came_to(
    client: Client, editor: Any, reader: Any
) -> None:
    kept, copy = make_two()
    note = make_annotation(copy, by=reader, words="count of the favours any more")
    client.force_login(reader)
    begun = {"act": "gone", "revision": 1, "anchor": note.anchors.get().pk}
    unite(kept, copy, by=editor)
    mine = client.get("/annotations/mine/?article=copy").content.decode()
    assert "Remove article: On trust" in mine
    assert f"/annotations/{note.pk}/" in mine
    stale = client.post(f"/annotations/{note.pk}/words/", begun)
    assert stale.status_code == 412
    now = note.anchors.get(revision__superseded_at=None)
    assert (now.state, now.revision.number) == ("changed", 1)
    page = client.get(f"/annotations/{note.pk}/words/").content.decode()
    assert "of “Of trust”, merged since" in page
    assert client.post(f"/annotations/{note.pk}/words/", begun | {"anchor": now.pk})
    assert note.anchors.get(revision__superseded_at=None).state == "orphaned"
