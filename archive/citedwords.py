"""What became of the words a passage link was made for.

Whoever cites words should meet them again: in the current text if they still read so, beside
the present wording if that changed, and in the cited revision if they are gone. Reckoned anew
at every visit; nothing is stored.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from annotations.anchoring import Placement, State, carry
from articles import access
from articles.comparing import Piece, words
from articles.models import Article, Revision
from articles.passages import PassageAddress
from articles.text import Span


class Fate(StrEnum):
    """What became of cited words. As cited: they read so now, wherever they stand."""

    AS_CITED = "as-cited"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class CitedWords:
    """Cited words and the revision in which to show them, with ``span`` to be marked there."""

    fate: Fate
    cited_in: Revision
    quote: str
    revision: Revision
    span: Span
    changed_at: datetime | None = None
    difference: tuple[Piece, ...] = ()

    @property
    def now(self) -> str:
        """The words that stand there in the revision shown."""
        return self.span.of(self.revision.text)


def follow(article: Article, address: PassageAddress, user) -> CitedWords | None:
    """The words of ``address`` as they are now; None where the address was never right.

    A text that only editors may read is not shown, but its words are found where they stand now.
    Those of a merged ``article`` are followed into what it was merged into.

    Cost: 2 queries; where words changed, one more and one for each of log₂ revisions since.
    """
    cited_in = article.revisions.filter(number=address.revision).first()
    if cited_in is None or not address.holds(cited_in.text):
        return None
    cited_in.article = article
    quote = address.span.of(cited_in.text)
    standing = article.merged_into or article
    current = cited_in if cited_in.is_current else access.revision_to_read(standing)
    placed = _placed(cited_in, address.span, current.text)
    if not _reads_as_cited(placed) and not access.may_read_revision(user, article, cited_in.number):
        return None
    if placed.start is None or placed.end is None:
        since = _changed_at(cited_in, address.span, current)
        return CitedWords(Fate.GONE, cited_in, quote, cited_in, address.span, since)
    span = Span(placed.start, placed.end)
    if _reads_as_cited(placed):
        return CitedWords(Fate.AS_CITED, cited_in, quote, current, span)
    since = _changed_at(cited_in, address.span, current)
    difference = tuple(words(quote, span.of(current.text)))
    return CitedWords(Fate.CHANGED, cited_in, quote, current, span, since, difference)


def _placed(cited_in: Revision, span: Span, text: str) -> Placement:
    selector = {"exact": span.of(cited_in.text), "start": span.start, "end": span.end}
    return carry(cited_in.text, text, [selector])[0]


def _reads_as_cited(placed: Placement) -> bool:
    return placed.state not in (State.CHANGED, State.ORPHANED)


def _changed_at(cited_in: Revision, span: Span, current: Revision) -> datetime:
    """When the words ceased to read as cited: the time of a revision before which they did.

    That of merging, where they read so until then. Halves the revisions between, since mapping a
    long text to each would take too long.
    """
    since = Revision.objects.filter(article=cited_in.article_id, number__gt=cited_in.number)
    between = list(since.exclude(pk=current.pk).order_by("number").values_list("pk", "made_at"))
    changed_at, low, high = cited_in.article.merged_at or current.made_at, 0, len(between)
    while low < high:
        middle = (low + high) // 2
        pk, made_at = between[middle]
        text = Revision.objects.values_list("text", flat=True).get(pk=pk)
        if _reads_as_cited(_placed(cited_in, span, text)):
            low = middle + 1
        else:
            changed_at, high = made_at, middle
    return changed_at
