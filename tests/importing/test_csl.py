"""CSL-JSON: an item each, its names and dates in all the ways the format has."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.document import Document
from articles.importing.records import csl


def read(**fields: Any) -> Document:
    [found] = csl.read_all(json.dumps([{"title": "On tariffs", **fields}]).encode())
    assert found.document, found.refusal
    return found.document


def test_the_fields_of_an_item() -> None:
    item = {
        "id": "http://zotero.example/1",
        "type": "article-newspaper",
        "title": "On <i>tariffs</i>",
        "container-title": "The Ledger",
        "publisher": "Ledger House",
        "author": [{"family": "Marsh", "given": "Ada"}],
        "translator": [{"family": "Oke", "given": "Ben"}],
        "interviewer": [{"literal": "The Ledger, Staff"}],
        "issued": {"date-parts": [["2012", "2", 4]]},
        "DOI": "10.1000/ABC",
        "URL": "https://ledger.example/a",
        "ISSN": "0015-7120",
        "volume": 9,
        "page": "12-34",
        "language": "en-US",
        "abstract": "Who pays?",
        "keyword": "trade, war, taxes",
        "note": "PMID: 123\nlicense: seen",
    }
    [found] = csl.read_all(json.dumps([item]).encode())
    document = found.document
    assert document
    assert document.is_record
    assert (found.part, json.loads(found.raw)) == ("record 1", item)
    assert document.title == "On tariffs"
    assert [(one.name, one.role) for one in document.people] == [
        ("Ada Marsh", "author"),
        ("Ben Oke", "translator"),
        ("The Ledger, Staff", "interviewer"),
    ]
    assert (document.publication, document.publisher) == ("The Ledger", "Ledger House")
    assert (document.date.isoformat(), document.language) == ("2012-02-04", "en-US")
    assert document.identifiers == (("doi", "10.1000/abc"), ("pmid", "123"))
    assert document.url == "https://ledger.example/a"
    assert document.source == "The Ledger, vol. 9, pp. 12–34, ISSN 0015-7120"
    assert document.tags == ("trade", "war", "taxes")
    assert (document.standfirst, document.kind) == ("Who pays?", "article")


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2012]]}, "2012"),
        ({"date-parts": [["2012", "02"]]}, "2012-02"),
        ({"date-parts": [[2012, 2, 4], [2012, 3, 1]]}, "2012-02-04"),
        ({"date-parts": [[2012]], "season": 2}, "2012"),
        ({"date-parts": [[2012, 21]]}, "2012"),
        ({"date-parts": [[2012, 2, 30]]}, "2012-02"),
        ({"date-parts": [[1850]], "circa": True}, "circa 1850"),
        ({"date-parts": [[-44, 3, 15]]}, "44 BC"),
        ({"date-parts": [[None]]}, ""),
        ({"raw": "4 February 2012"}, "2012-02-04"),
        ({"raw": "2012-02-04/2012-02-06"}, "2012-02-04"),
        ({"literal": "the late war"}, "the late war"),
        ("2012-02", "2012-02"),
        (None, ""),
        ([[2012]], ""),
    ],
)
def test_a_date_is_as_precise_as_it_is_stated(issued: Any, date: str) -> None:
    found = read(issued=issued).date
    assert (found.isoformat() or found.period) == date


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ({"family": "Gaulle", "given": "Charles", "dropping-particle": "de"}, "Charles de Gaulle"),
        (
            {"family": "Berg", "given": "J.", "non-dropping-particle": "van den"},
            "J. van den Berg",
        ),
        ({"family": "Oke", "given": "Ben", "suffix": "Jr."}, "Ben Oke Jr."),
        ({"family": "NATO"}, "NATO"),
        ({"family": "毛", "given": "泽东"}, "毛泽东"),
        ("Ada Marsh", "Ada Marsh"),
    ],
)
def test_a_name_in_reading_order(person: Any, name: str) -> None:
    assert [one.name for one in read(author=[person]).people] == [name]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"type": "speech"}, "speech"),
        ({"type": "interview"}, "interview"),
        ({"type": "post-weblog"}, "commentary"),
        ({"type": "article-newspaper", "genre": "Op-Ed"}, "commentary"),
    ],
)
def test_the_kind_of_the_work(fields: dict[str, str], kind: str) -> None:
    assert read(**fields).kind == kind


def test_a_kind_that_is_none_here_is_told() -> None:
    document = read(type="book", ISBN="978-0-306-40615-7")
    assert document.identifiers == (("isbn", "9780306406157"),)
    assert document.warnings == (
        "The archive has no kind “book” (the field type): taken as article.",
    )


def test_what_crossref_sends_has_lists_for_texts() -> None:
    message = {"message": {"items": [{"title": ["On trust"], "container-title": ["A", "B"]}]}}
    [found] = csl.read_all(json.dumps(message).encode())
    assert found.document
    assert found.document.publication == "A"


def test_a_bad_item_is_one_refusal_and_the_rest_goes_on() -> None:
    found = list(csl.read_all(b'[{"type": "book"}, 7, {"title": "Two"}]'))
    assert [one.refusal for one in found] == [
        "It has no title.", "It is JSON, but no item with fields.", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'[{"title": "One",\n}]', "It is not JSON: line 2 is wrong."),
        (b"[" * 100_000, "It is not JSON: somewhere is wrong."),
        (b"[]", "There is no item in it."),
    ],
)
def test_what_is_no_list_of_items_is_refused(raw: bytes, reason: str) -> None:
    assert [one.refusal for one in csl.read_all(raw)] == [reason]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["date-parts", "family", "raw", "season"]), inner)
    ),
    max_leaves=6,
)
KEYS = ["type", "title", "author", "issued", "DOI", "URL", "ISBN", "note", "keyword", "page"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(KEYS), values), max_size=3))
def test_whatever_the_values_each_item_is_a_document_or_a_refusal(items: list[Any]) -> None:
    for found in csl.read_all(json.dumps(items).encode()):
        assert (found.document is None) == bool(found.refusal)
        assert "reader failed" not in found.refusal
