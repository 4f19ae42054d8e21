"""Words of a revision removed for legal reasons, put back, or erased for good.

A revision that was redacted is its sealed original with the passages of all redactions in force
blacked out. Nothing moves: offsets, anchors and addresses stay right. What notes quote is the
business of ``annotations.redacting``; ``archive.redacting`` does both in one transaction.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.masking import masked, masked_html, masked_value
from articles.models import Article, Capture, ImportItem, Redaction, Revision, SealedText
from articles.text import Span, sha256_of


def redact(
    revision: Revision, *, spans: Sequence[Span], whole: bool, reason: str, by: Any
) -> Redaction:
    """Black out ``spans`` of ``revision``; with ``whole`` all of it, and show it to nobody."""
    if whole:
        spans = [Span(0, len(revision.text))]
    SealedText.objects.get_or_create(
        revision=revision,
        defaults={
            "html": revision.html,
            "text": revision.text,
            "sha256": revision.sha256,
            "metadata": revision.metadata,
        },
    )
    redaction = Redaction.objects.create(
        revision=revision,
        spans=[[span.start, span.end] for span in spans],
        whole=whole,
        reason=reason,
        made_by=by,
    )
    _apply(revision)
    _forget_words(phrases_of([redaction]))
    return redaction


def lift(redaction: Redaction) -> None:
    """Put back what ``redaction`` removed, as far as no other one holds it."""
    redaction.lifted_at = timezone.now()
    redaction.save(update_fields=["lifted_at"])
    _apply(redaction.revision)


def erase(redaction: Redaction) -> None:
    """Black the passages of ``redaction`` out in the sealed original too; there is no way back.

    The files from which the article was imported go as well, unless another article needs them.
    """
    sealed = redaction.revision.sealed
    spans, phrases = spans_of([redaction]), phrases_of(partial([redaction]))
    sealed.html, sealed.text = masked_html(sealed.html, spans), masked(sealed.text, spans)
    sealed.sha256 = sha256_of(sealed.text)
    sealed.metadata = masked_value(sealed.metadata, phrases)
    sealed.save()
    redaction.erased_at = timezone.now()
    redaction.save(update_fields=["erased_at"])


def captures_of(article: Article) -> Any:
    """The files from which texts of ``article`` came, and those that these came in."""
    return Capture.objects.filter(_behind(Article.objects.filter(pk=article.pk)))


def is_sealed(capture: Capture) -> bool:
    """Whether the bytes of ``capture`` hold words that were removed from an article."""
    return capture.sha256 in sealed_among([capture.sha256])


def sealed_among(digests: Iterable[str]) -> set[str]:
    """Those of ``digests`` whose bytes hold words that were removed from an article.

    Digests of sealed bytes are to be told to nobody: they would confirm a guess at the words.
    Cost: one query.
    """
    return _digests_behind(Redaction.objects.in_force(), digests)


def was_erased(digest: str) -> bool:
    """Whether words of the bytes that had ``digest`` were erased for good. Cost: one query."""
    return digest in _digests_behind(Redaction.objects.exclude(erased_at=None), [digest])


def drop_files(article: Article) -> None:
    """Delete the files of ``article``, of which words were erased, unless another needs them."""
    erased = Redaction.objects.exclude(erased_at=None).values("revision__article")
    for capture in captures_of(article):
        same = Capture.objects.filter(sha256=capture.sha256)
        sources = Article.objects.filter(
            Q(revisions__capture__in=same)
            | Q(import_items__capture__in=same)
            | Q(import_items__source__capture__in=same)
        )
        if not sources.exclude(pk__in=erased).exists():
            capture.file.storage.delete(capture.file.name)


def spans_of(redactions: Sequence[Redaction]) -> list[Span]:
    return [Span(start, end) for one in redactions for start, end in one.spans]


def phrases_of(redactions: Sequence[Redaction]) -> list[str]:
    """The words that ``redactions`` removed, each once, the longest first; from under the seal."""
    phrases = {span.of(one.revision.sealed.text) for one in redactions for span in spans_of([one])}
    return sorted(phrases, key=len, reverse=True)


def partial(redactions: Iterable[Redaction]) -> list[Redaction]:
    """Those that removed some words. A whole text is no phrase to look for elsewhere."""
    return [one for one in redactions if not one.whole]


def _behind(articles: QuerySet[Article]) -> Q:
    """What captures of ``articles`` are: of a text, of a document, or of the file that held it."""
    items = ImportItem.objects.filter(article__in=articles)
    return (
        Q(pk__in=Revision.objects.filter(article__in=articles).values("capture"))
        | Q(pk__in=items.values("capture"))
        | Q(pk__in=items.values("source__capture"))
    )


def _digests_behind(redactions: QuerySet[Redaction], digests: Iterable[str]) -> set[str]:
    articles = Article.objects.filter(revisions__redactions__in=redactions)
    found = Capture.objects.filter(_behind(articles), sha256__in=list(digests))
    return set(found.values_list("sha256", flat=True))


def _apply(revision: Revision) -> None:
    """Make ``revision`` its sealed original with all redactions in force."""
    sealed = revision.sealed
    in_force = list(revision.redactions.in_force().select_related("revision__sealed"))
    spans = spans_of(in_force)
    revision.html = masked_html(sealed.html, spans) if spans else sealed.html
    revision.text = masked(sealed.text, spans)
    revision.sha256 = sha256_of(revision.text)
    revision.metadata = masked_value(sealed.metadata, phrases_of(partial(in_force)))
    revision.save(update_fields=["html", "text", "sha256", "metadata"])
    if not in_force:
        sealed.delete()


def _forget_words(phrases: Sequence[str]) -> None:
    """Suggest no word of ``phrases`` that stands in no current text any more."""
    words = sorted({word.lower() for phrase in phrases for word in phrase.split()})
    with connection.cursor() as cursor:
        cursor.execute(
            """DELETE FROM articles_word w
                WHERE w.word IN (SELECT unnest(tsvector_to_array(to_tsvector(
                                   'simple', articles_searchable(%s)))))
                  AND NOT EXISTS (SELECT FROM articles_revision r WHERE r.superseded_at IS NULL
                                     AND strpos(lower(r.text), w.word) > 0)""",
            [" ".join(words)],
        )
