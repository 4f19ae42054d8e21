"""Web archives (WARC) that are cut off, damaged or made to burst: the good of them is kept."""

import gzip
import hashlib
import io

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.warc import read_all
from tests.web_archives import http, packed, page, record

FIRST, SECOND = record(http(page())), record(http(page("Snow")), url="https://baltic.example/snow")


def told(data, max_bytes=1_000_000):
    found = read_all(io.BytesIO(data), max_bytes=max_bytes)
    return [one.document.title if one.document else one.refusal for one in found]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (FIRST + SECOND[:-300], "The file was cut off within this page."),
        (packed([FIRST, SECOND])[:-60], "The file was cut off within this page."),
        (FIRST + record(http(b"x" * 900, Content_Type="image/png"))[:-300], "within a record (re"),
        (packed([FIRST]) + b"garbage", "gzip compression breaks near byte"),
        (packed([FIRST, SECOND])[: len(packed([FIRST])) + 5], "compression breaks off"),
        (
            FIRST + record(http(page("Snow")), Content_Length=str(10**18)),
            "cut off within this page",
        ),
        (FIRST + b"WARC/1.0\r\nA: " + b"x" * 2_000_000, "What follows its record 1 is none"),
        (gzip.compress(FIRST + b"\0" * 50_000_000, 1), "more than 200 times its size"),
    ],
)
def test_the_good_records_are_kept_and_the_last_says_what_happened(data, reason):
    first, last = told(data)
    assert first == "Ice"
    assert reason in last


@pytest.mark.parametrize("length", [None, "12x", "-5", "3"])
def test_a_record_of_wrong_length_does_not_hide_the_next(length):
    titles = told(record(http(page()), Content_Length=length) + SECOND)
    assert "Snow" in titles
    assert "The length of a record is wrong" in titles[-1]


def sha1(data):
    return "sha1:" + hashlib.sha1(data, usedforsecurity=False).hexdigest()


@pytest.mark.parametrize("name", ["WARC-Block-Digest", "WARC-Payload-Digest"])
@pytest.mark.parametrize("pack", [b"".join, packed])
def test_a_page_whose_digest_proves_that_its_length_is_wrong_is_kept_and_says_so(name, pack):
    block = http(gzip.compress(page()), Content_Encoding="gzip")
    whole = block if "Block" in name else gzip.compress(page())
    short = record(block, Content_Length=str(len(block) - 2), **{name: sha1(whole)})
    kept, next_one = read_all(io.BytesIO(pack([short, SECOND])), max_bytes=1_000_000)
    assert kept.raw == page()
    assert "states a wrong length" in kept.document.warnings[0]
    assert next_one.document.title == "Snow"
    other = record(block, Content_Length=str(len(block) - 2), **{name: sha1(b"other")})
    wrong, page_after, trouble = told(pack([other, SECOND]))
    assert (name in wrong, page_after) == (True, "Snow")
    assert "length of a record is wrong" in trouble


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no record at all"),
        (b"Words of a letter.\n" * 9, "It is no WARC file"),
        (b"WARC/1.0\r\n" + b"A: x\r\n" * 200_000, "What follows its record 0 is none"),
        (record(http(page() + b" " * 2_000_000)), "larger than the limit"),
        (
            record(http(gzip.compress(b"0" * 9_000_000), Content_Encoding="gzip")),
            "larger than the limit",
        ),
        (
            record(http(brotli.compress(b"0" * 9_000_000, quality=1), Content_Encoding="br")),
            "larger than the limit",
        ),
        (record(http(b"Words of a letter.", Content_Encoding="br")), "(br) is damaged"),
        (record(http(b"\x1b\x01", Content_Encoding="zstd")), "not read here: zstd"),
        (record(http(page()), WARC_Segment_Number="1"), "split over several records"),
    ],
)
def test_what_cannot_be_read_has_a_reason(data, reason):
    (only,) = told(data)
    assert reason in only


class Counted(io.BytesIO):
    """A file that remembers the largest piece that was asked of it."""

    largest = 0

    def read(self, size=-1):
        piece = super().read(size)
        self.largest = max(self.largest, len(piece))
        return piece


def test_a_large_record_that_is_no_page_is_never_held_in_memory():
    video = record(http(b"\0" * 30_000_000, Content_Type="video/mp4"))
    file = Counted(video + FIRST)
    (found,) = read_all(file, max_bytes=1_000_000)
    assert found.document.title == "Ice"
    assert file.largest <= 1 << 17


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_damaged_bytes_end_in_documents_and_refusals(data):
    whole = data.draw(st.sampled_from([FIRST + SECOND, packed([FIRST, SECOND])]))
    at = data.draw(st.integers(0, len(whole) - 1))
    piece = data.draw(st.binary(max_size=20))
    damaged = whole[:at] + piece + whole[at + data.draw(st.integers(0, 40)) :]
    for found in read_all(io.BytesIO(damaged), max_bytes=100_000):
        assert (found.document is None) != (found.refusal == "")
