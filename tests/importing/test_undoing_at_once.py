"""Undoing while others are at work, with real connections: the second is told, nothing is lost."""

import pytest
from django.db import transaction

from annotations.models import Annotation
from archive.undoing import AlreadyUndone, Hindered, undo
from articles.importing import batches, turns
from articles.importing.document import ImportRefused
from articles.models import Article, ImportBatch, ImportSource, Person
from tests.cast import make_editor
from tests.factories import make_annotation
from tests.meanwhile import Meanwhile
from tests.undone import bring

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_editors_the_second_is_told() -> None:
    editor, (batch, _recorded) = make_editor(), bring()
    with transaction.atomic():
        undo(batch, reason="First.", by=editor)
        second = Meanwhile(lambda: undo(batch, reason="Second.", by=editor))
        assert second.waits(), "it waits for the first"
    assert isinstance(second.ended(), AlreadyUndone)
    assert not Article.objects.exists()


def test_a_note_saved_meanwhile_is_seen() -> None:
    editor, (batch, recorded) = make_editor(), bring(publish=True)
    with transaction.atomic():
        make_annotation(recorded.article, by=editor, words="taxes")
        undoing = Meanwhile(lambda: undo(batch, reason="No.", by=editor))
        assert undoing.waits(), "it waits for the note"
    assert isinstance(undoing.ended(), Hindered)
    assert Article.objects.get().state == "published"


def test_a_note_on_a_whole_draft_saved_meanwhile_is_not_lost() -> None:
    editor, (batch, recorded) = make_editor(), bring()
    with transaction.atomic():
        make_annotation(recorded.article, by=editor)
        undoing = Meanwhile(lambda: undo(batch, reason="No.", by=editor))
        assert undoing.waits()
    assert isinstance(undoing.ended(), Hindered)
    assert (Article.objects.count(), Annotation.objects.count()) == (1, 1)


def test_an_import_of_the_same_waits_and_makes_it_anew() -> None:
    editor, (batch, first) = make_editor(), bring()
    with transaction.atomic():
        undo(batch, reason="No.", by=editor)
        again = Meanwhile(bring)
        assert again.waits(), "it waits for the undo"
    assert again.ended() is None
    assert Article.objects.get().pk != first.article.pk
    assert Person.objects.count() == 2


def test_a_document_at_hand_is_undone_with_the_rest_and_none_follows() -> None:
    editor, batch = make_editor(), ImportBatch.objects.create(state="running")
    with transaction.atomic():
        bring(batch=batch)
        undoing = Meanwhile(lambda: undo(batch, reason="No.", by=editor))
        assert undoing.waits(), "it waits for the document"
    assert undoing.ended() is None
    assert not Article.objects.exists()
    with pytest.raises(ImportRefused, match="undone"):
        bring(batch=batch)
    with pytest.raises(turns.BatchUndone), transaction.atomic():
        turns.import_into(batch.pk)
    batches.read(batch)
    assert not ImportSource.objects.exists()
    assert batch.state == "undone"
