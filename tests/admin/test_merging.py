"""Two names become one, a name is corrected: every reference stays, every address leads on."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError

from articles import logbook, merging
from articles.importing.document import Contributor, Document
from articles.importing.record import record
from articles.models import (
    Authorship,
    Person,
    PersonAlias,
    Publisher,
    Tag,
    TagAlias,
)
from tests.factories import make_annotation, make_article, make_publisher

REFERENCES = {
    Tag: {
        "articles.TaggedArticle.tag",
        "annotations.TaggedAnnotation.tag",
        "articles.TagAlias.of",
    },
    Person: {"articles.Authorship.person", "articles.PersonAlias.of"},
    Publisher: {
        "articles.Article.publisher",
        "articles.Appearance.publisher",
        "articles.PublisherAlias.of",
    },
}


@pytest.mark.parametrize(("model", "known"), REFERENCES.items())
def test_every_reference_to_a_name_is_one_that_merging_was_tried_with(
    model: type, known: set[str]
) -> None:
    fields = merging.references_to(model)
    assert {f"{field.model._meta.label}.{field.name}" for field in fields} == known
    for field in fields:
        merging._unique_with(field)  # no constraint it could not keep


def test_a_merged_tag_is_on_all_that_bore_either(editor: Any, reader: Any) -> None:
    both = make_article(tags=("nukes", "nuclear weapons"))
    one = make_article(tags=("nukes",))
    note = make_annotation(one, by=reader, audience="private", tags=("nukes",))
    twice = make_annotation(one, by=reader, tags=("nukes", "nuclear weapons"))
    kept, gone = Tag.objects.get(name="nuclear weapons"), Tag.objects.get(name="nukes")
    TagAlias.objects.create(of=gone, name="the bomb", slug="the-bomb")
    changed = {article.pk: article.changed_at for article in (both, one)}
    merging.merge(kept, [gone], by=editor)
    for thing in (both, one, note, twice):
        assert [tag.name for tag in thing.tags.all()] == ["nuclear weapons"]
    for article in (both, one):
        article.refresh_from_db()
        assert article.changed_at > changed[article.pk]
        assert "weapon" in article.metadata_vector
        assert "nuke" not in article.metadata_vector
    assert set(kept.aliases.values_list("name", "slug")) == {
        ("the bomb", "the-bomb"),
        ("nukes", "nukes"),
    }
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_repr) == (editor, "nuclear weapons")
    assert logbook.facts_of(entry) == {"act": "merged", "reason": "", "others": "“nukes”"}
    note.tags.set(["Nukes"])  # the former name goes on meaning this tag
    assert note.tags.get() == kept


def test_merged_people_keep_their_place_and_role(editor: Any) -> None:
    article = make_article(people=("J. Smith", "Ada", "John Smith", "Ben"))
    kept, gone = Person.objects.get(name="John Smith"), Person.objects.get(name="J. Smith")
    Authorship.objects.create(article=article, person=gone, role="translator", position=4)
    gone.orcid = "0000-0002-1825-0097"
    gone.save()
    merging.merge(kept, [gone], by=editor)
    named = [(one.position, one.person.name, one.role) for one in article.authorships.all()]
    assert named == [
        (0, "John Smith", "author"),
        (1, "Ada", "author"),
        (2, "Ben", "author"),
        (3, "John Smith", "translator"),
    ]
    kept.refresh_from_db()
    assert kept.orcid == "0000-0002-1825-0097"
    assert not Person.objects.filter(name="J. Smith").exists()


def test_what_both_have_stays_as_the_kept_one_has_it_and_is_told_before(editor: Any) -> None:
    kept, gone = make_publisher("The Ledger"), make_publisher("Ledger, The")
    kept.url, gone.url = "https://ledger.example/", "https://old.example/"
    kept.save(), gone.save()
    article = make_article(publisher=gone)
    ((field, values),) = merging.conflicts([kept, gone])
    assert (field.name, values) == ("url", [kept.url, gone.url])
    merging.merge(kept, [gone], by=editor)
    article.refresh_from_db()
    assert (article.publisher, article.publisher.url) == (kept, "https://ledger.example/")
    with pytest.raises(merging.Vanished):
        merging.merge(kept, [gone], by=editor)


def test_chains_of_merges_end_at_the_one_that_is_left(editor: Any) -> None:
    first, second, third = (Tag.objects.create(name=name, slug=name) for name in "abc")
    merging.merge(second, [first], by=editor)
    merging.merge(third, [second], by=editor)
    assert set(third.aliases.values_list("slug", flat=True)) == {"a", "b"}
    with pytest.raises(IntegrityError):
        Tag.objects.create(name="anew", slug="a")


def test_renaming_keeps_what_it_was_called_and_going_back_is_possible(editor: Any) -> None:
    tag = Tag.objects.create(name="arms", slug="arms")
    article = make_article(tags=("arms",))
    merging.rename(tag, name="arms control", slug="arms-control", by=editor)
    article.refresh_from_db()
    assert "control" in article.metadata_vector
    assert tag.aliases.values_list("name", "slug").get() == ("arms", "arms")
    merging.rename(tag, name="arms control", slug="control", by=editor)
    merging.rename(tag, name="arms", slug="arms", by=editor)
    assert set(tag.aliases.values_list("name", "slug")) == {
        ("", "arms-control"),
        ("arms control", "control"),
    }
    acts = [logbook.facts_of(entry).get("former") for entry in LogEntry.objects.order_by("pk")]
    assert acts == ["arms", "arms control"]


def document(**fields: Any) -> Document:
    given = {
        "title": "On trust",
        "html": "<p>Trust is scarce.</p>",
        "people": (Contributor("J. Smith"), Contributor("John Smith")),
        "publisher": "Ledger, The",
        "tags": ("nukes",),
    }
    return Document(**given | fields)


def test_an_import_finds_who_was_merged_or_renamed_and_changes_nothing(editor: Any) -> None:
    article = record(document(), raw=b"1", media_type="text/plain").article
    merging.merge(
        Person.objects.get(name="John Smith"), [Person.objects.get(name="J. Smith")], by=editor
    )
    publisher, tag = Publisher.objects.get(), Tag.objects.get()
    merging.rename(publisher, name="The Ledger", slug="the-ledger", by=editor)
    merging.rename(tag, name="nuclear weapons", slug="nuclear-weapons", by=editor)
    article.refresh_from_db()
    before = article.changed_at
    again = record(document(), raw=b"1", media_type="text/plain")
    article.refresh_from_db()
    assert (again.outcome, article.changed_at) == ("unchanged", before)
    other = record(
        document(title="Another", html="<p>More of it.</p>"), raw=b"2", media_type="text/plain"
    ).article
    assert [one.person.name for one in other.authorships.all()] == ["John Smith"]
    assert (other.publisher, other.tags.get()) == (publisher, tag)
    assert (Person.objects.count(), PersonAlias.objects.get().name) == (1, "J. Smith")
