"""A document of a batch costs few queries, and as many in a large archive as in a small one."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile

from articles.importing import alike, batches, likeness
from articles.models import Article, Sketch
from tests.copies import speech

# What is asked once a document: its turn, what it is known by, likenesses, and an insert for each
# table. BEGIN and COMMIT do not count, savepoints do.
MOST = 38


def line(number: int) -> bytes:
    return json.dumps(
        {
            "title": f"Essay {number}: on one thing",
            "text": " ".join(speech(number)),
            "author": "Ada Marsh; Ben Okri",
            "publisher": "The Ledger",
            "topics": ["Trade", "Tariffs"],
            "date": "2012-02-04",
            "source": f"https://ledger.example/{number}",
            "id": number,
        }
    ).encode()


@pytest.fixture
def bring(editor: Any, count_queries: Callable[..., int]) -> Callable[[range], int]:
    """Publish these essays; how many queries that took."""

    def bring(numbers: range) -> int:
        data = b"\n".join(line(number) for number in numbers)
        file = ContentFile(data, name="essays.jsonl")
        return count_queries(batches.receive, [file], by=editor, arrival="publish")

    return bring


@pytest.mark.django_db
def test_a_document_costs_the_same_few_queries_however_many_there_are(
    bring: Callable[[range], int],
) -> None:
    bring(range(1, 3))  # with the names that all of them bear
    few, many = bring(range(3, 5)), bring(range(5, 15))
    each = (many - few) / 8
    assert each <= MOST
    assert bring(range(15, 25)) == many
    assert Article.objects.published().count() == 24


@pytest.mark.django_db
def test_likenesses_are_reckoned_where_files_are_read(
    bring: Callable[[range], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unasked(_text: str) -> tuple[int, ...]:
        raise AssertionError("reckoned by the process that records")

    monkeypatch.setattr(likeness, "reckoned", unasked)
    bring(range(3))
    alike.reckon_owed(10)
    monkeypatch.undo()
    sketches = Sketch.objects.select_related("revision")
    assert sketches.count() == 3
    for sketch in sketches:
        assert tuple(sketch.bands) == likeness.reckoned(sketch.revision.text)
