"""Merging two articles loses no note, puts none on other words, and shows none to anybody new."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from annotations import access, moderation, placing, writing
from annotations.models import Anchor, Annotation
from archive import fates, uniting
from articles import editing
from articles.models import Article, Revision
from articles.text import sha256_of
from tests.factories import make_annotation, make_article, make_group, make_revision
from tests.united import make_two, unite

pytestmark = pytest.mark.django_db
FAREWELL = "A farewell of the editors"


def stands(note: Annotation) -> tuple[str, str]:
    anchor = note.anchors.get(revision__superseded_at=None)
    return anchor.state, anchor.exact


def test_notes_find_their_words_or_say_that_they_are_gone(reader: Any, editor: Any) -> None:
    kept, copy = make_two()
    own = make_annotation(kept, by=reader, words="lost at once")
    same = make_annotation(copy, by=reader, words="won slowly")
    changed = make_annotation(copy, by=reader, words="count of the favours any more")
    gone = make_annotation(copy, by=reader, words=FAREWELL)
    whole = make_annotation(copy, by=reader)
    unite(kept, copy, by=editor)
    notes = [own, same, changed, gone, whole]
    assert set(Annotation.objects.values_list("pk", "article")) == {
        (one.pk, kept.pk) for one in notes
    }
    assert stands(own) == ("unchanged", "lost at once")
    assert stands(same) == ("shifted", "won slowly")
    assert stands(changed) == ("changed", "count of the favours")
    assert stands(gone) == ("orphaned", FAREWELL)
    assert not whole.anchors.exists()
    former = gone.anchors.get(revision__article=copy)
    assert (former.state, former.exact) == ("unchanged", FAREWELL)
    assert gone.anchors.get(revision__article=kept).from_revision == former.revision


def test_every_kind_of_note_comes_along_and_is_read_by_whom_it_was(
    reader: Any, second: Any, stranger: Any, editor: Any
) -> None:
    kept, copy = make_two()
    circle = make_group(reader, second)
    made = {"words": "won slowly", "by": reader}
    public = make_annotation(copy, **made, tags=["trust"])
    notes = [
        public,
        make_annotation(copy, **made, audience="private"),
        make_annotation(copy, **made, audience="group", group=circle),
        make_annotation(copy, **made, body="Hidden."),
        make_annotation(public, by=second),
        writing.reply(to=public, by=second, body="For me.", only_me=True),
        make_annotation(copy, **made, body="Deleted."),
    ]
    moderation.hide(notes[3], reason="It insults.", by=editor)
    make_annotation(notes[6], by=second)
    writing.delete(notes[6])
    people = [reader, second, stranger, editor]

    def seen() -> list[set]:
        readable = [access.visible(one, whoever_deleted=True) for one in people]
        return [set(notes.values_list("pk", flat=True)) for notes in readable]

    before, said = seen(), list(Annotation.objects.order_by("pk").values_list("body", "audience"))
    assert len({frozenset(one) for one in before}) > 2
    unite(kept, copy, by=editor)
    assert seen() == before
    assert list(Annotation.objects.order_by("pk").values_list("body", "audience")) == said
    assert set(Annotation.objects.values_list("article", flat=True)) == {kept.pk}
    assert list(public.tags.names()) == ["trust"]


def test_words_that_come_back_are_found_and_a_chain_of_mergings_is_one(
    reader: Any, editor: Any
) -> None:
    kept, copy = make_two()
    note = make_annotation(copy, by=reader, words=FAREWELL)
    unite(kept, copy, by=editor)
    make_revision(kept, html="<p>Trust is won slowly.</p>")
    assert stands(note)[0] == "orphaned"
    html = "<p>Trust is won slowly and lost at once.</p>\n<p>A farewell of the editors.</p>"
    third = make_article(slug="third", html=html)
    unite(third, kept, by=editor)
    assert stands(note)[1] == FAREWELL
    assert {one.merged_into_id for one in Article.objects.exclude(pk=third.pk)} == {third.pk}
    assert note.anchors.count() == 4
    newest = [one.revision.article.slug for one in note.anchors.newest_first()]
    assert newest == ["third", "kept", "kept", "copy"]
    assert {one.pk for one in note.anchors.up_to(kept.revisions.get(number=2))} == set(
        note.anchors.exclude(revision__article=third).values_list("pk", flat=True)
    )


def test_a_note_placed_by_hand_and_called_gone_remembers_the_text_it_came_from(
    reader: Any, editor: Any
) -> None:
    kept, copy = make_two()
    note = make_annotation(copy, by=reader, words="count of the favours any more")
    unite(kept, copy, by=editor)
    note.refresh_from_db()
    placing.call_gone(note, revision=1, by=reader)
    assert stands(note) == ("orphaned", "count of the favours any more")


def test_words_are_gone_since_the_merging_and_not_since_the_text_was_made(
    reader: Any, editor: Any
) -> None:
    _spare, copy = make_two()
    made_at = datetime(2012, 2, 4, tzinfo=UTC)
    kept, text = make_article(html=None), "Another text."
    facts = {"html": f"<p>{text}</p>", "text": text, "sha256": sha256_of(text)}
    long_ago = Revision.objects.create(article=kept, number=1, made_at=made_at, **facts)
    editing.publish(kept, by=editor)
    note = make_annotation(copy, by=reader, words=FAREWELL)
    unite(kept, copy, by=editor)
    copy.refresh_from_db()
    told = fates.since(long_ago, note.anchors.filter(revision=long_ago))
    assert told[note.pk].changed_on == copy.merged_at


@pytest.mark.parametrize(
    ("of_kept", "of_copy", "told"),
    [
        ("withdrawn", "published", "is withdrawn"),
        ("draft", "published", "is a draft"),
        ("published", "draft", "hidden from readers"),
        ("published", "withdrawn", "hidden from readers"),
    ],
)
def test_no_note_is_shown_to_new_eyes_and_no_article_taken_from_readers(
    editor: Any, of_kept: str, of_copy: str, told: str
) -> None:
    kept, copy = make_two(state="draft" if of_copy == "draft" else "published")
    make_annotation(copy, by=editor, words="won slowly")
    for article, state in ((kept, of_kept), (copy, of_copy)):
        reason = "No." if state == "withdrawn" else ""
        Article.objects.filter(pk=article.pk).update(state=state, withdrawn_reason=reason)
    with pytest.raises(uniting.Hindered, match=told):
        unite(kept, copy, by=editor)
    assert not Article.objects.filter(state="merged").exists()
    if told == "hidden from readers":
        Annotation.objects.update(audience="private")
        unite(kept, copy, by=editor)
        assert Annotation.objects.get().article == kept


def test_what_was_seen_is_what_is_merged(reader: Any, editor: Any) -> None:
    kept, copy = make_two()
    seen = uniting.seal(kept, copy, editor)
    assert seen == uniting.seal(copy, kept, editor)
    make_annotation(copy, by=reader, words="won slowly")
    with pytest.raises(uniting.Stale):
        uniting.merge(kept, copy, by=editor, reason="One.", seen=seen)
    seen = uniting.seal(kept, copy, editor)
    make_revision(kept, html="<p>Another text.</p>")
    with pytest.raises(uniting.Stale):
        uniting.merge(kept, copy, by=editor, reason="One.", seen=seen)
    assert Annotation.objects.get().article == copy


def test_the_database_lets_no_note_on_a_merged_article_nor_an_anchor_elsewhere(
    reader: Any, editor: Any
) -> None:
    kept, copy = make_two()
    note = make_annotation(copy, by=reader, words="won slowly")
    own = make_annotation(kept, by=reader, words="won slowly")
    unite(kept, copy, by=editor)
    with pytest.raises(IntegrityError, match="merged"), transaction.atomic():
        Annotation.objects.filter(pk=own.pk).update(article=copy)
    other = make_article(html="<p>Won slowly.</p>").revisions.get()
    with pytest.raises(IntegrityError, match="cannot stand"), transaction.atomic():
        Anchor.objects.filter(annotation=note).update(revision=other)
    for fields in ({"state": "published"}, {"merged_into": None}, {"merged_into": copy}):
        with pytest.raises(IntegrityError, match="article_"), transaction.atomic():
            Article.objects.filter(pk=copy.pk).update(**fields)
