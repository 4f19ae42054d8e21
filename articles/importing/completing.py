"""What an editor says of a whole batch, given to the documents that do not say it themselves."""

from dataclasses import replace
from typing import Any

from articles.importing.document import Document, Origin, Sureness
from articles.models import ImportBatch

# Fields that a batch may give, each with the attribute of a document that holds it.
FIELDS = ("publisher", "rights", "language", "tags")
_WHERE = "the import's defaults"


def completed(document: Document, batch: ImportBatch, *, name: str) -> Document:
    """``document`` with the defaults of ``batch`` where it says nothing; tags are added."""
    values: dict[str, Any] = {}
    for field in FIELDS:
        given = batch.defaults.get(field)
        if not given:
            continue
        if field == "tags":
            values[field] = tuple(dict.fromkeys((*document.tags, *given)))
        elif not getattr(document, field):
            values[field] = given
    if not values:
        return document
    origins = dict(document.origins)
    for field in values:
        origins.setdefault(field, Origin(Sureness.STATED, _WHERE))
    return replace(document, **values, origins=origins)
