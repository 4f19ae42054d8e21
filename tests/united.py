"""Two articles that are one work, and what merges them."""

from typing import Any

from archive import uniting
from articles.models import Article
from tests.factories import make_article, make_revision

HERE = "<p>Trust is won slowly and lost at once.</p>\n<p>Nobody keeps count of the favours.</p>"
THERE = (
    "<p>Reprinted by permission.</p>\n<p>Trust is won slowly and lost at once.</p>\n"
    "<p>Nobody keeps count of the favours any more.</p>\n<p>A farewell of the editors.</p>"
)


def make_two(**fields: Any) -> tuple[Article, Article]:
    """The article to be kept, and the one to be merged into it."""
    kept = make_article(slug="kept", title="On trust", html=HERE)
    return kept, make_article(slug="copy", **{"title": "Of trust", "html": THERE, **fields})


def unite(kept: Article, merged: Article, *, by: Any, reason: str = "One op-ed.") -> Article:
    """``kept`` as ``by`` merged the other into it, having looked at both just before."""
    kept, merged = (Article.objects.get(pk=one.pk) for one in (kept, merged))
    seen = uniting.seal(kept, merged, by)
    return uniting.merge(kept, merged, by=by, reason=reason, seen=seen)


def merge_a_copy(article: Article, *, title: str, by: Any) -> Article:
    """Another one, whose second text was that of ``article``, merged into it."""
    html = article.revisions.get(superseded_at=None).html
    fields = {"slug": f"{article.slug}-copy", "title": title, "state": article.state}
    copy = make_article(html="<p>A first one.</p>", **fields)
    make_revision(copy, html=html)
    unite(article, copy, by=by)
    return copy
