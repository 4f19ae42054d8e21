"""What a new revision does to the notes of an article, in the database."""

import pytest

from annotations.models import Anchor
from articles import revisions
from articles.models import Revision
from tests.factories import make_annotation, make_article, make_revision

FIRST = "<p>Trust is won slowly and lost at once.</p>\n<p>Nobody keeps count of the favours</p>"
TYPO = "<p>Trust is won very slowly and lost at once.</p>\n<p>Nobody keeps count of the favours</p>"
CUT = "<p>Trust is won slowly and lost at once.</p>\n<p>Something altogether different.</p>"


@pytest.fixture
def article(db):
    return make_article(slug="on-trust", html=FIRST)


@pytest.fixture
def note(article, reader):
    return make_annotation(article, by=reader, words="keeps count of the favours")


def anchors(note) -> list[str]:
    return list(note.anchors.order_by("revision__number").values_list("state", flat=True))


def test_a_correction_elsewhere_shifts_a_note_and_keeps_its_words(article, note):
    revision = make_revision(article, html=TYPO)
    anchor = note.anchors.get(revision=revision)
    assert anchor.state == "shifted"
    assert revision.text[anchor.start : anchor.end] == "keeps count of the favours" == anchor.exact
    assert anchor.from_revision.number == 1
    assert anchor.algorithm


def test_the_first_anchor_and_the_selectors_are_never_touched(article, note):
    selectors, before = note.selectors, Anchor.objects.values().get()
    make_revision(article, html=TYPO)
    note.refresh_from_db()
    assert note.selectors == selectors
    assert Anchor.objects.filter(pk=before["id"]).values().get() == before


def test_words_that_are_gone_are_told_and_come_back_with_a_revert(client, article, note):
    make_revision(article, html=CUT)
    assert anchors(note) == ["unchanged", "orphaned"]
    page = client.get("/articles/on-trust/").content.decode()
    assert "Notes whose words are gone (1)" in page
    assert "keeps count of the favours" in page
    assert "See it in revision 1" in page
    make_revision(article, html=FIRST)
    assert anchors(note) == ["unchanged", "orphaned", "unchanged"]
    assert "Notes whose words are gone" not in client.get("/articles/on-trust/").content.decode()


def test_changed_words_are_shown_as_noted_and_as_now(client, article, reader):
    words = "Trust is won slowly and lost at once"
    note = make_annotation(article, by=reader, words=words)
    make_revision(article, html=TYPO)
    assert anchors(note) == ["unchanged", "changed"]
    page = client.get("/articles/on-trust/").content.decode()
    assert "As noted" in page
    assert 'data-state="changed"' in page
    make_revision(article, html=TYPO.replace("favours", "favours, ever"))
    assert anchors(note)[-1] == "changed", "a later correction elsewhere does not hide the change"


def test_whole_article_notes_and_replies_need_no_anchor(article, reader):
    note = make_annotation(article, by=reader)
    make_annotation(note, by=reader)
    make_revision(article, html=TYPO)
    assert not Anchor.objects.exists()


def test_a_revision_that_fails_to_carry_its_notes_is_not_recorded(article, note, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the power is gone")

    monkeypatch.setattr("annotations.reanchoring.carry", fail)
    with pytest.raises(RuntimeError):
        revisions.record_revision(article, html=TYPO, metadata={})
    assert Revision.objects.get().is_current
    assert anchors(note) == ["unchanged"]


def test_carrying_sixty_notes_costs_as_many_queries_as_two(reader, count_queries):
    def recorded(notes: int) -> int:
        article = make_article(html=FIRST)
        for _ in range(notes):
            make_annotation(article, by=reader, words="favours")
        return count_queries(revisions.record_revision, article, html=TYPO, metadata={})

    assert recorded(2) == recorded(60)
