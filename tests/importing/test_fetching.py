"""A page is fetched as a guest: what comes back, what is kept of it, and what is refused."""

import gzip
import hashlib
import io
import itertools
import time
import zlib
from base64 import b32encode
from datetime import UTC, datetime, timedelta

import pytest
from warcio.archiveiterator import ArchiveIterator

from articles.importing.fetching.refused import FetchRefused, Why
from articles.importing.fetching.visiting import Visitor
from tests.web_site import moved, page, serving

HTML = "Content-Type: Text/HTML; Charset=utf-8"


def chunked(*pieces: bytes, headers: str = "") -> bytes:
    head = f"HTTP/1.1 200 OK\r\nX-odd:  two  spaces\r\n{headers}Transfer-Encoding: chunked\r\n\r\n"
    return head.encode() + b"".join(b"%x\r\n%b\r\n" % (len(p), p) for p in (*pieces, b""))


def refusal(site, path, **limits) -> FetchRefused:
    with pytest.raises(FetchRefused) as caught:
        site.fetch(path, **limits)
    return caught.value


def test_a_page_is_fetched_over_its_redirects():
    answers = {
        "/a?x=1": page(
            b"?" * 99_999, "Location: /b#part", "Content-Encoding: br", status="301 Moved"
        ),
        "/%C3%A9": page(b"<p>Gr\xc3\xbc\xc3\x9fe</p>", HTML),
    }
    with serving(answers) as site:
        site.answers["/b"] = moved(f"//page.example:{site.port}/\xc3\xa9")  # in UTF-8, unescaped
        found = site.fetch("/a?x=1#top")
        assert site.paths == ["/robots.txt", "/a?x=1", "/b", "/%C3%A9"]
        assert found.final_url == site.url("/%C3%A9")
        assert found.chain == (site.url("/a?x=1"), site.url("/b"), site.url("/%C3%A9"))
    assert (found.status, found.media_type, found.charset) == (200, "text/html", "utf-8")
    assert b"WARC-Truncated: length" in found.warc
    assert found.body == "<p>Grüße</p>".encode()
    assert timedelta(0) <= datetime.now(UTC) - found.fetched_at < timedelta(seconds=20)
    request = site.asked[1].decode()
    assert f"Host: page.example:{site.port}\r\n" in request
    assert "User-Agent: Commonplace/1 (+https://archive.example/about)\r\n" in request
    assert "Cookie" not in request


def test_the_exchange_is_kept_byte_for_byte_as_a_web_archive():
    packed = gzip.compress(b"<p>Some words.</p>" * 9)
    answer = chunked(packed[:20], packed[20:], headers="Content-Encoding: gzip\r\n")
    with serving({"/a": moved("/b"), "/b": b"HTTP/1.1 100 Continue\r\n\r\n" + answer}) as site:
        found = site.fetch("/a")
    assert found.body == b"<p>Some words.</p>" * 9
    blocks, kinds = [], []
    for record in ArchiveIterator(io.BytesIO(found.warc), no_record_parse=True):
        kinds.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI")))
        blocks.append(record.raw_stream.read())
    read = ArchiveIterator(io.BytesIO(found.warc))
    entities = [record.content_stream().read() for record in read]
    first, last = site.url("/a"), site.url("/b")
    pairs = [(kind, url) for url in (first, last) for kind in ("response", "request")]
    assert kinds == [("warcinfo", None), *pairs]
    assert blocks[1] == moved("/b")
    assert blocks[2] == site.asked[1]
    assert blocks[3].endswith(answer)
    assert blocks[4] == site.asked[2]
    assert entities[3] == found.body
    digest = b32encode(hashlib.sha1(packed, usedforsecurity=False).digest()).decode()
    assert f"WARC-Payload-Digest: sha1:{digest}".encode() in found.warc
    assert found.warc.count(b"WARC-IP-Address: 127.0.0.1\r\n") == 4


