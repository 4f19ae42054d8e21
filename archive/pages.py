"""Pages on which an article is read: its current text, an older revision, a linked passage."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from annotations import access as notes_access
from annotations.forms import NoteForm, consequences
from annotations.models import Annotation
from archive import citedwords, etags
from archive.landing import landing
from archive.preferences import preferences
from archive.reading import Reading, reading_of
from articles import access, passages
from articles.models import Article, Revision
from articles.text import Span


@require_safe
def read(request: HttpRequest, slug: str) -> HttpResponse:
    """The current text of an article with its notes.

    ``?select=<passage address>&act=comment`` comes from a log-in on the way to a note: the
    words are marked, and a script opens the form. ``?attach=<note>`` asks for the words that a
    note of the reader's belongs to.
    """
    article = access.article_to_read(request.user, slug)
    revision = access.revision_to_read(article)
    cited = None
    address = passages.parse(request.GET.get("select", ""))
    if address and address.revision == revision.number and address.holds(revision.text):
        cited = address.span
    context = {
        "cited": _chosen(article, revision, cited),
        "attaching": _attaching(request, article),
    }
    return _page(request, article, revision, cited, **context)


@require_safe
def read_revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One revision as it was, with the notes that stand in it."""
    article = access.article_to_read(request.user, slug)
    return _page(request, article, access.revision_to_read(article, number, user=request.user))


@require_safe
def read_passage(request: HttpRequest, slug: str, address: str) -> HttpResponse:
    """The words of a passage link as they are now, marked; those that are gone, as cited.

    Nothing is stored.
    """
    article = access.article_to_read(request.user, slug)
    parsed = passages.parse(address)
    cited = citedwords.follow(article, parsed, request.user) if parsed else None
    if cited is None:
        raise Http404
    return _page(request, article, cited.revision, cited.span, cited={"words": cited})


@require_safe
def read_merged_revision(request: HttpRequest, slug: str, merged: str, number: int) -> HttpResponse:
    """One revision of an article that was merged into this one, as it was."""
    article = access.article_to_read(request.user, slug)
    former = access.merged_to_read(request.user, article, merged)
    return _page(request, former, access.revision_to_read(former, number, user=request.user))


@require_safe
def read_merged_passage(request: HttpRequest, slug: str, merged: str, address: str) -> HttpResponse:
    """The words of a passage link to an article that was merged into this one, as they are now."""
    article = access.article_to_read(request.user, slug)
    former = access.merged_to_read(request.user, article, merged)
    parsed = passages.parse(address)
    cited = citedwords.follow(former, parsed, request.user) if parsed else None
    if cited is None:
        raise Http404
    shown = former if cited.revision.article_id == former.pk else article
    return _page(request, shown, cited.revision, cited.span, cited={"words": cited})


@require_safe
def passage_address(request: HttpRequest, slug: str) -> HttpResponse:
    """The address of the words at ``start``–``end`` of a revision, as JSON {"url": …}.

    With ``&merged=<slug>`` of the article that had this address and was merged into this one.
    """
    article = access.article_to_read(request.user, slug)
    if merged := request.GET.get("merged"):
        article = access.merged_to_read(request.user, article, merged)
    try:
        number, start, end = (int(request.GET[key]) for key in ("revision", "start", "end"))
    except (KeyError, ValueError):
        problem = "revision, start and end are needed, as whole numbers"
        return JsonResponse({"error": problem}, status=400)
    revision = access.revision_to_read(article, number, user=request.user)
    if not 0 <= start < end <= len(revision.text):
        problem = f"{start}–{end} lies outside the text of {len(revision.text)} characters"
        return JsonResponse({"error": problem}, status=400)
    address = passages.address_of(revision.text, number, Span(start, end))
    url = reverse("articles:passage", args=[article.slug, str(address)])
    if article.is_merged:
        args = [article.merged_into.slug, article.slug, str(address)]
        url = reverse("articles:merged_passage", args=args)
    return JsonResponse({"url": request.build_absolute_uri(url)})


@require_safe
def reading_region(request: HttpRequest, slug: str) -> HttpResponse:
    """Text and notes as they are now, for a page that is open; 304 when nothing changed."""
    article = access.article_to_read(request.user, slug)
    if not request.htmx and "HTTP_IF_NONE_MATCH" not in request.META:
        return redirect(article)
    revision = access.revision_to_read(article)
    etag = f'"{etags.now(request.user, article, revision, shown(request))}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers={"ETag": etag})
    return region(request, reading_now(request, article))


@require_safe
def read_annotation(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """One note with its thread, and the way to its words."""
    note = notes_access.annotation_to_read(request.user, annotation_id)
    article = access.article_to_read(request.user, note.article.slug)
    reading = reading_of(request.user, article, access.revision_to_read(article))
    root = str(note.root_id or note.pk)
    thread = next((t for t in reading.all_threads if t.root.id == root), None)
    if thread is None:
        raise Http404
    context = {"reading": reading, "article": article, "thread": thread, "annotation": note}
    return render(request, "annotations/annotation.html", context)


def reading_now(request: HttpRequest, article: Article) -> Reading:
    """The current text and the notes as this request's page shows them."""
    revision = access.revision_to_read(article)
    found = landing(request, revision)
    return reading_of(request.user, article, revision, show=shown(request), landing=found)


def region(request: HttpRequest, reading: Reading, status: int = 200) -> HttpResponse:
    """The part of the reading page that every write replaces."""
    context = {"reading": reading, "filter": shown(request)}
    response = render(request, "archive/_reading_region.html", context, status=status)
    response["ETag"] = f'"{reading.etag}"'
    response["Vary"] = "HX-Request, Cookie"
    response["Cache-Control"] = "private, no-cache"
    return response


def shown(request: HttpRequest) -> str:
    """Whose notes this reader wants to see: all, mine or none."""
    asked = request.GET.get("notes") or preferences(request).get("notes", "all")
    return asked if asked in ("all", "mine", "none") else "all"


def _page(
    request: HttpRequest,
    article: Article,
    revision: Revision,
    marked: Span | None = None,
    **context,
) -> HttpResponse:
    reading = reading_of(
        request.user,
        article,
        revision,
        show=shown(request),
        cited=marked,
        landing=landing(request, revision),
    )
    context |= {
        "reading": reading,
        "article": article,
        "appearances": list(article.appearances.select_related("publisher")),
        "filter": shown(request),
    }
    if request.user.is_authenticated and revision.is_current:
        context["form"] = NoteForm(user=request.user, article=article, revision=revision)
        context["consequences"] = consequences(
            request.user, list(notes_access.groups_of(request.user))
        )
    return render(request, "archive/reading.html", context)


def _attaching(request: HttpRequest, article: Article) -> Annotation | None:
    """The note whose words are to be selected, with its quote. Errors: Http404."""
    try:
        asked = UUID(request.GET["attach"])
    except (KeyError, ValueError):
        return None
    note = notes_access.annotation_to_place(request.user, asked)
    if note.article_id != article.pk:
        raise Http404
    return note


def _chosen(article: Article, revision: Revision, chosen: Span | None) -> dict | None:
    """The words somebody chose before logging in, and the way to the note without a script."""
    if chosen is None:
        return None
    new = reverse("notes:new", args=[article.slug])
    query = f"?revision={revision.number}&start={chosen.start}&end={chosen.end}"
    return {"quote": chosen.of(revision.text), "new_url": new + query}
