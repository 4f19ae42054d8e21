"""The door that writes: what comes in becomes an article once, whole, with its origin."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from articles.importing.document import (
    Contributor,
    Document,
    ImportRefused,
    Origin,
    PublicationDate,
    Sureness,
)
from articles.importing.record import Recorded, record
from articles.models import Article, Capture, ImportBatch, ImportItem, Revision

pytestmark = pytest.mark.django_db

DOCUMENT = Document(
    title="On tariffs",
    html="<p>Tariffs are taxes.</p>\n<p>They are paid at home.</p>",
    standfirst="Who pays?",
    people=(Contributor("Ada Marsh"), Contributor("Ben Oke", "translator")),
    publisher="The Ledger",
    date=PublicationDate(2012, 2),
    language="en",
    url="http://ledger.example/on-tariffs?utm_source=mail",
    identifiers=(("doi", "10.1/x"),),
    rights="Reprinted by permission.",
    kind="commentary",
    tags=("trade", "Europe"),
    origins={
        "title": Origin(Sureness.LIKELY, "line 1"),
        "date": Origin(Sureness.STATED, "line 3"),
        "kind": Origin(Sureness.STATED, "line 4"),
    },
    importer="plain",
    importer_version="1",
)


def bring(document: Document = DOCUMENT, raw: bytes = b"raw", **fields: Any) -> Recorded:
    return record(
        document, raw=raw, **{"media_type": "text/plain", "file_name": "tariffs.txt", **fields}
    )


def bytes_of(capture: Capture) -> bytes:
    with default_storage.open(capture.file.name) as file:
        return file.read()


def test_a_document_becomes_an_article_with_all_that_is_known_of_it() -> None:
    recorded = bring(publish=True)
    article = Article.objects.get()
    assert (recorded.outcome, recorded.article) == ("new", article)
    assert (article.slug, article.state, article.kind) == ("on-tariffs", "published", "commentary")
    assert article.published_at is not None
    assert (article.date_text, article.publisher.name) == ("February 2012", "The Ledger")
    assert [(a.person.name, a.role) for a in article.authorships.all()] == [
        ("Ada Marsh", "author"),
        ("Ben Oke", "translator"),
    ]
    assert sorted(article.tags.names()) == ["Europe", "trade"]
    assert article.source_url == DOCUMENT.url
    assert article.url_aliases.get().url == "https://ledger.example/on-tariffs"
    origin = article.field_origins.get(field="title")
    assert (origin.sureness, origin.where, origin.locked) == ("likely", "line 1", False)


def test_the_first_revision_keeps_the_metadata_it_was_published_under() -> None:
    revision = bring().revision
    assert revision is not None
    assert (revision.number, revision.text) == (1, "Tariffs are taxes.\nThey are paid at home.")
    assert revision.metadata == {
        "title": "On tariffs",
        "standfirst": "Who pays?",
        "people": [
            {"name": "Ada Marsh", "role": "author"},
            {"name": "Ben Oke", "role": "translator"},
        ],
        "publisher": "The Ledger",
        "publication": "",
        "date": "2012-02",
        "period": "",
        "language": "en",
        "kind": "commentary",
        "tags": ["Europe", "trade"],
        "source": "",
        "source_url": DOCUMENT.url,
        "rights": "Reprinted by permission.",
    }


def test_the_bytes_are_kept_once_under_their_hash() -> None:
    bring()
    bring()
    bring(file_name="again.txt")
    assert Article.objects.count() == 1
    first, second = Capture.objects.order_by("id")
    assert (first.file_name, second.file_name) == ("tariffs.txt", "again.txt")
    digest = hashlib.sha256(b"raw").hexdigest()
    assert first.sha256 == second.sha256 == digest
    assert first.file.name == second.file.name == f"captures/{digest[:2]}/{digest[2:4]}/{digest}"
    assert bytes_of(first) == b"raw"


def test_a_file_that_an_interrupted_import_left_half_is_written_again() -> None:
    bring()
    capture = Capture.objects.get()
    with default_storage.open(capture.file.name, "wb") as file:
        file.write(b"r")
    bring()
    assert bytes_of(capture) == b"raw"


@pytest.mark.parametrize(
    "again",
    [
        replace(DOCUMENT, title="Renamed", html="<p>New.</p>", url=None),  # same DOI
        replace(DOCUMENT, title="Renamed", html="<p>New.</p>", identifiers=()),  # same address
        replace(DOCUMENT, url=None, identifiers=(), standfirst="Who?"),  # same text and title
    ],
    ids=["identifier", "address", "text and title"],
)
def test_the_same_work_is_known_again(again: Document) -> None:
    first = bring()
    second = bring(again, raw=b"other")
    assert (second.outcome, second.article) == ("updated", first.article)
    assert Article.objects.count() == 1


def test_two_records_that_their_collection_numbers_differently_are_two_articles() -> None:
    bring()
    bring(replace(DOCUMENT, identifiers=(("doi", "10.1/y"),)), raw=b"other")
    assert [article.slug for article in Article.objects.order_by("id")] == [
        "on-tariffs",
        "on-tariffs-2012",
    ]


def test_identifiers_of_two_articles_are_refused_and_leave_nothing() -> None:
    bring()
    bring(replace(DOCUMENT, title="Other", html="<p>O.</p>", url=None, identifiers=(("doi", "y"),)))
    both = replace(DOCUMENT, identifiers=(("doi", "10.1/x"), ("doi", "y")))
    with pytest.raises(ImportRefused, match=r"On tariffs.*Other"):
        bring(both, raw=b"both")
    assert Article.objects.count() == 2
    assert not Capture.objects.filter(size=4).exists()


def test_a_batch_keeps_what_became_of_each_item() -> None:
    batch = ImportBatch.objects.create()
    bring(batch=batch, name="tariffs.txt, line 3")
    item = ImportItem.objects.get()
    assert (item.name, item.outcome) == ("tariffs.txt, line 3", "new")
    assert item.article == Article.objects.get()
    assert (item.revision, item.capture) == (Revision.objects.get(), Capture.objects.get())


def test_what_no_database_keeps_is_left_out() -> None:
    odd = replace(DOCUMENT, title="On\x00 tariffs\ud800", rights="a\x00b", tags=("t\x00", "T"))
    article = bring(odd).article
    assert (article.title, article.rights, article.tags.get().name) == ("On tariffs", "ab", "T")


def test_a_value_that_does_not_fit_is_refused_with_its_name() -> None:
    with pytest.raises(ImportRefused, match=r"Language: .*35"):
        bring(replace(DOCUMENT, language="x" * 36))
    with connection.cursor() as cursor:  # the transaction is not broken
        cursor.execute("SELECT count(*) FROM articles_article")
        assert cursor.fetchone() == (0,)
