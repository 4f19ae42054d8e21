"""What the stored form of known difficult HTML is, case by case."""

import pytest

from articles.sanitize import clean
from articles.text import NotStoredHtml, Span, paragraphs, sha256_of, text_of, tokens

PICTURE = f"/media/images/{'0' * 64}.png"


@pytest.mark.parametrize(
    ("source", "stored"),
    [
        # Blocks: one newline between siblings, none inside at an end.
        ("<p>One</p><p>two</p>", "<p>One</p>\n<p>two</p>"),
        ("  <p> One </p>\n\n\n<p>two\n</p>  ", "<p>One</p>\n<p>two</p>"),
        ("a <div>b <p>c</p> d</div>", "<p>a</p>\n<p>b</p>\n<p>c</p>\n<p>d</p>"),
        ("<h1>A</h1><h6>B</h6>", "<h2>A</h2>\n<h5>B</h5>"),
        ("<h2><div>a</div><div>b</div></h2>", "<h2>a b</h2>"),
        ("<p>a</p><p>&nbsp;</p><p> \u200b</p><p>b</p>", "<p>a</p>\n<p>b</p>"),
        # White space: the listed characters collapse, NBSP and its kin stay.
        ("<p>a\u2028b\x85c\x0bd\x0ce\tf</p>", "<p>a b c d e f</p>"),
        ("<p>a&nbsp; b\u2003c</p>", "<p>a&nbsp; b\u2003c</p>"),
        ("<p><b> a </b> <i> b </i> c</p>", "<p><strong>a </strong><em>b </em>c</p>"),
        ("a&#13;b\r\nc\rd", "<p>a b c d</p>"),
        ("a\x00b&#1;c\x9bd\ufffe", "<p>abcd</p>"),
        ("\ud800 \ud83d\ude00", "<p>\ufffd 😀</p>"),
        # A rule parts two pieces of text, or is none.
        ("<hr><p>a</p><hr><div><hr></div><p>b</p><hr>", "<p>a</p>\n<hr>\n<p>b</p>"),
        # Line breaks.
        ("<p>a<br>b <br> c<br></p>", "<p>a<br>\nb<br>\nc</p>"),
        ("<p><em>a<br><br>b</em></p>", "<p><em>a</em></p>\n<p><em>b</em></p>"),
        ("<li>a<br><br>b</li>", "<ul><li><p>a</p>\n<p>b</p></li></ul>"),
        ("<h2>a<br><br>b</h2>", "<h2>a<br>\nb</h2>"),
        # pre keeps its lines; the parser would swallow a newline at its start.
        ("<pre>\n\n  a\n\n b \n</pre>", "<pre>  a\n\n b</pre>"),
        ("<pre><code>\na\r\nb</code></pre>", "<pre><code>a\nb</code></pre>"),
        ("<pre>a<div>b</div>c<br>d</pre>", "<pre>a\nb\nc\nd</pre>"),
        # Lists.
        ("<ul><li>a<ul><li>b</ul></ul>", "<ul><li><p>a</p>\n<ul><li>b</li></ul></li></ul>"),
        ("<ul><li>a</li><ul><li>b</ul></ul>", "<ul><li><p>a</p>\n<ul><li>b</li></ul></li></ul>"),
        ("<ul>a<li>b</ul>", "<ul><li>a</li>\n<li>b</li></ul>"),
        ("<li>a<li>b", "<ul><li>a</li>\n<li>b</li></ul>"),
        ("<ol><li><div>a</div></ol>", "<ol><li>a</li></ol>"),
        ("<dl><div><dt>a<dd>b</div></dl>", "<dl><dt>a</dt>\n<dd>b</dd></dl>"),
        ("<ul><li></li></ul>", ""),
        (
            '<ol start="3"><li>a<li value=-7>b</ol><ol start=x><li value="">c</ol>',
            '<ol start="3"><li>a</li>\n<li value="-7">b</li></ol>\n<ol><li>c</li></ol>',
        ),
        # Tables: text and elements between the parts are moved out, as a browser does.
        (
            "<table>x<tr><td>a<td></tr></table>",
            "<p>x</p>\n<table><tbody><tr><td>a</td>\n<td></td></tr></tbody></table>",
        ),
        (
            "<table><caption>c</caption><thead><tr><th colspan=2>h<tbody><tr><td>a<td><p>b<p>c",
            '<table><caption>c</caption>\n<thead><tr><th colspan="2">h</th></tr></thead>\n'
            "<tbody><tr><td>a</td>\n<td><p>b</p>\n<p>c</p></td></tr></tbody></table>",
        ),
        ("<table><tr><td>boxed</table>", "<p>boxed</p>"),
        ("<table><tr><td> </td><td></td></table>", ""),
        # Inline elements around blocks go into each block.
        (
            '<a href="https://e.org/"><h2>a</h2>b</a>',
            '<h2><a href="https://e.org/">a</a></h2>\n<p><a href="https://e.org/">b</a></p>',
        ),
        ("<b><i><p>a<ul><li>b</ul></i></b>", "<p><strong><em>a</em></strong></p>\n"
         "<ul><li><strong><em>b</em></strong></li></ul>"),
        ("<em>a<em>b</em></em>", "<p><em>ab</em></p>"),
        ("<q>a<q>b</q></q>", "<p><q>a<q>b</q></q></p>"),
        ("<u>a</u><mark>b</mark><small>c</small>", "<p>abc</p>"),
        # Language and direction survive, also from elements that do not.
        (
            '<div dir="RTL" lang="he"><p>שלום</p><p dir=ltr>a</p></div>',
            '<p dir="rtl" lang="he">שלום</p>\n<p dir="ltr" lang="he">a</p>',
        ),
        ("<bdi>a</bdi>", '<p><span dir="auto">a</span></p>'),
        ("<font lang=fr color=red>b</font>", '<p><span lang="fr">b</span></p>'),
        ('<p lang="no such" dir="up">a</p>', "<p>a</p>"),
        # Notes come last, and what leads to them still does.
        (
            '<aside role="doc-endnotes"><ol><li id="n1">note <a href="#r1">↩</a></ol></aside>'
            '<p>words<sup id="r1"><a href="#n1">1</a></sup></p>',
            '<p>words<sup id="text-r1"><a href="#text-n1">1</a></sup></p>\n'
            '<section role="doc-endnotes"><ol><li id="text-n1">note '
            '<a href="#text-r1">↩</a></li></ol></section>',
        ),
        ('<div id="n1"><p>note</p></div><a href="#n1">1</a>',
         '<p id="text-n1">note</p>\n<p><a href="#text-n1">1</a></p>'),
        ('<p><a name="x"></a></p><p>a<span id="y"></span></p>',
         '<p><a id="text-x"></a>a<span id="text-y"></span></p>'),
        ('<p id="a">a</p><p id="a">b</p>', '<p id="text-a">a</p>\n<p>b</p>'),
        # Pictures: only what the archive holds itself.
        ('<figure><img src="https://e.org/a.png"></figure>', ""),
        ("<figure><img src=/a.png><figcaption>c</figcaption></figure>",
         "<figure><figcaption>c</figcaption></figure>"),
        (f"<figure><a href=/><img src={PICTURE} alt='x\ny'></a><figcaption>c</figcaption></figure>",
         f'<figure><img alt="x y" src="{PICTURE}">\n<figcaption>c</figcaption></figure>'),
    ],
)  # fmt: skip
def test_difficult_html_has_this_stored_form(source, stored):
    assert clean(source) == stored


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style><template><p>x</p></template>",
        "<svg><style><a title='</style><script>alert(1)</script>'></svg>",
        "<iframe src=https://e.org></iframe><textarea>x</textarea><select><option>x</select>",
        "<noscript><p>x</p></noscript><button>Share</button>",
    ],
)
def test_what_is_no_text_leaves_nothing(source):
    assert clean(source) == ""


