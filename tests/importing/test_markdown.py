"""Markdown: facts from front matter, footnotes as text, HTML only as the sanitiser lets it."""

import pytest

from articles.importing.document import ImportRefused, PublicationDate, Sureness
from articles.importing.markdown import read

BODY = "The harbour froze, and nobody wrote a word about it.\n"


def people(document):
    return [(person.name, person.role) for person in document.people]


def with_fields(*lines, body=BODY):
    return read("\n".join(["---", *lines, "---", "", body]))


def test_front_matter_gives_the_facts():
    document = with_fields(
        "title: Ice",
        "subtitle: In short.",
        "authors: [Ann Lee, Bo Li]",
        "translator: Cy Ma",
        "date: 2012-02-04",
        "publisher: Baltic Letters",
        "publication: Winter Notes",
        "tags: [ice, harbours]",
        "lang: en-GB",
        "source: Winter Notes 2012/2",
        "url: https://baltic.example/ice",
        "doi: https://doi.org/10.1000/ICE",
        "licence: CC BY 4.0",
        "copyright: © Baltic Letters",
        "type: op-ed",
    )
    assert (document.title, document.standfirst) == ("Ice", "In short.")
    assert people(document) == [("Ann Lee", "author"), ("Bo Li", "author"), ("Cy Ma", "translator")]
    assert document.date == PublicationDate(2012, 2, 4)
    assert (document.publisher, document.publication) == ("Baltic Letters", "Winter Notes")
    assert (document.tags, document.language) == (("ice", "harbours"), "en-GB")
    assert (document.source, document.url) == ("Winter Notes 2012/2", "https://baltic.example/ice")
    assert document.identifiers == (("doi", "10.1000/ice"),)
    assert document.rights == "CC BY 4.0\n\n© Baltic Letters"
    assert document.kind == "commentary"
    assert {origin.where for origin in document.origins.values()} == {"front matter"}
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("author: Ann Lee", ["Ann Lee"]),
        ("author: Ann Lee and Bo Li", ["Ann Lee", "Bo Li"]),
        ("author: Ann Lee; Bo Li", ["Ann Lee", "Bo Li"]),
        ("author: Office of History and Culture", ["Office of History and Culture"]),
        ("author: {name: Ann Lee, email: a@e.org}", ["Ann Lee"]),
        ("author: [{name: Ann Lee}, {given: Bo, family: Li}]", ["Ann Lee", "Bo Li"]),
        ("author: ", []),
        ("author: null", []),
    ],
)
def test_authors_are_written_in_many_ways(line, names):
    assert [name for name, _ in people(with_fields("title: Ice", line))] == names


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("date: 2012-02-04 10:00:00 +0200", PublicationDate(2012, 2, 4)),
        ("date: 2012-02", PublicationDate(2012, 2)),
        ("date: 2012", PublicationDate(2012)),
        ("date: February 4, 2012", PublicationDate(2012, 2, 4)),
        ("period: 19th century", PublicationDate(period="19th century")),
        ("date: 1951-53", PublicationDate(period="1951-53")),
        ("layout: post", PublicationDate()),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(line, date):
    assert with_fields("title: Ice", line).date == date


def test_a_date_and_a_kind_that_nobody_understands_are_told():
    document = with_fields("title: Ice", "date: someday", "kind: riddle", "lang: the usual")
    assert len(document.warnings) == 3
    assert (document.date.precision, document.kind) == ("none", "article")


def test_the_first_heading_is_the_title_where_none_is_stated():
    document = read(f"# Ice on\n\nPreface.\n\n{BODY}\n## Later\n\nMore.")
    assert document.title == "Ice on"
    assert document.origins["title"].sureness is Sureness.LIKELY
    assert document.origins["title"].where == "line 1"
    assert document.html.startswith("<p>Preface.</p>")
    assert "<h2>Later</h2>" in document.html


def test_a_heading_that_repeats_the_title_is_no_text():
    assert with_fields("title: Ice", body=f"# ICE\n\n{BODY}").text == BODY.strip()
    assert with_fields("title: Ice", body=f"# Water\n\n{BODY}").text.startswith("Water")


