"""Records of works come in without a text: a draft, or facts for an article that is known."""

from dataclasses import replace
from typing import Any

import pytest

from articles.importing.document import (
    Contributor,
    Document,
    ImportRefused,
    Origin,
    PublicationDate,
    Sureness,
)
from articles.importing.matching import foresee
from articles.importing.record import Recorded, record
from articles.models import Article, ImportBatch, ImportItem, Revision
from tests.factories import make_article

pytestmark = pytest.mark.django_db

TEXT = "<p>Tariffs are taxes.</p>"
RECORD = Document(
    title="On tariffs: Who pays?",
    html="",
    people=(Contributor("Ada Marsh"),),
    publisher="The Ledger",
    date=PublicationDate(2012, 2, 4),
    url="https://ledger.example/on-tariffs",
    identifiers=(("doi", "10.1000/x"),),
    origins={"title": Origin(Sureness.STATED, "the tag TI")},
)
BARE = replace(RECORD, url=None, identifiers=())


def bring(document: Document = RECORD, raw: bytes = b"raw", **fields: Any) -> Recorded:
    return record(document, raw=raw, **{"media_type": "text/plain", "file_name": "r.ris", **fields})


def known(**fields: Any) -> Article:
    return bring(replace(RECORD, html=TEXT, **fields), raw=b"text", publish=True).article


def test_a_record_is_a_draft_without_a_text() -> None:
    recorded = bring()
    article = Article.objects.get()
    assert (recorded.outcome, recorded.revision, article.state) == ("new", None, "draft")
    assert [one.person.name for one in article.authorships.all()] == ["Ada Marsh"]
    assert article.identifiers.get().value == "10.1000/x"
    assert not Revision.objects.exists()
    assert not article.field_origins.filter(field="text").exists()


def test_to_publish_it_leaves_a_draft_and_says_why() -> None:
    batch = ImportBatch.objects.create()
    bring(publish=True, batch=batch)
    item = ImportItem.objects.get()
    assert (item.outcome, item.reason) == ("new", "It has no text, so it stays a draft.")
    assert Article.objects.get().state == "draft"


@pytest.mark.parametrize("document", [RECORD, BARE, replace(BARE, date=PublicationDate())])
def test_the_same_record_again_changes_nothing(document: Document) -> None:
    bring(document)
    assert bring(document).outcome == "unchanged"
    assert Article.objects.count() == 1


def test_records_are_not_known_by_their_bytes_nor_by_the_text_they_lack() -> None:
    bring()
    other = replace(BARE, title="On trust", people=(Contributor("Ben Oke"),))
    assert bring(other).outcome == "new"
    assert Article.objects.count() == 2


@pytest.mark.parametrize(
    "document",
    [
        replace(RECORD, title="Another name", url=None, date=PublicationDate()),
        replace(RECORD, title="Another name", identifiers=()),
        replace(BARE, title="ON TARIFFS – who pays"),
        replace(BARE, title="On Tariffs", people=(Contributor("A. Marsh"),)),
        replace(BARE, title="“On tariffs”", people=()),
    ],
    ids=["identifier", "address", "title", "title without subtitle", "title alone"],
)
def test_a_record_is_known_by_identifier_address_or_title_with_year(document: Document) -> None:
    article = known()
    assert bring(document).article == article
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    "document",
    [
        replace(BARE, date=PublicationDate(2013)),
        replace(BARE, title="On tariffs: Another view"),
        replace(BARE, people=(Contributor("Ben Oke"),)),
        replace(BARE, identifiers=(("doi", "10.1000/y"),)),
        replace(BARE, url="https://ledger.example/on-tariffs", date=PublicationDate(2013)),
    ],
    ids=["year", "subtitle", "people", "another DOI", "address of another year"],
)
def test_what_is_only_like_it_is_another_work(document: Document) -> None:
    known()
    assert bring(document).outcome == "new"


