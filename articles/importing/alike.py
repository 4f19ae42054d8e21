"""Which articles have nearly the text of a document, or of one another.

Finding them costs one look into an index, however many texts there are, and at most ``LOOKED_AT``
texts are read. Sketches that are owed are reckoned here, a few at each search and the rest by a
job: so it is of no account how a text became the current one.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, Func, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import logbook
from articles.importing.document import Document
from articles.importing.likeness import bands_of, ranked, shared
from articles.importing.stored import from_json
from articles.models import AlikePair, Article, ImportItem, Revision, Sketch

logger = logging.getLogger(__name__)

LOOKED_AT = 10  # texts read for one search
CANDIDATES = 500  # sketches ranked for it
AT_ONCE = 50  # owed sketches reckoned before a search
_LOCK = "articles_sketch"


@dataclass(frozen=True)
class Near:
    """A text nearly the same: of an article, or of a document that waits in the same import."""

    share: int  # percent of the words of the shorter text
    title: str
    text: str
    article: Article | None = None
    item: ImportItem | None = None

    @property
    def key(self) -> str:
        """Names the text, so that nobody decides about another one than was shown."""
        return f"article-{self.article.pk}" if self.article else f"item-{self.item.pk}"

    @property
    def reason(self) -> str:
        """ "Nearly the same text as “TITLE” (93 %)."."""
        known = {"title": self.title, "share": self.share}
        if self.item is not None:
            said = _("Nearly the same text as “%(title)s” in this import (%(share)d %%).")
        else:
            said = _("Nearly the same text as “%(title)s” (%(share)d %%).")
        return said % known


def nearest(document: Document, *, item: ImportItem | None = None) -> Near | None:
    """The text that is most like that of ``document``, of an article or in the batch of ``item``.

    ``item`` itself and what comes after it in its batch do not count. Cost: 4 queries, and 3 more
    where a sketch is owed, 1 where there is a likeness, 1 where something like it waits.
    """
    bands = bands_of(document.text) if not document.is_record else ()
    if not bands:
        return None
    waiting = ImportItem.objects.none()
    if item is not None and item.batch_id is not None:
        waiting = ImportItem.objects.filter(batch=item.batch_id, outcome=ImportItem.Outcome.PENDING)
        waiting = waiting.filter(pk__lt=item.pk) if item.pk else waiting
    with _by_index():
        _reckon_some(AT_ONCE)
        return next(iter(_alike(document.text, bands, waiting)), None)


def sketch_item(item: ImportItem, document: Document) -> None:
    """Let the text that waits in ``item`` be found by what comes after it in its import."""
    if not document.is_record and (bands := bands_of(document.text)):
        Sketch.objects.create(item=item, bands=list(bands))


def keep_apart(one: Article, other: Article, *, by: Any) -> None:
    """Remember and log that the two are two works, so that nobody is asked again."""
    first, second = sorted((one, other), key=lambda article: article.pk)
    AlikePair.objects.update_or_create(
        first=first,
        second=second,
        defaults={"apart_at": timezone.now(), "apart_by": by},
        # How much they share is not measured here: it is the editor who has looked.
        create_defaults={"share": 0, "apart_at": timezone.now(), "apart_by": by},
    )
    logbook.enter(one, "kept_apart", by=by, other=other.title)


def reckon_owed(at_most: int) -> int:
    """Reckon sketches that are owed, with the pairs they make; how many.

    0 also where somebody else is at it: so no two wait for one another.
    """
    with _by_index():
        return _reckon_some(at_most)


@contextmanager
def _by_index() -> Iterator[None]:
    """Have small and young tables read by their index as well, as large ones are."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan = on")


class _Alone(Func):
    """Whether no other transaction is at it. Asked of the first row, it keeps others away."""

    template = "pg_try_advisory_xact_lock(hashtextextended(%(expressions)s, 0))"
    output_field = BooleanField()


def _reckon_some(at_most: int) -> int:
    owed = Sketch.objects.filter(_Alone(Value(_LOCK)), bands=None).order_by("pk")
    owed = owed.select_for_update(of=("self",))
    owed = list(owed.values_list("pk", "revision__article_id", "revision__text")[:at_most])
    if not owed:
        return 0
    articles = [article for _pk, article, _text in owed]
    pairs = AlikePair.objects.filter(Q(first__in=articles) | Q(second__in=articles))
    pairs.filter(apart_at=None).delete()
    for pk, article, text in owed:
        _reckon(pk, article, text)
    return len(owed)


def _reckon(sketch: int, article: int, text: str) -> None:
    bands = bands_of(text)
    Sketch.objects.filter(pk=sketch).update(bands=list(bands))
    if not bands:
        return
    found = _alike(text, bands, ImportItem.objects.none(), but=sketch)
    AlikePair.objects.bulk_create(
        [_pair(article, near.article.pk, near.share) for near in found if near.article],
        ignore_conflicts=True,
    )


def _pair(one: int, other: int, share: int) -> AlikePair:
    first, second = sorted((one, other))
    return AlikePair(first_id=first, second_id=second, share=share)


def _sharing(bands: Sequence[int]) -> QuerySet[Sketch]:
    """Sketches with one of ``bands``. No other condition, lest the planner read all of them."""
    # As one value: a list would be 64 expressions, each with a field made for it.
    wanted = Value(list(bands), output_field=Sketch._meta.get_field("bands"))
    return Sketch.objects.filter(bands__overlap=wanted)


def _alike(
    text: str, bands: Sequence[int], waiting: QuerySet[ImportItem], *, but: int = 0
) -> Iterable[Near]:
    """Articles, and what of ``waiting``, with nearly the ``text``, the most alike first.

    ``but`` is the sketch of the text itself.
    """
    rows = _sharing(bands).values_list("pk", "bands", "item_id")[:CANDIDATES]
    rows = [row for row in rows if row[0] != but]
    items = {item for _pk, _bands, item in rows if item is not None}
    items &= {*waiting.filter(pk__in=items).values_list("pk", flat=True)} if items else items
    those = ((pk, theirs) for pk, theirs, item in rows if item is None or item in items)
    likely = ranked(bands, those)[:LOOKED_AT]
    if not likely:
        return []
    found = Sketch.objects.select_related("revision__article", "item").in_bulk(likely)
    near = [_near(text, found[pk]) for pk in likely if pk in found]
    return sorted((one for one in near if one), key=lambda one: -one.share)


def _near(text: str, sketch: Sketch) -> Near | None:
    revision: Revision | None = sketch.revision
    if revision is not None:
        theirs, title = revision.text, revision.article.title
    else:
        document = from_json(sketch.item.document["document"])
        theirs, title = document.text, document.title
    if not (share := shared(text, theirs)):
        return None
    percent = min(int(share * 100), 100)
    article = revision.article if revision is not None else None
    return Near(percent, title, theirs, article, sketch.item)
