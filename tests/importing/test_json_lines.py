"""JSON Lines: a document a line; a bad line is one refusal and the rest go on."""

import io
import json
from collections import Counter
from pathlib import Path

import pytest

from articles.importing import jsonl
from articles.importing.document import PublicationDate

CORPUS = Path(__file__).resolve().parents[2].parent / "shared/data/corpus/articles.jsonl"
needs_corpus = pytest.mark.skipif(
    not CORPUS.exists(), reason="the shared data is not beside the repository"
)


def record(**fields):
    return json.dumps({"id": "ice-1", "title": "Ice", "text": "It froze.", **fields}).encode()


@pytest.fixture(scope="module")
def corpus():
    with CORPUS.open("rb") as file:
        return list(jsonl.read(file, "articles"))


@needs_corpus
def test_every_record_of_the_corpus_is_a_document_and_no_date_is_invented(corpus):
    documents = [found.document for found in corpus]
    assert len(documents) == 428
    assert None not in documents
    dates = Counter((one.date.precision, bool(one.date.period)) for one in documents)
    assert dates == {("day", False): 227, ("none", True): 177, ("none", False): 24}
    assert len({one.identifiers for one in documents}) == 428


@needs_corpus
def test_the_corpus_keeps_its_authors_kinds_footnotes_and_words(corpus):
    documents = {one.document.identifiers[0][1]: one.document for one in corpus}
    assert Counter(one.kind for one in documents.values()) == {
        "essay": 180, "speech": 133, "commentary": 90, "article": 25,
    }  # fmt: skip
    assert sum(len(one.people) > 1 for one in documents.values()) == 24
    assert not any("&#" in one.title or "[^" in one.text for one in documents.values())
    assert sum("doc-endnotes" in one.html for one in documents.values()) == 16
    for found in corpus:
        source = json.loads(found.raw)
        if source["format"] == "text":
            words = len(source["text"].split())
            assert abs(len(found.document.text.split()) - words) <= 0.03 * words


def test_the_fields_of_a_record():
    document = jsonl.read_record(
        record(
            title="What&#39;s new &amp; old",
            standfirst="In <em>short</em>.",
            author="Ann Lee; Bo Li",
            date="2012-02-04",
            publisher="Baltic Letters",
            kind="speech",
            topics=["ice", "harbours"],
            lang="en",
            source="https://baltic.example/ice",
            licence="CC0-1.0",
        ),
        "Baltic Letters",
    )
    assert document.title == "What's new & old"
    assert document.standfirst == "In short."
    assert [person.name for person in document.people] == ["Ann Lee", "Bo Li"]
    assert document.date == PublicationDate(2012, 2, 4)
    assert (document.url, document.source) == ("https://baltic.example/ice", "")
    assert (document.kind, document.tags) == ("speech", ("ice", "harbours"))
    assert (document.rights, document.language) == ("CC0-1.0", "en")
    assert document.identifiers == (("records:baltic-letters", "ice-1"),)
    assert (document.importer, document.media_type) == ("jsonl", "application/json")


@pytest.mark.parametrize(
    ("file", "named", "identifiers"),
    [
        ("letters.jsonl", None, (("records:letters", "ice-1"),)),
        ("Letters (2).JSONL.gz", None, (("records:letters", "ice-1"),)),
        ("letters.jsonl", "Baltic", (("records:baltic", "ice-1"),)),
        ("", None, ()),
    ],
)
def test_an_id_holds_within_its_collection(file, named, identifiers):
    line = record(collection=named) if named else record()
    assert jsonl.read_record(line, jsonl.collection_of(file)).identifiers == identifiers


def test_long_names_of_collections_stay_apart():
    one, other = (jsonl.scheme_of(f"{'A very long name of letters ' * 3}{n}") for n in (1, 2))
    assert one != other
    assert len(one) == len(other) == 40


def test_an_undated_record_keeps_its_period_and_gets_no_date():
    document = jsonl.read_record(record(date=None, period="1945-1952"))
    assert document.date == PublicationDate(period="1945-1952")
    assert jsonl.read_record(record(date=None, period=None)).date == PublicationDate()


def test_headings_and_footnotes_in_plain_text():
    text = "## First\n\nA *star*.[^1] B[^2]\n\n[^1]: One.\n[^2]: Two & <more>.\nlast line"
    document = jsonl.read_record(record(text=text))
    assert document.html == (
        '<h2>First</h2>\n<p>A *star*.<sup><a href="#text-fn1" id="text-fnref1">[1]</a></sup> '
        'B<sup><a href="#text-fn2" id="text-fnref2">[2]</a></sup></p>\n<p>last line</p>\n'
        '<section role="doc-endnotes"><ol><li id="text-fn1">One.</li>\n'
        '<li id="text-fn2">Two &amp; &lt;more&gt;.</li></ol></section>'
    )


def test_markdown_is_read_only_where_the_record_says_so():
    assert jsonl.read_record(record(text="*a*", format="markdown")).html == "<p><em>a</em></p>"
    assert jsonl.read_record(record(text="*a*")).html == "<p>*a*</p>"


def test_a_bad_line_stops_nothing_and_is_named():
    lines = [
        b"\xef\xbb\xbf" + record(),
        b"",
        b"{broken",
        b"[1]",
        record(title=""),
        record(text=None),
        record(text=["no"]),
        record().replace(b"It froze", b"\xff"),
        b"[" * 100_000,
        record(text="\ud800 lone"),
        record(id="ice-2"),
    ]
    found = list(jsonl.read(io.BytesIO(b"\r\n".join(lines))))
    assert [(one.line, one.refusal and one.refusal.reason) for one in found] == [
        (1, None),
        (3, "It is not JSON."),
        (4, "It is JSON, but no record with fields."),
        (5, "It has no title."),
        (6, "It has no text."),
        (7, "It has no text."),
        (8, "It is not in UTF-8, as JSON must be."),
        (9, "It is not JSON."),
        (10, None),
        (11, None),
    ]
    assert found[1].refusal.where == "line 3"
    assert found[-1].raw == lines[-1]
    assert found[-2].document.text == "\ufffd lone"


def test_the_number_of_a_periodical_is_no_number_of_the_work():
    document = jsonl.read_record(record(issn="0015-7120", identifiers={"ISSN": "0015-7120"}))
    assert document.identifiers == ()
