"""Articles of the same title and year as a document: how works without any number are known.

Reads the database and writes nothing.
"""

from collections.abc import Iterable

from django.db.models import TextField, Value
from django.utils.translation import gettext as _

from articles.importing.document import Document, ImportRefused
from articles.importing.traces import taken_back
from articles.models import Article
from articles.models.works import title_key
from articles.titles import agree, key_of, same

# More of one title and year are none to choose among.
_MOST = 50


def article_alike(document: Document) -> Article | None:
    """The article whose title and year ``document`` has, or None.

    To a document with a text only an article that waits for its text is alike. Where no year is
    known on either side, the whole title and the people must be the same. Errors: ImportRefused
    where several are alike. Cost: one query, served by the index of titles, and 3 more where it
    finds something.
    """
    found = [article for article in _of_title_and_year(document) if _may_be(article, document)]
    found = each_once(found)
    exact = [article for article in found if same(article.title, document.title)]
    if len(exact) == 1:
        return exact[0]
    if len(found) > 1:
        raise ImportRefused(
            _("It could be any of these: %(articles)s. Give it the DOI or address of one of them.")
            % {"articles": ", ".join(named(article) for article in found)}
        )
    return found[0] if found else None


def each_once(articles: Iterable[Article]) -> list[Article]:
    """``articles`` that are one by merging, once: the one that stands, where it is among them."""
    found: dict[int, Article] = {}
    for article in sorted(articles, key=lambda one: (one.is_merged, one.pk)):
        found.setdefault(article.merged_into_id or article.pk, article)
    return list(found.values())


def named(article: Article) -> str:
    """The article for a sentence, told from others of its title: “On tariffs” (on-tariffs-2)."""
    return f"“{article.title}” ({article.slug})"


def _of_title_and_year(document: Document) -> list[Article]:
    if not key_of(document.title):
        return []
    asked = title_key(Value(document.title, output_field=TextField()))
    found = Article.objects.alias(key=title_key("title")).filter(key=asked)
    if not found.values_list("pk")[:1]:
        return []
    year = document.date.year
    found = found.filter(published_on__year=year) if year else found.filter(published_on=None)
    if not document.is_record:
        found = found.filter(revisions=None)
    # Two works that somebody numbers differently are two, however alike.
    found = found.exclude(
        identifiers__scheme__in=[scheme for scheme, _value in document.identifiers]
    )
    found = found.exclude(taken_back()).order_by("pk")
    return list(found.prefetch_related("authorships__person")[:_MOST])


def _may_be(article: Article, document: Document) -> bool:
    here = [authorship.person.name for authorship in article.authorships.all()]
    there = [one.name for one in document.people]
    if document.date.year is None:
        alike = {name.casefold() for name in here} == {name.casefold() for name in there}
        return alike and same(article.title, document.title)
    strangers = here and there and not _surnames(here) & _surnames(there)
    return agree(article.title, document.title) and not strangers


def _surnames(names: list[str]) -> set[str]:
    """The last word of each name: "A. Marsh" and "Ada Marsh" may be one."""
    return {name.split()[-1].casefold() for name in names if name.split()}
