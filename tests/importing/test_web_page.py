"""Web pages: what of a page is its article, and that its own markup survives."""

import pytest

from articles.importing.document import Contributor, ImportRefused, PublicationDate
from articles.importing.html import extract
from articles.text import paragraphs, tokens

PAGE = """\
<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Ice on the Daugava | Baltic Letters</title>
<meta property="og:site_name" content="Baltic Letters">
<meta property="og:title" content="Ice on the Daugava">
<meta name="description" content="Two ministries write across a frozen river.">
<meta name="author" content="admin">
<link rel="canonical" href="https://baltic.example/2012/ice"></head>
<body><header><nav><a href="/">Home</a> <a href="/about">About us</a></nav></header>
<div class="share-buttons"><a href="#">Share on Facebook</a></div>
<main><article><h1>Ice on the Daugava</h1>
<p class="byline">By <a rel="author" href="/lee">Ann Lee</a></p>
<time datetime="2012-02-04T09:00:00Z">4 February 2012</time>
<p>After the harbour froze, the two ministries went on writing to each other as if it had not, and
one of them said <q lang="lv">ledus ir tilts</q> to whoever asked in the
<abbr title="North Atlantic Treaty Organization">NATO</abbr> office.<sup><a href="#fn1"
id="r1">1</a></sup></p>
<h2>What the letters say</h2>
<p>The letters are kept in a cellar that floods; of the first year only the envelopes are left,
and of the second the answers without <a href="/questions">their questions</a>.</p>
<ol><li>The first letter asks for nothing and gets it, after a delay of seven weeks.</li>
<li>The second letter asks for a map of the channel, and gets one of another channel.</li></ol>
<figure><img src="/ice.jpg"><figcaption>The cellar in the spring of 2010, with the letters hung
up to dry.</figcaption></figure>
<blockquote><p>We regret that the river cannot be moved, and remain, with the highest
consideration, yours.</p></blockquote>
<p dir="rtl" lang="ar">تحت الجليد ماء لا يتجدد، وكل ما يخرج منه لا يعود، كما قال الوزير.</p>
<table><caption>Letters by year</caption><tr><th>Year<th>Letters<tr><td>1951<td>12</table>
<p>It is not known who stopped first; the last letter from either side says only that the weather
is turning, and that word will follow when it has turned.<sup><a href="#fn2">2</a></sup></p>
<p>This article originally appeared in Harbour Quarterly.</p>
<section class="footnotes"><h2>Notes</h2><ol>
<li id="fn1">Interview with a porter, Riga, 2009. <a href="#r1">↩</a></li>
<li id="fn2">File 17, sheet 4.</li></ol></section></article>
<aside class="related"><h3>Related</h3><ul><li><a href="/x">Another piece about ice that is long
enough to look like something worth reading</a></li></ul></aside>
<div class="newsletter">Sign up for our newsletter and never miss a letter again.</div>
<section id="comments"><h3>2 Comments</h3><p>Great article, I read it twice and then a third time
with my uncle.</p></section></main><footer>© Baltic Letters</footer></body></html>"""


@pytest.fixture(scope="module")
def document():
    return extract(PAGE.encode(), None)


def test_facts_come_from_where_the_page_states_them(document):
    assert document.title == "Ice on the Daugava"
    assert document.standfirst == "Two ministries write across a frozen river."
    assert document.publisher == "Baltic Letters"
    assert document.date == PublicationDate(2012, 2, 4)
    assert document.url == "https://baltic.example/2012/ice"
    assert document.language == "en"


def test_the_author_is_whom_the_byline_names_and_not_who_runs_the_site(document):
    assert document.people == (Contributor("Ann Lee"),)
    assert document.origins["people"].where == "the byline"
    assert "admin" not in {person.name for person in document.suggested_people}


@pytest.mark.parametrize(
    "kept",
    [
        '<q lang="lv">ledus ir tilts</q>',
        '<abbr title="North Atlantic Treaty Organization">NATO</abbr>',
        "<h2>What the letters say</h2>",
        '<a href="https://baltic.example/questions">their questions</a>',
        "<ol><li>The first letter",
        "<figcaption>The cellar in the spring of 2010",
        "<blockquote><p>We regret",
        '<p dir="rtl" lang="ar">تحت الجليد',
        "<table><caption>Letters by year</caption>",
        "<td>1951</td>\n<td>12</td>",
    ],
)
def test_the_pages_own_markup_survives(document, kept):
    assert kept in document.html


