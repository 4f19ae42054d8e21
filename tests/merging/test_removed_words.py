"""Words removed from either text of two merged articles stand in no note, whichever it was on."""

from typing import Any

import pytest
from django.test import Client

from annotations.models import Annotation
from archive import redacting
from articles.models import Article
from tests.factories import make_annotation
from tests.united import make_two, unite

pytestmark = pytest.mark.django_db
WORDS = "A farewell of the editors"


def remove(article: Article, by: Any) -> None:
    revisions = article.revisions.all()
    words = {"revisions": revisions, "phrases": [WORDS], "whole": False}
    redacting.redact(article, **words, reason="By order.", by=by)


def told_of(note: Annotation) -> str:
    note.refresh_from_db()
    anchors = note.anchors.values_list("exact", "prefix", "suffix", "revision__article__slug")
    return f"{note.selectors} {sorted(anchors)}"


@pytest.mark.parametrize("first", [True, False])
def test_words_removed_before_or_after_are_gone_from_every_quote(
    reader: Any, editor: Any, first: bool
) -> None:
    kept, copy = make_two()
    note = make_annotation(copy, by=reader, words=WORDS)
    assert WORDS in told_of(note)
    if first:
        remove(copy, editor)
        unite(kept, copy, by=editor)
    else:
        unite(kept, copy, by=editor)
        remove(Article.objects.get(pk=copy.pk), editor)
    assert WORDS not in told_of(note)
    assert "█" in told_of(note)
    redaction = copy.revisions.get().redactions.get()
    redacting.lift(redaction, reason="It may be said.", by=editor)
    assert WORDS in told_of(note)


def test_editors_are_led_to_the_merged_text_that_says_the_words(
    client: Client, reader: Any, editor: Any
) -> None:
    kept, copy = make_two()
    make_annotation(copy, by=reader, words="won slowly", body="He said won slowly.")
    unite(kept, copy, by=editor)
    client.force_login(editor)
    asked = {"what": "words", "words": "won slowly", "reason": "By order.", "act": "look"}
    asked["revisions"] = [kept.revisions.get().pk]
    seen = client.post(f"/admin/articles/redaction/of/{kept.pk}/", asked).context["seen"]
    assert (list(seen["others"]), seen["notes"]) == ([copy], 1)
    history = client.get("/articles/kept/revisions/").content.decode()
    assert f"/admin/articles/redaction/of/{copy.pk}/" in history
