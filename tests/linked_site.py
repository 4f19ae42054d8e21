"""A small site with a page of every kind that links lead to, and how the archive reaches it."""

import contextlib
from collections.abc import Iterator

from articles.importing import link_sources
from tests.importing.pdf_maker import Sheet, pdf
from tests.web_site import Answer, Site, moved, page, serving

HTML = "Content-Type: text/html; charset=utf-8"
_WORDS = (
    "The ice on the northern lakes has been measured since the harbour was built, and the "
    "records of every winter were kept by the same three families.",
    "They wrote down when it closed and when it broke, how thick it stood at the pier, and "
    "whether the mail could cross; nobody asked them what the numbers were for.",
    "When the harbour closed, the books went to the library, where a clerk found that the "
    "earliest page and the latest differed by nineteen days.",
    "He published what he found in the town's own paper, beside the prices of fish, and it was "
    "read by everybody who had a boat, which was everybody.",
)


def article(title: str, *, charset: str = "utf-8", about: str = "") -> bytes:
    """A page with an article that is long enough to be one; ``about`` makes it another text."""
    words = "".join(f"<p>{_retold(words, about)}</p>" for words in _WORDS)
    said = (
        f"<!doctype html><html lang='en'><head><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{words}</article></body></html>"
    )
    return said.encode(charset)


def _retold(words: str, about: str) -> str:
    """``words`` with ``about`` at every third place, so that they are not nearly the same."""
    told = words.split()
    for place in range(len(told) // 3 * 3, -1, -3) if about else ():
        told.insert(place, about)
    return " ".join(told)


def small(title: str, body: str) -> bytes:
    said = f"<!doctype html><html lang='en'><head><title>{title}</title></head><body>{body}</body>"
    return page(said.encode(), HTML)


def paper() -> bytes:
    lines = [words[at : at + 80] for words in _WORDS for at in range(0, len(words), 80)]
    sheet = Sheet().put(72, 80, "On paper", 20, "B").put_lines(72, 120, lines)
    return pdf(sheet)


def answers() -> dict[str, Answer]:
    """What the site answers, by path. One is a page that needs its server's charset."""
    cafe = article("On cafés", charset="latin-1", about="Café.")
    cafe = cafe.replace(b"<html", b"<!-- no charset here --><html")
    consent = "<h1>Your privacy</h1><p>We use cookies to improve your experience.</p>"
    return {
        "/robots.txt": page(b"User-agent: *\nDisallow: /closed/\n"),
        "/ice": page(article("On ice", about="Ice."), HTML),
        "/old-ice": moved("/ice"),
        "/cafe": page(cafe, "Content-Type: text/html; charset=iso-8859-1"),
        "/paper": page(paper(), "Content-Type: text/plain"),
        "/nowhere": small("Not found", "<h1>Page not found</h1><p>Try a search.</p>"),
        "/log-in": small("Members", "<form><input type=password><button>Log in</button></form>"),
        "/consent": small("Before you go on", f"{consent}<button>Accept all cookies</button>"),
        "/closed/ice": page(article("Closed")),
        "/huge": page(b"x" * 90_000, HTML),
        "/busy": page(b"", "Retry-After: 120", status="503 Busy"),
    }


@contextlib.contextmanager
def reached(site: Site) -> Iterator[None]:
    """Let the archive of this process reach ``site``, as if this machine were the internet."""
    before = link_sources.NETWORK, link_sources.PORTS
    link_sources.NETWORK, link_sources.PORTS = site.network, frozenset({site.port})
    try:
        yield
    finally:
        link_sources.NETWORK, link_sources.PORTS = before


@contextlib.contextmanager
def linked_site(more: dict[str, Answer] | None = None) -> Iterator[Site]:
    """The site, serving and reached."""
    with serving(answers() | (more or {})) as site, reached(site):
        yield site
