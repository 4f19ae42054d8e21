"""BibTeX and biblatex: an entry each; a broken one is one refusal with its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.document import Document
from articles.importing.records import bibtex
from articles.importing.records.latex import plain_of


def read(source: str) -> Document:
    *_, found = bibtex.read_all(source.encode())
    assert found.document, found.refusal
    return found.document


def entry(fields: str, type: str = "article") -> Document:
    return read(f"@{type}{{key, title = {{On tariffs}}, {fields}}}")


FULL = r"""% Encoding: UTF-8
@string{ledger = "The Ledger"}
@Article{marsh2012,
  author = {Marsh, Ada and {NATO} and van der Berg, Jan and Oke, Jr., Ben and others},
  title = "{T}ariffs and {G\"odel}: \emph{Who} Pays",
  journal = ledger, year = 2012, month = feb # "~4",
  volume = 91, number = {2}, pages = {12--34}, issn = {0015-7120},
  doi = {https://doi.org/10.1000/ABC_1}, url = {http://ledger.example/a\_b?x=1\&y=2},
  abstract = {Half of us, 50\%, pay.}, keywords = {trade, tariffs, war}, language = {english},
  note = {Reprinted by permission.}
}
"""


def test_the_fields_of_an_entry() -> None:
    [found] = bibtex.read_all(FULL.encode())
    document = found.document
    assert document
    assert document.is_record
    assert (found.part, found.raw.decode()) == ("marsh2012", FULL[FULL.index("@A") :].strip())
    assert document.title == "Tariffs and Gödel: Who Pays"
    assert [one.name for one in document.people] == [
        "Ada Marsh", "NATO", "Jan van der Berg", "Ben Oke Jr.",
    ]  # fmt: skip
    assert (document.publication, document.date.isoformat()) == ("The Ledger", "2012-02-04")
    assert document.source == "The Ledger, vol. 91, no. 2, pp. 12–34, ISSN 0015-7120"
    assert document.identifiers == (("doi", "10.1000/abc_1"),)
    assert document.url == "http://ledger.example/a_b?x=1&y=2"
    assert document.tags == ("trade", "tariffs", "war")
    assert (document.standfirst, document.language) == ("Half of us, 50%, pay.", "en")
    assert document.rights == "Reprinted by permission."
    assert document.warnings == ("It has more people than are named here.",)


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("date = {2012-02}", "2012-02"),
        ("date = {2012-02-04/2012-02-06}", "2012-02-04"),
        ("date = {2012-21}", "2012"),
        ("date = {1850~}", "circa 1850"),
        ("date = {201X}", "2010s"),
        ("year = 2012, month = {3}", "2012-03"),
        ("year = {2012}, month = may, day = 7", "2012-05-07"),
        ("year = {2012}, month = {Michaelmas}", "2012"),
        ("year = {2011--2013}", "2011"),
        ("year = {in press}", "in press"),
        ("pubstate = {inpress}", "in press"),
        ("urldate = {2020-01-01}", ""),
    ],
)
def test_a_date_is_as_precise_as_it_is_stated(fields: str, date: str) -> None:
    found = entry(fields).date
    assert (found.isoformat() or found.period) == date


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"{\'E}tat, Fran{\c c}ois, Erd{\H o}s, \L{}\'od\'z", "État, François, Erdős, Łódź"),
        (r"The {EU} and {{NATO}}", "The EU and NATO"),
        (r"\emph{Who} \textbf{pays} {\em now}?", "Who pays now?"),
        (r"CO$_2$, $\alpha$ and CrI$_{3}$", "CO2, α and CrI3"),
        (r"From $50 to $60, or \$70, at 5% for R&D", "From $50 to $60, or $70, at 5% for R&D"),
        (r"1914--1918 --- ``war'' &amp; <i>peace</i>", "1914–1918 — “war” & peace"),
        (r"{\textless}i{\textgreater}Homo{\textless}/i{\textgreater}", "Homo"),
        (r"\enquote{Trust} and \mkbibquote{fear}", "“Trust” and “fear”"),
        (r"{\noopsort{1973b}}1973", "1973"),
        (r"An open { brace", "An open brace"),
    ],
)
def test_latex_becomes_the_words_it_sets(latex: str, words: str) -> None:
    assert plain_of(latex) == words


@pytest.mark.parametrize(
    ("names", "read_as"),
    [
        ("Donald E. Knuth and Brinch Hansen, Per", ["Donald E. Knuth", "Per Brinch Hansen"]),
        ("{Barnes and Noble, Inc.}", ["Barnes and Noble, Inc."]),
        ("family=Gaulle, given=Charles, prefix=de", ["Charles de Gaulle"]),
        ("de la Vall{\\'e}e, Jean", ["Jean de la Vallée"]),
        ("Marsh, Ada,", ["Ada Marsh"]),
    ],
)
def test_names_in_reading_order(names: str, read_as: list[str]) -> None:
    assert [one.name for one in entry(f"author = {{{names}}}").people] == read_as


def test_what_an_entry_lacks_it_has_from_the_volume_it_names() -> None:
    source = (
        "@inproceedings{part, title={On trust}, crossref={volume}, pages={3-5}}\n"
        "@proceedings{volume, title={Trust}, editor={Ed Itor}, date={1999-05}, xdata={house}}\n"
        "@xdata{house, publisher={Ledger House}}\n"
    )
    part, volume = (found.document for found in bibtex.read_all(source.encode()))
    assert part
    assert volume
    assert (part.publication, part.publisher, part.date.isoformat()) == (
        "Trust", "Ledger House", "1999-05",
    )  # fmt: skip
    assert [(one.name, one.role) for one in part.people] == [("Ed Itor", "editor")]


def test_entries_that_refer_to_themselves_end() -> None:
    assert entry("crossref = {key}, xdata = {key}").title == "On tariffs"


def test_a_broken_entry_is_told_with_its_line_and_the_rest_goes_on() -> None:
    source = "@book{one, title={One}}\n@book{two,\n title={Two, x={X}\n@misc{three, title={3}}"
    one, two, three = bibtex.read_all(source.encode())
    assert (two.part, two.document) == ("two", None)
    assert two.refusal.startswith("line 2: The entry is broken: a brace or quotation mark is open")
    assert one.document
    assert three.document


def test_two_entries_of_one_key_are_two_and_a_field_that_comes_twice_is_told() -> None:
    first, second = bibtex.read_all(b"@misc{a, title={A}}\n@misc{a, title={B}, title={C}}")
    assert first.document
    assert second.document
    assert (first.document.title, second.document.title) == ("A", "B")
    assert "stands there twice" in second.document.warnings[0]


@pytest.mark.parametrize(
    ("type", "fields", "kind"),
    [
        ("techreport", "", "report"),
        ("misc", "type = {Op-Ed}", "commentary"),
        ("article", "entrysubtype = {newspaper}", "article"),
    ],
)
def test_the_kind_of_the_work(type: str, fields: str, kind: str) -> None:
    document = entry(fields, type)
    assert (document.kind, "kind" in document.origins) == (kind, True)


def test_strings_that_double_each_other_do_not_fill_the_memory() -> None:
    doubling = "".join(f"@string{{a{i} = a{i - 1} # a{i - 1}}}\n" for i in range(1, 60))
    document = read(f"@string{{a0 = {{xxxx}}}}\n{doubling}@misc{{k, title={{T}}, note=a59}}")
    assert document.title == "T"


def test_latex_in_latex_takes_no_time() -> None:
    assert plain_of(r"\'{" * 39 + "x")
    assert plain_of("\\sqrt[" * 3000 + "x")


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=12), st.integers(0, 600), st.integers(0, 600))
def test_whatever_the_bytes_each_entry_is_a_document_or_a_refusal(
    noise: bytes, at: int, end: int
) -> None:
    raw = FULL.encode()
    for found in bibtex.read_all(raw[:at] + noise + raw[end:]):
        assert (found.document is None) == bool(found.refusal)
        assert "reader failed" not in found.refusal