@pytest.mark.parametrize(
    ("href", "base_url", "kept"),
    [
        ("https://e.org/a?b=1&c=2", None, "https://e.org/a?b=1&c=2"),
        ("mailto:a@e.org", None, "mailto:a@e.org"),
        ("#note", None, "#text-note"),
        ("#text-note", None, "#text-note"),
        ("/b", "https://e.org/a/", "https://e.org/b"),
        ("//e.com/b", "https://e.org/a/", "https://e.com/b"),
        ("https://e.org/a#note", "https://e.org/a", "#text-note"),
        ("a b", "https://e.org/", "https://e.org/a%20b"),
        ("/b", None, None),
        ("#", None, None),
        ("javascript:alert(1)", None, None),
        ("java\nscript:alert(1)", None, None),
        ("data:text/html,x", "https://e.org/", None),
        ("http://[", None, None),
        ("mailto:", None, None),
    ],
)
def test_a_link_is_kept_only_where_it_leads_somewhere_safe(href, base_url, kept):
    stored = clean(f'<p><a href="{href}">words</a></p>', base_url=base_url)
    links = [
        token.attributes["href"]
        for token in tokens(stored)
        if token.name == "a" and token.attributes
    ]
    assert links == ([kept] if kept else [])
    assert text_of(stored) == "words"


def test_offsets_count_code_points():
    stored = clean("<p>a😀<em>b</em></p><p>ש</p>")
    words = [(token.text, token.start, token.end) for token in tokens(stored) if token.text]
    assert words == [("a😀", 0, 2), ("b", 2, 3), ("\n", 3, 4), ("ש", 4, 5)]
    assert [token.text for token in tokens(stored) if token.between_blocks] == ["\n"]


def test_paragraphs_are_the_blocks_that_hold_words_themselves():
    stored = clean("<h2>T</h2><ul><li>a<li><p>b<p>c</ul><table><tr><td>d<td></table><hr><p>e")
    text = text_of(stored)
    assert [span.of(text) for span in paragraphs(stored)] == ["T", "a", "b", "c", "d", "e"]
    assert paragraphs("") == []


@pytest.mark.parametrize("source", ["<p>a", "a < b", "<P>a</P>", "<p class=x>a</p>", "<!-- a -->"])
def test_html_of_another_spelling_is_refused_where_the_stored_form_is_read(source):
    if source == "<p>a":
        assert text_of(source) == "a"
        return
    with pytest.raises(NotStoredHtml):
        text_of(source)


def test_a_span_and_a_hash_are_of_the_text():
    assert Span(1, 3).of("a😀bc") == "😀b"
    assert sha256_of("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"