@pytest.mark.parametrize(
    ("status", "kind", "again"),
    [
        ("404 Not Found", Why.NOT_FOUND, False),
        ("410 Gone", Why.NOT_FOUND, False),
        ("401 Unauthorized", Why.FORBIDDEN, False),
        ("418 Teapot", Why.FORBIDDEN, False),
        ("429 Too Many Requests", Why.SERVER, True),
        ("500 Oops", Why.SERVER, True),
        ("501 Not Implemented", Why.SERVER, False),
        ("204 No Content", Why.SERVER, False),
        ("103 Early Hints", Why.BROKEN, True),
        ("999 Go away", Why.SERVER, True),
    ],
)
def test_an_error_is_told_and_whether_trying_again_may_help(status, kind, again):
    with serving({"/": page(b"", "Retry-After: 120", status=status)}) as site:
        refused = refusal(site, "/")
    assert (refused.kind, refused.may_try_again) == (kind, again)
    assert refused.retry_after == (120 if kind == Why.SERVER and status[0] != "2" else None)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (page(b"x" * 2000), Why.TOO_LARGE),
        (chunked(b"x" * 2000), Why.TOO_LARGE),
        (page(gzip.compress(b"\0" * 9_000_000), "Content-Encoding: gzip"), Why.TOO_LARGE),
        (page(zlib.compress(b"\0" * 9_000_000), "Content-Encoding: deflate"), Why.TOO_LARGE),
        (chunked(gzip.compress(b"\0" * 9_000), headers="Content-Encoding: x-gzip\r\n"), None),
        (page(zlib.compress(b"words")[2:-4], "Content-Encoding: deflate"), None),
        (page(gzip.compress(b"") * 40, "Content-Encoding: gzip"), None),
        (page(gzip.compress(b"") * 400, "Content-Encoding: gzip"), Why.BROKEN),
        (page(gzip.compress(b"words") + b"\0\0", "Content-Encoding: gzip"), None),
        (page(gzip.compress(b"words" * 9)[:-12], "Content-Encoding: gzip"), Why.BROKEN),
        (page(b"words", "Content-Encoding: gzip"), Why.BROKEN),
        (page(b"words", "Content-Encoding: gzip, gzip"), Why.MEDIA_TYPE),
        (page(b"words", "Content-Encoding: br"), Why.MEDIA_TYPE),
        (page(b"words", "Content-Type: image/png"), Why.MEDIA_TYPE),
        (page(b"words")[:-1], Why.BROKEN),
        (chunked(b"words")[:-8], Why.BROKEN),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", Why.BROKEN),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\nab", Why.BROKEN),
        (b"HTTP/1.1 200 OK\r\n\r\nno length", None),
        (b"", Why.BROKEN),
        (b"SSH-2.0-OpenSSH\r\n", Why.BROKEN),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", Why.BROKEN),
        (moved("/"), Why.REDIRECTS),
        (page(b"", status="302 Found"), Why.REDIRECTS),
        (moved("ftp://page.example/"), Why.ADDRESS),
        (moved("http://["), Why.ADDRESS),
    ],
)
def test_an_answer_is_read_whole_or_refused_by_its_kind(answer, kind):
    # The bombs are small on the line, and what is large there would do once unpacked.
    small = {"wire_bytes": 1900} if b"x" * 99 in answer else {"body_bytes": 10_000}
    with serving({"/": answer}) as site:
        if kind is None:
            site.fetch("/", **small)
        else:
            assert refusal(site, "/", **small).kind == kind


def test_a_server_that_drips_is_cut_whatever_part_it_drips():
    def drip(start: bytes):
        def answer(send):
            send(start)
            for _ in range(100):
                time.sleep(0.05)
                send(b"x")

        return answer

    head = b"HTTP/1.1 200 OK\r\n"
    starts = {"/status": b"H", "/head": head + b"A: ", "/body": head + b"\r\n"}
    starts["/chunk"] = head + b"Transfer-Encoding: chunked\r\n\r\n9999\r\n"
    starts["/moved"] = b"HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\n"
    with serving({path: drip(start) for path, start in starts.items()}) as site:
        for path in starts:
            began = time.monotonic()
            refused = refusal(site, path, seconds=0.1)
            assert refused.kind == Why.TOO_SLOW
            assert time.monotonic() - began < 1


def test_redirects_are_followed_ten_times_and_no_more():
    with serving({f"/{n}": moved(f"/{n + 1}") for n in range(20)} | {"/20": page()}) as site:
        assert site.fetch("/10").final_url == site.url("/20")
        assert refusal(site, "/9").kind == Why.REDIRECTS


def test_visits_to_one_host_have_a_pause_between_them():
    slept = []
    visitor = Visitor("mailto:keeper@archive.example", pause=2, sleep=slept.append)
    with serving({"/a": moved("/b"), "/b": page(b"")}) as site:
        site.fetch("/a", visitor=visitor)
        site.fetch("/b", visitor=visitor)
    assert [round(wait) for wait in slept] == [2, 4, 6]
    assert site.paths == ["/robots.txt", "/a", "/b", "/b"]
    assert all(earlier < later for earlier, later in itertools.pairwise(slept))


@pytest.mark.parametrize("contact", ["", "  "])
def test_a_visitor_without_contact_does_not_set_out(contact):
    with pytest.raises(ValueError, match="reached"):
        Visitor(contact)
