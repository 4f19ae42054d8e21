"""TEI: facts from the header, several texts in one file, essays by themselves."""

import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.document import Document, ImportRefused, PublicationDate
from articles.importing.tei import read, read_all
from articles.text import text_of

SHARED = Path(__file__).resolve().parents[2].parent / "shared/data"
needs_shared = pytest.mark.skipif(
    not SHARED.exists(), reason="the shared data is not beside the repository"
)
NS = 'xmlns="http://www.tei-c.org/ns/1.0"'
TITLE = "<titleStmt><title>Ice</title></titleStmt>"


def tei(
    text="<p>It froze.</p>",
    *,
    title=TITLE,
    edition="<p/>",
    source="<p/>",
    profile="",
    attributes="",
):
    return f"""<TEI {NS} {attributes}><teiHeader><fileDesc>{title}
    <publicationStmt>{edition}</publicationStmt><sourceDesc>{source}</sourceDesc></fileDesc>
    <profileDesc>{profile}</profileDesc><revisionDesc><change when="2022-01-01">x</change>
    </revisionDesc></teiHeader><text><body>{text}</body></text></TEI>""".encode()


def people(document):
    return [(person.name, person.role) for person in document.people]


@needs_shared
def test_every_essay_is_read_with_the_words_of_the_corpus():
    """The corpus has no captions of pictures; else both say the same."""
    lines = (SHARED / "corpus/articles.jsonl").read_text().splitlines()
    corpus = {record["id"]: record for record in map(json.loads, lines)}
    essays = (SHARED / "corpus/milestones_tei.jsonl").read_text().splitlines()
    assert len(essays) == 180
    for essay in map(json.loads, essays):
        document = read(essay["tei"].encode())
        record = corpus[essay["id"]]
        plain = text_of(re.sub("<figure>.*?</figure>", "", document.html, flags=re.DOTALL))
        assert document.title == " ".join(record["title"].split())
        assert re.sub(r"[\s#]", "", plain) == re.sub(r"[\s#]", "", record["text"])
        assert document.warnings == ()


@needs_shared
def test_a_guide_without_a_proper_header_is_read_as_far_as_it_says():
    document = read((SHARED / "samples/tei_rdcr_hungary.xml").read_bytes())
    assert document.title.endswith("since 1776: Hungary")
    assert (document.publisher, document.date) == ("Department of State", PublicationDate(2009))
    assert document.people == ()
    assert [person.name for person in document.suggested_people] == ["Evan Duncan"]
    assert document.text.startswith("Summary\nThe medieval Kingdom of Hungary was conquered")
    assert "Fact Sheet" not in document.text


def test_the_header_gives_the_facts():
    document = read(
        tei(
            title='<titleStmt><title type="short">I</title><title type="main">Ice<note>x</note>'
            '</title><title type="sub">A view</title><title type="sub">Electronic edition</title>'
            "<respStmt><resp>Translated by</resp><name>Bo Li</name></respStmt><respStmt><resp>"
            "Encoded by</resp><name>Cy Ma</name></respStmt><author><persName><surname>Lee"
            "</surname>, <forename>Ann</forename></persName></author>"
            "<editor>Fox, Di, 1801-1870</editor></titleStmt>",
            edition='<publisher>Harbour Press</publisher><date when="2012-02-04">x</date>'
            '<idno type="DOI">10.1000/ICE</idno><idno type="isbn-13">9781</idno>'
            '<idno type="url">https://baltic.example/ice</idno><availability>'
            '<licence target="https://cc.example/by"><p>Free to use.</p></licence></availability>',
            profile='<langUsage><language ident="eng"/></langUsage><abstract><p>In short.</p>'
            "</abstract><textClass><keywords><term>ice</term><term>sea</term></keywords></textClass>",
        )
    )
    assert (document.title, document.standfirst) == ("Ice: A view", "In short.")
    assert people(document) == [
        ("Ann Lee", "author"), ("Bo Li", "translator"), ("Di Fox", "editor"),
    ]  # fmt: skip
    assert (document.publisher, document.date) == ("Harbour Press", PublicationDate(2012, 2, 4))
    assert document.identifiers == (("doi", "10.1000/ice"), ("isbn", "9781"))
    assert document.url == "https://baltic.example/ice"
    assert document.rights == "Free to use. (https://cc.example/by)"
    assert (document.language, document.tags) == ("en", ("ice", "sea"))
    assert document.media_type == "application/tei+xml"


EDITION = '<publisher>Digital Archive</publisher><date when="2019-12-04"/>'
PRINTED = "<author>Ann Lee</author><publisher>Wigand</publisher><date>{}</date>"


