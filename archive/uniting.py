"""Merging an article into another that is the same work: its texts, its notes, its addresses.

Nothing is deleted: see docs/decisions/0011. Whoever merges looked before at what it does.
"""

import logging
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from annotations import access, following
from annotations.reanchoring import Foresight
from archive import etags
from articles import absorbing, logbook, metadata
from articles.importing import turns
from articles.models import Appearance, Article, Redaction
from articles.text import sha256_of

logger = logging.getLogger(__name__)


class Hindered(Exception):
    """The two cannot be merged so; ``reason`` is a sentence that says why and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Stale(Exception):
    """One of the two, or what is noted on it, is not as it was when the editor looked."""


@dataclass(frozen=True)
class Prospect:
    """What merging ``merged`` into ``kept`` would do; nothing where ``hindrance`` says why."""

    kept: Article
    merged: Article
    hindrance: str
    seen: Foresight
    fields: str = ""  # that ``kept`` would take, in words
    place: Appearance | None = None


def foresee(kept: Article, merged: Article, user: Any) -> Prospect:
    """What merging would do, as ``user`` may know it. Writes nothing. Cost: 25 queries at most."""
    hindrance = _hindrance(kept, merged)
    if hindrance:
        return Prospect(kept, merged, hindrance, Foresight())
    readable = access.visible(user).filter(article=merged, root=None)
    return Prospect(
        kept,
        merged,
        "",
        following.foresee(merged, kept, only=list(readable.values_list("pk", flat=True))),
        metadata.in_words(absorbing.lacks(kept, merged)),
        absorbing.place_of(merged, kept),
    )


def seal(one: Article, other: Article, user: Any) -> str:
    """Names the two with all that ``user`` sees of them. Cost: 6 queries."""
    return sha256_of("\n".join(sorted(_state(article, user) for article in (one, other))))


@transaction.atomic
def merge(kept: Article, merged: Article, *, by: Any, reason: str, seen: str) -> Article:
    """``kept`` with the notes, places and addresses of ``merged``, as ``by`` saw in ``seen``.

    Errors: Hindered; Stale. Cost: some 50 queries, and those of mapping one text to the other.
    """
    turns.import_into(None)  # an undo waits, or is waited for
    rows = Article.objects.select_for_update(of=("self",)).select_related("publisher")
    locked = {one.pk: one for one in rows.filter(pk__in=[kept.pk, merged.pk]).order_by("pk")}
    if len(locked) < 2:
        raise Stale  # one was deleted, or they are one and the same
    kept, merged = locked[kept.pk], locked[merged.pk]
    if reason_not_to := _hindrance(kept, merged):
        raise Hindered(reason_not_to)
    if seen != seal(kept, merged, by):
        raise Stale
    anchors = following.move(merged, kept)
    absorbing.absorb(kept, merged)
    following.follow_removals(kept)
    logbook.enter(kept, "merged_article", by=by, reason=reason, other=merged.title)
    lost = sum(anchor.start is None for anchor in anchors)
    told = "merged article %s into %s: of %s notes on words %s have none now"
    logger.info(told, merged.slug, kept.slug, len(anchors), lost)
    return kept


def _state(article: Article, user: Any) -> str:
    current = following.current_of(article)
    if current is None:
        return f"{article.pk} {article.changed_at}"
    return etags.now(user, article, current, "all")


def _hindrance(kept: Article, merged: Article) -> str:
    """Why ``merged`` cannot become ``kept``, or "". Cost: 4 queries at most."""
    known = {"kept": kept.title, "merged": merged.title}
    for one in (kept, merged):
        if one.is_merged:
            known |= {"one": one.title, "other": one.merged_into.title}
            return _("“%(one)s” was merged into “%(other)s” already.") % known
    if kept.state == Article.State.WITHDRAWN:
        said = _("“%(kept)s” is withdrawn. Publish it again first, or keep the other one.")
        return said % known
    is_draft = kept.state == Article.State.DRAFT
    if is_draft and merged.published_at is not None:
        said = _(
            "“%(kept)s” is a draft, and readers know “%(merged)s”: they would lose it. Publish"
            " the draft first, or keep the other one."
        )
        return said % known
    current = following.current_of(kept)
    if current is None and following.current_of(merged) is not None:
        return _("“%(kept)s” has no text yet. Keep the other one.") % known
    if current and Redaction.objects.in_force().filter(revision=current, whole=True).exists():
        return _("The text of “%(kept)s” is withheld. Keep the other one.") % known
    if kept.state != merged.state and following.shared(merged):
        said = _(
            "Notes on “%(merged)s” are hidden from readers with it, and would be shown on"
            " “%(kept)s”. Publish “%(merged)s” first, or have the notes deleted."
        )
        return said % known
    return ""
