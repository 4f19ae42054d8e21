"""What a file is, told from its bytes; its name is a claim that must hold."""

import gzip
import io
import zipfile

import pytest

from articles.importing.decoding import decode
from articles.importing.detect import detect
from articles.importing.document import ImportRefused

HTML = b"<!doctype html><html><body><p>Ice.</p></body></html>"
JATS = b'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "x.dtd">'
JATS += b'<article article-type="research-article"><front/></article>'
MHTML = b"From: <Saved by Blink>\r\nSubject: Ice\r\nMIME-Version: 1.0\r\n"
MHTML += b'Content-Type: multipart/related;\r\n\ttype="text/html"; boundary="b"\r\n\r\n--b\r\n'
LINE = b'{"title": "Ice", "text": "It froze."}\n'


def packed(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "Ice.")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("ice.txt", b"Ice\n\nIt froze.", "plain"),
        ("ice.md", b"# Ice\n\nIt froze.", "markdown"),
        ("ice.MD", b"Ice, and no markup", "markdown"),
        ("ice.html", HTML, "html"),
        ("ice.html", b"<p>A fragment.</p>", "html"),
        ("ice.html", "<html><p>Лёд".encode("utf-16"), "html"),
        ("ice.jsonl", LINE, "jsonl"),
        ("ice.jsonl", b"{broken\n" + LINE, "jsonl"),
        ("ice.txt", HTML, "html"),
        ("ice.md", b"<?xml version='1.0'?>\n<!-- x --><html><p>Ice", "html"),
        ("ice.txt", b"---\ntitle: Ice\n---\nIt froze.", "markdown"),
        ("ice", LINE, "jsonl"),
        ("ice", b"\xef\xbb\xbf" + HTML, "html"),
        ("ice", b"---\ntitle: Ice\n---\nIt froze.", "markdown"),
        ("ice.unknown", b"Ice\n\nIt froze.", "plain"),
        ("", b"Ice\n\nAn <i>odd</i> tag.", "plain"),
        ("Letter to St. Petersburg", b"Ice\n\nIt froze.", "plain"),
        ("ice.txt", "Ice\n\nIt froze.".encode("utf-16"), "plain"),
        ("ice.pdf", b"%PDF-1.7\n%\xe2\xe3\n", "pdf"),
        ("ice", b"\n\n%PDF-1.7\n\x00\xe2\xe3\n", "pdf"),
        ("ice.warc", b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", "warc"),
        ("ice.warc.gz", gzip.compress(b"WARC/1.0\r\nWARC-Type: warcinfo\r\n"), "warc"),
        ("ice.docx", packed("[Content_Types].xml", "word/document.xml"), "docx"),
        ("ice.zip", packed("[Content_Types].xml", "word/document.xml"), "docx"),
        ("ice.epub", packed("mimetype", "META-INF/container.xml"), "epub"),
        ("ice.wacz", packed("datapackage.json", "archive/data.warc.gz"), "wacz"),
        ("ice.zip", packed("ice.txt", "snow.pdf"), "zip"),
        ("ice.xml", b'<?xml version="1.0"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "tei"),
        ("ice.xml", JATS, "jats"),
        ("ice.xml", JATS.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "jats"),
        ("ice.html", b"<article><h1>Ice</h1><p>It froze.</p></article>", "html"),
        ("ice.mhtml", MHTML, "mhtml"),
        ("ice.mht", MHTML, "mhtml"),
        ("ice.ris", b"TY  - JOUR\nTI  - Ice\nER  - \n", "ris"),
        ("ice.txt", b"\xef\xbb\xbfTY  - JOUR\nTI  - Ice\nER  - \n", "ris"),
        ("ice.ris", b"Provider: Ice\n\nTY  - JOUR\nTI  - Ice\nER  - \n", "ris"),
        ("ice.bib", b"@article{ice12,\n title = {Ice}\n}\n", "bibtex"),
        ("ice.bib", b"% of ice\n# Ice\n@misc{ice12,\n title = {Ice}\n}\n", "bibtex"),
        ("ice.json", b'[\n{"id": "1", "type": "article", "title": "Ice"}]', "csl"),
        ("ice.json", b'{"export_date": "2024-01-01", "annotations": []}', "hypothesis"),
        (
            "ice.json",
            b'{"total": 1, "rows": [{"uri": "https://ice.org/", "target": []}]}',
            "hypothesis",
        ),
    ],
)
def test_the_format_is_what_the_bytes_are(name, data, found):
    assert detect(data, name=name, max_bytes=10_000) == found


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("ice.txt", b"", "empty"),
        ("ice.txt", b" \r\n\t ", "empty"),
        ("ice.md", b"\xef\xbb\xbf", "empty"),
        ("ice.html", b"%PDF-1.7 ...", "a PDF file"),
        ("ice.html", b"\x89PNG\r\n\x1a\n...", "a PNG picture"),
        ("ice.txt", b"PK\x03\x04...", "zip archive"),
        ("ice.docx", b"PK\x03\x04...", "Word"),
        ("ice.doc", OLD_OFFICE, "an old Word"),
        ("ice.docx", OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "without its password"),
        ("ice.md", bytes(range(256)) * 4, "no text has"),
        ("ice.txt", b"Ice\x00\x01\x02", "no text has"),
        ("ice.jsonl", b"Ice\n\nIt froze.", "no line of it is a JSON object"),
        ("ice.jsonl", HTML, "no line of it is a JSON object"),
        ("ice.html", b"Ice\n\nIt froze.", "no HTML in it"),
        ("ice.json", b'[\n{"title": "Ice"}]', "not one record on each line"),
        ("ice.pdf", b"Ice\n\nIt froze.", "a PDF file: by its content it is plain text"),
        ("ice.docx", packed("xl/workbook.xml", "[Content_Types].xml"), "an Excel file"),
        ("ice.xlsx", packed("xl/workbook.xml", "[Content_Types].xml"), "as their metadata sheet"),
        ("ice.CSV", b"file,title\nice.txt,Ice\n", "as their metadata sheet"),
        ("ice.odt", packed("mimetype", "content.xml"), "an OpenDocument file"),
        ("ice.enw", b"%0 Journal Article\n%A Ann Lee\n%T Ice\n", "an EndNote export"),
        ("ice.txt", b"\r\nPMID- 123\r\nOWN - NLM\r\nTI  - Ice\r\n", "a PubMed export"),
        ("ice.xml", b"<?xml version='1.0'?><rss><channel/></rss>", "its root element is rss"),
        ("ice.txt", b"x" * 10_001, "10.0 kB; the limit is 10.0 kB"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_the_reason(name, data, reason):
    with pytest.raises(ImportRefused) as refused:
        detect(data, name=name, max_bytes=10_000)
    assert reason in refused.value.reason


# Few words that tell the language, and accents that look like letters of East Asia.
SPANISH = (
    "El invierno, sin embargo, (1271 EUR/m²) de Navegación a 31 de enero, y las capitales de"
    " provincia, en contraposición al de Málaga"
)
JAPANESE = (
    "港は去年の冬に凍りました。船は春まで出ることができず、町の人々は役所に手紙を書きましたが、"
    "返事はありませんでした。"
)
RUSSIAN = "Дефицит доверия. После подъёма отношения между Москвой и альянсом не росли. " * 3


@pytest.mark.parametrize(
    ("text", "encoding", "guessed"),
    [
        ("Ice — “thin”", "utf-8", False),
        ("Ice — “thin”", "utf-8-sig", False),
        ("Ice — “thin”", "utf-16", False),
        ("Ice — “thin”", "utf-32", False),
        ("The ice is “thin”, and the coast of the café is £5 from it. " * 3, "windows-1252", True),
        (SPANISH, "windows-1252", True),
        (JAPANESE, "shift_jis", True),
        (JAPANESE, "iso2022_jp", False),
        (RUSSIAN, "windows-1251", True),
        (RUSSIAN, "koi8-r", True),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy, je to na pováženou. " * 4, "windows-1250", True),
        ("משבר האמון ביחסים בין מוסקבה לברית הגיע למבוי סתום " * 4, "windows-1255", True),
        ("أزمة الثقة في العلاقات بين موسكو والحلف وصلت إلى طريق مسدود " * 4, "windows-1256", True),
        ("信頼の欠如。モスクワと同盟の関係は停滞している。" * 4, "shift_jis", True),
        ("信任赤字。莫斯科与联盟之间的关系已经停滞不前。" * 4, "gb18030", True),
    ],
)
def test_text_is_read_in_its_encoding_and_a_guess_is_told(text, encoding, guessed):
    found, warning = decode(text.encode(encoding))
    assert found == text
    assert warning.startswith("The encoding was guessed") is guessed


def test_what_a_document_declares_counts_unless_the_bytes_say_otherwise():
    assert decode("ż".encode("windows-1250"), declared="windows-1250") == ("ż", "")
    assert decode("ż".encode(), declared="us-ascii")[0] == "ż"
    assert decode(b"\x93ice\x94", declared="ISO-8859-1")[0] == "“ice”"
    assert decode(b"ice", declared="rot13")[0] == "ice"


def test_a_few_broken_bytes_are_told_and_cost_no_more():
    text, warning = decode(("Лёд на реке. " * 100).encode() + b"\xff")
    assert text.endswith("\ufffd")
    assert warning == "1 characters could not be read and show as �."


def test_half_characters_cost_themselves_and_not_the_encoding():
    written = "Гавань ".encode() + b"\xed\xa0\x80 and \xed\xa0\xbd\xed\xb8\x80"
    text, warning = decode(written)
    assert text == "Гавань \ufffd and 😀"
    assert "1 characters could not be read" in warning
