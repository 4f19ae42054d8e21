"""Scripts, event handlers and links that run something: no reader lets one through."""

import io
import json
import zipfile

import html5lib
import pytest

from articles.importing.opening import documents_in
from articles.text import ATTRIBUTES, BLOCKS, INLINES
from tests import books, web_archives, word_files
from tests.importing.pdf_maker import Sheet, pdf

PROSE = "The harbour froze, and nobody wrote a word about it that winter. " * 6
RUNS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:x()", "&#106;avascript:alert(1)",
    "java&#10;script:alert(1)", "java&#9;script:alert(1)", "&#1;javascript:alert(1)",
    "vbscript:msgbox(1)", "data:text/html,&lt;script&gt;x()&lt;/script&gt;", "//", "file:///x",
)  # fmt: skip
PLACES = ("href", "src", "action", "formaction", "xlink:href", "cite", "background", "poster",
          "data", "srcset", "longdesc", "style", "target", "ping", "id", "title", "onclick",
          "onmouseover", "onerror", "onload", "srcdoc")  # fmt: skip
TAGS = ("a", "p", "img", "q", "blockquote", "td", "section", "svg", "math", "form", "iframe",
        "object", "embed", "base", "link", "meta", "input", "video", "details", "x-y")  # fmt: skip
IN_EVERY_PLACE = " ".join(f'{place}="javascript:alert(1)"' for place in PLACES)
MARKUP = (
    "".join(f'<a href="{runs}">w</a>' for runs in RUNS)
    + "".join(f"<{tag} {IN_EVERY_PLACE}>w</{tag}>" for tag in TAGS)
    + "<script>alert(1)</script><style>p{}</style><noscript><p title=\"</noscript><script>x()\">"
    "<svg><style><img src=x onerror=x()></style></svg><math><mi><mglyph><style><!--</style>"
    "<img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">"
)  # fmt: skip
# As above, for parsers that refuse what is not well-formed.
OF_XML = [runs for runs in RUNS if "&#1;" not in runs]
XHTML = "".join(f'<a href="{runs}">w</a>' for runs in OF_XML) + (
    '<p onclick="x()" style="x" title="javascript:x()">w</p><script>alert(1)</script>'
    '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><a><script>x()</script></a></svg>'
    '<iframe srcdoc="&lt;script&gt;x()&lt;/script&gt;"></iframe><img src="x" onerror="x()"/>'
)
LINK = 'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href'
BITS = [f'<a href="{runs}">w</a>' for runs in RUNS] + [
    f"<{tag} {IN_EVERY_PLACE}>w</{tag}>" for tag in TAGS
]
# Paragraphs that repeat each other would be no main text.
HTML = (
    "<title>Ice</title><article><h1>Ice</h1><script>alert(1)</script>"
    + "".join(f"<p {IN_EVERY_PLACE}>{n} {PROSE[n:]} {bit}</p>" for n, bit in enumerate(BITS))
    + "</article>"
).encode()
WORD = word_files.word_file(
    word_files.paragraph("Ice"),
    word_files.paragraph(PROSE + "&lt;script&gt;alert(1)&lt;/script&gt;"),
    *(f'<w:p><w:hyperlink r:id="r{n}">{word_files.run("w")}</w:hyperlink></w:p>'
      for n in range(len(RUNS))),
    word_files.paragraph(
        word_files.run(inside='<w:fldChar w:fldCharType="begin"/>'),
        word_files.run(inside='<w:instrText>HYPERLINK "javascript:alert(1)"</w:instrText>'),
        word_files.run(inside='<w:fldChar w:fldCharType="separate"/>'),
        word_files.run("w"), word_files.run(inside='<w:fldChar w:fldCharType="end"/>'),
    ),
    rels=word_files.links(
        *((f"r{n}", "hyperlink", runs) for n, runs in enumerate(OF_XML))
    ),
)  # fmt: skip
FILES = {
    "ice.html": HTML,
    "ice.mhtml": b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
    b"Content-Type: text/html\nContent-Location: javascript:alert(1)\n\n" + HTML + b"\n--b--\n",
    "ice.warc": web_archives.record(web_archives.http(HTML), url="javascript:alert(1)"),
    "ice.wacz": web_archives.wacz(
        {"archive/a.warc": web_archives.record(web_archives.http(HTML))},
    ).getvalue(),
    "ice.txt": f"Ice\n\nURL: javascript:alert(1)\n\n{PROSE}\n\n{MARKUP}\n".encode(),
    "ice.md": f"---\ntitle: Ice\nurl: javascript:alert(1)\n---\n\n{PROSE}\n\n{MARKUP}\n\n".encode()
    + "".join(f"[w]({runs}) [w](<{runs}>) <{runs}> ![w]({runs})\n\n" for runs in RUNS).encode()
    + b"[w][r] x[^1]\n\n[r]: javascript:alert(1)\n\n[^1]: [w](javascript:alert(1))\n",
    "ice.docx": WORD,
    "ice.epub": books.epub({"one.xhtml": books.page(f"<h1>Ice</h1><p>{PROSE}</p>{XHTML}"),
                            "two.xhtml": books.page(f"<h1>Ice</h1><p>{PROSE}</p>{MARKUP}")}),
    "jats.xml": (
        '<article article-type="x"><front><article-meta><title-group><article-title>Ice'
        "</article-title></title-group></article-meta></front><body>"
        f"<p>{PROSE}"
        + "".join(f'<ext-link {LINK}="{r}">w</ext-link><uri {LINK}="{r}">w</uri>' for r in OF_XML)
        + f"</p>{XHTML}</body></article>"
    ).encode(),
    "tei.xml": (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Ice'
        f"</title></titleStmt></fileDesc></teiHeader><text><body><p>{PROSE}"
        + "".join(f'<ref target="{r}">w</ref><ptr target="{r}"/><graphic url="{r}"/>'
                  for r in OF_XML)
        + f"</p>{XHTML}</body></text></TEI>"
    ).encode(),
    "ice.pdf": pdf(
        Sheet().put(72, 80, "Ice", 20).put(72, 120, "<script>alert(1)</script> and <a href=x>"),
        info="/Author (<img onerror=x>)",
    ),
    "ice.jsonl": b"".join(
        json.dumps({"title": "Ice", "text": text, "format": kind, "url": runs}).encode() + b"\n"
        for text in (PROSE + MARKUP, f"{PROSE}\n\n[w](javascript:x)")
        for kind in ("text", "markdown") for runs in RUNS
    ),
    "ice.ris": b"TY  - JOUR\nTI  - Ice <script>x()</script>\nAB  - " + MARKUP.encode()
    + b"\nUR  - javascript:alert(1)\nER  - \n",
    "ice.bib": b"@article{a, title={Ice <script>x()</script>}, url={javascript:alert(1)}}\n",
    "ice.json": json.dumps([{"type": "article", "title": "Ice", "abstract": MARKUP,
                             "URL": "javascript:alert(1)"}]).encode(),
}  # fmt: skip


