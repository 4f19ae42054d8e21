"""Web archives packed as WACZ: checked against their list, and read as far as pages are listed."""

import hashlib
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.warc.wacz import read_all
from tests.web_archives import http, packed, page, record, wacz

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared/data/samples"
ICE = record(http(page()), url="https://baltic.example/ice")
SNOW = record(http(page("Snow")), url="https://baltic.example/snow")


def told(file, max_bytes=1_000_000):
    found = read_all(file, max_bytes=max_bytes)
    return [one.document.title if one.document else one.refusal for one in found]


def test_every_page_is_read_where_none_is_listed():
    members = {"archive/a.warc.gz": packed([ICE]), "archive/b.warc": SNOW, "indexes/index.cdx": b""}
    assert told(wacz(members)) == ["Ice", "Snow"]
    assert told(wacz(members, listed=False)) == ["Ice", "Snow"]


@pytest.mark.parametrize(
    "listed",
    [
        "https://baltic.example/snow",
        "http://www.baltic.example:80/snow/#top",
        "https://baltic.example/was-snow",  # redirected
    ],
)
def test_only_what_is_listed_is_a_page(listed):
    moved = record(
        http(b"", status="302 Found", Location="/snow"), url="https://baltic.example/was-snow"
    )
    file = wacz({"archive/a.warc.gz": packed([ICE, SNOW, moved])}, pages=[{"url": listed}])
    assert told(file) == ["Snow"]


def test_a_list_of_pages_gives_the_title_of_a_page_that_has_none():
    bare = page().replace(b"<title>Ice</title>", b"").replace(b"<h1>Ice</h1>", b"")
    members = {"archive/a.warc": record(http(bare), url="https://baltic.example/ice")}
    (refused,) = told(wacz(members))
    assert "no title" in refused
    pages = [{"url": "https://baltic.example/ice", "title": "Ice, as listed"}]
    assert told(wacz(members, pages=pages)) == ["Ice, as listed"]


def test_pages_that_are_not_in_the_archive_are_told_with_what_is():
    file = wacz({"archive/a.warc": ICE + SNOW}, pages=[{"url": "https://other.example/"}])
    (refusal,) = told(file)
    assert "2 × HTML that is not listed as a page" in refusal


def test_a_part_with_other_bytes_is_refused_by_its_name_and_the_rest_is_read():
    file = wacz({"archive/a.warc": ICE, "archive/b.warc": SNOW}, wrong=["archive/a.warc"])
    refusal, title = told(file)
    assert "bytes of archive/a.warc are not those" in refusal
    assert title == "Snow"


@pytest.mark.parametrize("digest", ["right", "wrong"])
def test_the_list_itself_is_checked(digest):
    package = json.dumps({"resources": []}).encode()
    stated = hashlib.sha256(package if digest == "right" else b"x").hexdigest()
    signed = json.dumps({"path": "datapackage.json", "hash": f"sha256:{stated}"}).encode()
    members = {
        "archive/a.warc": ICE,
        "datapackage.json": package,
        "datapackage-digest.json": signed,
    }
    (only,) = told(wacz(members, listed=False))
    assert only == "Ice" if digest == "right" else "bytes of datapackage.json" in only


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (wacz({"a.txt": b"x"}), "no WARC file in archive/"),
        (wacz({"a.wacz": b"x"}), "collection of other WACZ files"),
        (wacz({}, more=[{"path": "archive/a.warc"}]), "lacks archive/a.warc"),
        (wacz({"archive/a.warc": ICE, "datapackage.json": b"[]"}, listed=False), "no resources"),
        (wacz({"archive/a.warc": ICE, "datapackage.json": b"{"}, listed=False), "no JSON"),
        (wacz({"archive/a.warc": b"\0" * 50_000_000}), "no WARC file"),
        (io.BytesIO(b"PK\x03\x04 broken"), "broken archive"),
    ],
)
def test_what_is_no_such_package_is_refused_with_the_reason(file, reason):
    (refusal,) = told(file)
    assert reason in refusal


def test_a_warc_that_is_cut_off_is_told_by_its_name():
    image = record(http(b"x" * 900, Content_Type="image/png"))[:-300]
    *_, last = read_all(wacz({"archive/a.warc": ICE + image}), max_bytes=1_000_000)
    assert (last.part, "cut off" in last.refusal) == ("archive/a.warc", True)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_damaged_packages_end_in_documents_and_refusals(data):
    whole = wacz({"archive/a.warc.gz": packed([ICE])}, pages=[]).getvalue()
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:at] + data.draw(st.binary(max_size=9)) + whole[at + 9 :]
    for found in read_all(io.BytesIO(damaged), max_bytes=100_000):
        assert (found.document is None) != (found.refusal == "")


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not on this machine")
def test_real_packages():
    with (SAMPLES / "valid_example_1.wacz").open("rb") as file:
        assert told(file) == ["Example Domain"]
    with (SAMPLES / "invalid_example_1.wacz").open("rb") as file:
        (refusal,) = told(file)
    assert "no WARC file in archive/, and lacks data/indexes/index.cdx.gz" in refusal
