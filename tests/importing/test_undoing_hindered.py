"""What stands in the way of undoing an import is told, and then nothing is changed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from annotations import placing, writing
from annotations.models import Annotation
from archive import redacting
from archive.hindrances import Prospect, foresee
from archive.undoing import Hindered, undo
from articles import editing, merging
from articles.models import (
    Article,
    FieldOrigin,
    Identifier,
    ImportBatch,
    ImportItem,
    Person,
    Revision,
    UrlAlias,
)
from articles.revisions import record_revision
from articles.text import Span
from tests.cast import make_user
from tests.factories import make_annotation
from tests.undone import DOCUMENT, bring, state_of

pytestmark = pytest.mark.django_db
OTHER = replace(DOCUMENT, html="<p>Tariffs are taxes on imports.</p>", rights="Other rights.")


def told(prospect: Prospect) -> str:
    return " ".join(one.sentence for one in prospect.hindrances)


def refused(batch: ImportBatch, by: Any) -> str:
    """What stands in the way; nothing was changed."""
    before = [state_of(article) for article in Article.objects.order_by("pk")]
    with pytest.raises(Hindered) as hindered:
        undo(batch, reason="No.", by=by)
    assert [state_of(article) for article in Article.objects.order_by("pk")] == before
    batch.refresh_from_db()
    assert batch.state == "done"
    return told(hindered.value.prospect)


def _correct_text(article: Article, editor: Any) -> None:
    editing.correct_text(article, html="<p>Mine.</p>", reason="", by=editor, replacing=1)


def _retitle(article: Article, editor: Any) -> None:
    article.title = "Better"
    editing.save(article, changed=["title"], by=editor)


def _move(article: Article, editor: Any) -> None:
    article.slug = "better"
    editing.save(article, changed=["slug"], by=editor)


def _merge_people(article: Article, editor: Any) -> None:
    kept = Person.objects.create(name="A. Marsh", slug="a-marsh")
    merging.merge(kept, [Person.objects.get(name="Ada Marsh")], by=editor)


def _redact(article: Article, editor: Any) -> None:
    revisions = list(article.revisions.all())
    redacting.redact(
        article, revisions=revisions, phrases=["taxes"], whole=False, reason="Court.", by=editor
    )


ACTS: dict[str, tuple[Callable[[Article, Any], Any], str]] = {
    "a text": (_correct_text, "Its text was corrected since: revision 2."),
    "a field": (_retitle, "Corrected or protected since: Title."),
    "a lock": (
        lambda article, editor: editing.protect(article, ["rights"], by=editor),
        "Corrected or protected since: Rights.",
    ),
    "an address": (_move, "Corrected or protected since: Address."),
    "a merge of names": (_merge_people, "Corrected or protected since: People."),
    "a redaction": (_redact, "Words were removed from its text."),
    "an identifier": (
        lambda article, _: Identifier.objects.create(article=article, scheme="x", value="1"),
        "An identifier or web address was added since.",
    ),
    "another import": (
        lambda _article, _: bring(OTHER),
        "Another import added to it since: tariffs.txt. Undo that one first.",
    ),
    "a deletion": (
        lambda article, _: article.delete(),
        "What “tariffs.txt” became was deleted or merged since.",
    ),
}


@pytest.mark.parametrize(("act", "sentence"), ACTS.values(), ids=ACTS)
def test_what_somebody_did_since_stands_in_the_way(
    editor: Any, act: Callable[[Article, Any], Any], sentence: str
) -> None:
    batch, recorded = bring()
    assert not foresee(batch, editor).hindrances
    act(recorded.article, editor)
    assert sentence in refused(batch, editor)


def test_publishing_naming_and_the_same_file_again_do_not_stand_in_the_way(editor: Any) -> None:
    batch, recorded = bring()
    editing.publish(recorded.article, by=editor)
    merging.rename(Person.objects.get(name="Ada Marsh"), name="A. M.", slug="a-m", by=editor)
    assert bring()[1].outcome == "unchanged"
    assert undo(batch, reason="No.", by=editor).count()["withdrawn"] == 1


def test_of_an_article_that_was_there_only_what_the_import_wrote_counts(editor: Any) -> None:
    first, recorded = bring()
    enriching = bring(replace(DOCUMENT, rights="Other rights."))[0]
    _retitle(recorded.article, editor)
    record_revision(recorded.article, html="<p>Mine.</p>", metadata={}, made_by=editor)
    assert "Its text was corrected since: revision 2." in told(foresee(first, editor))
    undo(enriching, reason="No.", by=editor)
    recorded.article.refresh_from_db()
    assert (recorded.article.title, recorded.article.rights) == ("Better", DOCUMENT.rights)


def test_notes_stand_in_the_way_and_private_ones_are_counted_only(
    client: Client, editor: Any
) -> None:
    batch, recorded = bring(publish=True)
    reader = make_user("reader")
    open_one = make_annotation(recorded.article, by=reader, words="taxes", body="Open words")
    secret = make_annotation(
        recorded.article, by=reader, body="Secret words", tags=("hush",), audience="private"
    )
    assert "2 notes stand on it. 1 is not yours to read." in refused(batch, editor)
    client.force_login(editor)
    page = client.get(f"/admin/articles/importbatch/{batch.pk}/undo/").content.decode()
    assert f"/annotations/{open_one.pk}/" in page
    assert str(secret.pk) not in page
    assert "Secret" not in page
    assert "hush" not in page
    assert "Undo this import</button>" not in page
    reply = make_annotation(open_one, by=make_user("second"))
    for note in (open_one, secret):
        writing.delete(note)
    assert "1 note stands on it." in refused(batch, editor), "a reply below a tombstone lives"
    writing.delete(reply)
    undo(batch, reason="No.", by=editor)


def test_a_note_stands_on_the_text_it_was_made_on_or_placed_on_by_hand(editor: Any) -> None:
    _first, recorded = bring()
    carried = make_annotation(recorded.article, by=editor, words="Tariffs")
    whole = make_annotation(recorded.article, by=editor)
    batch = bring(OTHER)[0]
    second = Revision.objects.get(number=2)
    assert not foresee(batch, editor).hindrances, "carried over, or on the article itself"
    made = make_annotation(second, by=editor, words="imports")
    assert "1 note stands on it." in refused(batch, editor)
    writing.delete(made)
    placing.attach(carried, span=Span(12, 17), revision=2, by=editor)
    assert "1 note stands on it." in refused(batch, editor)
    placing.undo(carried, version=carried.anchors.get(revision=second).versions.get().pk,
                 revision=2, by=editor)  # fmt: skip
    undo(batch, reason="No.", by=editor)
    assert {note.pk for note in Annotation.objects.filter(deleted_at=None)} == {
        carried.pk,
        whole.pk,
    }


def test_a_draft_goes_with_the_tombstones_on_it(editor: Any) -> None:
    batch, recorded = bring()
    note = make_annotation(recorded.article, by=editor, words="taxes")
    for one in (make_annotation(note, by=editor), note):
        writing.delete(one)
    undo(batch, reason="No.", by=editor)
    assert not Article.objects.exists()
    assert not Annotation.objects.exists()


def test_a_batch_that_nothing_is_remembered_of_is_not_undone(editor: Any) -> None:
    batch, _recorded = bring()
    ImportItem.objects.update(before=None)
    assert "came in before imports could be undone" in refused(batch, editor)
    assert FieldOrigin.objects.exists()
    assert UrlAlias.objects.exists()
