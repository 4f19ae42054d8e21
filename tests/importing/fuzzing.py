"""Fuzzes one reader by hand: `python tests/importing/fuzzing.py READER CORPUS_DIR [SEEDS_DIR]`.

Needs atheris, which is no dependency of the project: run it in an environment of your own that
has both. Options of libFuzzer go behind (`-max_total_time=600`, `-max_len=20000`). Whatever a
reader raises beside ImportRefused, takes ten seconds, or gives as HTML that is not in the stored
form ends the run, and the input that did it is kept. In Word files and books one part is fuzzed
and packed anew each time: bytes of a zip archive would seldom get past its checksums.
"""

import io
import logging
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run by its path
with atheris.instrument_imports(include=["articles"]):
    from articles.importing import opening
    from articles.importing.found import Found
    from articles.importing.stored import from_json, to_json
    from articles.sanitize import clean

from tests import books, web_archives, word_files
from tests.importing.pdf_maker import Sheet, pdf

MOST = 1_000_000
WORDS = "The harbour froze, and nobody wrote a word about it that winter. " * 4


class Raised(logging.Handler):
    """Readers that fail are logged and refused; here they fail for all to see."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1]:
            raise record.exc_info[1]


def as_format(name: str) -> Callable[[bytes], Iterator[Found]]:
    return lambda data: opening.documents_in(io.BytesIO(data), name="", max_bytes=MOST, format=name)


def member_of(whole: bytes, part: str, read: Callable[[bytes], Iterator[Found]]):
    """Reads ``whole`` with the bytes of one part changed."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    def read_with(data: bytes) -> Iterator[Found]:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, kept in parts.items():
                archive.writestr(name, data if name == part else kept)
        return read(packed.getvalue())

    return read_with, parts[part]


WORD = word_files.word_file(
    word_files.paragraph("Ice", style="Heading1"), word_files.paragraph(WORDS)
)
BOOK = books.epub({"one.xhtml": books.page(f"<h1>Ice</h1><p>{WORDS}</p>")})
HTML = b"<title>Ice</title><body><article><h1>Ice</h1><p>" + WORDS.encode() * 4
SEEDS = {
    "html": HTML,
    "plain": b"Ice\n\nBy Ann Lee\n2 March 2012\n\n" + WORDS.encode(),
    "markdown": b"---\ntitle: Ice\n---\n\n# Ice\n\n" + WORDS.encode() + b"[^1]\n\n[^1]: A note.\n",
    "mhtml": b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
    b"Content-Type: text/html\nContent-Location: https://baltic.example/\n\n" + HTML + b"\n--b--\n",
    "pdf": pdf(Sheet().put(72, 80, "Ice", 20).put_lines(72, 120, WORDS.split(", "))),
    "warc": web_archives.record(web_archives.http(web_archives.page())),
    "wacz": web_archives.wacz(
        {"archive/a.warc": web_archives.record(web_archives.http(web_archives.page()))}
    ).getvalue(),
    "zip": BOOK,
    "jats": b"<article><front><article-meta><title-group><article-title>Ice</article-title>"
    b"</title-group></article-meta></front><body><p>It froze.</p></body></article>",
    "tei": b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>'
    b"<title>Ice</title></titleStmt></fileDesc></teiHeader><text><body><p>It froze.</p></body>"
    b"</text></TEI>",
    "jsonl": b'{"title": "Ice", "text": "It froze."}\n',
    "ris": b"TY  - JOUR\nTI  - Ice\nAU  - Lee, Ann\nPY  - 2012\nER  - \n",
    "bibtex": b"@article{ice, title={Ice}, author={Lee, Ann}, year=2012}\n",
    "csl": b'[{"title": "Ice", "author": [{"family": "Lee"}], "issued": {"raw": "2012"}}]',
}
READERS = {name: (as_format(name), seed) for name, seed in SEEDS.items()}
READERS["docx"] = member_of(WORD, "word/document.xml", as_format("docx"))
READERS["epub"] = member_of(BOOK, "OPS/one.xhtml", as_format("epub"))
READERS["package"] = member_of(BOOK, "OPS/book.opf", as_format("epub"))


def check(found: Found) -> None:
    document = found.document
    assert (document is None) != (found.refusal == ""), "neither a document nor a refusal"
    if document is not None:
        assert clean(document.html) == document.html, "its HTML is not in the stored form"
        assert from_json(to_json(document)) == document, "it does not come back from waiting"


def main() -> None:
    name, corpus, *rest = sys.argv[1:]
    read, seed = READERS[name]
    folder = Path(corpus)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "seed").write_bytes(seed)
    root = logging.getLogger()
    root.handlers = [Raised()]
    logging.getLogger("articles").setLevel(logging.ERROR)

    def once(data: bytes) -> None:
        for found in read(data):
            check(found)

    options = ["-timeout=10", "-rss_limit_mb=1500", f"-artifact_prefix={corpus}-", corpus, *rest]
    atheris.Setup([sys.argv[0], *options], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
