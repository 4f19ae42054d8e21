"""What the one that stays takes from the other, and what becomes of all that refers to either."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from articles import editing
from articles.models import (
    AlikePair,
    Appearance,
    Article,
    ImportBatch,
    ImportItem,
    Revision,
    Sketch,
    TextChunk,
)
from tests.factories import make_annotation, make_article, make_publisher
from tests.united import THERE, make_two, unite

pytestmark = pytest.mark.django_db

STAYS, MOVES, LEFT = "stays with the merged one", "moves", "goes, and is made anew where needed"
# A new reference to an article or a text: decide what merging does to it (articles/absorbing.py,
# annotations/following.py), test that, and say so here.
DECIDED = {
    "annotations.Annotation.article": MOVES,
    "annotations.Annotation.made_on": STAYS,
    "annotations.Anchor.revision": STAYS,
    "annotations.Anchor.from_revision": STAYS,
    "articles.AlikePair.first": LEFT,
    "articles.AlikePair.second": LEFT,
    "articles.Appearance.article": MOVES,
    "articles.Article.merged_into": MOVES,
    "articles.ArticleSlug.article": STAYS,
    "articles.Authorship.article": STAYS,
    "articles.FieldOrigin.article": STAYS,
    "articles.Identifier.article": STAYS,
    "articles.ImportItem.article": STAYS,
    "articles.ImportItem.nearly": MOVES,
    "articles.ImportItem.revision": STAYS,
    "articles.Redaction.revision": STAYS,
    "articles.Revision.article": STAYS,
    "articles.SealedText.revision": STAYS,
    "articles.Sketch.revision": LEFT,
    "articles.TaggedArticle.content_object": STAYS,
    "articles.TextChunk.article": LEFT,
    "articles.TextChunk.revision": LEFT,
    "articles.UrlAlias.article": STAYS,
}


def test_every_reference_to_an_article_or_a_text_was_thought_of() -> None:
    found = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.model in (Article, Revision)
        if field.db_constraint  # an event of the past may name what is gone
    }
    assert found == set(DECIDED)


def test_what_it_lacks_it_takes_but_not_what_an_editor_protects(editor: Any) -> None:
    kept, copy = make_two(
        standfirst="In short.",
        language="de",
        published_on="2012-02-01",
        date_precision="month",
        people=("Ada Marsh",),
        tags=("trust", "favours"),
        source="Elsewhere",
    )
    Article.objects.filter(pk=kept.pk).update(language="und")
    kept.tags.set(["trust"])
    editing.protect(kept, ["standfirst"], by=editor)
    editing.protect(copy, ["date"], by=editor)
    unite(kept, copy, by=editor)
    kept.refresh_from_db()
    assert (kept.title, kept.standfirst, kept.language, kept.source) == ("On trust", "", "de", "")
    assert (str(kept.published_on), kept.date_precision) == ("2012-02-01", "month")
    assert [one.person.name for one in kept.authorships.all()] == ["Ada Marsh"]
    assert sorted(kept.tags.names()) == ["favours", "trust"]
    assert kept.field_origins.get(field="date").locked
    third = make_article(people=("Bo Reed",), tags=("more",), published_on=None)
    editing.protect(kept, ["tags"], by=editor)
    unite(kept, third, by=editor)
    assert [one.person.name for one in kept.authorships.all()] == ["Ada Marsh"]
    assert sorted(kept.tags.names()) == ["favours", "trust"]


def test_where_it_stood_is_a_further_place_once(editor: Any) -> None:
    herald = make_publisher("The Herald")
    kept, copy = make_two(publisher=herald, source_url="http://herald.example/a?utm_source=x")
    Appearance.objects.create(article=copy, publication="Digest")
    unite(kept, copy, by=editor)
    told = set(kept.appearances.values_list("publisher__name", "publication", "title", "url"))
    assert told == {
        (None, "Digest", "Of trust", ""),
        ("The Herald", "", "Of trust", "https://herald.example/a"),
    }
    for number in range(2):
        again = make_article(title="On Trust", slug=f"again-{number}", html=THERE)
        Article.objects.filter(pk=again.pk).update(source_url="https://herald.example/a")
        unite(kept, again, by=editor)
    nowhere = make_article(title="On trust", html="<p>Of no known place.</p>")
    unite(kept, nowhere, by=editor)
    assert kept.appearances.count() == 2


def test_nothing_finds_the_merged_text_and_what_was_said_of_it_holds(
    editor: Any, reader: Any
) -> None:
    kept, copy = make_two()
    third, fourth = make_article(), make_article()
    AlikePair.objects.create(
        first=copy, second=third, share=70, apart_by=editor, apart_at=timezone.now()
    )
    AlikePair.objects.create(first=kept, second=copy, share=80)
    AlikePair.objects.create(first=copy, second=fourth, share=60)
    batch = ImportBatch.objects.create(created_by=editor)
    says = {"batch": batch, "nearly": copy, "standing": "same", "name": "x"}
    item = ImportItem.objects.create(outcome="pending", document={"document": {}}, **says)
    make_annotation(copy, by=reader, words="won slowly")
    unite(kept, copy, by=editor)
    pair = AlikePair.objects.get()
    assert (pair.first, pair.second, pair.apart_by) == (kept, third, editor)
    item.refresh_from_db()
    assert (item.nearly, item.standing) == (kept, "")
    assert not TextChunk.objects.filter(article=copy).exists()
    assert not Sketch.objects.filter(revision__article=copy).exists()
    assert set(Article.objects.visible_to(editor)) == {kept, third, fourth}


def test_the_desk_counts_articles_that_stand(client: Client, editor: Any) -> None:
    fields = {"people": ("Ada Marsh",), "tags": ("trust",), "publisher": make_publisher("Herald")}
    kept, copy = make_two(**fields)
    client.force_login(editor)
    lists = [f"/admin/articles/{name}/" for name in ("person", "tag", "publisher")]

    def used() -> list[int]:
        return [client.get(address).context["cl"].result_list[0].used for address in lists]

    assert used() == [1, 1, 1]
    unite(kept, copy, by=editor)
    assert used() == [1, 1, 0], "person and tag stand on the one that stays now"
