"""A fetch as a web archive (WARC 1.1, ISO 28500): every request and answer, byte for byte.

The records are written by warcio, but the headers of HTTP are kept as they came: warcio would
write them anew. Payload digests are those of the entity without chunks, as the standard says.
"""

import io
from collections.abc import Sequence
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from .exchange import Exchange


class _AsSent(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """Headers whose bytes stay what they were."""

    def __init__(self, raw: bytes) -> None:
        super().__init__("as sent", [])
        self._raw = raw

    def compute_headers_buffer(self, header_filter: Any = None) -> None:
        self.headers_buff = self._raw


def warc_of(exchanges: Sequence[Exchange], *, software: str, user_agent: str) -> bytes:
    """The bytes of a WARC file with ``exchanges`` in their order, not compressed."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=False, warc_version="1.1")
    about = writer.create_warcinfo_record(
        None,
        {
            "software": software,
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/"
            "warc-format/warc-1.1/",
            "robots": "obey",
            "http-header-user-agent": user_agent,
        },
    )
    writer.write_record(about)
    of_file = about.rec_headers.get_header("WARC-Record-ID")
    for one in exchanges:
        date = one.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        shared = {"WARC-Date": date, "WARC-IP-Address": one.address, "WARC-Warcinfo-ID": of_file}
        answer = writer.create_warc_record(
            one.url,
            "response",
            payload=io.BytesIO(one.wire),
            length=len(one.wire),
            http_headers=_AsSent(one.head),
            warc_headers_dict={
                **shared,
                "WARC-Payload-Digest": _digest(one.entity),
                **({"WARC-Truncated": "length"} if one.is_cut else {}),
            },
        )
        question = writer.create_warc_record(
            one.url,
            "request",
            payload=io.BytesIO(),
            length=0,
            http_headers=_AsSent(one.request),
            warc_headers_dict=shared,
        )
        writer.write_request_response_pair(question, answer)
    return file.getvalue()


def _digest(entity: bytes) -> str:
    digester = Digester("sha1")  # the one that archives compare by
    digester.update(entity)
    return str(digester)
