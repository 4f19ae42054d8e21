"""A further place of publication of an article, noted from a document that has its text."""

from typing import Any

from django.utils.translation import gettext as _

from articles import dates, logbook
from articles.addresses import canonical_url
from articles.importing.document import Document, ImportRefused
from articles.importing.matching import tidy
from articles.models import Appearance, Article, Capture, UrlAlias
from articles.naming import publisher_named
from articles.titles import same


def note_appearance(
    article: Article, document: Document, *, capture: Capture, by: Any
) -> Appearance:
    """The place at which ``document`` appeared, noted with ``article``; its address is an alias.

    The same place again changes nothing. Errors: ImportRefused where it says of no place.
    """
    document = tidy(document)
    address = canonical_url(document.url or "") or ""
    publisher = publisher_named(document.publisher) if document.publisher else None
    title = "" if same(document.title, article.title) else document.title
    if not (address or publisher or document.publication or title):
        raise ImportRefused(
            _("It says of no other place: fill in the publisher, publication or address first.")
        )
    published_on, precision = dates.from_iso(document.date.isoformat())
    facts: dict[str, Any] = {
        "publisher": publisher,
        "publication": document.publication,
        "title": title,
        "url": address,
        "published_on": published_on,
        "date_precision": precision,
        "capture": capture,
    }
    key = {"url": address} if address else facts
    made, is_new = Appearance.objects.get_or_create(**key, article=article, defaults=facts)
    if is_new:
        if address and not UrlAlias.objects.filter(url=address).exists():
            UrlAlias.objects.create(article=article, url=address)
        logbook.enter(article, "appeared", by=by, place=str(made))
    return made
