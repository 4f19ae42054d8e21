"""Pages that browsers saved as HTML: where they came from, when, and what they carry along."""

import base64
import datetime
import time

import pytest

from articles.importing.html import extract
from tests.web_archives import WORDS, page

URL = "https://baltic.example/ice?a=1"
AT = datetime.datetime(2026, 3, 2, 10, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))
SINGLE_FILE = f"""<!--
 Page saved with SingleFile
 url: {URL}
 saved date: Mon Mar 02 2026 10:00:00 GMT+0100 (Central European Standard Time)
-->"""


def with_comment(comment, head=""):
    return page().replace(b"<head>", f"{comment}<head>{head}".encode())


@pytest.mark.parametrize(
    ("comment", "url", "time"),
    [
        (SINGLE_FILE, URL, AT),
        (f"<!-- saved from url=({len(URL):04})" + URL + " -->", URL, None),
        (
            "<!-- Mirrored from baltic.example/ice by HTTrack Website Copier/3.49-2 [XR&CO'2014],"
            " Mon, 02 Mar 2026 09:00:00 GMT -->",
            "http://baltic.example/ice",
            AT,
        ),
        ("<!-- Page saved with SingleFile\n saved date: yesterday -->", None, None),
        ("<!-- saved from url=(0014)about:internet -->", None, None),
        ("<!-- url: https://other.example/x -->", None, None),
    ],
)
def test_a_comment_says_where_and_when_a_page_was_saved(comment, url, time):
    document = extract(with_comment(comment), None)
    assert document.url == url
    assert document.captured_at == time
    assert document.date.year is None
    assert comment[5:20] not in document.text


def test_an_extension_says_it_in_meta_elements():
    head = (
        f'<meta name="savepage-url" content="{URL}">'
        '<meta name="savepage-date" content="Mon Mar 02 2026 10:00:00 GMT+0100 (CET)">'
    )
    document = extract(with_comment("", head), None)
    assert (document.url, document.captured_at) == (URL, AT)


def test_an_address_that_is_known_is_not_replaced():
    document = extract(with_comment(SINGLE_FILE), "https://known.example/ice")
    assert document.url == "https://known.example/ice"
    assert document.captured_at == AT


def test_links_start_from_the_base_that_a_browser_wrote():
    html = page(words=f"{WORDS}<a href='b'>The second letter</a> followed.")
    html = html.replace(b"<head>", b'<head><base href="https://baltic.example/letters/">')
    assert '<a href="https://baltic.example/letters/b">' in extract(html, None).html


def test_pictures_inside_the_page_cost_no_time_and_no_words():
    data = base64.b64encode(b"\x89PNG" * 500_000).decode()
    style = f"<style>p{{background:url(data:image/png;base64,{data})}}</style>"
    pictures = "".join(
        f"<p>{number} {WORDS}</p><img data-sf-original={number} src={quote}{uri}{quote}>"
        for number, (quote, uri) in enumerate(
            [
                ('"', f"data:image/png;base64,{data}"),
                ("'", f"data:image/png;base64,{data}"),
                ("", f"data:image/png;base64,{data}"),
                ('"', f"data:image/svg+xml,<svg xmlns='x'>{'<g/>' * 1000}</svg>"),
            ]
        )
    )
    html = with_comment(SINGLE_FILE, style).replace(b"</article>", f"{pictures}</article>".encode())
    begin = time.process_time()
    document = extract(html, None)
    assert time.process_time() - begin < 3
    assert document.text.count("The harbour froze") == 8 * 5
    assert "data:" not in document.text
