"""Whatever bytes a server sends, a fetch ends with a page or with a refusal."""

import gzip

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.fetching import Fetched
from articles.importing.fetching.refused import FetchRefused
from tests.web_site import serving

_BODY = gzip.compress(b"<p>Some words.</p>")
_ANSWERS = [
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n"
    b"Content-Encoding: gzip\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(_BODY), _BODY),
    b"HTTP/1.1 302 Found\r\nLocation: http://page.example/x\r\nContent-Length: 2\r\n\r\nno",
    b"HTTP/1.1 503 Busy\r\nRetry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\nContent-Length: 0\r\n\r\n",
]


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(_ANSWERS),
    st.lists(st.tuples(st.integers(0, 250), st.binary(max_size=3)), max_size=3),
    st.integers(0, 250),
)
def test_any_answer_is_read_or_refused(answer, changes, kept):
    for at, data in changes:
        answer = answer[:at] + data + answer[at + len(data) :]
    for sent in (answer, answer[:kept]):
        with serving({"/": sent, "/robots.txt": sent}) as site:
            try:
                assert isinstance(site.fetch("/", seconds=2), Fetched)
            except FetchRefused:
                continue  # as it may; any other exception fails the test
