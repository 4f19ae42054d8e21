"""Merging while others are at work, with real connections: one after the other, nothing is lost."""

from typing import Any

import pytest
from django.db import transaction

from annotations import placing, writing
from annotations.models import Annotation
from archive import uniting
from articles.access import ArticleMerged
from articles.models import Article, Revision
from articles.revisions import record_revision
from tests.cast import make_editor, make_user
from tests.factories import make_annotation
from tests.meanwhile import Meanwhile
from tests.united import THERE, make_two, unite

pytestmark = pytest.mark.django_db(transaction=True)


def merging(act: Any) -> tuple[Any, Any]:
    """The two, merged while ``act`` is done on another connection; and what came of that."""
    editor, (kept, copy) = make_editor(), make_two()
    act = act(copy)
    with transaction.atomic():
        unite(kept, copy, by=editor)
        at_once = Meanwhile(act)
        assert at_once.waits(), "it waits for the merge"
    return kept, at_once.ended()


def stands(note: Annotation) -> str:
    return note.anchors.get(revision__superseded_at=None, revision__article__slug="kept").exact


def test_a_note_and_a_whole_note_written_meanwhile_come_to_stand_on_the_other() -> None:
    someone = make_user("someone")

    def act(copy: Article) -> Any:
        return lambda: [
            make_annotation(copy.revisions.get(), by=someone, words="won slowly"),
            make_annotation(copy, by=someone),
        ]

    kept, error = merging(act)
    assert error is None
    assert set(Annotation.objects.values_list("article", flat=True)) == {kept.pk}
    assert stands(Annotation.objects.exclude(selectors=[]).get()) == "won slowly"


def test_a_reply_and_an_edit_meanwhile_follow_the_thread() -> None:
    someone = make_user("someone")

    def act(copy: Article) -> Any:
        note = make_annotation(copy, by=someone, words="won slowly")

        def answer() -> None:
            writing.reply(to=note, by=someone, body="Yes.")
            writing.edit(note, version=1, body="Better.", tags=[], audience="public")

        return answer

    kept, error = merging(act)
    assert error is None
    assert set(Annotation.objects.values_list("body", "article")) == {
        ("Better.", kept.pk),
        ("Yes.", kept.pk),
    }


def test_a_correction_and_a_decision_of_the_merged_text_meanwhile_are_told() -> None:
    someone = make_user("someone")

    def correct(copy: Article) -> Any:
        return lambda: record_revision(copy, html=f"{THERE}\n<p>More.</p>", metadata={})

    kept, error = merging(correct)
    assert isinstance(error, ArticleMerged)
    assert not Revision.objects.filter(article__slug="copy", superseded_at=None).exists()
    copy = Article.objects.exclude(pk=kept.pk).get()
    note = make_annotation(copy.revisions.get(), by=someone, words="won slowly")
    record_revision(kept, html=THERE, metadata={})
    with pytest.raises(placing.TextChanged):
        placing.accept(note, revision=1, by=someone)


def test_a_note_not_saved_yet_is_waited_for() -> None:
    editor, someone, (kept, copy) = make_editor(), make_user("someone"), make_two()
    with transaction.atomic():
        note = make_annotation(copy, by=someone, words="won slowly")
        uniting_them = Meanwhile(lambda: unite(kept, copy, by=editor))
        assert uniting_them.waits(), "it waits for the note"
    assert isinstance(uniting_them.ended(), uniting.Stale)
    unite(kept, copy, by=editor)
    assert stands(note) == "won slowly"


def test_of_two_mergings_the_second_is_told() -> None:
    editor, (kept, copy) = make_editor(), make_two()
    with transaction.atomic():
        unite(kept, copy, by=editor)
        other_way = Meanwhile(lambda: unite(copy, kept, by=editor))
        assert other_way.waits(), "it waits for the first"
    assert isinstance(other_way.ended(), uniting.Hindered)
    assert Article.objects.get(state="merged").slug == "copy"
