"""Links that narrow a list outlive the renaming of what they narrow by."""

import pytest

from articles import merging
from articles.models import Tag
from tests.factories import make_annotation, make_article


@pytest.mark.parametrize("once", ["arms-control", "Arms CONTROL"])
def test_a_former_name_or_address_narrows_by_the_present_one(client, editor, once):
    make_article(title="Counted", tags=("arms control",))
    make_article(title="Not counted", tags=("NATO",))
    tag = Tag.objects.get(slug="arms-control")
    merging.rename(tag, name="Disarmament", slug="disarmament", by=editor)
    page = client.get("/articles/", {"tag": once}).content.decode()
    assert "Remove tag: Disarmament" in page
    assert "Counted" in page
    assert "Not counted" not in page


def test_a_former_address_of_an_article_narrows_notes_to_it(client, reader):
    make_annotation(make_article(), by=reader, body="Elsewhere.")
    note = make_annotation(make_article(slug="now-called-so"), by=reader, body="Here.")
    note.article.former_slugs.create(slug="once-called-so")
    page = client.get("/annotations/recent/?article=once-called-so")
    assert list(page.context["notes"]) == [note]
