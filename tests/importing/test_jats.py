"""JATS: facts from the front, the body as it reads, notes and references after it."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.document import Document, ImportRefused, PublicationDate
from articles.importing.jats import read, read_all

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared/data/samples"
needs_samples = pytest.mark.skipif(
    not SAMPLES.exists(), reason="the shared data is not beside the repository"
)
AUTHOR = (
    '<contrib contrib-type="author"><name><surname>Lee</surname><given-names>Ann</given-names>'
    "</name></contrib>"
)
DATE = '<pub-date pub-type="epub"><day>4</day><month>2</month><year>2016</year></pub-date>'


def article(meta="", body="<p>It froze.</p>", back="", *, attributes="", title="Ice", after=""):
    return f"""<?xml version="1.0"?>
    <article xmlns:xlink="http://www.w3.org/1999/xlink"
      xmlns:mml="http://www.w3.org/1998/Math/MathML" dtd-version="1.3" {attributes}>
    <front><journal-meta><journal-id journal-id-type="nlm-ta">Balt Lett</journal-id>
    <journal-title-group><journal-title>Baltic Letters</journal-title></journal-title-group>
    <publisher><publisher-name>Harbour Press</publisher-name></publisher></journal-meta>
    <article-meta><title-group><article-title>{title}</article-title></title-group>{meta}
    </article-meta></front><body>{body}</body><back>{back}</back>{after}</article>""".encode()


def people(document):
    return [(person.name, person.role) for person in document.people]


@needs_samples
def test_a_research_article_is_read_whole_and_its_letters_are_left_out():
    document = read((SAMPLES / "elife06003.xml").read_bytes())
    assert document.title == "No turnover in lens lipids for the entire human lifespan"
    assert document.date == PublicationDate(2015, 3, 11)
    assert [role for _, role in people(document)] == ["author"] * 6 + ["editor"]
    assert document.text.startswith("Abstract\nLipids are critical")
    assert document.text.endswith("doi:10.1016/j.chemphyslip.2003.12.003.")
    assert "which were left out (2): “Decision letter”, “Author response”" in document.warnings[0]
    assert "favorably evaluated" not in document.text


def test_the_front_gives_the_facts():
    document = read(
        article(
            '<article-id pub-id-type="publisher-id">B-1</article-id>'
            '<article-id pub-id-type="doi">10.1000/ICE</article-id>'
            '<article-id pub-id-type="pmid">12</article-id>'
            '<article-id pub-id-type="pmc">34</article-id>'
            '<article-categories><subj-group subj-group-type="heading"><subject>Research Article'
            "</subject></subj-group><subj-group><subject>Earth</subject><subj-group><subject>"
            "Glaciers</subject></subj-group></subj-group></article-categories>"
            f"<contrib-group>{AUTHOR}</contrib-group>{DATE}<volume>4</volume><issue>2</issue>"
            "<fpage>14</fpage><lpage>19</lpage><permissions><copyright-statement>© 2016 Lee"
            '</copyright-statement><license xlink:href="https://cc.example/by/4.0"><license-p>Open '
            "<italic>access</italic>, all of it.</license-p></license></permissions>"
            '<kwd-group xml:lang="en"><kwd>ice</kwd></kwd-group>'
            '<kwd-group xml:lang="es"><kwd>hielo</kwd></kwd-group>',
            attributes='article-type="editorial" xml:lang="en"',
            title='Ice<xref ref-type="fn" rid="x">1</xref> in 2011</article-title>'
            "<subtitle>A view</subtitle><article-title>",
        )
    )
    assert document.title == "Ice in 2011: A view"
    assert (document.publication, document.publisher) == ("Baltic Letters", "Harbour Press")
    assert document.source == "Baltic Letters 4(2): 14–19"
    assert (document.kind, document.language) == ("commentary", "en")
    assert document.tags == ("ice", "Glaciers")
    assert document.rights == "© 2016 Lee\n\nOpen access, all of it. (https://cc.example/by/4.0)"
    assert document.identifiers == (
        ("records:balt-lett", "B-1"), ("doi", "10.1000/ice"), ("pmid", "12"), ("pmcid", "PMC34"),
    )  # fmt: skip
    assert document.url == "https://doi.org/10.1000/ice"
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("contrib", "expected"),
    [
        (AUTHOR, [("Ann Lee", "author")]),
        (AUTHOR.replace("author", "translator"), [("Ann Lee", "translator")]),
        (AUTHOR.replace("author", "reviewer"), []),
        ("<contrib><string-name>Bo Li</string-name></contrib>", [("Bo Li", "author")]),
        (AUTHOR.replace("<name>", '<name name-style="eastern">'), [("Lee Ann", "author")]),
        (
            "<contrib><name-alternatives><name name-style='eastern'><surname>李</surname>"
            "<given-names>波</given-names></name><name><surname>Li</surname><given-names>Bo"
            "</given-names></name></name-alternatives></contrib>",
            [("Bo Li", "author")],
        ),
        (
            f"<contrib><collab>Ice Group<contrib-group>{AUTHOR}</contrib-group></collab></contrib>",
            [("Ice Group", "author")],
        ),
        ("<contrib contrib-type='author'><anonymous/></contrib>", []),
    ],
)
def test_people_have_the_part_that_is_stated(contrib, expected):
    assert people(read(article(f"<contrib-group>{contrib}</contrib-group>"))) == expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (f'<pub-date pub-type="collection"><year>2015</year></pub-date>{DATE}', (2016, 2, 4)),
        (DATE + DATE.replace("epub", "ppub").replace("2016", "2015"), (2015, 2, 4)),
        ('<pub-date date-type="pub" iso-8601-date="2014-05-06"/>', (2014, 5, 6)),
        ("<pub-date><season>Winter</season><year>2014</year></pub-date>", (2014,)),
        ("<pub-date><month>May</month><year>2014</year></pub-date>", (2014, 5)),
        ("<pub-date><day>31</day><month>2</month><year>2014</year></pub-date>", (2014, 2)),
        (DATE.replace("epub", "nihms-submitted"), ()),
    ],
)
def test_the_date_is_the_first_day_of_publication(dates, expected):
    assert read(article(dates)).date == PublicationDate(*expected)


def test_a_short_abstract_is_the_standfirst_and_a_long_one_opens_the_text():
    short = read(article("<abstract><p>In short.</p></abstract>"))
    assert (short.standfirst, short.text) == ("In short.", "It froze.")
    text = "The harbour froze and nobody wrote about it. " * 12
    long = f"<abstract><p>{text}</p></abstract><trans-abstract xml:lang='es'><p>Hielo.</p>"
    document = read(article(f"{long}</trans-abstract>"))
    assert document.standfirst == ""
    assert document.text.startswith("Abstract\nThe harbour")
    assert '<p lang="es">Hielo.</p>' in document.html
    assert "Resumen\nHielo." in document.text


def test_letters_in_a_set_are_found_one_by_one_and_read_refuses_several():
    one, two = (article(title=name).split(b"?>", 1)[1] for name in ("One", "Two"))
    both = b"<pmc-articleset>" + one + two + b"</pmc-articleset>"
    assert read(b"<pmc-articleset>" + one + b"</pmc-articleset>").title == "One"
    with pytest.raises(ImportRefused, match="holds 2 articles"):
        read(both)
    found = list(read_all(both))
    assert [(part.part, part.document.title) for part in found] == [
        ("article 1", "One"), ("article 2", "Two"),
    ]  # fmt: skip
    assert read(found[1].raw) == found[1].document


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<article><front/><body>", "not well-formed"),
        (b"<html/>", "its root element is html"),
        (b"<article/>", "neither a front nor a body"),
        (b"<pmc-articleset/>", "no JATS"),
        (article(title=""), "no title"),
        (b'<!DOCTYPE article [<!ENTITY a "b">]>' + article()[30:], "entities"),
    ],
)
def test_what_cannot_be_read_is_refused(data, reason):
    with pytest.raises(ImportRefused, match=reason):
        read(data)
    assert reason in next(iter(read_all(data))).refusal


def test_a_record_of_an_article_without_its_text_says_so():
    abstract = f"<abstract><title>Abstract</title><p>{'It froze. ' * 60}</p></abstract>"
    data = article(abstract).replace(b"<body><p>It froze.</p></body>", b"")
    assert read(data).warnings == ("The file has no body: this is not the whole article.",)


@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data):
    whole = article(DATE, '<sec><title>A</title><p>b<xref rid="n">1</xref></p></sec>')
    at = data.draw(st.integers(0, len(whole)))
    damaged = whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + 1 :]
    with suppress(ImportRefused):
        assert isinstance(read(damaged), Document)
