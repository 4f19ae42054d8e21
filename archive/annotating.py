"""Writing notes on the reading page: each act is a form with or without a script.

With htmx the answer to a saved note is the reading region anew, and an event that says what
happened; without it, a redirect to the note. A refused form comes back with its words:
422 for what is wrong with it, 401 when the log-in has ended, 412 when somebody was faster.
"""

import json
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations import access, tasks, writing
from annotations.forms import EditForm, NoteForm, ReplyForm, audience_choices, consequences
from annotations.models import Annotation
from archive import limits, pages
from archive.cards import note_card
from articles.access import ArticleMerged, article_to_read, merged_to_read, revision_to_read
from articles.given import whole_number
from articles.models import Article, Revision
from articles.selection import place_asked_for

FORM_METHODS = ["GET", "HEAD", "POST"]


def by_somebody(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for people with an account: a link leads to the log-in and back, a sent form stays.

    A form sent after the session ended comes back with status 401 and its words in it, to be
    sent again after a log-in in another tab. It shows what was sent and nothing of the note.
    If somebody else has logged in meanwhile, it asks before saving under their name.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        user = request.user
        begun_by = request.POST.get("writer", "")
        if user.is_authenticated and begun_by in ("", user.get_username()):
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return redirect_to_login(request.get_full_path())
        sent = [
            (name, value)
            for name, value in request.POST.items()
            if name not in ("body", "csrfmiddlewaretoken", "writer")
        ]
        sent.append(("writer", user.get_username() or begun_by))
        context = {
            "body": request.POST.get("body"),
            "quote": request.POST.get("quote", ""),
            "audience": dict(audience_choices(user)).get(request.POST.get("audience", ""), ""),
            "sent": sent,
            "begun_by": begun_by if user.is_authenticated else "",
            "log_in_url": _log_in_url(request),
        }
        return _render(request, "logged_out", context, status=401)

    return guarded


@require_http_methods(FORM_METHODS)
def notes(request: HttpRequest, slug: str) -> HttpResponse:
    """GET: the notes of an article as they are now. POST: one more."""
    return (
        annotate(request, slug) if request.method == "POST" else pages.reading_region(request, slug)
    )


@require_safe
@never_cache
@by_somebody
def new_note(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for a note on words, on a paragraph or on the whole article."""
    article = article_to_read(request.user, slug)
    revision = revision_to_read(article)
    initial = place_asked_for(revision, request.GET)
    form = NoteForm(initial=initial, user=request.user, article=article, revision=revision)
    return _form_page(request, "note_form", form, article=article, quote=initial.get("quote", ""))


@require_POST
def find_words(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the words stand that somebody is typing or pasting into the form, as a fragment."""
    article = _article_meant(request.user, slug)
    revision = _revision_meant(request.user, article, request.POST.get("revision", ""))
    asked = {name: request.POST.get(name, "") for name in ("quote", "paragraph", "whole")}
    form = NoteForm(initial=asked, user=request.user, article=article, revision=revision)
    return render(request, "annotations/_places.html", {"form": form, "article": article})


@require_POST
@by_somebody
def annotate(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the note, or give the form back with what is wrong."""
    article = _article_meant(request.user, slug)
    revision = _revision_meant(request.user, article, request.POST.get("revision", ""))
    form = NoteForm(request.POST, user=request.user, article=article, revision=revision)
    context = {"article": article, "quote": request.POST.get("quote", "")}
    if not form.is_valid():
        return _form_page(request, "note_form", form, status=422, **context)
    if limits.too_often(request):
        return _later(request, "note_form", form, **context)
    data = form.cleaned_data
    try:
        note = writing.annotate(
            article=article,
            by=request.user,
            body=data["body"],
            tags=data["tags"],
            audience=data["audience"],
            group=data["group"],
            motivation=data["motivation"],
            revision=revision if data["span"] else None,
            span=data["span"],
            submission=data["submission"],
        )
    except writing.SentBefore as before:
        _tell_sent_before(form, before.note)
        return _form_page(request, "note_form", form, status=422, **context)
    return _done(request, note, gettext("Note saved."), status=201)


@require_http_methods(FORM_METHODS)
@never_cache
@by_somebody
def reply(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """The form for an answer; POST saves it."""
    to = access.annotation_to_answer(request.user, annotation_id)
    form = ReplyForm(request.POST or None, user=request.user, to=to)
    if request.method != "POST":
        return _form_page(request, "reply_form", form, **_about(request, to))
    if not form.is_valid():
        return _form_page(request, "reply_form", form, status=422, **_about(request, to))
    if limits.too_often(request):
        return _later(request, "reply_form", form, **_about(request, to))
    data = form.cleaned_data
    try:
        note = writing.reply(
            to=to,
            by=request.user,
            body=data["body"],
            tags=data["tags"],
            only_me=data["only_me"],
            submission=data["submission"],
        )
    except writing.SentBefore as before:
        _tell_sent_before(form, before.note)
        return _form_page(request, "reply_form", form, status=422, **_about(request, to))
    return _done(request, note, gettext("Reply saved."), status=201)


@require_http_methods(FORM_METHODS)
@never_cache
@by_somebody
def edit(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """The form to change one's own note; POST saves it, or shows both versions."""
    note = access.annotation_to_change(request.user, annotation_id)
    form = EditForm(request.POST or None, user=request.user, note=note)
    if request.method != "POST":
        return _form_page(request, "edit_form", form, **_about(request, note))
    if not form.is_valid():
        return _form_page(request, "edit_form", form, status=422, **_about(request, note))
    if limits.too_often(request):
        return _later(request, "edit_form", form, **_about(request, note))
    data = form.cleaned_data
    try:
        changed = writing.edit(
            note,
            version=data["version"],
            body=data["body"],
            tags=data["tags"],
            audience=data["audience"],
            group=data["group"],
        )
    except writing.StaleEdit as stale:
        return _conflict(request, form, stale.theirs)
    except writing.AudienceFixed:
        form.add_error("audience", gettext("Others have replied, so the audience stays."))
        return _form_page(request, "edit_form", form, status=422, **_about(request, note))
    return _done(request, changed, gettext("Note saved."))


@require_http_methods(FORM_METHODS)
@never_cache
@by_somebody
def delete(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Ask; POST takes the note away, which can be undone for a while."""
    note = access.annotation_to_change(request.user, annotation_id)
    if request.method != "POST":
        below = {"root": note} if note.is_root else {"parent": note}
        count = access.visible(request.user).filter(**below).count()
        return _form_page(request, "delete_form", None, reply_count=count, **_about(request, note))
    writing.delete(note)
    tasks.forget_soon()
    return _done(request, note, gettext("Note deleted."), undo=True)


@require_POST
@by_somebody
def restore(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Bring a deleted note back, while that is possible."""
    note = access.annotation_to_restore(request.user, annotation_id)
    if not writing.restore(note):
        told = gettext("It is too late: the note is gone.")
        return _render(request, "gone", {"message": told, "article": note.article}, status=410)
    return _done(request, note, gettext("The note is back."))


def _tell_sent_before(form: NoteForm | ReplyForm, note: Annotation) -> None:
    """Say so in ``form``, which gets a number of its own, so that saving again makes another."""
    told = gettext(
        'This form was sent before, and <a href="%(url)s">a note with other words</a> was saved.'
        " Save again to keep both."
    )
    form.add_error(None, mark_safe(told % {"url": note.get_absolute_url()}))  # noqa: S308 - ours
    form.data = form.data.copy()
    form.data["submission"] = str(uuid4())


def _article_meant(user, slug: str) -> Article:
    """The article a form was made on, also where it was merged into another since.

    Its places are in that text, from which notes are carried over.
    """
    try:
        return article_to_read(user, slug)
    except ArticleMerged as meanwhile:
        standing = article_to_read(user, meanwhile.slug)
        return merged_to_read(user, standing, meanwhile.article.slug)


def _revision_meant(user, article: Article, number: str) -> Revision:
    """The revision a form was made on; the current one where it does not say."""
    return revision_to_read(article, whole_number(number), user=user)


def _about(request: HttpRequest, note: Annotation) -> dict:
    """What every form about ``note`` shows of it."""
    return {"note": note_card(request.user, note), "article": note.article, "annotation": note}


def _form_page(
    request: HttpRequest, name: str, form, *, status: int = 200, **context
) -> HttpResponse:
    """The form ``name`` with what every form shows."""
    groups = list(access.groups_of(request.user))
    context |= {"form": form, "consequences": consequences(request.user, groups)}
    context["log_in_url"] = _log_in_url(request)
    return _render(request, name, context, status)


def _later(request: HttpRequest, name: str, form, **context) -> HttpResponse:
    """429 with the form and its words, to be sent again in a while."""
    form.add_error(None, limits.refusal("write"))
    return limits.ask_to_wait(_form_page(request, name, form, **context), "write")


def _render(request: HttpRequest, name: str, context: dict, status: int = 200) -> HttpResponse:
    """A page of the annotations' templates, or with htmx the fragment that stands in it."""
    prefix = "_" if request.htmx else ""
    response = render(request, f"annotations/{prefix}{name}.html", context, status=status)
    response["Vary"] = "HX-Request, Cookie"
    return response


def _log_in_url(request: HttpRequest) -> str:
    return f"{reverse('account_login')}?{urlencode({'next': request.path})}"


def _conflict(request: HttpRequest, form: EditForm, theirs: Annotation) -> HttpResponse:
    """412 with both versions: keep theirs, keep yours, or edit both."""
    fresh = EditForm(
        initial={name: form.data.get(name, "") for name in ("body", "tags", "audience")}
        | {"version": theirs.version},
        user=request.user,
        note=theirs,
    )
    context = _about(request, theirs) | {
        "theirs": note_card(request.user, theirs),
        "theirs_body": theirs.body,
        "yours": form.data.get("body", ""),
    }
    return _form_page(request, "conflict", fresh, status=412, **context)


def _done(
    request: HttpRequest, note: Annotation, said: str, *, status: int = 200, undo: bool = False
) -> HttpResponse:
    """The reading region anew with an event that tells what happened, or a redirect to the note."""
    article = article_to_read(request.user, note.article.slug)
    if not request.htmx:
        return HttpResponseRedirect(f"{article.get_absolute_url()}#note-{note.pk}")
    reading = pages.reading_now(request, article)
    count = ngettext("%d note here.", "%d notes here.", reading.note_count) % reading.note_count
    event = {"id": str(note.pk), "message": f"{said} {count}"}
    if undo:
        event["undo"] = reverse("annotations:restore", args=[note.pk])
    response = pages.region(request, reading, status=status)
    response["HX-Retarget"] = "#reading"
    response["HX-Reswap"] = "outerHTML"
    response["HX-Trigger-After-Settle"] = json.dumps({"note-saved": event})
    return response
