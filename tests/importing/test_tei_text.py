"""The text of a TEI edition: what is in it reads as a reader of the edition reads it."""

import pytest

from articles.importing.tei import read
from tests.importing.test_tei import NS, tei


def html(text):
    return read(tei(text)).html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<p>a <hi rend="italic">b</hi> <hi rendition="#g">c</hi> <hi>d</hi></p>',
         "<p>a <em>b</em> <em>c</em> <em>d</em></p>"),
        ('<p><hi style="font-weight: bold">a</hi> <hi rend="smallcaps">b</hi></p>',
         "<p><strong>a</strong> b</p>"),
        ('<p>H<hi rend="sub">2</hi> <title level="m">Ice</title> <emph>x</emph></p>',
         "<p>H<sub>2</sub> <cite>Ice</cite> <em>x</em></p>"),
        ('<p>a <foreign xml:lang="lat">dixi</foreign></p>', '<p>a <span lang="la">dixi</span></p>'),
        ("<p><choice><sic>a</sic><corr>b</corr></choice> <choice><abbr>c</abbr><expan>d</expan>"
         "</choice> <choice><orig>e</orig><reg>f</reg></choice> <app><lem>g</lem><rdg>h</rdg></app>"
         "</p>", "<p>b d f g</p>"),
        ("<p><del>a</del><add>b</add> <unclear>c</unclear> <gap/> <gap><desc>torn</desc></gap></p>",
         "<p><del>a</del><ins>b</ins> c […] [torn]</p>"),
        ("<p>a<ruby><rb>冬</rb> <rt>ふゆ</rt></ruby>b</p>", "<p>a冬(ふゆ)b</p>"),
        ("<lg><l>a</l><lb/><l>b</l></lg><lg><l>c</l></lg>", "<p>a<br>\nb</p>\n<p>c</p>"),
        ("<sp><speaker>Ann</speaker><p>a</p><stage>goes</stage></sp>",
         "<p><strong>Ann</strong></p>\n<p>a</p>\n<p><em>goes</em></p>"),
        ('<list type="gloss"><label>a</label><item>b</item></list>',
         "<dl><dt>a</dt>\n<dd>b</dd></dl>"),
        ('<list rend="numbered"><item>a</item></list>', "<ol><li>a</li></ol>"),
        ('<table><row role="label"><cell cols="2">a</cell></row><row><cell>b</cell><cell>c</cell>'
         '</row></table>', '<table><tbody><tr><th colspan="2">a</th></tr>\n<tr><td>b</td>\n'
         "<td>c</td></tr></tbody></table>"),
        ('<figure><graphic url="x"/><head>Ship</head><figDesc>In ice.</figDesc></figure>',
         "<figure><figcaption><p>Ship</p>\n<p>In ice.</p></figcaption></figure>"),
        ("<opener><dateline>Oslo</dateline><salute>Sir,</salute></opener><closer>Yours<lb/>Ann"
         "</closer>", "<p>Oslo</p>\n<p>Sir,</p>\n<p>Yours<br>\nAnn</p>"),
        ("<quote>a</quote><p>b <quote>c</quote> “<quote>d</quote>”</p>",
         "<blockquote><p>a</p></blockquote>\n<p>b <q>c</q> “d”</p>"),
        ("<epigraph><quote>a</quote></epigraph>", "<blockquote><p>a</p></blockquote>"),
        ("<p>a <cit><quote>b</quote><bibl>Lee</bibl></cit></p>", "<p>a <q>b</q> Lee</p>"),
        ('<p><ref target="https://a.example/">a</ref> <ptr target="https://b.example/"/></p>',
         '<p><a href="https://a.example/">a</a> <a href="https://b.example/">https://b.example/</a></p>'),
        ("<p><gi>p</gi></p><eg>a\n b</eg>", "<p><code>p</code></p>\n<pre>a\n b</pre>"),
        ("<div1><head>a</head><div2><head>b</head><p>c</p></div2></div1>",
         "<h2>a</h2>\n<h3>b</h3>\n<p>c</p>"),
        ("<div><p>a</p></div><div><head>b</head><head>c</head><p>d</p></div>",
         "<p>a</p>\n<h2>b</h2>\n<h2>c</h2>\n<p>d</p>"),
        ("<floatingText><body><p>a</p></body></floatingText>", "<blockquote><p>a</p></blockquote>"),
    ],
)  # fmt: skip
def test_elements_become_what_they_are(text, expected):
    assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ice<lb/>berg", "ice berg"),
        ("ice-<lb/>\nberg", "iceberg"),
        ('ice<lb break="no"/>berg', "iceberg"),
        ('ice-<lb break="no"/>berg', "iceberg"),
        ("Ost-<lb/>\nund Westwind", "Ost- und Westwind"),
        ("Nord-<lb/>Ost", "Nord- Ost"),
        ("1914-<lb/>\nand", "1914- and"),
        ('ice-<lb/><pb n="2"/><fw>Running head</fw><lb/>berg', "iceberg"),
        ('a <pb n="2"/>b', "a b"),
        ('ice<pb n="2"/>berg', "iceberg"),
        ('a\n<pb n="2"/>\nb', "a b"),
    ],
)
def test_printed_lines_and_pages_leave_whole_words(text, words):
    assert read(tei(f"<p>{text}</p>")).text == words


