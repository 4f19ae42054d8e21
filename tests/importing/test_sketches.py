"""Every text that is current can be found by a copy of it, however it became current."""

from io import StringIO
from typing import Any

import pytest
from django.core import serializers
from django.core.management import call_command

from articles import redacting
from articles.importing import alike
from articles.importing.document import Document
from articles.models import AlikePair, Article, Revision, Sketch
from articles.revisions import record_revision
from tests.copies import body, edited, speech
from tests.factories import make_article, make_revision

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = speech(1), speech(2), speech(3)


def found(words: list[str]) -> Article | None:
    near = alike.nearest(Document(title="A copy", html=body(edited(words))))
    return near.article if near else None


def test_recorded_corrected_restored_redacted_and_loaded_texts_are_found(tmp_path: Any) -> None:
    article = make_article(html=body(FIRST))
    assert found(FIRST) == article
    make_revision(article, html=body(SECOND))
    assert (found(FIRST), found(SECOND)) == (None, article)
    first = article.revisions.get(number=1)
    record_revision(article, html=first.html, metadata={})
    assert (found(FIRST), found(SECOND)) == (article, None)
    redaction = redacting.redact(
        article.revisions.first(), spans=[], whole=True, reason="Court", by=None
    )
    assert found(FIRST) is None
    redacting.lift(redaction)
    assert found(FIRST) == article
    rows = [article, *article.revisions.order_by("number")]
    file = tmp_path / "rows.json"
    file.write_text(serializers.serialize("json", rows))
    Revision.objects.filter(article=article).delete()
    Article.objects.filter(pk=article.pk).update(state="draft")
    article.delete()
    assert found(FIRST) is None
    call_command("loaddata", file, verbosity=0, stdout=StringIO())
    assert found(FIRST) == Article.objects.get()
    assert Sketch.objects.count() == 1


def test_alike_articles_are_remembered_as_pairs_until_one_changes() -> None:
    first, second = make_article(html=body(FIRST)), make_article(html=body(edited(FIRST)))
    make_article(html=body(THIRD))
    while alike.reckon_owed(2):
        pass
    pair = AlikePair.objects.get()
    assert (pair.first, pair.second) == (first, second)
    assert 90 <= pair.share <= 99
    make_revision(second, html=body(SECOND))
    alike.reckon_owed(10)
    assert not AlikePair.objects.exists()


def test_a_pair_kept_apart_is_not_asked_about_again(editor: Any) -> None:
    first, second = make_article(html=body(FIRST)), make_article(html=body(edited(FIRST)))
    alike.keep_apart(second, first, by=editor)
    alike.reckon_owed(10)
    pair = AlikePair.objects.get()
    assert (pair.first, pair.second, pair.apart_by) == (first, second, editor)


def test_the_cost_of_looking_does_not_grow_with_what_is_alike(count_queries: Any) -> None:
    make_article(html=body(FIRST))
    alike.reckon_owed(10)
    one = count_queries(lambda: found(FIRST))
    for _ in range(14):
        make_article(html=body(FIRST))
    alike.reckon_owed(20)
    assert count_queries(lambda: found(FIRST)) == one
    with alike._by_index():
        plan = alike._sharing([1, 2]).explain()
    assert "Bitmap Index Scan on sketch_bands" in plan
