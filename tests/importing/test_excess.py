"""A field or a word longer than the database keeps or indexes is a reason, and never the end."""

import json
import random

import pytest
from django.core.files.base import ContentFile

from articles.importing import batches


def noise(letters):
    chance = random.Random(letters)  # noqa: S311 reproducible, not secret
    return "".join(chance.choices("abcdefghijklmnopqrstuvwxyzäöü", k=letters))


LONG_WORDS = " ".join(f"{noise(300)}{n}" for n in range(5000))
WHY = "too long to be found again"


@pytest.mark.django_db
def test_no_field_is_so_long_that_the_worker_ends():
    """One file, so that each refusal is also followed by a document that comes in."""
    cases = [
        ({"standfirst": LONG_WORDS}, WHY),
        ({"text": LONG_WORDS}, WHY),
        ({"publisher": noise(9_000)}, "more than 300 characters"),
        ({"author": noise(9_000)}, "more than 300 characters"),
        ({"tags": [noise(9_000)]}, "more than 100 characters"),
        ({"id": noise(9_000)}, "more than 500 characters"),
        ({"title": noise(9_000)}, ""),
        ({"publication": noise(9_000)}, ""),
        ({"rights": noise(90_000)}, ""),
        ({"source": noise(90_000)}, ""),
        ({"url": f"https://baltic.example/{noise(9_000)}"}, ""),
    ]
    lines = [
        json.dumps({"id": f"ice-{n}", "title": f"Ice {n}", "text": f"It froze, {n}."} | fields)
        for n, (fields, _reason) in enumerate(cases)
    ]
    file = ContentFile("\n".join(lines).encode(), name="ice.jsonl")
    batch = batches.receive([file], by=None, arrival="draft")
    batches.read(batch)
    found = list(batch.items.order_by("position").values_list("outcome", "reason"))
    for (outcome, reason), (fields, expected) in zip(found, cases, strict=True):
        assert outcome == ("refused" if expected else "new"), fields.keys()
        assert expected in reason
