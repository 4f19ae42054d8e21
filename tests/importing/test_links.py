"""What an editor pastes into a box becomes a list of addresses, and what is none is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.addresses import canonical_url
from articles.importing.links import links_in


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("https://a.example/1\nhttp://b.example\r\n\n", ["https://a.example/1", "http://b.example"]),
        ("- https://a.example/1\n2. https://a.example/2\n> * https://a.example/3",
         [f"https://a.example/{n}" for n in (1, 2, 3)]),
        ("See https://a.example/1, (https://a.example/2) and “https://a.example/3”. Yours, A.",
         [f"https://a.example/{n}" for n in (1, 2, 3)]),
        ("It is here: <https://a.example/long/\n  path?x=1>.", ["https://a.example/long/path?x=1"]),
        ("<URL:https://a.example/1>;<https://a.example/2>",
         ["https://a.example/1", "https://a.example/2"]),
        ("[Ice](https://a.example/ice_(2012) \"t\") and [more](https://a.example/b).",
         ["https://a.example/ice_(2012)", "https://a.example/b"]),
        ("https://en.example/wiki/Ice_(river)!?", ["https://en.example/wiki/Ice_(river)"]),
        ("HTTPS://A.example/X", ["HTTPS://A.example/X"]),
        ("www.a.example/1\nread www.a.example/2.", ["https://www.a.example/1", "https://www.a.example/2"]),
        ("a.example/ice/1\tIce", []),
        ("a.example/ice/1", ["https://a.example/ice/1"]),
        ("doi:10.1234/abc.5\n10.1234/x", ["https://doi.org/10.1234/abc.5", "https://doi.org/10.1234/x"]),
        ("https://a.example/é?q=ü", ["https://a.example/é?q=ü"]),
        ("Dear Ann,\n\nthese are they:\n\nBest,\nB. Lee\n+44 20 1234", []),
        ("", []),
    ],
)  # fmt: skip
def test_addresses_are_found_on_lines_and_in_mails(text, links):
    assert links_in(text)[0] == links


def test_a_page_is_taken_once_whatever_the_spelling():
    text = """http://a.example/x?utm_source=mail
    https://A.EXAMPLE/x#part
    https://a.example:443/x
    https://a.example/x?id=2"""
    assert links_in(text) == (
        ["http://a.example/x?utm_source=mail", "https://a.example/x?id=2"],
        [],
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("ann@a.example", "mail address"),
        ("mailto:ann@a.example", "mail address"),
        ("ftp://a.example/x", "http or https"),
        ("javascript:alert(1)", "http or https"),
        ("htp://a.example/x", "http or https"),
        ("https://", "whole web address"),
        ("https://a.example/" + "x" * 3000, "longer"),
        ("https://a.example:99999/", "whole web address"),
        ("a.example", "https://"),
    ],
)
def test_what_is_no_address_is_told_with_the_reason(line, reason):
    links, left_out = links_in(f"https://b.example/\n{line}\n{line}")
    assert links == ["https://b.example/"]
    assert len(left_out) == 1
    assert reason in left_out[0]
    assert len(left_out[0]) < 200


def test_no_more_are_taken_than_may_be():
    text = "\n".join(f"https://a.example/{n}" for n in (*range(8), 7, 7))
    links, left_out = links_in(text, at_most=5)
    assert links == [f"https://a.example/{n}" for n in range(5)]
    assert left_out == ["3 more addresses were left out: 5 are taken at once."]
    links, left_out = links_in("\n".join(f"a{n}.example" for n in range(9)), at_most=5)
    assert len(left_out) == 6
    assert "4 more" in left_out[-1]


@given(st.text(alphabet="htps:/.aw-é<>()[]\n \"',@%1", max_size=200))
def test_any_text_gives_addresses_each_once(text):
    links, left_out = links_in(text)
    keys = [canonical_url(link) for link in links]
    assert None not in keys
    assert len(set(keys)) == len(keys)
    assert links_in("\n".join(links))[0] == links
    assert all(reason.strip() for reason in left_out)
