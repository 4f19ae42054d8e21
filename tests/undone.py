"""An import to undo, and all that is known of an article before and after."""

from typing import Any

from articles.importing.document import (
    Contributor,
    Document,
    Origin,
    PublicationDate,
    Sureness,
)
from articles.importing.record import Recorded, record
from articles.models import Article, ImportBatch

DOCUMENT = Document(
    title="On tariffs",
    html="<p>Tariffs are taxes.</p>\n<p>They are paid at home.</p>",
    standfirst="Who pays?",
    people=(Contributor("Ada Marsh"), Contributor("Ben Oke", "translator")),
    publisher="The Ledger",
    date=PublicationDate(2012, 2),
    language="en",
    url="https://ledger.example/on-tariffs",
    identifiers=(("doi", "10.1/x"),),
    rights="Reprinted by permission.",
    kind="commentary",
    tags=("trade", "Europe"),
    origins={
        "title": Origin(Sureness.LIKELY, "line 1"),
        "kind": Origin(Sureness.STATED, "line 4"),
    },
    importer="plain",
    importer_version="1",
)


def bring(
    document: Document = DOCUMENT, *, batch: ImportBatch | None = None, **fields: Any
) -> tuple[ImportBatch, Recorded]:
    """One document in ``batch``, else in one of its own."""
    batch = batch or ImportBatch.objects.create(label="tariffs.txt")
    values = {"raw": document.text.encode(), "media_type": "text/plain", "file_name": "tariffs.txt"}
    return batch, record(document, batch=batch, **values | fields)


def state_of(article: Article) -> dict[str, Any]:
    """All that readers and imports know of an article, and where every note stands."""
    article = Article.objects.get(pk=article.pk)
    current = article.revisions.filter(superseded_at=None).first()
    columns = {field.name for field in Article._meta.concrete_fields}
    columns -= {"changed_at", "metadata_vector"}
    return {
        **{name: getattr(article, name) for name in columns},
        "vector": Article.objects.values_list("metadata_vector", flat=True).get(pk=article.pk),
        "people": list(article.authorships.values_list("person", "role", "position")),
        "tags": sorted(article.tags.names()),
        "identifiers": set(article.identifiers.values_list("scheme", "value")),
        "addresses": set(article.url_aliases.values_list("url", flat=True)),
        "origins": set(
            article.field_origins.values_list("field", "sureness", "where", "locked", "locked_by")
        ),
        "text": current and (current.html, current.text),
        "anchors": current
        and sorted(
            current.anchors.values_list(
                *("annotation", "state", "start", "end", "exact", "prefix", "suffix", "review")
            )
        ),
    }
