"""Two imports of the same annotations at the same time make one note of each."""

import threading

import pytest
from django.db import connection

from annotations.importing.door import bring
from annotations.models import Annotation
from tests.factories import make_article
from tests.hypothesis_export import annotation, export_of, reply

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_at_once_double_nothing_and_lose_nothing() -> None:
    make_article(title="On trust", slug="on-trust")
    roots = [annotation("speaks of trust", tags=["Law"]) for _ in range(5)]
    export = export_of(*roots, *map(reply, roots))
    ready, outcomes, errors = threading.Barrier(2, timeout=20), [], []

    def once() -> None:
        try:
            connection.ensure_connection()
            ready.wait()
            outcomes.extend(str(one.outcome) for one in bring(export, by=None))
        except Exception as error:  # told below, in the thread of the test
            errors.append(error)
        finally:
            connection.close()

    both = [threading.Thread(target=once, daemon=True) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(30)
    assert errors == []
    assert sorted(outcomes) == ["new"] * 10 + ["unchanged"] * 10
    assert Annotation.objects.count() == 10
    assert Annotation.objects.exclude(root=None).count() == 5
