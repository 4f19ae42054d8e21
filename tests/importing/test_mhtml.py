"""Pages that browsers save whole: which part is the page, where it came from and when."""

import base64
import datetime
import quopri
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.document import Document, ImportRefused
from articles.importing.mhtml import read
from tests.web_archives import page

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared/data/samples"
URL = "https://baltic.example/ice"


def part(body, *headers):
    return "\r\n".join(headers).encode() + b"\r\n\r\n" + body + b"\r\n"


def saved(*parts, head=(), type='multipart/related; boundary="----=_Part"; type="text/html"'):
    lines = ["From: <Saved by Blink>", *head, "MIME-Version: 1.0", f"Content-Type: {type}", "", ""]
    body = b"".join(b"------=_Part\r\n" + one for one in parts)
    return "\r\n".join(lines).encode() + body + b"------=_Part--\r\n"


QUOTED = part(
    quopri.encodestring(page()), "Content-Type: text/html", f"Content-Location: {URL}",
    "Content-Transfer-Encoding: quoted-printable",
)  # fmt: skip
STYLE = part(b"body{}", "Content-Type: text/css", "Content-Location: cid:css@mhtml.blink")


def test_chromes_shape():
    long = f"{URL}?{'q' * 90}"
    head = [
        f"Snapshot-Content-Location:\r\n {long[:60]}\r\n {long[60:]}",
        "Subject: =?utf-8?Q?Ice?=",
        "Date: Mon, 02 Mar 2026 10:00:00 -0000",
    ]
    frame = part(
        page("Frame"), "Content-Type: text/html", "Content-Location: cid:frame@mhtml.blink"
    )
    document = read(saved(QUOTED, STYLE, frame, head=head))
    assert (document.title, document.url) == ("Ice", long)
    assert document.captured_at == datetime.datetime(2026, 3, 2, 10, tzinfo=datetime.UTC)
    assert document.date.year is None
    assert document.media_type == "multipart/related"


def test_explorers_shape_names_no_snapshot_and_its_own_encoding():
    body = page(words="Гавань замёрзла, и никто не сказал об этом ни слова до весны. " * 8).decode()
    whole = part(
        base64.encodebytes(body.encode("windows-1251")),
        'Content-Type: text/html;\r\n\tcharset="windows-1251"',
        "Content-Transfer-Encoding: base64",
        f"Content-Location: {URL}",
    )
    document = read(saved(whole, head=["Date: Mon, 2 Mar 2026 10:00:00 +0100"]))
    assert document.text.startswith("Гавань замёрзла")
    assert document.url == URL
    assert document.captured_at.utcoffset() == datetime.timedelta(hours=1)


def test_the_root_is_the_part_that_is_named():
    first = part(page("Frame"), "Content-Type: text/html", "Content-ID: <frame@x>")
    root = part(page("Root"), "Content-Type: text/html", "Content-ID: <root@x>")
    kind = 'multipart/related; start="<root@x>"; boundary="----=_Part"'
    assert read(saved(first, root, type=kind)).title == "Root"
    assert read(saved(first, root)).title == "Frame"


def test_a_page_without_parts_is_read():
    assert read(b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + page()).title == "Ice"


def test_a_subject_is_the_title_of_a_page_without_one():
    bare = page().replace(b"<title>Ice</title>", b"").replace(b"<h1>Ice</h1>", b"")
    whole = part(bare, "Content-Type: text/html")
    assert read(saved(whole, head=["Subject: =?utf-8?B?SWNlIPCfp4o=?="])).title == "Ice 🧊"


def test_a_file_that_is_cut_off_is_read_with_a_warning():
    cut = saved(QUOTED, STYLE)[:-20]
    assert any("cut off" in warning for warning in read(cut).warnings)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (saved(STYLE), "No web page is in it, only text/css"),
        (saved(QUOTED, type="multipart/related"), "line between them is missing"),
        (saved(QUOTED, type='multipart/related; boundary="other"'), "line between them is missing"),
        (saved(part(b"", "Content-Type: text/html")), "empty"),
        (saved(*[b"\r\n"] * 100_001), "more parts or lines"),
        (saved(QUOTED) + b"\n" * 3_000_001, "more parts or lines"),
        (
            b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in
            range(5000)),
            "nest too deep",
        ),
        (b"", "No web page is in it"),
    ],
)  # fmt: skip
def test_what_is_no_saved_page_is_refused_with_the_reason(data, reason):
    with pytest.raises(ImportRefused, match=reason):
        read(data)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_damaged_bytes_end_in_a_document_or_a_refusal(data):
    whole = saved(QUOTED, STYLE, head=["Date: Mon, 2 Mar 2026 10:00:00 +0100", f"Subject: {URL}"])
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:at] + data.draw(st.binary(max_size=9)) + whole[at + 9 :]
    with suppress(ImportRefused):
        assert isinstance(read(damaged), Document)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not on this machine")
def test_a_real_saved_page():
    document = read((SAMPLES / "synthetic.mhtml").read_bytes())
    assert document.title == "Working in public from day one"
    assert document.url == "https://18f.gsa.gov/2014/07/31/working-in-public-from-day-1/"
    assert document.captured_at == datetime.datetime(2026, 3, 2, 10, tzinfo=datetime.UTC)
    assert document.date.isoformat() == "2014-07-31"
    assert document.text.startswith("In the wide world")
    assert document.text.endswith("everyone wins.")
