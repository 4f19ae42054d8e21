"""Files on their way in: read, kept, and waiting for a person to decide about each."""

import logging
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles import logbook
from articles.importing import turns
from articles.importing.alike import Near, keep_apart, nearest
from articles.importing.appearing import note_appearance
from articles.importing.document import Document, ImportRefused, Sureness
from articles.importing.found import Found
from articles.importing.matching import Known, foreseen_of, known_as, tidy
from articles.importing.record import Recorded, note_outcome, record_captured
from articles.importing.stored import from_json
from articles.models import Appearance, Article, ImportItem, Sketch

logger = logging.getLogger(__name__)


class AlreadyDecided(Exception):
    """Somebody has decided about the item meanwhile."""


def name_of(found: Found, file_name: str) -> str:
    """What to call one document of a file: the file, and which part of it."""
    return f"{file_name}, {found.part}" if found.part else file_name


def doubts(document: Document) -> list[str]:
    """The fields of ``document`` that are guesses, and so need a person's look."""
    return [
        field for field, origin in document.origins.items() if origin.sureness == Sureness.GUESS
    ]


def document_of(item: ImportItem) -> Document:
    """The document that waits in ``item``."""
    return from_json(item.document["document"])


def same_as(item: ImportItem) -> Article | None:
    """The article that a person said ``item`` is, or None. Cost: a query where one was said."""
    return item.nearly if item.standing == ImportItem.Standing.SAME else None


def near(item: ImportItem, document: Document, *, digest: str = "") -> Near | None:
    """The text that ``document`` nearly has, where nobody has said yet what that means.

    None for a document known as an article already. Cost: that of ``nearest``, and that of
    ``known_as`` where there is such a text.
    """
    if item.standing == ImportItem.Standing.OWN or same_as(item) is not None:
        return None
    found = nearest(document, item=item)
    if found is None:
        return None
    try:
        known = known_as(tidy(document), digest=digest or item.capture.sha256)
    except ImportRefused:
        return None
    return found if known.article is None else None


@transaction.atomic
def stand(item: ImportItem, standing: str, *, to: Near | None) -> None:
    """Remember that a person said ``standing`` of ``item`` and the text it nearly has.

    "" asks anew.     Errors: AlreadyDecided.
    """
    item = _waiting(item)
    item.standing = standing
    if to is not None:
        item.nearly, item.nearly_item = to.article, to.item
    item.save(update_fields=["standing", "nearly", "nearly_item"])


def _waiting(item: ImportItem) -> ImportItem:
    # Without its key: a copy of it that comes in meanwhile refers to it, and may have our turn.
    rows = ImportItem.objects.select_for_update(of=("self",), no_key=True)
    item = rows.select_related("capture", "nearly", "nearly_item__article").get(pk=item.pk)
    if item.outcome != ImportItem.Outcome.PENDING:
        raise AlreadyDecided
    return item


def doubt(item: ImportItem, found: Near) -> None:
    """Let ``item``, not saved here, wait for a person, because it nearly has the text found."""
    item.nearly, item.nearly_item = found.article, found.item
    item.reason = f"{item.reason} {found.reason}".strip()
    if "text" not in item.document["doubts"]:
        item.document["doubts"].append("text")


@transaction.atomic
def settle(
    item: ImportItem,
    *,
    document: Document,
    by: Any,
    publish: bool,
    protect: Collection[str] = (),
) -> Recorded:
    """Bring ``document`` in, as ``by`` decided about ``item``.

    What was set for many items at once is protected like what was set for one. Errors:
    AlreadyDecided, turns.BatchUndone, and ImportRefused when the archive cannot take it so.
    """
    turns.import_into(item.batch_id)
    item = _waiting(item)
    protect = {*protect, *(item.document or {}).get("protect", ())}
    recorded = record_captured(
        document,
        capture=item.capture,
        by=by,
        publish=publish,
        protect=protect,
        same_as=same_as(item),
    )
    note_outcome(item, recorded)
    _log(item, recorded.article, by)
    _remember_apart(item, recorded.article, by)
    return recorded


def settle_new(
    item: ImportItem, *, document: Document, known: Known | None, by: Any, publish: bool
) -> Recorded:
    """As ``settle``, of an ``item`` that is not saved yet and so nobody else's.

    The caller's transaction has its turn; ``known`` is as in ``record_captured``. Errors:
    ImportRefused, and nothing is written then.
    """
    recorded = record_captured(document, capture=item.capture, by=by, publish=publish, known=known)
    note_outcome(item, recorded)
    _log(item, recorded.article, by)
    return recorded


def _log(item: ImportItem, article: Article, by: Any) -> None:
    if by is not None:  # whoever brought it may have left since
        logbook.enter(article, "imported", by=by, file=item.name)


def unsure_of(document: Document, known: Known | None, *, hold: str = "") -> list[str]:
    """The fields of ``document`` that a person should look at before it goes on.

    ``known`` is None where that cannot be told: it is refused, with the reason.
    """
    unsure = doubts(document)
    if "text" not in unsure and (hold or (known and changes_a_text(document, known))):
        unsure.append("text")
    return unsure


def changes_a_text(document: Document, known: Known) -> bool:
    """Whether a known article would get another text: somebody looks what that does."""
    foreseen = foreseen_of(document, known)
    return foreseen.has_text and "text" in foreseen.changed


@transaction.atomic
def settle_as_appearance(
    item: ImportItem, *, document: Document, article: Article, by: Any
) -> Appearance:
    """Note ``document`` as a further place of publication of ``article``, and make no article.

    Errors: AlreadyDecided, and ImportRefused where the document says of no place.
    """
    turns.import_into(item.batch_id)
    item = _waiting(item)
    made, trace = note_appearance(article, document, capture=item.capture, by=by)
    item.before = trace or None
    item.outcome, item.article, item.document = ImportItem.Outcome.DUPLICATE, article, None
    item.reason = _("Noted as also published in %(place)s.") % {"place": made}
    item.save()
    Sketch.objects.filter(item=item).delete()
    return made


def _remember_apart(item: ImportItem, article: Article, by: Any) -> None:
    """Ask nobody again about a pair of which somebody said that both are articles."""
    own = ImportItem.Standing.OWN
    others = []
    if item.standing == own:
        others = [item.nearly or (item.nearly_item and item.nearly_item.article)]
    said = ImportItem.objects.filter(nearly_item=item, standing=own, article__isnull=False)
    others += [one.article for one in said.select_related("article")]
    for other in others:
        if other is not None and other != article:
            keep_apart(article, other, by=by)