def test_footnotes_are_linked_and_come_last(document):
    assert '<sup><a href="#text-fn1" id="text-r1">1</a></sup>' in document.html
    assert document.html.endswith(
        '<section role="doc-endnotes"><h2>Notes</h2>\n'
        '<ol><li id="text-fn1">Interview with a porter, Riga, 2009.</li>\n'
        '<li id="text-fn2">File 17, sheet 4.</li></ol></section>'
    )


@pytest.mark.parametrize(
    "boilerplate",
    ["Home", "Share on", "Related", "Another piece", "newsletter", "Comments", "uncle", "©"],
)
def test_what_stands_around_the_article_is_left_out(document, boilerplate):
    assert boilerplate not in document.text


def test_the_title_the_byline_and_the_rights_are_no_text(document):
    first, *_, last = (span.of(document.text) for span in paragraphs(document.html))
    assert first.startswith("After the harbour froze")
    assert last.startswith("File 17")
    assert document.rights == "This article originally appeared in Harbour Quarterly."
    assert not [token for token in tokens(document.html) if token.name == "img"]


WORDS = "The harbour froze and nobody wrote a word about it to anybody else that winter. " * 8


def page(body=WORDS, head="", lang=""):
    return f"<html{lang}><head><title>Ice</title>{head}</head><body><article><p>{body}</p>".encode()


def test_a_right_to_left_page_stays_right_to_left():
    words = "تحت الرمل ماء لا يتجدد، وكل ما يخرج منه لا يعود أبدا. " * 12
    document = extract(page(words, lang=' lang="ar"'), None)
    assert document.html.startswith('<p dir="rtl">')
    assert document.language == "ar"


def test_the_words_overrule_a_language_that_a_template_states():
    words = "Der Hafen ist zugefroren, und niemand hat dem anderen ein Wort davon gesagt. " * 8
    document = extract(page(words, lang=' lang="en-US"'), None)
    assert document.language == "de"
    assert any("reads as de" in warning for warning in document.warnings)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ('<meta charset="windows-1251">', "windows-1251"),
        ('<meta http-equiv="content-type" content="text/html; charset=koi8-r">', "koi8-r"),
        ("", "utf-8"),
        ("", "utf-16"),
        ('<meta charset="utf-8">', "windows-1251"),
    ],
)
def test_the_encoding_is_the_declared_one_or_what_the_bytes_are(declared, encoding):
    words = "Гавань замёрзла, и никто не сказал об этом ни слова до самой весны. " * 8
    document = extract(page(words, declared).decode().encode(encoding), None)
    assert document.text.startswith("Гавань замёрзла")


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (b"", "No main text"),
        (b"<html><head><title>Ice</title></head><body></body></html>", "No main text"),
        (b"<frameset><frame src=x></frameset>", "No main text"),
        (b"<title>Ice</title><nav><a href=/>Home</a></nav>", "No main text"),
        (f"<p>{WORDS}</p>".encode(), "no title"),
    ],
)
def test_a_page_without_title_or_main_text_is_refused(html, reason):
    with pytest.raises(ImportRefused) as refused:
        extract(html, "https://baltic.example/ice")
    assert reason in refused.value.reason


@pytest.mark.parametrize(
    "head",
    [
        "<title>Ice</title><article><h1>Ice</h1>",
        "<!doctype html>\n<meta charset=utf-8><script>if (a<b) '<p>'</script><!-- <p> --><main>"
        "<h1>Ice</h1>",
        '<html lang="en"><head><title>Ice</title></head><section><h1>Ice</h1>',
    ],
)
def test_a_page_may_leave_out_its_body_tag(head):
    words = "The harbour froze, and nobody wrote a word about it that winter. " * 6
    document = extract(f"{head}<p>{words}</p>".encode(), None)
    assert (document.title, document.text) == ("Ice", words.strip())