def test_footnotes_come_last_and_are_linked():
    document = with_fields("title: Ice", body="A[^a] and B[^b].\n\n[^a]: One.\n[^b]: *Two*.\n\nC")
    assert document.html == (
        '<p>A<sup><a href="#text-fn1" id="text-fnref1">[1]</a></sup> and '
        'B<sup><a href="#text-fn2" id="text-fnref2">[2]</a></sup>.</p>\n<p>C</p>\n'
        '<section role="doc-endnotes"><ol><li id="text-fn1"><p>One.</p></li>\n'
        '<li id="text-fn2"><p><em>Two</em>.</p></li></ol></section>'
    )
    unused = with_fields("title: Ice", body=f"{BODY}\n[^x]: Lost.")
    assert "“x”" in unused.warnings[0]


def test_tables_quotes_and_code_are_read():
    document = with_fields(
        "title: Ice", body="| a | b |\n|---|---|\n| 1 | ~~2~~ |\n\n> quoted\n\n```\nx\n  y\n```\n"
    )
    assert document.text == "a\nb\n1\n2\nquoted\nx\n  y"


def test_html_in_it_passes_the_sanitiser():
    document = with_fields("title: Ice", body='A <b onclick="x()">b</b><script>alert(1)</script>')
    assert document.html == "<p>A <strong>b</strong></p>"


def test_template_tags_are_left_out_and_told_but_not_in_code():
    body = "A {% include ice.html %}{{ site.x }}B `{% raw %}`\n{: .wide}\n\n```\n{{ kept }}\n```"
    document = with_fields("title: Ice", body=body)
    assert document.text == "A B {% raw %}\n{{ kept }}"
    assert "{% include ice.html %}" in document.warnings[0]


def test_relative_links_lead_to_the_page_it_came_from():
    document = with_fields("title: Ice", "url: https://baltic.example/a/", body="[x](b) [y](#c)")
    assert 'href="https://baltic.example/a/b"' in document.html
    assert 'href="#text-c"' in document.html


def test_toml_front_matter_line_ends_and_a_byte_order_mark_are_read():
    document = read('\ufeff+++\r\ntitle = "Ice"\r\ndate = 2012-02-04\r\n+++\r\n\r\n' + BODY)
    assert (document.title, document.date) == ("Ice", PublicationDate(2012, 2, 4))


def test_right_to_left_blocks_say_so():
    html = with_fields("title: Ice", body="אבג דהו\n\nabc").html
    assert html == '<p dir="rtl">אבג דהו</p>\n<p>abc</p>'
    html = with_fields("title: Ice", "lang: he", body="אבג דהו\n\nabc").html
    assert html.endswith('<p dir="ltr">abc</p>')


def test_a_rule_at_the_start_is_no_front_matter():
    assert read(f"---\n\n# Ice\n\n{BODY}").title == "Ice"


def test_without_a_title_a_heading_at_the_start_or_the_first_words_stand_for_one():
    document = read(f"## Ice\n\n{BODY}")
    assert (document.title, document.text, document.warnings) == ("Ice", BODY.strip(), ())
    document = read(f"{BODY}\n## Ice\n\nIt froze.")
    assert document.title == BODY.strip()
    assert document.origins["title"].sureness is Sureness.GUESS
    assert document.text == f"{BODY}Ice\nIt froze."


@pytest.mark.parametrize(
    ("text", "reason", "where"),
    [
        ("---\ntitle: Ice\ndate: [2012\n---\n\nText", "front matter is broken", "line 4"),
        ("---\ntitle: a: b\n---\n\nText", "front matter is broken", "line 2"),
        ("---\ntitle: Ice\nx: " + "[" * 1000 + "\n---\nText", "front matter is broken", ""),
        ("---\ntitle: Ice\ndate: 2012\n\nText", "has no end", "line 1"),
        ("+++\ntitle = \n+++\nText", "front matter is broken", ""),
        (f"---\ntitle: Ice\nx: {'y' * 60_000}\n---\nText", "too long", "line 1"),
        ("***", "no title", ""),
        ("---\ntitle: Ice\n---\n", "no text", ""),
        ("", "no title", ""),
    ],
)
def test_what_cannot_be_imported_is_refused_with_the_place(text, reason, where):
    with pytest.raises(ImportRefused) as refused:
        read(text)
    assert reason in refused.value.reason
    assert refused.value.where == where or not where
