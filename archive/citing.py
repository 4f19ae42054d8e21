"""How an article is cited in a sentence; the formats for reference managers come later."""

from django.utils.translation import gettext

from articles.models import Article, Authorship


def citation(article: Article) -> str:
    """Author, “Title,” publication, publisher, date: what is known and no more.

    After the Chicago Manual of Style, 17th edition, notes style. Cost: none where authorships
    were fetched along.
    """
    authors = [a.person.name for a in article.authorships.all() if a.role == Authorship.Role.AUTHOR]
    # Translators: quotation marks around the title of a cited article, with the comma inside
    title = gettext("“%s,”") % article.title
    publisher = article.publisher.name if article.publisher else ""
    places = [place for place in dict.fromkeys([article.publication, publisher]) if place]
    names = [", ".join(authors)] if authors else []
    return ", ".join([*names, f"{title} {', '.join([*places, article.date_text])}"]) + "."
