"""Importing again: what changed is taken over, what an editor settled is not."""

import threading
from dataclasses import replace

import pytest
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
from articles.models import Article, ImportBatch, ImportItem, Revision

DOCUMENT = Document(
    title="On tariffs",
    html="<p>Tariffs are taxes.</p>",
    standfirst="Who pays?",
    publisher="The Ledger",
    date=PublicationDate(2012),
    identifiers=(("doi", "10.1/x"),),
    origins={"publisher": Origin(Sureness.LIKELY, "line 3")},
)
CORRECTED = replace(DOCUMENT, html="<p>Tariffs are taxes on imports.</p>")


def bring(document: Document = DOCUMENT, **fields) -> Recorded:
    raw = document.html.encode()
    return record(document, raw=raw, media_type="text/html", file_name="tariffs.html", **fields)


def protect(article: Article, field: str) -> None:
    article.field_origins.update_or_create(
        field=field, defaults={"sureness": "stated", "locked": True}
    )


@pytest.mark.django_db
def test_the_same_again_changes_nothing(reader) -> None:
    article = bring(by=reader).article
    article.refresh_from_db()
    again = bring(by=reader)
    assert (again.outcome, again.revision, again.changed, again.kept) == ("unchanged", None, (), ())
    assert Article.objects.get().changed_at == article.changed_at
    assert Revision.objects.count() == 1


@pytest.mark.django_db
def test_a_changed_text_is_a_new_revision_that_says_why() -> None:
    bring()
    again = bring(CORRECTED)
    assert (again.outcome, again.changed) == ("updated", ("text",))
    assert [(r.number, r.reason, r.is_current) for r in Revision.objects.order_by("number")] == [
        (1, "Imported from tariffs.html", False),
        (2, "Imported again from tariffs.html", True),
    ]


@pytest.mark.django_db
def test_corrected_facts_are_taken_over_and_absent_ones_are_kept() -> None:
    article = bring().article
    again = bring(
        replace(
            DOCUMENT,
            title="On Tariffs",
            standfirst="",
            people=(Contributor("Ada Marsh"),),
            date=PublicationDate(period="spring of 2012"),
        )
    )
    article.refresh_from_db()
    assert (again.outcome, again.changed) == ("updated", ("title", "people", "date"))
    assert (article.title, article.standfirst) == ("On Tariffs", "Who pays?")
    assert (article.published_on, article.date_text) == (None, "spring of 2012")
    assert article.people.get().name == "Ada Marsh"
    assert article.slug == "on-tariffs"


@pytest.mark.django_db
def test_a_guess_never_replaces_what_was_surer() -> None:
    bring()
    guess = replace(
        DOCUMENT, publisher="Maybe Press", origins={"publisher": Origin(Sureness.GUESS, "the logo")}
    )
    assert bring(guess).outcome == "unchanged"
    stated = replace(DOCUMENT, publisher="Ledger Trust", origins={})
    assert bring(stated).changed == ("publisher",)
    assert Article.objects.get().publisher.name == "Ledger Trust"


@pytest.mark.django_db
def test_a_protected_field_is_told_and_never_overwritten() -> None:
    article = bring().article
    protect(article, "title")
    again = bring(replace(DOCUMENT, title="Renamed", standfirst="You do."))
    article.refresh_from_db()
    assert (again.changed, again.kept) == (("standfirst",), ("title",))
    assert (article.title, article.standfirst) == ("On tariffs", "You do.")


@pytest.mark.django_db
def test_an_editors_text_survives_the_old_source_and_the_new_one() -> None:
    article = bring().article
    bring(replace(DOCUMENT, html="<p>Tariffs are a tax, as an editor wrote.</p>"))
    protect(article, "text")
    assert bring().kept == ()  # the source is the one it always was
    again = bring(CORRECTED)
    assert (again.outcome, again.revision, again.kept) == ("unchanged", None, ("text",))
    assert article.revisions.get(superseded_at=None).number == 2


@pytest.mark.django_db
def test_publishing_again_publishes_a_draft_but_nothing_withdrawn() -> None:
    article = bring().article
    assert article.state == "draft"
    assert bring(publish=True).outcome == "updated"
    article.refresh_from_db()
    assert article.state == "published"
    Article.objects.update(state="withdrawn", withdrawn_reason="An error.")
    assert bring(publish=True).outcome == "unchanged"
    assert Article.objects.get().state == "withdrawn"


@pytest.mark.django_db
def test_a_number_of_another_collection_is_refused_and_overwrites_nothing() -> None:
    bring(replace(DOCUMENT, identifiers=(("records:corpus", "1"),)))
    other = Document(
        title="On rivers", html="<p>Water.</p>", identifiers=(("records:corpus", "1"),)
    )
    with pytest.raises(ImportRefused, match="“On tariffs”, which seems to be another work"):
        bring(other)
    renamed = replace(DOCUMENT, title="Renamed", identifiers=(("records:corpus", "1"),))
    assert bring(renamed).changed == ("title",)  # the same text is enough


@pytest.mark.django_db
def test_a_batch_says_which_fields_were_not_overwritten() -> None:
    protect(bring().article, "title")
    batch = ImportBatch.objects.create()
    bring(replace(DOCUMENT, title="Renamed"), batch=batch)
    assert ImportItem.objects.get().reason == "Protected here, so not overwritten: Title."


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("identifiers", [(("doi", "10.1/x"),), ()], ids=["by DOI", "by its text"])
def test_the_same_document_twice_at_once_is_one_article(identifiers) -> None:
    document = replace(DOCUMENT, identifiers=identifiers)
    start = threading.Barrier(3)
    outcomes: list[str] = []

    def run(number: int) -> None:
        start.wait()
        recorded = record(document, raw=b"%d" % number, media_type="text/html")
        outcomes.append(recorded.outcome)
        connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["new", "unchanged", "unchanged"]
    assert Article.objects.count() == Revision.objects.count() == 1
