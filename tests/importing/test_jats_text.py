"""The text of a JATS article: what is in it reads as it does in print."""

import pytest

from articles.importing.jats import read
from tests.importing.test_jats import article

XREF = '<xref ref-type="fn" rid="f1">{}</xref>'
NOTE = '<fn-group><fn id="f1"><label>{}</label><p>A note.</p></fn></fn-group>'


def html(body, back=""):
    return read(article(body=body, back=back)).html


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p><italic>a</italic> <sc>c</sc></p>", "<p><em>a</em> c</p>"),
        ("<p>CO<sub>2</sub> m<sup>2</sup></p>", "<p>CO<sub>2</sub> m<sup>2</sup></p>"),
        (
            "<p>a <list list-type='order'><list-item><p>b</p></list-item></list> c</p>",
            "<p>a</p>\n<ol><li>b</li></ol>\n<p>c</p>",
        ),
        (
            "<list list-type='alpha'><list-item><label>(a)</label><p>b</p></list-item></list>",
            "<ul><li>(a) b</li></ul>",
        ),
        (
            "<disp-quote><p>Ice.</p><attrib>Ann</attrib></disp-quote>",
            "<blockquote><p>Ice.</p>\n<p>Ann</p></blockquote>",
        ),
        (
            "<verse-group><verse-line>a</verse-line><verse-line>b</verse-line></verse-group>",
            "<p>a<br>\nb</p>",
        ),
        (
            "<def-list><def-item><term>a</term><def><p>b</p></def></def-item></def-list>",
            "<dl><dt>a</dt>\n<dd>b</dd></dl>",
        ),
        ("<p><ext-link ext-link-type='doi' xlink:href='10.1000/x'>y</ext-link></p>",
         '<p><a href="https://doi.org/10.1000/x">y</a></p>'),
        ("<p><email>a@b.se</email></p>", '<p><a href="mailto:a@b.se">a@b.se</a></p>'),
        (
            "<fig><label>Figure 1</label><caption><title>Ships.</title><p>In ice.</p></caption>"
            "<graphic xlink:href='x'/></fig>",
            "<figure><figcaption><p><strong>Figure 1 Ships.</strong></p>\n<p>In ice.</p>"
            "</figcaption></figure>",
        ),
        ("<p>a<?pi x?><!-- no --> b &#x2013; c</p>", "<p>a b – c</p>"),
        ("<preformat>a\n  b</preformat>", "<pre>a\n  b</pre>"),
    ],
)  # fmt: skip
def test_elements_become_what_they_are(body, expected):
    assert html(body) == expected


def test_sections_nest_as_headings_down_to_the_lowest():
    body = "<p>x</p>"
    for n in range(6, 0, -1):
        body = f"<sec><label>{n}</label><title>T</title>{body}</sec>"
    assert html(body).replace("\n", "") == (
        "<h2>1 T</h2><h3>2 T</h3><h4>3 T</h4><h5>4 T</h5><h5>5 T</h5><h5>6 T</h5><p>x</p>"
    )


def test_a_note_goes_to_the_end_under_its_mark():
    assert html(f"<p>a{XREF.format('<sup>1</sup>')} b{XREF.format('1')}</p>", NOTE.format("1")) == (
        '<p>a<sup><a href="#text-fn1" id="text-fnref1">1</a></sup> '
        'b<sup><a href="#text-fn1">1</a></sup></p>\n'
        '<section role="doc-endnotes"><ol><li id="text-fn1">A note.</li></ol></section>'
    )
    starred = html(f"<p>a{XREF.format('')}</p>", NOTE.format("*"))
    assert 'id="text-fnref1">*</a>' in starred
    assert "<li" in starred
    assert "* A note." in starred


def test_notes_that_nothing_refers_to_stay_in_their_place():
    back = "<fn-group><title>Interests</title><fn><p>None.</p></fn></fn-group>"
    assert html("<p>a</p>", back) == "<p>a</p>\n<h2>Interests</h2>\n<p>None.</p>"


