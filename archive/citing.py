"""How an article is cited in a sentence; the formats for reference managers come later."""

from collections.abc import Callable

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from articles.models import Article, Authorship


def citation(article: Article) -> str:
    """Author, “Title,” publication, publisher, date: what is known and no more.

    After the Chicago Manual of Style, 17th edition, notes style. Cost: none where authorships
    were fetched along.
    """
    return _cited(article, str)


def citation_html(article: Article) -> SafeString:
    """The same for a page: each part of it reads in a direction of its own."""
    return mark_safe(_cited(article, lambda part: format_html("<bdi>{}</bdi>", part)))  # noqa: S308 - parts are escaped


def _cited(article: Article, part: Callable[[str], str]) -> str:
    authors = [a.person.name for a in article.authorships.all() if a.role == Authorship.Role.AUTHOR]
    # Translators: quotation marks around the title of a cited article, with the comma inside
    title = gettext("“%s,”") % part(article.title)
    publisher = article.publisher.name if article.publisher else ""
    places = [place for place in dict.fromkeys([article.publication, publisher]) if place]
    names = [", ".join(map(part, authors))] if authors else []
    return (
        ", ".join([*names, f"{title} {', '.join(map(part, [*places, article.date_text]))}"]) + "."
    )
