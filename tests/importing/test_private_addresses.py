"""A link never leads into a private network, however it is spelled and whatever names say."""

import ssl
import subprocess
from shutil import which

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.fetching import FetchLimits, fetch
from articles.importing.fetching.network import Network
from articles.importing.fetching.refused import FetchRefused, Why
from articles.importing.fetching.targets import target_of
from tests.web_site import HERE, INNER, guest, moved, page, serving


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        *((f"http://{host}/", Why.ADDRESS) for host in (
            "0x7f.1", "2130706433", "0177.0.0.1", "127.1", "0x7f000001", "0x7f.0.0.0x1",
            "1.2.3.4.5", "256.0.0.1", "127.0.0.1..",
            "①②⑦.1", "０x7f.1", "a..example", "exa mple",
            "127.0.0.1%00", "%31%32%37.0.0.1",
            "[fe80::1%25eth0]", "[127.0.0.1]", "[v1.x]", "", "a@127.0.0.1",
            "page.example\\@127.0.0.1", "user:pass@page.example", "page.example:22", "x:99999",
            "page.example:http", "-", "a" * 64 + ".example", "example.0x", ".", "𝟏.0x",
        )),
        *((f"http://{host}/", Why.PRIVATE) for host in (
            "127.0.0.1", "127.0.0.1.", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:8.8.8.8]",
            "169.254.169.254", "[64:ff9b::a9fe:a9fe]", "①②⑦.⓪.⓪.①", "127。0。0。1", "localhost",
            "LOCALHOST.", "a.localhost", "ⓛocalhost", "[fd00:ec2::254]",
        )),
        ("ftp://page.example/", Why.ADDRESS), ("file:///etc/passwd", Why.ADDRESS),
        ("javascript:alert(1)", Why.ADDRESS), ("page.example", Why.ADDRESS), ("", Why.ADDRESS),
        ("http://page.example/a\r\nX: y", Why.ADDRESS), ("http://page.example/\x00", Why.ADDRESS),
        ("http://page.example/" + "a" * 5000, Why.ADDRESS),
        ("gopher://127.0.0.1:6379/_FLUSHALL", Why.ADDRESS), ("http:/127.0.0.1/", Why.ADDRESS),
    ],
)  # fmt: skip
def test_a_strange_address_is_refused_before_anybody_is_asked(url, kind):
    def nobody(host, port):
        raise AssertionError(host)

    with pytest.raises(FetchRefused) as caught:
        fetch(url, visitor=guest(), network=Network(resolve=nobody))
    assert caught.value.kind == kind
    assert not caught.value.may_try_again


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://PAGE.example./", "page.example"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://straße.example/", "xn--strae-oqa.example"),
        ("https://xn--bcher-kva.example/", "xn--bcher-kva.example"),
        ("https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com"),
        ("https://a_b.example/", "a_b.example"),
        ("https://[2606:4700:0:0::1111]/", "2606:4700::1111"),
    ],
)
def test_an_honest_name_is_asked_for_in_one_spelling(url, host):
    assert target_of(url).host == host


@given(st.text(max_size=40))
def test_any_text_is_a_target_or_refused(text):
    try:
        target = target_of(f"http://{text}")
    except FetchRefused:
        return
    assert target.url.isascii()
    assert target_of(target.url) == target


def test_a_public_looking_name_that_leads_home_is_refused_and_nothing_connects():
    with serving({"/": page()}) as site:
        for answer in (
            ["127.0.0.1"],
            ["8.8.8.8", "127.0.0.1"],
            ["::ffff:127.0.0.1"],
            ["fe80::1%1"],
        ):
            site.names["page.example"] = answer
            with pytest.raises(FetchRefused, match="private network") as caught:
                fetch(
                    site.url("/"),
                    visitor=guest(),
                    limits=FetchLimits(ports=frozenset({site.port})),
                    network=Network(resolve=site.resolve),
                )
            assert caught.value.kind == Why.PRIVATE
        assert site.asked == []


def test_a_redirect_into_the_private_network_is_refused():
    with serving({"/": page(b"secret")}, address="::1") as inner, serving({}) as site:
        site.answers["/"] = moved(inner.url("/", host="inner.example"))
        site.names["inner.example"] = ["::1"]
        ports = frozenset({site.port, inner.port})
        with pytest.raises(FetchRefused) as caught:
            site.fetch("/", ports=ports)
        assert (caught.value.kind, inner.asked) == (Why.PRIVATE, [])
        everywhere = Network(resolve=site.resolve, may_reach=lambda a: a in (HERE, INNER))
        found = fetch(
            site.url("/"), visitor=guest(), limits=site.limits(ports=ports), network=everywhere
        )
        assert found.body == b"secret"  # so the refusal was ours, not the network's


def test_a_name_is_resolved_once_for_each_request_and_a_changed_answer_is_checked_anew():
    with serving({"/": page()}) as site:
        turns = iter([["127.0.0.1"], ["127.0.0.1"], ["127.0.0.1"], ["::1"]])
        asked = []

        def turning(host, port):
            asked.append(host)
            return next(turns)

        network = Network(resolve=turning, may_reach=lambda address: address == HERE)
        once = {"visitor": guest(), "limits": site.limits(), "network": network}
        fetch(site.url("/"), **once)
        assert len(asked) == 2 == len(site.asked)  # robots.txt and the page
        fetch(site.url("/"), **once)
        with pytest.raises(FetchRefused) as caught:
            fetch(site.url("/"), **once)
        assert caught.value.kind == Why.PRIVATE
        assert len(asked) == 4
        assert len(site.asked) == 3


@pytest.mark.skipif(not which("openssl"), reason="no openssl to make a certificate with")
def test_the_certificate_must_bear_the_name_that_was_asked_for(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=page.example",
         "-addext", "subjectAltName=DNS:page.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    names = []
    server.sni_callback = lambda line, name, context: names.append(name)
    trusting = ssl.create_default_context(cafile=str(certificate))
    with serving({"/": page(b"secure")}, tls=server) as site:
        site.names["other.example"] = ["127.0.0.1"]

        def get(host, tls):
            network = Network(site.resolve, lambda address: address == HERE, tls)
            url = site.url("/", host, "https")
            return fetch(url, visitor=guest(), limits=site.limits(), network=network)

        assert get("page.example", lambda: trusting).body == b"secure"
        for host, tls in (("other.example", lambda: trusting), ("page.example", Network().tls)):
            with pytest.raises(FetchRefused, match="certificate") as caught:
                get(host, tls)
            assert caught.value.kind == Why.TLS
    assert names == ["page.example", "page.example", "other.example", "page.example"]
    assert len(site.asked) == 2
