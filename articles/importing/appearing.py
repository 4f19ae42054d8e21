"""A further place of publication of an article, noted from a document that has its text.

What an item noted it remembers in its ``before``, so that an undo of its import forgets it again.
"""

from typing import Any

from django.utils.translation import gettext as _

from articles import dates, logbook
from articles.addresses import canonical_url
from articles.importing.document import Document, ImportRefused
from articles.importing.matching import tidy
from articles.models import Appearance, Article, Capture, ImportBatch, UrlAlias
from articles.naming import publisher_named
from articles.titles import same


def note_appearance(
    article: Article, document: Document, *, capture: Capture, by: Any
) -> tuple[Appearance, dict[str, Any]]:
    """The place at which ``document`` appeared, noted with ``article``; its address is an alias.

    And what an item has to remember of it. The same place again changes nothing.
    Errors: ImportRefused where it says of no place.
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
    if not is_new:
        return made, {}
    trace: dict[str, Any] = {"appearance": made.pk, "said": _said(made), "addresses": []}
    if address and not UrlAlias.objects.filter(url=address).exists():
        trace["addresses"].append(UrlAlias.objects.create(article=article, url=address).pk)
    logbook.enter(article, "appeared", by=by, place=str(made))
    return made, trace


def places_of(batch: ImportBatch) -> list[Appearance]:
    """The places that documents of ``batch`` noted, and that say still what they said then.

    What an editor corrected since is theirs. Cost: 2 queries.
    """
    noted = _noted(batch)
    rows = Appearance.objects.filter(pk__in=noted).select_related("article")
    return [row for row in rows if _said(row) == noted[row.pk]["said"]]


def forget(batch: ImportBatch) -> None:
    """Delete the ``places_of(batch)``, with the addresses that came with them."""
    noted, places = _noted(batch), places_of(batch)
    addresses = {pk for one in places for pk in noted[one.pk]["addresses"]}
    UrlAlias.objects.filter(pk__in=addresses).delete()
    Appearance.objects.filter(pk__in=[one.pk for one in places]).delete()


def _noted(batch: ImportBatch) -> dict[int, dict[str, Any]]:
    kept = batch.items.filter(before__has_key="appearance").values_list("before", flat=True)
    return {one["appearance"]: one for one in kept}


def _said(one: Appearance) -> list[str]:
    day = one.published_on.isoformat() if one.published_on else ""
    publisher = str(one.publisher_id or "")
    return [publisher, one.publication, one.title, one.url, day, str(one.date_precision)]
