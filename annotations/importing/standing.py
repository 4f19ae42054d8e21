"""Give a note that was brought in its place: in the text now, or in an earlier one.

Found in an earlier text, it is carried on as every note is. Found in none, it is kept with its
quote as one whose words are gone, and waits for a person.
"""

from collections.abc import Collection, Iterable
from itertools import islice

from django.utils.functional import cached_property

from annotations.importing.finding import Finder, Hit, Quote
from annotations.models import Anchor, Annotation
from annotations.reanchoring import catch_up
from annotations.selectors import describe
from articles.models import Article, Revision
from articles.text import Span

ALGORITHM = "quote-1"
_EARLIER = 50  # texts, the newest, in which words are looked for that the text now does not hold
_NEARLY = 5  # in which they are looked for though they read otherwise, which takes long


class Texts:
    """The texts of one article that the public may read, each prepared once."""

    def __init__(self, article: Article, quotes: Collection[Quote]) -> None:
        self._article, self._quotes = article, quotes
        self._finders: dict[str, Finder] = {}

    @cached_property
    def current(self) -> Revision | None:
        return self._article.revisions.filter(superseded_at=None).first()

    @cached_property
    def earlier(self) -> list[Revision]:
        """From the newest, each text once."""
        rows = self._article.revisions.filter(number__gte=self._article.public_from)
        rows = rows.exclude(superseded_at=None).defer("html").order_by("-number")
        by_text = {row.sha256: row for row in reversed(list(islice(rows, _EARLIER)))}
        if self.current is not None:
            by_text.pop(self.current.sha256, None)
        return sorted(by_text.values(), key=lambda row: -row.number)

    def find(self, quote: Quote) -> tuple[Revision, Hit] | None:
        """The text that holds the quote, and where: as noted if any does, else nearly."""
        all_texts = [*filter(None, [self.current]), *self.earlier]
        holding = (one for one in all_texts if self._finder(one).may_hold(quote))
        found = self._first(quote, holding, as_noted=True)
        return found or self._first(quote, all_texts[:_NEARLY], as_noted=False)

    def _first(
        self, quote: Quote, texts: Iterable[Revision], *, as_noted: bool
    ) -> tuple[Revision, Hit] | None:
        for revision in texts:
            hit = self._finder(revision).find(quote)
            if hit is not None and (not as_noted or (hit.as_noted and hit.settled)):
                return revision, hit
        return None

    def _finder(self, revision: Revision) -> Finder:
        if revision.sha256 not in self._finders:
            self._finders[revision.sha256] = Finder(revision.text, self._quotes)
        return self._finders[revision.sha256]


def stand(note: Annotation, texts: Texts, quote: Quote | None) -> bool:
    """Whether a text holds the words of ``note``, a new one; its anchors are made either way.

    The article is locked, and has a text.
    """
    found = texts.find(quote) if quote else None
    if found is None:
        catch_up(Anchor.objects.create(annotation=note, revision=texts.current, **_lost()))
        return False
    revision, hit = found
    anchor = Anchor(annotation=note, revision=revision)
    _put(anchor, revision, hit)
    anchor.save()
    _made_on(note, revision)
    catch_up(anchor)
    return True


def look_again(note: Annotation, texts: Texts, quote: Quote) -> bool:
    """Whether words of ``note`` that no text held, and that nobody placed, are found now."""
    if note.made_on_id is not None or texts.current is None:
        return False
    anchors = note.anchors.select_for_update(of=("self",))
    waiting = anchors.filter(
        revision=texts.current,
        revision__superseded_at=None,
        start=None,
        review=Anchor.Review.WAITING,
        overridden_by=None,
    ).first()
    hit = texts.find(quote) if waiting else None
    if waiting is None or hit is None or hit[0].pk != texts.current.pk:
        return False
    _put(waiting, *hit)
    waiting.save()
    _made_on(note, texts.current)
    return True


def _put(anchor: Anchor, revision: Revision, hit: Hit) -> None:
    quote, _place = describe(revision.text, Span(hit.start, hit.end))
    anchor.state = Anchor.State.UNCHANGED if hit.as_noted else Anchor.State.CHANGED
    anchor.start, anchor.end = hit.start, hit.end
    anchor.exact, anchor.prefix, anchor.suffix = quote.exact, quote.prefix, quote.suffix
    anchor.survival = anchor.similarity = anchor.confidence = min(1.0, hit.score)
    anchor.algorithm = ALGORITHM
    anchor.review = Anchor.Review.NONE if hit.settled else Anchor.Review.WAITING


def _lost() -> dict:
    """What an anchor says of words that were never found: nothing of the text is quoted."""
    return {
        "state": Anchor.State.ORPHANED,
        **dict.fromkeys(("survival", "similarity", "confidence"), 0),
        "algorithm": ALGORITHM,
        "review": Anchor.Review.WAITING,
    }


def _made_on(note: Annotation, revision: Revision) -> None:
    note.made_on = revision
    note.save(update_fields=["made_on"])
