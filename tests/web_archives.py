"""Web archives made in memory: records, pages and packages for the tests."""

import gzip
import hashlib
import io
import json
import zipfile

WORDS = "The harbour froze and nobody wrote a word about it to anybody else that winter. " * 8


def page(title="Ice", words=WORDS):
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<p>{words}</p></article></body></html>"
    ).encode()


def http(body, status="200 OK", **headers):
    fields = {"Content_Type": "text/html; charset=utf-8", **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def record(block, *, kind="response", url="https://baltic.example/ice", **headers):
    fields = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": "2020-01-02T03:04:05.678Z",
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value is not None)
    return f"WARC/1.1\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def digest(algorithm, data):
    return hashlib.new(algorithm, data, usedforsecurity=False)


def chunked(body, size=100):
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in pieces) + b"0\r\n\r\n"


def packed(records):
    return b"".join(gzip.compress(one) for one in records)


def wacz(members, *, pages=None, wrong=(), listed=True, more=()):
    """A package of these members, with the list of its parts and of its pages."""
    members = dict(members)
    if pages is not None:
        lines = [{"format": "json-pages-1.0", "id": "pages"}, *pages]
        members["pages/pages.jsonl"] = "\n".join(map(json.dumps, lines)).encode()
    resources = [
        {
            "name": name,
            "path": name,
            "hash": f"sha256:{hashlib.sha256(b'x' if name in wrong else data).hexdigest()}",
            "bytes": len(data),
        }
        for name, data in members.items()
    ]
    if listed:
        package = json.dumps({"profile": "data-package", "resources": [*resources, *more]})
        members["datapackage.json"] = package.encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer
