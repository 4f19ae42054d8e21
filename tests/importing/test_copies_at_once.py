"""A copy that comes in while somebody decides about what it resembles waits for nobody."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from articles.importing import pending
from articles.models import ImportBatch, ImportItem


@pytest.mark.django_db(transaction=True)
def test_it_refers_to_a_document_that_is_being_decided_about() -> None:
    # Else each would wait for the other, for the turn of their title and for the row.
    batch = ImportBatch.objects.create(state="running")
    one = ImportItem.objects.create(batch=batch, name="One", outcome="pending")

    def come_in() -> None:
        try:
            ImportItem.objects.create(batch=batch, name="Copy", outcome="pending", nearly_item=one)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as others, transaction.atomic():
        pending._waiting(one)
        others.submit(come_in).result(timeout=20)
    assert batch.items.count() == 2
