"""Recording a revision: the one door through which an article gets a new text."""

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.access import ArticleMerged
from articles.models import Article, Capture, Revision
from articles.signals import revision_recorded
from articles.text import sha256_of, text_of

logger = logging.getLogger(__name__)


class RecordedMeanwhile(Exception):
    """Another revision was recorded since the writer looked; ``current`` is the one now."""

    def __init__(self, current: Revision) -> None:
        super().__init__(f"revision {current.number} was recorded meanwhile")
        self.current = current


@transaction.atomic
def record_revision(
    article: Article,
    *,
    html: str,
    metadata: dict,
    reason: str = "",
    made_by=None,
    capture: Capture | None = None,
    replacing: int | None = None,
    even_markup: bool = False,
) -> Revision | None:
    """The new current revision of ``article``, or None when its canonical text would be the same.

    ``html`` is a stored body as ``articles.sanitize.clean`` gives it. The article is locked, so
    that two revisions at once get two numbers; whoever carries notes over listens to
    ``revision_recorded`` and does so in this transaction. ``replacing`` is the number of the
    revision the writer had before them, 0 for none. ``even_markup`` is for people who mend a link
    or a heading: the same words in other markup are a revision then, too.
    Errors: RecordedMeanwhile where another revision is the current one; ArticleMerged where the
    article has become another.
    """
    locked = Article.objects.select_for_update().only("slug", "merged_into").get(pk=article.pk)
    if locked.is_merged:
        raise ArticleMerged(locked)
    previous = article.revisions.filter(superseded_at=None).first()
    if replacing is not None and previous is not None and previous.number != replacing:
        raise RecordedMeanwhile(previous)
    text = text_of(html)
    digest = sha256_of(text)
    same_words = previous is not None and previous.sha256 == digest
    if same_words and not (even_markup and previous.html != html):
        return None
    now = timezone.now()
    if previous is not None:
        previous.superseded_at = now
        previous.save(update_fields=["superseded_at"])
    newest = article.revisions.order_by("-number").values_list("number", flat=True).first()
    revision = Revision(
        article=article,
        number=(newest or 0) + 1,
        html=html,
        text=text,
        sha256=digest,
        metadata=metadata,
        reason=reason,
        made_by=made_by,
        made_at=now,
        capture=capture,
    )
    return _inserted(revision, previous)


def record_first_revision(
    article: Article, *, html: str, text: str | None = None, **values: Any
) -> Revision:
    """The first revision of ``article``, which was made in this very transaction.

    So nobody else has it, and nothing needs to be locked or looked for. ``text`` is what
    ``text_of`` gives of ``html``, where it is known; ``values`` are fields of Revision. Otherwise
    as ``record_revision``. Cost: one query.
    """
    text = text_of(html) if text is None else text
    values |= {"number": 1, "html": html, "text": text, "sha256": sha256_of(text)}
    return _inserted(Revision(article=article, **values), None)


def _inserted(revision: Revision, previous: Revision | None) -> Revision:
    revision.save(force_insert=True)
    revision_recorded.send(Revision, revision=revision, previous=previous)
    logger.info("recorded revision %s of article %s", revision.number, revision.article.slug)
    return revision


def seal(current: Revision | None, html: str) -> str:
    """Names what an editor looked at before deciding: this body in place of that revision."""
    return sha256_of(f"{current.number if current else 0}\n{html}")