def found_in(name, data):
    # By its content the plain text would be taken for HTML.
    format = "plain" if name.endswith(".txt") else ""
    return list(documents_in(io.BytesIO(data), name=name, max_bytes=1_000_000, format=format))


@pytest.mark.parametrize("name", FILES)
def test_nothing_that_runs_is_left_in_what_a_reader_gives(name):
    found = found_in(name, FILES[name])
    documents = [one.document for one in found if one.document]
    assert documents, found[0].refusal
    for document in documents:
        assert document.url is None or document.url.startswith(("http://", "https://"))
        tree = html5lib.parseFragment(document.html, namespaceHTMLElements=False)
        for element in tree.iter():
            if element is tree:
                continue
            assert element.tag in BLOCKS | INLINES
            allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(element.tag, frozenset())
            assert set(element.attrib) <= allowed
            assert element.get("href", "#").startswith(("#", "http://", "https://", "mailto:"))
            assert element.get("src", "/media/images/").startswith("/media/images/")


def test_a_zip_archive_of_them_all_gives_the_same():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a/ice.html", HTML)
        archive.writestr("../ice.html", HTML)
    inside = [one.document for one in found_in("all.zip", packed.getvalue()) if one.document]
    [alone] = [one.document for one in found_in("ice.html", HTML)]
    assert [one.html for one in inside] == [alone.html]