def test_notes_go_to_the_end_with_their_marks():
    assert html(
        '<p>a<note place="foot" n="1"><p>One.</p><p>More.<note>Inner.</note></p></note>'
        '<note place="margin" n="*">Star.</note></p>'
    ) == (
        '<p>a<sup><a href="#text-fn1" id="text-fnref1">1</a></sup>'
        '<sup><a href="#text-fn2" id="text-fnref2">*</a></sup></p>\n'
        '<section role="doc-endnotes"><ol><li id="text-fn1"><p>One.</p>\n'
        '<p>More.<sup><a href="#text-fn3" id="text-fnref3">[3]</a></sup></p></li>\n'
        '<li id="text-fn2">* Star.</li>\n<li id="text-fn3">Inner.</li></ol></section>'
    )


def test_notes_that_stand_elsewhere_are_found_by_reference_and_by_anchor():
    document = read(
        tei(
            '<p>a<ref target="#n1">1</ref> see <ref target="#n1">note 1</ref> <anchor xml:id="x"/>b'
            '</p><div><head>Notes</head><note xml:id="n1">One.</note><note target="#x">Two.</note>'
            "</div>"
        )
    )
    assert document.text == "a1 see note 1 [2]b\nOne.\nTwo."
    assert ' see <a href="#text-fn1">note 1</a> ' in document.html


def test_a_note_that_goes_on_on_the_next_page_is_one():
    text = (
        '<p>a<note n="*)" xml:id="n1" next="#n2">One and</note> b <pb/>'
        '<note n="*)" xml:id="n2" prev="#n1">one more.</note>c</p>'
    )
    assert read(tei(text)).text == "a*) b c\n*) One and one more."


def test_a_note_beside_paragraphs_that_nothing_refers_to_stays():
    assert html("<p>a</p><note>Of the editor.</note>") == "<p>a</p>\n<p>Of the editor.</p>"


def test_named_characters_of_old_files_are_read_and_unknown_ones_told():
    data = b"<!DOCTYPE TEI.2 SYSTEM 'tei2.dtd'>" + tei("<p>a&mdash;b &q1;</p>").replace(
        b"TEI", b"TEI.2"
    )
    document = read(data.replace(f" {NS}".encode(), b""))
    assert document.text == "a—b &q1;"
    assert document.warnings == ("It uses “&q1;”, which only a file elsewhere explains.",)


def test_right_to_left_texts_and_passages_say_so():
    text = '<p>שלום 2011</p><p>abc</p><p xml:lang="en">d</p>'
    assert read(tei(text, attributes='xml:lang="he"')).html == (
        '<p dir="rtl">שלום 2011</p>\n<p dir="ltr">abc</p>\n<p dir="ltr" lang="en">d</p>'
    )
    passage = read(tei('<p>a <foreign xml:lang="ar">ب</foreign></p>', attributes='xml:lang="en"'))
    assert '<span dir="rtl" lang="ar">' in passage.html


def test_parts_in_other_files_are_told():
    include = '<include xmlns="http://www.w3.org/2001/XInclude" href="two.xml"/>'
    assert "other files" in read(tei(f"<p>a</p>{include}")).warnings[0]


@pytest.mark.parametrize("tag", ["div", "list><item", "quote", "hi", "note", "table><row><cell"])
def test_elements_nested_beyond_reading_keep_their_words(tag):
    names = [part.strip("<>") for part in tag.split("><")]
    times = 230 // len(names)
    end = "".join(f"</{name}>" for name in reversed(names))
    deep = f"<{tag}>" * times + "cold" + end * times
    assert "cold" in read(tei(f"<p>x</p>{deep}")).text


def test_where_an_author_works_is_no_author():
    work = "<affiliation><orgName>Harbour School</orgName><address>Quay 1</address></affiliation>"
    title = (
        f"<title>Ice</title><author><persName>Ann Lee</persName>{work}</author>"
        f"<author>Bo Li <email>bo@baltic.example</email></author><author>{work}</author>"
        "<author><orgName>Ice Office</orgName></author>"
    )
    document = read(tei(title=f"<titleStmt>{title}</titleStmt>"))
    assert [person.name for person in document.people] == ["Ann Lee", "Bo Li", "Ice Office"]