@pytest.mark.parametrize(
    ("source", "publisher", "date"),
    [
        (f"<bibl>{PRINTED.format('1841')}</bibl>", "Wigand", PublicationDate(1841)),
        (f"<bibl>Lee: Ice.</bibl><biblFull>{PRINTED.format('1841')}</biblFull>", "Wigand",
         PublicationDate(1841)),
        (f"<biblStruct><monogr><imprint>{PRINTED.format('[1841]')}</imprint></monogr></biblStruct>",
         "Wigand", PublicationDate(1841)),
        ("<bibl><publisher>Wigand</publisher><date>n.d.</date></bibl>", "Wigand",
         PublicationDate()),
        (f"<bibl>{PRINTED.format('1841')}</bibl><bibl>{PRINTED.format('1850')}</bibl>",
         "Digital Archive", PublicationDate(2019, 12, 4)),
        ("<p>born digital</p>", "Digital Archive", PublicationDate(2019, 12, 4)),
    ],
)  # fmt: skip
def test_the_printed_work_counts_before_its_electronic_edition(source, publisher, date):
    document = read(tei(edition=EDITION, source=source))
    assert (document.publisher, document.date) == (publisher, date)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ('<date when="1916-05">May</date>', PublicationDate(1916, 5)),
        ('<date when="1916-02-31"/>', PublicationDate(1916, 2)),
        ('<date value="1916"/>', PublicationDate(1916)),
        ("<date>4 February 1916</date>", PublicationDate(1916, 2, 4)),
        ('<date notBefore="1850" notAfter="1855">early 1850s</date>',
         PublicationDate(period="early 1850s")),
        ('<date from="1753" to="1754"/>', PublicationDate(period="1753–1754")),
        ('<date notBefore="1850-01" notAfter="1850-12"/>', PublicationDate(1850)),
        ("<date>c. 1850</date>", PublicationDate(period="c. 1850")),
        ("<date>undated</date>", PublicationDate()),
    ],
)  # fmt: skip
def test_a_date_is_as_precise_as_it_is_stated(date, expected):
    assert read(tei(edition=date)).date == expected
    assert read(tei(edition=EDITION, profile=f"<creation>{date}</creation>")).date == (
        expected if expected != PublicationDate() else PublicationDate(2019, 12, 4)
    )


def test_a_heading_that_repeats_the_title_is_no_text_and_the_next_are_one_higher():
    text = "<div><head>ICE.</head><p>a</p><div><head>Snow</head><p>b</p></div></div>"
    assert read(tei(text)).html == "<p>a</p>\n<h2>Snow</h2>\n<p>b</p>"


def test_a_part_by_itself_has_its_heading_as_title():
    data = f'<div {NS}><head>Ice,<lb/>a view<note n="1">Note.</note></head><p>It froze.</p></div>'
    document = read(data.encode())
    assert (document.title, document.text) == ("Ice, a view", "It froze.\nNote.")


def test_texts_of_a_corpus_are_found_one_by_one():
    one, two = (tei(f"<p>{word}&dash; x</p>") for word in ("a", "b"))
    kind = b'<!DOCTYPE teiCorpus SYSTEM "tei.dtd">'
    data = kind + f"<teiCorpus {NS}>".encode() + one + two + b"</teiCorpus>"
    found = list(read_all(data))
    assert [(part.part, part.document.text) for part in found] == [
        ("text 1", "a‐ x"), ("text 2", "b‐ x"),
    ]  # fmt: skip
    assert read(found[1].raw) == found[1].document
    with pytest.raises(ImportRefused, match="holds 2 texts"):
        read(data)
    (single,) = read_all(tei())
    assert (single.raw, single.part) == (tei(), "")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<TEI><text>", "not well-formed"),
        (b"<div><p>x</p></div>", "no TEI"),
        (b'<div xmlns="a}b"><p xml:space="x">x</p></div>', "no TEI"),
        (f"<teiCorpus {NS}/>".encode(), "without a text"),
        (f"<TEI {NS}><teiHeader/></TEI>".encode(), "no text"),
        (tei(title="<titleStmt/>"), "no title"),
        (tei("<p/>"), "no text"),
    ],
)
def test_what_cannot_be_read_is_refused(data, reason):
    with pytest.raises(ImportRefused, match=reason):
        read(data)
    assert reason in next(iter(read_all(data))).refusal


def test_a_namespace_may_have_a_bracket_in_its_name():
    assert read(tei('<p xmlns:z="a}b" z:n="1" xml:space="x">c <z:x/>d</p>')).text == "c d"


@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data):
    whole = tei('<head>A</head><lg><l>b</l></lg><p>c<note n="1">d</note></p>', source=EDITION)
    at = data.draw(st.integers(0, len(whole)))
    damaged = whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + 1 :]
    with suppress(ImportRefused):
        assert isinstance(read(damaged), Document)