def test_references_follow_the_text_and_citations_stay_words():
    back = (
        '<ref-list><ref id="b1"><mixed-citation>Lee, A. <italic>Ice</italic>, 2012.'
        "</mixed-citation></ref><ref><element-citation><person-group person-group-type='author'>"
        "<name><surname>Ma</surname><given-names>C</given-names></name><etal/></person-group>"
        "<year>2001</year><article-title>Frost</article-title><source>Letters</source><volume>3"
        "</volume><fpage>1</fpage><lpage>9</lpage><pub-id pub-id-type='doi'>10.1000/f</pub-id>"
        "</element-citation></ref></ref-list>"
    )
    document = read(
        article(body='<p>So (<xref ref-type="bibr" rid="b1">Lee</xref>).</p>', back=back)
    )
    assert document.text == (
        "So (Lee).\nReferences\nLee, A. Ice, 2012.\n"
        "Ma C, et al., 2001. Frost. Letters, 3: 1–9. doi:10.1000/f."
    )
    assert '(<a href="#text-b1">Lee</a>)' in document.html


def test_tables_of_both_kinds_keep_their_cells_and_notes():
    plain = (
        "<table-wrap><label>Table 1</label><table><thead><tr><th colspan='2'>a<xref "
        "ref-type='table-fn' rid='t'>*</xref></th></tr></thead><tbody><tr><td>1</td><td>2</td></tr>"
        "</tbody></table><table-wrap-foot><fn id='t'><label>*</label><p>tons</p></fn>"
        "</table-wrap-foot></table-wrap>"
    )
    assert read(article(body=plain)).text == "Table 1\na*\n1\n2\n* tons"
    cals = (
        "<table-wrap><table xmlns='http://docs.oasis-open.org/ns/oasis-exchange/table'><tgroup>"
        "<colspec colname='c1'/><colspec colname='c2'/><thead><row><entry namest='c1' nameend='c2'>"
        "a</entry></row></thead><tbody><row><entry morerows='1'>1</entry><entry>2</entry></row>"
        "<row><entry>3</entry></row></tbody></tgroup></table></table-wrap>"
    )
    assert '<th colspan="2">a</th>' in html(cals)
    assert '<td rowspan="2">1</td>' in html(cals)


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("<mml:math><mml:mfrac><mml:mrow><mml:mi>a</mml:mi><mml:mo>+</mml:mo><mml:mi>b</mml:mi>"
         "</mml:mrow><mml:mn>2</mml:mn></mml:mfrac></mml:math>", "x (a + b)/2 y"),
        ("<alternatives><graphic/><tex-math>\\documentclass{a}\\begin{document}$$E=mc^2$$"
         "\\end{document}</tex-math></alternatives>", "x E=mc^2 y"),
        ("<italic>E</italic> = mc<sup>2</sup>", "x E = mc2 y"),
    ],
)  # fmt: skip
def test_formulas_are_words(formula, words):
    document = read(article(body=f"<p>x <inline-formula>{formula}</inline-formula> y</p>"))
    assert (document.text, document.warnings) == (words, ())


def test_loose_words_where_none_belong_are_kept():
    body = "<sec><title>A</title>b<p>c</p>d</sec><list><list-item>e</list-item></list>"
    assert read(article(body=body)).text == "A\nb\nc\nd\ne"


def test_groups_of_notes_in_groups_cost_no_more_than_their_words():
    group = "<fn-group>" * 100 + "<fn><p>n</p></fn>" * 500 + "</fn-group>" * 100
    assert read(article(back=group)).text.count("n") == 500


def test_what_is_only_a_picture_is_told():
    body = "<p>x</p><disp-formula><graphic/></disp-formula><table-wrap><graphic/></table-wrap>"
    assert len(read(article(body=body)).warnings) == 2


def test_right_to_left_articles_say_so():
    document = read(article(body="<p>שלום 2011</p><p>abc</p>", attributes='xml:lang="he"'))
    assert document.html == '<p dir="rtl">שלום 2011</p>\n<p dir="ltr">abc</p>'


def test_elements_nested_beyond_reading_keep_their_words():
    for tag in ("sec", "boxed-text", "p", "italic", "disp-quote"):
        deep = f"<{tag}>" * 230 + "cold" + f"</{tag}>" * 230
        assert "cold" in read(article(body=f"<p>x</p>{deep}")).text
