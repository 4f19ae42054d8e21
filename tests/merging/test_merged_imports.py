"""An import knows what was merged: it makes no third article and writes into neither text."""

from dataclasses import replace
from typing import Any

import pytest

from annotations.importing import door
from archive import undoing
from archive.hindrances import foresee
from articles.importing import matching
from articles.importing.document import Document, PublicationDate
from articles.models import Article, ImportBatch, Revision, UrlAlias
from tests.factories import make_annotation
from tests.hypothesis_export import PAGE, annotation, export_of
from tests.undone import DOCUMENT, bring
from tests.united import unite

pytestmark = pytest.mark.django_db
COPY = Document(
    title="Who pays for tariffs",
    html="<p>By permission.</p>\n<p>Tariffs are taxes.</p>\n<p>They are paid at home.</p>",
    publisher="The Herald",
    date=PublicationDate(2012, 3),
    url="https://herald.example/tariffs",
    identifiers=(("doi", "10.1/y"),),
)


@pytest.fixture
def merged(editor: Any) -> dict[str, Any]:
    """Two imports of which the second's article was merged into the first's."""
    first, one = bring(publish=True)
    second, other = bring(COPY, publish=True)
    unite(one.article, other.article, by=editor)
    return {"first": first, "second": second, "kept": one.article, "copy": other.article}


@pytest.mark.parametrize(
    "again",
    [
        COPY,
        replace(COPY, html="<p>Corrected.</p>", identifiers=()),  # by its address
        replace(COPY, html="<p>Corrected.</p>", url=None),  # by its number
        replace(COPY, url=None, identifiers=()),  # by its text and title
        replace(COPY, title="Other", identifiers=(*COPY.identifiers, ("doi", "10.1/x"))),
        replace(COPY, html="", url=None, identifiers=()),  # a record, by its title and year
    ],
)
def test_what_was_merged_is_known_and_changes_nothing(
    merged: dict[str, Any], again: Document
) -> None:
    before = Article.objects.values().get(pk=merged["kept"].pk)
    foreseen = matching.foresee(again, digest="0" * 64)
    _batch, recorded = bring(again, raw=b"other bytes")
    assert (recorded.outcome, recorded.article) == ("unchanged", merged["kept"])
    assert (foreseen.outcome, foreseen.article) == ("unchanged", merged["kept"])
    assert Article.objects.count() == 2
    assert Revision.objects.count() == 2
    assert Article.objects.values().get(pk=merged["kept"].pk) == before


def test_its_bytes_are_known_and_the_other_one_is_corrected_as_ever(merged: dict[str, Any]) -> None:
    changed = replace(COPY, title="x", html="<p>Read otherwise.</p>", url=None, identifiers=())
    assert bring(changed, raw=COPY.text.encode())[1].article == merged["kept"]
    assert Revision.objects.count() == 2
    corrected = replace(DOCUMENT, html="<p>Tariffs are taxes indeed.</p>")
    corrected = replace(corrected, identifiers=(*DOCUMENT.identifiers, *COPY.identifiers))
    assert bring(corrected)[1].revision.article == merged["kept"]


def test_two_of_one_title_and_year_are_one_by_merging(editor: Any) -> None:
    _first, one = bring(publish=True)
    namesake = replace(DOCUMENT, url=None, identifiers=(), html="<p>Another text.</p>")
    _second, other = bring(namesake, publish=True)
    assert other.article != one.article
    unite(one.article, other.article, by=editor)
    record = replace(DOCUMENT, html="", url=None, identifiers=())
    assert matching.foresee(record, digest="0" * 64).article == one.article


@pytest.mark.parametrize("which", ["first", "second"])
def test_undoing_the_import_of_either_is_refused_with_the_reason(
    merged: dict[str, Any], editor: Any, which: str
) -> None:
    before = list(Article.objects.order_by("pk").values())
    with pytest.raises(undoing.Hindered) as refused:
        undoing.undo(merged[which], reason="No.", by=editor)
    told = [one.sentence for one in refused.value.prospect.hindrances]
    into = "It was merged into “On tariffs” since."
    assert told == [
        into if which == "second" else "“Who pays for tariffs” was merged into it since."
    ]
    assert list(Article.objects.order_by("pk").values()) == before
    assert ImportBatch.objects.get(pk=merged[which].pk).state == "done"


def test_an_import_after_merging_can_be_undone(merged: dict[str, Any], editor: Any) -> None:
    batch, _recorded = bring(replace(DOCUMENT, standfirst="You pay."))
    assert not foresee(batch, editor).hindrances
    undoing.undo(batch, reason="No.", by=editor)
    merged["kept"].refresh_from_db()
    assert (merged["kept"].standfirst, merged["kept"].state) == ("Who pays?", "published")


def test_notes_from_elsewhere_find_the_one_that_stays(merged: dict[str, Any], reader: Any) -> None:
    UrlAlias.objects.create(article=merged["copy"], url=PAGE)
    (result,) = door.bring(export_of(annotation(document={})), by=None)
    assert result.article == merged["kept"]
    called = annotation(uri="https://elsewhere.example/x", document={"title": [COPY.title]})
    (result,) = door.bring(export_of({**called, "id": "other"}), by=None)
    assert result.article == merged["kept"]
    note = make_annotation(merged["kept"], by=reader, words="taxes")
    assert note.article == merged["kept"]
