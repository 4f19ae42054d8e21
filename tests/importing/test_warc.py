"""Web archives (WARC): which records are pages, what their bytes are, and what is told of them."""

import base64
import datetime
import gzip
import io
import zlib
from pathlib import Path

import brotli
import pytest

from articles.importing.document import Document, ImportRefused
from articles.importing.warc import read_all
from tests.web_archives import WORDS, chunked, digest, http, packed, page, record

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared/data/samples"


def found_in(*records, max_bytes=1_000_000, **options):
    return list(read_all(io.BytesIO(b"".join(records)), max_bytes=max_bytes, **options))


def titles(found):
    return [one.document.title if one.document else one.refusal for one in found]


def test_a_page_is_dated_and_placed_by_its_record():
    (found,) = found_in(record(http(page())))
    document = found.document
    assert (found.part, found.raw) == ("https://baltic.example/ice", page())
    assert document.url == "https://baltic.example/ice"
    assert document.origins["source_url"].where == "the archive's record"
    assert document.captured_at == datetime.datetime(
        2020, 1, 2, 3, 4, 5, 678_000, tzinfo=datetime.UTC
    )
    assert document.date.precision == "none"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (chunked(page()), {"Transfer_Encoding": "chunked"}),
        (page(), {"Transfer_Encoding": "chunked"}),  # the crawler took the chunks apart
        (gzip.compress(page()), {"Content_Encoding": "gzip"}),
        (gzip.compress(page()[:50]) + gzip.compress(page()[50:]), {"Content_Encoding": "x-gzip"}),
        (zlib.compress(page()), {"Content_Encoding": "deflate"}),
        (zlib.compress(page())[2:-4], {"Content_Encoding": "deflate"}),
        (brotli.compress(page()), {"Content_Encoding": "br"}),
        (page(), {"Content_Encoding": "br"}),  # the crawler unpacked it
        (
            chunked(gzip.compress(page()), 7),
            {"Transfer_Encoding": "Chunked", "Content_Encoding": "gzip"},
        ),
    ],
)
def test_the_entity_is_what_a_browser_would_get(body, headers):
    (found,) = found_in(record(http(body, **headers)))
    assert found.raw == page()
    assert found.document.title == "Ice"


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_a_page_whose_compression_breaks_off_is_kept_with_a_warning(encoding, pack):
    body = pack(page(words=WORDS + "".join(map(str, range(3000)))))[:-400]
    (found,) = found_in(record(http(body, Content_Encoding=encoding)))
    assert any("breaks off" in warning for warning in found.document.warnings)


def test_the_encoding_is_the_one_the_server_named():
    body = page(words="Гавань замёрзла, и никто не сказал об этом ни слова. " * 8).decode()
    block = http(body.encode("koi8-r"), Content_Type="text/html;charset=KOI8-R")
    (found,) = found_in(record(block))
    assert found.document.text.startswith("Гавань замёрзла")


BLOCK = http(page())


@pytest.mark.parametrize(
    "stated",
    [
        "sha1:" + base64.b32encode(digest("sha1", BLOCK).digest()).decode(),
        "sha1:" + digest("sha1", BLOCK).hexdigest(),
        "md5:" + digest("md5", BLOCK).hexdigest(),
        "sha256:" + base64.b32encode(digest("sha256", BLOCK).digest()).decode().rstrip("=").lower(),
        "sha-256:" + base64.b64encode(digest("sha256", BLOCK).digest()).decode(),
        "crc99:0000",
    ],
)
def test_a_digest_is_known_in_every_spelling(stated):
    assert titles(found_in(record(BLOCK, WARC_Block_Digest=stated))) == ["Ice"]


def test_a_wrong_digest_is_refused_by_its_name():
    wrong = "sha1:" + digest("sha1", b"other").hexdigest()
    for name in ("WARC-Block-Digest", "WARC-Payload-Digest"):
        (found,) = found_in(record(BLOCK, **{name: wrong}))
        assert f"{name} is {wrong}" in found.refusal


def test_a_payload_digest_may_be_taken_before_or_after_the_chunks_are_joined():
    for body in (page(), chunked(page())):
        stated = "sha1:" + digest("sha1", body).hexdigest()
        block = http(chunked(page()), Transfer_Encoding="chunked")
        assert titles(found_in(record(block, WARC_Payload_Digest=stated))) == ["Ice"]


def test_what_was_captured_twice_comes_once_and_what_changed_comes_again():
    same, other = record(http(page())), record(http(page("Snow")))
    assert titles(found_in(same, same, other)) == ["Ice", "Snow"]


def test_what_is_no_page_is_told_only_where_there_is_no_page():
    others = [
        record(http(b"", status="301 Moved", Location="/x")),
        record(http(b"gone", status="404 Not Found")),
        record(http(b"\x89PNG", Content_Type="image/png")),
        record(b"", kind="revisit"),
        record(b"software: x", kind="warcinfo"),
    ]
    assert titles(found_in(*others, record(page(), kind="resource", Content_Type="text/html"))) == [
        "Ice"
    ]
    (found,) = found_in(*others)
    for told in ("1 × redirect with status 301", "answer with status 404", "image/png", "revisit"):
        assert told in found.refusal


def test_a_menu_is_refused_with_its_address():
    (found,) = found_in(record(http(b"<title>Ice</title><nav><a href=/>Home</a></nav>")))
    assert (found.part, found.refusal) == (
        "https://baltic.example/ice",
        "No main text was found on the page.",
    )


def test_a_pdf_is_read_where_a_reader_is_given():
    pdf = record(http(b"%PDF-1.4", Content_Type="application/pdf"))
    (found,) = found_in(pdf)
    assert "PDFs in web archives are not read" in found.refusal
    readers = {"application/pdf": lambda data: Document(title="Sheet", html="<p>Words.</p>")}
    (found,) = found_in(pdf, readers=readers)
    assert (found.document.title, found.document.url) == ("Sheet", "https://baltic.example/ice")
    assert found.document.captured_at is not None


def test_a_reader_that_refuses_is_told():
    def refusing(data):
        raise ImportRefused("It is locked.")

    pdf = record(http(b"%PDF-1.4", Content_Type="application/pdf"))
    assert titles(found_in(pdf, readers={"application/pdf": refusing})) == ["It is locked."]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not on this machine")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("example.warc", ["Example Domain"]),
        ("example.warc.gz", ["Example Domain"]),
        ("example-iana.org-chunked.warc", ["Internet Assigned Numbers Authority"]),
        ("example-trunc.warc", ["Example Domain"]),
    ],
)
def test_real_archives_are_read(name, expected):
    data = (SAMPLES / name).read_bytes()
    variants = [data] if name.endswith(".gz") else [data, packed([data])]
    for variant in variants:
        found = titles(found_in(variant))
        assert len(found) == len(expected)
        assert all(part in whole for part, whole in zip(expected, found, strict=True))
