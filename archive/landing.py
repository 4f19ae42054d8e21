"""Coming from a search to a text: its hits are marked, and one leads to the next."""

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, QueryDict

from archive import hits
from archive.query import parse
from articles.given import whole_number
from articles.models import Revision
from articles.text import Span

MOST = 2000  # marks on one page; nobody walks through more


@dataclass(frozen=True)
class Landing:
    """The hits of ``q`` in a text, and the number of the one in view (0: none of them)."""

    q: str
    hits: tuple[Span, ...]
    hit: int = 0

    @property
    def count(self) -> int:
        return len(self.hits)

    @property
    def next(self) -> str:
        """The address of the next hit; after the last comes the first."""
        return self._address(self.hit % self.count + 1)

    @property
    def previous(self) -> str:
        return self._address((self.hit - 2) % self.count + 1 if self.hit else self.count)

    def _address(self, hit: int) -> str:
        return f"?{urlencode({'q': self.q, 'hit': hit})}#hit-{hit}"


def landing(request: HttpRequest, revision: Revision) -> Landing | None:
    """The hits of ``?q=`` in ``revision``, or None when nobody comes from a search.

    What replaces a part of the page has the address of the page. Cost: 2 queries, with phrases 3.
    """
    given = request.GET
    if request.htmx and "q" not in given:
        given = QueryDict(urlsplit(request.htmx.current_url or "").query)
    query = parse(given.get("q", ""))
    if not query:
        return None
    (found,) = hits.find(query, [(revision.article.language, revision.text)])
    found = found[:MOST]
    hit = whole_number(given.get("hit", "")) or 0
    return Landing(query.text, tuple(found), hit if hit <= len(found) else 0)
