"""Carrying notes over when an article gets a new text.

Runs inside the transaction that records the revision: either the revision and all its anchors
are there, or neither. Anchors of earlier revisions are not touched, except by ``recompute``, and
where a person decided, never.

Whoever locks, locks the article first and notes after it.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from annotations.anchoring import ALGORITHM, Placement, State, carry
from annotations.folding import tokenise
from annotations.models import Anchor
from annotations.selectors import TextQuote, describe
from articles.comparing import Piece, words
from articles.models import Article, Revision
from articles.text import Span, sha256_of, text_of

logger = logging.getLogger(__name__)

# Below this a person should look; the author and the editors see that the note waits.
SURE = 0.8
RECKONED = (
    *("state", "start", "end", "exact", "prefix", "suffix", "survival", "similarity"),
    *("confidence", "algorithm", "from_revision_id", "review", "overridden_by_id"),
)


def on_revision_recorded(sender, *, revision: Revision, previous: Revision | None, **_) -> None:
    """Receiver of ``articles.signals.revision_recorded``."""
    if previous is not None:
        carry_over(to=revision, previous=previous)


def carry_over(
    *, to: Revision, previous: Revision, only: Collection[UUID] | None = None
) -> Counter[str]:
    """Give every note that stood in ``previous`` an anchor in ``to``; how many in which state.

    ``only`` names the notes to carry where not all are meant. Cost: 6 queries at most, and one
    for every older revision mapped from.
    """
    made = reckon(to=to, previous=previous, only=only)
    Anchor.objects.bulk_create(made)
    counts = Counter(str(anchor.state) for anchor in made)
    logger.info("carried notes of article %s to revision %s: %s", to.article_id, to.number, counts)
    return counts


def catch_up(anchor: Anchor) -> None:
    """Carry a new anchor through the texts that followed its own. Lock the article before."""
    previous = anchor.revision
    for to in _followers(previous, anchor.annotation.article_id):
        carry_over(to=to, previous=previous, only=[anchor.annotation_id])
        previous = to


def _followers(revision: Revision, standing: int) -> Iterator[Revision]:
    """The revisions recorded since, and the current one of article ``standing``, if it is another.

    That is the one into which the article of ``revision`` was merged.
    """
    later = Revision.objects.filter(article=revision.article_id, number__gt=revision.number)
    yield from later.order_by("number")
    if standing != revision.article_id:
        yield from Revision.objects.filter(article=standing, superseded_at=None)


class Prospect(NamedTuple):
    """One note: its anchor in the current text, and the one it would have in another."""

    now: Anchor
    then: Anchor

    @property
    def moves(self) -> bool:
        return self.then.state == Anchor.State.MOVED and self.now.state != Anchor.State.MOVED

    @property
    def difference(self) -> list[Piece]:
        return words(self.now.exact, self.then.exact)


@dataclass(frozen=True)
class Foresight:
    """What a text would do to the notes on the current one."""

    stay: list[Prospect] = field(default_factory=list)
    change: list[Prospect] = field(default_factory=list)
    lose: list[Prospect] = field(default_factory=list)
    find: list[Prospect] = field(default_factory=list)  # words that come back

    @property
    def total(self) -> int:
        """Notes that stand in the current text or come back to the next one."""
        return sum(map(len, (self.stay, self.change, self.lose, self.find)))


def foresee(article: Article, html: str, *, only: Collection[UUID] | None = None) -> Foresight:
    """What would become of the notes if ``html``, a stored body, were recorded. Writes nothing."""
    current = article.revisions.filter(superseded_at=None).first()
    if current is None:
        return Foresight()
    text = text_of(html)
    to = Revision(
        article=article, number=current.number + 1, html=html, text=text, sha256=sha256_of(text)
    )
    return foresee_on(to, current=current, only=only)


def foresee_on(
    to: Revision, *, current: Revision, only: Collection[UUID] | None = None
) -> Foresight:
    """What would become of the notes on ``current`` if they were carried over to ``to``."""
    seen = Foresight()
    then = {a.annotation_id: a for a in reckon(to=to, previous=current, only=only)}
    anchors = current.anchors.filter(annotation__in=list(then)).select_related(
        "annotation__creator"
    )
    for now in anchors.order_by("start", "pk"):
        prospect = Prospect(now, then[now.annotation_id])
        _kind(seen, prospect).append(prospect)
    seen.find[:] = [prospect for prospect in seen.find if prospect.then.start is not None]
    return seen


def _kind(seen: Foresight, prospect: Prospect) -> list[Prospect]:
    now, then = prospect
    if now.start is None:
        return seen.find
    if then.start is None:
        return seen.lose
    same = now.exact == then.exact or tokenise(now.exact).spelt == tokenise(then.exact).spelt
    return seen.stay if same else seen.change


def reckon(
    *, to: Revision, previous: Revision, only: Collection[UUID] | None = None
) -> list[Anchor]:
    """The anchors in ``to`` of the notes that stood in ``previous``, not saved.

    A text that stood before takes the anchors it had then: a revert restores every note. Notes
    are mapped from the previous text; those whose words were gone, from the last text that had
    them; those whose words changed, also from the one they were made on.
    """
    stood = Anchor.objects.filter(revision=previous)
    if only is not None:
        stood = stood.filter(annotation__in=only)
    # In their order, for the new ones are numbered by it.
    stood = list(stood.order_by("pk"))
    last_good = _last_good(stood, previous)
    restored = _restored(to, last_good)
    mapped = [a for a in last_good.values() if a.annotation_id not in restored]
    chained = _carried(mapped, to)
    changed = {
        anchor.annotation_id: anchor
        for anchor in mapped
        if Anchor.State.CHANGED in (anchor.state, chained[anchor.annotation_id].state)
        or chained[anchor.annotation_id].start is None
    }
    direct = _carried(_origins(changed, previous), to)
    made = list(restored.values())
    settled = {pk: _settled(anchor, direct.get(pk)) for pk, anchor in chained.items()}
    for anchor in stood:
        # Called gone by a person: only the very words as noted contradict that.
        found = settled.get(anchor.annotation_id)
        unlike = found is not None and found.state == Anchor.State.CHANGED
        if anchor.start is None and is_by_hand(anchor) and unlike:
            settled[anchor.annotation_id] = _gone_still(anchor, to)
    made += settled.values()
    # Notes whose words were never found in any text go on waiting for a person.
    made += [_gone_still(a, to) for a in stood if a.annotation_id not in last_good]
    return made


def recompute(article: Article, *, write: bool = True) -> Counter[str]:
    """Reckon the anchors of every later revision anew; how many stayed, changed or were missing.

    Notes a person placed or accepted stay as they are, and later texts follow them.
    """
    count: Counter[str] = Counter()
    with transaction.atomic():
        Article.objects.select_for_update().only("pk").get(pk=article.pk)
        previous = None
        for to in Revision.objects.filter(article=article).order_by("number"):
            if previous is not None:
                _recompute_revision(to, previous, count)
            previous = to
        if not write:
            transaction.set_rollback(True)
    return count


def _recompute_revision(to: Revision, previous: Revision, count: Counter[str]) -> None:
    present = {anchor.annotation_id: anchor for anchor in Anchor.objects.filter(revision=to)}
    different, missing = [], []
    for fresh in reckon(to=to, previous=previous):
        anchor = present.get(fresh.annotation_id)
        if anchor is None:
            missing.append(fresh)
        elif is_by_hand(anchor):
            count["by hand"] += 1
        elif all(getattr(anchor, name) == getattr(fresh, name) for name in RECKONED):
            count["same"] += 1
        else:
            for name in RECKONED:
                setattr(anchor, name, getattr(fresh, name))
            different.append(anchor)
    count["different"] += len(different)
    count["missing"] += len(missing)
    Anchor.objects.bulk_update(different, [n.removesuffix("_id") for n in RECKONED], 500)
    Anchor.objects.bulk_create(missing)


def is_by_hand(anchor: Anchor) -> bool:
    """Whether a person decided where this anchor stands."""
    decided = anchor.review in (Anchor.Review.ACCEPTED, Anchor.Review.CORRECTED)
    return decided or anchor.overridden_by_id is not None


def _last_good(stood: list[Anchor], previous: Revision) -> dict[UUID, Anchor]:
    """For each note that stood in ``previous``, its newest anchor that has a place."""
    found = {anchor.annotation_id: anchor for anchor in stood if anchor.start is not None}
    for anchor in found.values():
        anchor.revision = previous
    lost = [anchor.annotation_id for anchor in stood if anchor.start is None]
    earlier = (
        Anchor.objects.filter(annotation__in=lost)
        .up_to(previous)
        .exclude(start=None)
        .newest_first("annotation_id")
        .distinct("annotation_id")
    )
    found |= {anchor.annotation_id: anchor for anchor in _with_revisions(list(earlier))}
    return found


def _origins(changed: dict[UUID, Anchor], previous: Revision) -> list[Anchor]:
    """The anchors that say what the notes in ``changed`` are about, where it is another one.

    That is the newest one a person placed, else the first.
    """
    placed = Anchor.objects.filter(annotation__in=list(changed)).up_to(previous)
    placed = placed.exclude(start=None).newest_first().reverse()
    origins: dict[UUID, Anchor] = {}
    for anchor in placed:
        if anchor.annotation_id not in origins or is_by_hand(anchor):
            origins[anchor.annotation_id] = anchor
    return _with_revisions([a for pk, a in origins.items() if a.pk != changed[pk].pk])


def _with_revisions(anchors: list[Anchor]) -> list[Anchor]:
    """``anchors`` with their revisions, each text fetched once."""
    revisions = Revision.objects.in_bulk({anchor.revision_id for anchor in anchors})
    for anchor in anchors:
        anchor.revision = revisions[anchor.revision_id]
    return anchors


def _restored(to: Revision, last_good: dict[UUID, Anchor]) -> dict[UUID, Anchor]:
    """The anchors of an earlier revision with the very same text, as they were.

    Not where words were gone from it and a person has attached the note to others since.
    """
    earlier = (
        Revision.objects.filter(article=to.article_id, sha256=to.sha256, number__lt=to.number)
        .order_by("-number")
        .first()
    )
    if earlier is None:
        return {}
    restored = {}
    for anchor in earlier.anchors.filter(annotation__in=list(last_good)).order_by("pk"):
        since = last_good[anchor.annotation_id]
        same_article = since.revision.article_id == earlier.article_id
        later = same_article and since.revision.number > earlier.number
        attached = later and is_by_hand(since)
        if anchor.start is not None or not attached:
            restored[anchor.annotation_id] = _again(anchor, earlier, to)
    return restored


def _again(anchor: Anchor, earlier: Revision, to: Revision) -> Anchor:
    """``anchor`` as it was, in a revision with the very same text."""
    anchor.pk, anchor.revision, anchor.from_revision = None, to, earlier
    anchor.made_at = timezone.now()
    anchor._state.adding = True
    return anchor


def _carried(anchors: Iterable[Anchor], to: Revision) -> dict[UUID, Anchor]:
    """Anchors in ``to`` for ``anchors``, by note; each mapped from its own revision."""
    by_revision: dict[Revision, list[Anchor]] = defaultdict(list)
    for anchor in anchors:
        by_revision[anchor.revision].append(anchor)
    carried = {}
    for revision, group in by_revision.items():
        selectors = [
            {
                "exact": anchor.exact,
                "prefix": anchor.prefix,
                "suffix": anchor.suffix,
                "start": anchor.start,
                "end": anchor.end,
            }
            for anchor in group
        ]
        placements = carry(revision.text, to.text, selectors)
        for anchor, placement in zip(group, placements, strict=True):
            carried[anchor.annotation_id] = _anchor(anchor, placement, revision, to)
    return carried


def _settled(chained: Anchor, direct: Anchor | None) -> Anchor:
    """Which of two anchors of a note holds: mapped step by step, or from where it was made.

    Where the two are disjoint nobody but a person can tell, and the note waits for one.
    """
    if direct is None or direct.start is None:
        return chained
    reads_as_noted = direct.state != Anchor.State.CHANGED
    if chained.start is None:
        direct.review = Anchor.Review.NONE if reads_as_noted else Anchor.Review.WAITING
        return direct
    if direct.end <= chained.start or chained.end <= direct.start:
        chained.review = Anchor.Review.WAITING
        return chained
    return direct if reads_as_noted else chained


def _anchor(anchor: Anchor, placement: Placement, revision: Revision, to: Revision) -> Anchor:
    gone = placement.start is None or placement.end is None
    if gone:
        quote = TextQuote(anchor.exact, anchor.prefix, anchor.suffix)
    else:
        quote, _ = describe(to.text, Span(placement.start, placement.end))
    unsure = not gone and placement.confidence < SURE
    return Anchor(
        annotation_id=anchor.annotation_id,
        revision=to,
        state=_state(anchor, placement),
        start=placement.start,
        end=placement.end,
        exact=quote.exact,
        prefix=quote.prefix,
        suffix=quote.suffix,
        survival=placement.survival,
        similarity=placement.similarity,
        confidence=placement.confidence,
        algorithm=ALGORITHM,
        from_revision=revision,
        review=Anchor.Review.WAITING if unsure else Anchor.Review.NONE,
    )


def _state(anchor: Anchor, placement: Placement) -> str:
    """The new state; words once changed stay "changed" though this correction spared them."""
    still = placement.state in (State.UNCHANGED, State.SHIFTED)
    if still and anchor.state in (Anchor.State.CHANGED, Anchor.State.MOVED):
        return anchor.state
    return str(placement.state)


def _gone_still(anchor: Anchor, to: Revision) -> Anchor:
    return Anchor(
        annotation_id=anchor.annotation_id,
        revision=to,
        state=Anchor.State.ORPHANED,
        exact=anchor.exact,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
        survival=0,
        similarity=0,
        confidence=0,
        algorithm=ALGORITHM,
        from_revision_id=anchor.revision_id,
        review=anchor.review,
        overridden_by_id=anchor.overridden_by_id,
    )
