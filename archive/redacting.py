"""Words removed from the texts of an article, with all that notes quote of them; and put back.

One transaction each, logged with the reason and never with the words.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from annotations import redacting as notes
from articles import editing, logbook
from articles import redacting as texts
from articles.masking import places_of
from articles.models import Article, Redaction, Revision


class NothingToRemove(Exception):
    """None of the chosen revisions says these words."""


@transaction.atomic
def redact(
    article: Article,
    *,
    revisions: Sequence[Revision],
    phrases: Sequence[str],
    whole: bool,
    reason: str,
    by: Any,
) -> list[Redaction]:
    """Remove ``phrases`` from ``revisions`` of ``article``, or withhold these as a whole.

    Imports do not overwrite the text from then on. Errors: NothingToRemove.
    """
    _lock(article)
    made = []
    for revision in Revision.objects.filter(pk__in=[one.pk for one in revisions]):
        spans = [span for phrase in phrases for span in places_of(revision.text, phrase)]
        if spans or whole:
            made.append(texts.redact(revision, spans=spans, whole=whole, reason=reason, by=by))
    if not made:
        raise NothingToRemove
    editing.protect(article, ["text"], by=by)
    notes.follow(article, notes.removed_from(article))
    act = "withheld" if whole else "redacted"
    for one in made:
        logbook.enter(article, act, by=by, reason=reason, revision=one.revision.number)
    return made


@transaction.atomic
def lift(redaction: Redaction, *, reason: str, by: Any) -> None:
    """Put back what ``redaction`` removed; nothing where it was lifted or erased before."""
    article = _lock(redaction.revision.article)
    redaction = Redaction.objects.select_related("revision").get(pk=redaction.pk)
    if redaction.lifted_at is not None or redaction.erased_at is not None:
        return
    texts.lift(redaction)
    notes.follow(article, notes.removed_from(article))
    logbook.enter(article, "lifted", by=by, reason=reason, revision=redaction.revision.number)


@transaction.atomic
def erase(redaction: Redaction, *, reason: str, by: Any) -> None:
    """Destroy what ``redaction`` removed, under seal and in the imported files. For good."""
    article = _lock(redaction.revision.article)
    redaction = Redaction.objects.select_related("revision__sealed").get(pk=redaction.pk)
    if redaction.lifted_at is not None or redaction.erased_at is not None:
        return
    sealed = redaction.revision.sealed
    before = sealed.text
    phrases = texts.phrases_of(texts.partial([redaction]))
    texts.erase(redaction)
    notes.erase(
        article,
        notes.Removed(
            before={redaction.revision_id: before},
            after={redaction.revision_id: sealed.text},
            withheld={redaction.revision_id} if redaction.whole else set(),
            phrases=phrases,
        ),
    )
    logbook.enter(article, "erased", by=by, reason=reason, revision=redaction.revision.number)
    transaction.on_commit(lambda: texts.drop_files(article))


def _lock(article: Article) -> Article:
    """``article`` as it is now, locked with what is one with it: that has its notes."""
    together = notes.one_with(article).select_for_update().order_by("pk")
    return {one.pk: one for one in together}[article.pk]
