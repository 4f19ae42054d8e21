"""Titles are compared by their letters, here and in the database by one rule."""

import pytest
from django.db import connection
from django.db.models import TextField, Value
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article
from articles.models.works import title_key
from articles.titles import agree, key_of, same
from tests.factories import make_article

TITLES = (
    "On Tariffs: Who Pays?", "Who pays? A study", "“The End” – of what", "L’État, c’est moi",
    "ÉTAT ET ЖИЗНЬ", "Re-anchoring 50% of it", "北京：二〇一二", "What's new & old/none", "...",
    "a\u00a0b", "U.S. policy in Asia", "Back\\slash (and) [brackets]", "x" * 500,
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("On Tariffs: Who Pays?", "on tariffs", True),
        ("On tariffs – who pays", "On Tariffs: Who Pays?", True),
        ("Who pays? A study", "Who pays?", True),
        ("“The End”", "The end.", True),
        ("Remarks: one", "Remarks: two", False),
        ("On tariffs", "On trust", False),
        ("...", "—", False),
    ],
)
def test_case_punctuation_and_a_missing_subtitle_make_no_other_title(
    one: str, other: str, answer: bool
) -> None:
    assert agree(one, other) is agree(other, one) is answer


@given(st.text(max_size=40))
def test_a_title_is_the_same_as_itself(title: str) -> None:
    assert same(title, title)
    assert agree(title, title) or not key_of(title)


@pytest.mark.django_db
@pytest.mark.parametrize("title", TITLES)
def test_the_database_makes_the_same_key(title: str) -> None:
    make_article(title=title)
    asked = title_key(Value(title, output_field=TextField()))
    found = Article.objects.annotate(key=title_key("title")).filter(key=asked).get()
    assert found.key == key_of(title)


@pytest.mark.django_db
def test_the_index_serves_the_look_up() -> None:
    asked = title_key(Value("On tariffs", output_field=TextField()))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # there are too few rows to need it
    plan = Article.objects.alias(key=title_key("title")).filter(key=asked).explain()
    assert "article_title_key" in plan
