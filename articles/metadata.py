"""What is known about a work, as plain data: kept with each revision, compared at each import.

``of_article`` gives the shape; its keys, with "period" under "date", are also the names under
which FieldOrigin keeps where a field came from and whether an editor protects it.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles import dates
from articles.models import Article, Authorship, Tag

LABELS = {
    "title": _("Title"),
    "standfirst": _("Standfirst"),
    "people": _("People"),
    "publisher": _("Publisher"),
    "publication": _("Publication"),
    "date": _("Date"),
    "language": _("Language"),
    "kind": _("Kind"),
    "tags": _("Tags"),
    "source": _("Source"),
    "source_url": _("Source address"),
    "rights": _("Rights"),
    "text": _("Text"),
}


def of_article(
    article: Article,
    *,
    authorships: Iterable[Authorship] | None = None,
    tags: Iterable[Tag] | None = None,
) -> dict[str, Any]:
    """The article's metadata as it stands. Cost: three queries unless prefetched.

    ``authorships``, in their order, and ``tags`` are those that the caller has just written, and
    save a query each. A date is as long as it is known: "2012-02-04", "2012-02", "2012" or "".
    """
    if authorships is None:
        authorships = article.authorships.select_related("person")
    names = article.tags.names() if tags is None else [tag.name for tag in tags]
    return {
        "title": article.title,
        "standfirst": article.standfirst,
        "people": [
            {"name": authorship.person.name, "role": authorship.role} for authorship in authorships
        ],
        "publisher": article.publisher.name if article.publisher else "",
        "publication": article.publication,
        "date": dates.iso(article.published_on, article.date_precision),
        "period": article.period,
        "language": article.language,
        "kind": article.kind,
        "tags": sorted(names, key=str.lower),
        "source": article.source,
        "source_url": article.source_url,
        "rights": article.rights,
    }


def in_words(fields: Iterable[str]) -> str:
    """The labels of ``fields``, for a sentence: "Title, Date"."""
    return ", ".join(str(LABELS.get(field, field)) for field in fields)
