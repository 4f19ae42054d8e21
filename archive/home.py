"""The way in: what the archive is for, shown on its own words, and what is new in it."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from annotations import access, rows
from annotations.models import Anchor, Annotation
from archive.browsing import with_note_counts
from articles.browsing import FACETS
from articles.models import Article
from articles.narrowing import Choices, Selection

NEW_ARTICLES = 6
NEW_NOTES = 5
WAYS = ("tag", "publisher", "year")
# Among how many notes the passage to show is looked for, how long it is, and its surroundings.
CANDIDATES = 200
SHORTEST, LONGEST = 40, 180
AROUND = 240


@dataclass
class Sample:
    """Words of an article with what was said about them."""

    before: str
    words: str
    after: str
    note: Annotation
    reply: Annotation | None


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What one can do here, a passage with its notes, ways in, and what is new."""
    articles = Article.objects.visible_to(AnonymousUser())
    said = _public().exclude(body="")
    notes = rows.with_articles(said).order_by("-recorded_at")[:NEW_NOTES]
    context = {
        "articles": with_note_counts(
            request.user, articles.for_lists().newest_first()[:NEW_ARTICLES]
        ),
        "notes": rows.ready(notes),
        "sample": _sample(),
        "ways": _ways(articles),
        "article_count": articles.count(),
        "note_count": access.visible(request.user).count(),
    }
    return render(request, "archive/home.html", context)


def _public() -> QuerySet[Annotation]:
    """What everybody may read. The front page is the same for all, also where editors see more."""
    return access.visible(AnonymousUser())


def _sample() -> Sample | None:
    """The passage that was talked about most, of those noted lately. Cost: 3 queries."""
    lately = _public().roots().exclude(body="").order_by("-recorded_at")[:CANDIDATES]
    answers = Count("annotation__replies", filter=Q(annotation__replies__in=_public()))
    anchor = (
        Anchor.objects.filter(
            annotation__in=lately.values("pk"),
            revision__superseded_at=None,
            state__in=(Anchor.State.UNCHANGED, Anchor.State.SHIFTED),
            review__in=(Anchor.Review.NONE, Anchor.Review.ACCEPTED, Anchor.Review.CORRECTED),
        )
        .annotate(length=F("end") - F("start"), answers=answers)
        .filter(length__range=(SHORTEST, LONGEST))
        .exclude(exact__contains="\n")
        .order_by("-answers", "-annotation__recorded_at")
        .select_related("revision")
        .first()
    )
    if anchor is None:
        return None
    thread = Q(pk=anchor.annotation_id) | Q(parent=anchor.annotation_id)
    told = rows.with_articles(_public().filter(thread)).order_by("recorded_at")[:2]
    note, *replies = rows.ready(told)
    return Sample(*_surroundings(anchor), note, replies[0] if replies else None)


def _surroundings(anchor: Anchor) -> tuple[str, str, str]:
    """The paragraph the words stand in, cut between words where it is long."""
    text = anchor.revision.text
    begin = text.rfind("\n", 0, anchor.start) + 1
    end = text.find("\n", anchor.end)
    before = text[begin : anchor.start]
    after = text[anchor.end : end if end >= 0 else None]
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + " …"
    return before, anchor.exact, after


def _ways(articles: QuerySet[Article]) -> list[Choices]:
    """Topics, publishers and years with the most articles, each leading to its list."""
    facets = [facet for facet in FACETS if facet.name in WAYS]
    return Selection(QueryDict(), facets, within=articles, path=reverse("articles:list")).panel()