def test_the_address_of_a_site_is_no_work() -> None:
    known(url="https://ledger.example/")
    other = replace(BARE, title="On trust", url="https://ledger.example/")
    assert bring(other).outcome == "new"


def test_of_two_articles_that_it_could_be_none_is_changed_and_both_are_named() -> None:
    for subtitle in ("One", "Two"):
        known(
            title=f"On tariffs: {subtitle}", url=None, identifiers=(("doi", f"10.1000/{subtitle}"),)
        )
    with pytest.raises(ImportRefused, match=r"On tariffs: One.*On tariffs: Two"):
        bring(replace(BARE, title="On tariffs", publisher="Else"))
    assert set(Article.objects.values_list("publisher__name", flat=True)) == {"The Ledger"}


def test_an_address_alone_does_not_make_two_titles_one() -> None:
    known(date=PublicationDate())
    with pytest.raises(ImportRefused, match="its title is another"):
        bring(replace(RECORD, title="A whole other thing", identifiers=()))


def test_it_fills_what_is_empty_and_touches_neither_text_nor_what_is_protected() -> None:
    article = known(standfirst="")
    article.field_origins.create(field="publisher", sureness="stated", locked=True)
    document = replace(RECORD, standfirst="Who says so.", publisher="Else", tags=("trade",))
    recorded = bring(document, raw=b"more", publish=True)
    article.refresh_from_db()
    assert (recorded.outcome, recorded.changed, recorded.kept) == (
        "updated", ("standfirst", "tags"), ("publisher",),
    )  # fmt: skip
    assert (article.standfirst, article.publisher.name) == ("Who says so.", "The Ledger")
    assert (article.revisions.count(), article.state) == (1, "published")


def test_its_tags_come_to_those_there_and_fewer_people_take_nobody_away() -> None:
    two = (Contributor("Ada Marsh"), Contributor("Tom Reed"))
    article = known(people=two, tags=("Trade", "customs"))
    fewer = replace(RECORD, publisher="Else", tags=("trade", "tariffs"))
    assert bring(fewer, raw=b"fewer").changed == ("tags",)
    assert sorted(article.tags.names()) == ["Trade", "customs", "tariffs"]
    assert [one.person.name for one in article.authorships.all()] == ["Ada Marsh", "Tom Reed"]
    assert article.publisher.name == "The Ledger"
    more = replace(RECORD, people=(*RECORD.people, Contributor("Ines Hale")))
    assert bring(more, raw=b"more").outcome == "unchanged", "nobody knows who wrote the two down"
    assert bring(fewer, raw=b"fewer again").outcome == "unchanged"


def test_a_record_publishes_a_draft_that_has_a_text() -> None:
    make_article(
        title="On tariffs", state="draft", published_on="2012-01-01", date_precision="year"
    )
    recorded = bring(BARE, publish=True)
    assert (recorded.article.state, recorded.unpublished) == ("published", False)


@pytest.mark.parametrize("document", [RECORD, BARE, replace(BARE, title="On tariffs")])
def test_the_text_that_comes_later_is_the_first_revision(document: Document) -> None:
    draft = bring().article
    recorded = bring(replace(document, html=TEXT), raw=b"text", publish=True)
    assert (recorded.article, recorded.outcome) == (draft, "updated")
    assert recorded.revision is not None
    assert (recorded.revision.number, recorded.revision.reason) == (1, "Imported from r.ris")
    assert recorded.article.state == "published"


def test_a_text_is_not_taken_for_another_text_of_its_title() -> None:
    known()
    other = replace(BARE, html="<p>Other words.</p>")
    assert bring(other, raw=b"other").outcome == "new"


def test_finding_it_costs_few_queries_however_many_articles_there_are(count_queries: Any) -> None:
    for number in range(30):
        make_article(title=f"On tariffs {number}", published_on="2012-02-04", date_precision="day")
    assert count_queries(lambda: foresee(BARE, digest="0" * 64)) <= 22
