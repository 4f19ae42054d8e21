"""How a text came to read as it does: its revisions, and any two of them compared."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from annotations import access as notes_access
from annotations.models import Anchor
from articles import access
from articles.comparing import Fate, compare, size
from articles.corrections import Correction, corrections_of
from articles.given import whole_number
from articles.models import Article, Revision
from articles.stretches import stretches

PAGE = 50
# How many words two texts differ by, by their digests: revisions never change, and the numbers
# are small. Emptied when it is large, so that it stays so.
_MEASURED: dict[tuple[str, str], tuple[int, int]] = {}
MEASURED_AT_MOST = 20_000
STANDING = (Anchor.State.UNCHANGED, Anchor.State.SHIFTED, Anchor.State.MOVED)


@dataclass(frozen=True)
class Entry:
    """One revision in the history of an article."""

    revision: Revision
    before: int | None  # number of the revision it replaced
    same_words: bool = False  # as that one; links, emphasis or headings changed
    deleted: int = 0
    inserted: int = 0
    stay: int = 0
    changed: int = 0
    gone: int = 0

    @property
    def at(self) -> datetime:
        return self.revision.made_at

    @property
    def notes(self) -> int:
        return self.stay + self.changed + self.gone


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every revision of an article: when, why, who, how much, and what its notes did.

    ``?old=1&new=3`` comes from the form that compares two, and leads to their page.
    """
    article = access.article_to_read(request.user, slug)
    asked = (request.GET.get(name, "") for name in ("old", "new", "before"))
    old, new, before = map(whole_number, asked)
    readable = access.revisions_to_read(request.user, article)
    if old is not None and new is not None:
        return redirect("articles:comparison", article.slug, old, new)
    revisions = readable.defer("html", "text").select_related("made_by")
    if before is not None:
        revisions = revisions.filter(number__lt=before)
    found = list(revisions.order_by("-number")[: PAGE + 1])
    if not found:
        raise Http404
    context = {
        "article": article,
        "entries": _timeline(request.user, article, found, before),
        "numbers": readable.order_by("-number").values_list("number", flat=True),
        "older": found[PAGE - 1].number if len(found) > PAGE else None,
        "is_editor": access.is_editor(request.user),
        "merged": access.merged_with_texts(request.user, article) if before is None else [],
    }
    return render(request, "archive/history.html", context)


@require_safe
def comparison(request: HttpRequest, slug: str, old: int, new: int) -> HttpResponse:
    """Two revisions compared, the older one first; ``?side`` puts them beside one another."""
    article = access.article_to_read(request.user, slug)
    if old == new:
        return redirect("articles:revision", article.slug, old)
    if old > new:
        return redirect("articles:comparison", article.slug, new, old)
    before, after = (
        access.revision_to_read(article, number, user=request.user) for number in (old, new)
    )
    rows = compare(before.text, after.text)
    deleted, inserted = size(rows)
    context = {
        "article": article,
        "before": before,
        "after": after,
        "stretches": stretches(rows),
        "deleted": deleted,
        "inserted": inserted,
        "moved": sum(row.fate == Fate.MOVED_HERE for row in rows),
        "side": "side" in request.GET,
    }
    return render(request, "archive/comparison.html", context)


def _timeline(
    user, article: Article, found: list[Revision], before: int | None
) -> list[Entry | Correction]:
    """The revisions of one page and the corrections between them, the newest first.

    ``found`` may hold one more revision than a page does. Readers see nothing from before the
    article was published.
    """
    entries: list[Entry | Correction] = [*_entries(user, article, found)[:PAGE]]
    since = found[PAGE - 1].made_at if len(found) > PAGE else None
    if not access.is_editor(user):
        since = max(filter(None, [since, article.published_at]), default=None)
    until = None
    if before is not None:
        made = article.revisions.filter(number=before).values_list("made_at", flat=True)
        until = made.first()
    entries += corrections_of(article, since=since, until=until)
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _entries(user, article: Article, revisions: list[Revision]) -> list[Entry]:
    """What each of ``revisions`` (newest first) did to the one before it and to its notes.

    Cost: 2 queries, and one for texts that were not measured since the server started.
    """
    states = _states(user, article)
    sizes = _sizes(revisions)
    entries = []
    for place, revision in enumerate(revisions):
        before = revisions[place + 1] if place + 1 < len(revisions) else None
        deleted, inserted = sizes[revision.pk, before.pk] if before else (0, 0)
        count = states.get(revision.pk, Counter())
        entries.append(
            Entry(
                revision,
                before.number if before else None,
                before is not None and before.sha256 == revision.sha256,
                deleted,
                inserted,
                stay=sum(count[state] for state in STANDING),
                changed=count[Anchor.State.CHANGED],
                gone=count[Anchor.State.ORPHANED],
            )
        )
    return entries


def _states(user, article: Article) -> dict[int, Counter[str]]:
    """How many notes that ``user`` may read stand in which state in each revision."""
    counted = (
        Anchor.objects.filter(
            revision__article=article,
            annotation__in=notes_access.visible(user).filter(article=article),
        )
        .values_list("revision", "state")
        .annotate(count=Count("pk"))
    )
    states: dict[int, Counter[str]] = {}
    for revision, state, count in counted:
        states.setdefault(revision, Counter())[state] = count
    return states


def _sizes(revisions: list[Revision]) -> dict[tuple[int, int], tuple[int, int]]:
    """Words deleted and inserted between neighbours; texts are fetched where not yet measured."""
    pairs = list(pairwise(revisions))
    measured = {key: _MEASURED.get(key) for key in ((old.sha256, new.sha256) for new, old in pairs)}
    unknown = [(new, old) for new, old in pairs if measured[old.sha256, new.sha256] is None]
    needed = {revision.pk for pair in unknown for revision in pair}
    texts = dict(Revision.objects.filter(pk__in=needed).values_list("pk", "text"))
    for new, old in unknown:
        measured[old.sha256, new.sha256] = size(compare(texts[old.pk], texts[new.pk]))
    if len(_MEASURED) > MEASURED_AT_MOST:
        _MEASURED.clear()
    _MEASURED.update(measured)
    return {(new.pk, old.pk): measured[old.sha256, new.sha256] for new, old in pairs}
