"""Whose turn it is: what may not happen at the same moment waits, until a transaction ends.

No constraint could stop the second of two imports of one text; and an undo that deletes an
article just found by an import would have it write into nothing. Locks are taken in this order:
all imports, then the batch or its item, names, articles.
"""

from django.db import connection

from articles.importing.document import Document
from articles.models import ImportBatch
from articles.titles import key_of

_ALL_IMPORTS = "articles: all imports"


class BatchUndone(Exception):
    """The import was taken back: nothing more is read or decided in it."""


def import_into(batch_id: int | None) -> str:
    """Wait for an undo at work, and keep others waiting until this transaction ends.

    The state of the batch then, "" where there is none. Errors: BatchUndone where it was
    ``batch_id`` that was undone.
    """
    _lock("pg_advisory_xact_lock_shared", _ALL_IMPORTS)
    if batch_id is None:
        return ""
    state = ImportBatch.objects.filter(pk=batch_id).values_list("state", flat=True).first() or ""
    if state == ImportBatch.State.UNDONE:
        raise BatchUndone
    return state


def undo() -> None:
    """Wait for documents that are being brought in; nothing comes in until the transaction ends."""
    _lock("pg_advisory_xact_lock", _ALL_IMPORTS)


def of_document(document: Document) -> None:
    """Let imports of one text, or of one title, run one after the other until the transaction ends.

    What is looked up after it about such a document still holds when it is recorded.
    """
    # Always in this order, so that no two wait for each other.
    names = [name for name in (document.text, f"title\n{key_of(document.title)}") if name]
    _lock("pg_advisory_xact_lock", *names)


def _lock(function: str, *names: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {function}(hashtextextended(name, 0)) FROM unnest(%s::text[]) name",  # noqa: S608 - ours
            [list(names)],
        )
