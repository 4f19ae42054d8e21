"""A site's robots.txt is asked for once in a run and obeyed, as RFC 9309 says."""

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.fetching import FetchLimits, fetch
from articles.importing.fetching.network import Network
from articles.importing.fetching.refused import FetchRefused, Why
from articles.importing.fetching.targets import target_of
from articles.importing.fetching.visiting import Visitor, rules_in
from tests.web_site import guest, moved, page, serving


def allowed(robots_txt: str, path: str) -> bool:
    try:
        rules_in(robots_txt.encode()).refuse_forbidden(target_of(f"https://page.example{path}"))
    except FetchRefused:
        return False
    return True


@pytest.mark.parametrize(
    ("robots_txt", "open_paths", "closed_paths"),
    [
        ("", ["/"], []),
        ("User-agent: *\nDisallow:", ["/a"], []),
        ("User-agent: *\nDisallow: /a", ["/b"], ["/a", "/ab", "/a?x"]),
        ("user-agent:*\ndisallow:/a/*.pdf$", ["/a/x.pdf?y", "/x.pdf"], ["/a/b/x.pdf"]),
        ("User-agent: *\nDisallow: /\nAllow: /open", ["/open/x"], ["/", "/op"]),
        ("User-agent: Commonplace\nDisallow: /a\n\nUser-agent: *\nDisallow: /", ["/b"], ["/a"]),
        ("User-agent: *\nDisallow: /\n\nUser-agent: COMMONPLACE/2.0\nDisallow:", ["/a"], []),
        # Other programs' names are not ours, and their rules stay theirs.
        ("User-agent: common\nDisallow: /", ["/a"], []),
        ("User-agent: Commonplace-bot\nDisallow: /", ["/a"], []),
        ("User-agent: x\nDisallow: /\n\nUser-agent: *\nDisallow: /b", ["/a"], ["/b"]),
        ("User-agent: *\nDisallow: /b\n\nUser-agent x\nDisallow: /", ["/a"], ["/b"]),
        ("User-agent: x\nUser-agent: commonplace\nDisallow: /", [], ["/a"]),
        ("\ufeffUser-agent: *\r\nDisallow: /a # why\r\n", ["/b"], ["/a"]),
        ("User-agent: *\nDisallow: /gr%C3%BCn", ["/grun"], ["/grün", "/gr%c3%bcn"]),
        ("<!doctype html><title>Not found</title>", ["/a"], []),
    ],
)
def test_what_a_robots_txt_opens_and_closes(robots_txt, open_paths, closed_paths):
    assert [path for path in open_paths if not allowed(robots_txt, path)] == []
    assert [path for path in closed_paths if allowed(robots_txt, path)] == []


def test_it_is_asked_for_once_and_a_closed_page_is_never_asked_for():
    visitor = guest()
    with serving({"/robots.txt": page(b"User-agent: *\nDisallow: /b"), "/a": page()}) as site:
        site.answers["/moved"] = moved("/b")
        site.fetch("/a", visitor=visitor)
        site.fetch("/a", visitor=visitor)
        for path in ("/b", "/moved"):
            with pytest.raises(FetchRefused, match="asks programs not to fetch") as caught:
                site.fetch(path, visitor=visitor)
            assert (caught.value.kind, caught.value.may_try_again) == (Why.ROBOTS, False)
        assert site.paths == ["/robots.txt", "/a", "/a", "/moved"]


@pytest.mark.parametrize(
    ("answer", "fetched"),
    [
        (page(b"", status="404 Not Found"), True),
        (page(b"", status="403 Forbidden"), True),
        (page(b"", status="429 Too Many Requests"), False),
        (page(b"", status="500 Oops"), False),
        (page(b"User-agent: *\nDisallow: /")[:-3], False),
        (page(b"User-agent: *\nDisallow: /", "Content-Encoding: br"), False),
        (page(b"User-agent: *\nAllow: /\n" + b"# filling\n" * 60_000), True),
        (page(b"User-agent: *\n" + b"# filling\n" * 60_000 + b"Disallow: /"), True),
        (moved("/elsewhere"), False),
        (moved("/1"), True),
        (moved("http://inner.example/robots.txt"), False),
        (moved("/robots.txt"), True),
    ],
)
def test_a_robots_txt_that_cannot_be_had_closes_the_site_only_if_the_server_failed(answer, fetched):
    answers = {"/robots.txt": answer, "/elsewhere": page(b"User-agent: *\nDisallow: /")}
    chain = {f"/{n}": moved(f"/{n + 1}") for n in range(1, 9)}
    with serving({**answers, **chain, "/": page()}) as site:
        site.names["inner.example"] = ["169.254.169.254"]
        if fetched:
            assert site.fetch("/").status == 200
            return
        with pytest.raises(FetchRefused) as caught:
            site.fetch("/")
        assert caught.value.kind == Why.ROBOTS
        assert caught.value.may_try_again == (answer != moved("/elsewhere"))
        assert ("for now" in caught.value.reason) == caught.value.may_try_again
        assert "/" not in site.paths


@pytest.mark.parametrize(("names", "kind"), [([], Why.DNS), (["::1"], Why.PRIVATE)])
def test_a_host_that_cannot_be_reached_is_told_as_that_and_not_asked_again(names, kind):
    asked, visitor = [], guest()
    network = Network(resolve=lambda host, port: asked.append(host) or names)
    for path in "ab":
        with pytest.raises(FetchRefused) as caught:
            fetch(f"http://page.example/{path}", visitor=visitor, network=network)
        assert caught.value.kind == kind
    assert asked == ["page.example"]


def test_a_resolver_that_is_silent_is_not_waited_for():
    silent = threading.Event()
    network = Network(resolve=lambda host, port: silent.wait(9) and [])
    with pytest.raises(FetchRefused) as caught:
        fetch("http://page.example/", visitor=guest(), limits=FetchLimits(0.1), network=network)
    silent.set()
    assert (caught.value.kind, caught.value.may_try_again) == (Why.TOO_SLOW, True)


def test_the_pace_a_site_asks_for_is_kept_within_reason():
    waits = []
    visitor = Visitor("https://archive.example/", pause=1, longest_pause=10, sleep=waits.append)
    asks = page(b"User-agent: *\nCrawl-delay: 86400")
    with serving({"/robots.txt": asks, "/a": page()}) as site:
        site.fetch("/a", visitor=visitor)
        site.fetch("/a", visitor=visitor, seconds=0.9)  # its own patience is not the site's time
    assert [round(wait) for wait in waits] == [1, 11]


def test_a_robots_txt_of_many_names_and_rules_is_read_at_once():
    names = "".join(f"User-agent: robot{n}\n" for n in range(15_000))
    rules = "".join(f"Disallow: /{n}*a*a*a*a\n" for n in range(9_000))
    began = time.monotonic()
    assert allowed(f"{names}User-agent: *\n{rules}", "/" + "a" * 3000)
    assert time.monotonic() - began < 2


@given(st.lists(st.sampled_from(["User-agent:", "user agent", "*", "commonplace", "\n", "Allow: /",
       "Disallow: /", "$", "#", "%", "Crawl-delay: 1e999", "é", "\u2028", " "])))  # fmt: skip
def test_any_robots_txt_is_read(pieces):
    rules = rules_in("".join(pieces).encode())
    assert 0 <= rules.delay < float("inf")
    assert allowed("".join(pieces), "/x") in (True, False)
