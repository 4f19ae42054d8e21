"""The pages of an import: files and links in, a look at each document, save as draft or publish."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.admin.import_lists import PENDING, Shown, batch_context
from articles.admin.import_preview import new_text, preview_context
from articles.admin.near_text import near_context, say
from articles.forms import DocumentForm
from articles.given import whole_number
from articles.importing import batches, pending, turns
from articles.importing.alike import Near
from articles.importing.document import Document, ImportRefused
from articles.importing.record import reason_for
from articles.models import ImportBatch, ImportItem
from articles.tasks import read_soon
from articles.upload_form import UploadForm

STOP_POLLING = 286  # what htmx takes for "ask no more"


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take files and links; of a single file go to its preview, else to the list of all.

    The list also comes first where it has something to tell of the metadata sheet as a whole.
    """
    permitted(request)
    sent = request.method == "POST"
    given = (request.POST, request.FILES) if sent else ()
    form = UploadForm(*given, user=request.user)
    if form.is_valid():
        files, links = form.cleaned_data["files"], form.cleaned_data["links"]
        batch = batches.receive(files, links, by=request.user, **form.plan())
        if batch.state == ImportBatch.State.RUNNING:
            read_soon(batch)
        about_sheet = batch.sheet_report.get("rows_alone") or batch.sheet_report.get("warnings")
        only = batch.items.get() if batch.items.count() == 1 and not about_sheet else None
        if only is not None and only.outcome == PENDING and batch.state == ImportBatch.State.DONE:
            return HttpResponseRedirect(_item_address(only))
        return HttpResponseRedirect(batch_address(batch))
    context = {
        "form": form,
        "most_links": settings.FETCH_MAX_LINKS,
        "most_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        "sent": sent,
        "limit": _megabytes(settings.IMPORT_MAX_BYTES),
        "archive_limit": _megabytes(settings.IMPORT_MAX_ARCHIVE_BYTES),
    }
    status = 422 if sent else 200
    return page_of(request, "upload", _("Import articles"), context, status=status)


@require_safe
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """What became of each document, by ``?outcome=`` and ``?doubt=``; while it is read, how far."""
    permitted(request)
    found = batch_of(batch_id)
    context = batch_context(found, Shown.of(request.GET), page=request.GET.get("page"))
    return page_of(request, "batch", str(found), context)


@require_safe
def batch_progress(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The part of the batch's page that changes while it is read; 286 ends the asking."""
    permitted(request)
    found = batch_of(batch_id)
    context = batch_context(found, Shown.of(request.GET), page=request.GET.get("page"))
    status = 200 if context["is_moving"] else STOP_POLLING
    return render(request, "admin/articles/importbatch/_progress.html", context, status=status)


@require_POST
def steer(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Pause, resume, or read again what was refused, as ``act`` says."""
    permitted(request)
    found = batch_of(batch_id)
    act = request.POST.get("act", "")
    if act == "pause" and batches.pause(found):
        messages.success(request, _("Paused. The document at hand is finished, then it stops."))
    elif act == "resume" and batches.resume(found):
        read_soon(found)
        messages.success(request, _("It goes on where it stopped."))
    elif act == "retry" and (count := batches.retry(found)):
        read_soon(found)
        told = ngettext("%d is read again.", "%d are read again.", count)
        messages.success(request, told % count)
    else:
        messages.info(request, _("Nothing was to be done."))
    return HttpResponseRedirect(batch_address(found))


@require_safe
def next_item(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Go to the next waiting document after ``?after=``, those with doubts first.

    Always in the order of the list, and with ``?doubt=`` among those that it shows.
    """
    permitted(request)
    found, shown = batch_of(batch_id), Shown(PENDING, Shown.of(request.GET).doubt)
    waiting = shown.items_of(found).waiting().order_by("pk")
    doubtful = waiting.exclude(doubts=[])
    after = whole_number(request.GET.get("after", ""))
    choices = [doubtful, waiting]
    if after is not None:
        choices = [doubtful.filter(pk__gt=after), doubtful, waiting.filter(pk__gt=after), waiting]
    for choice in choices:
        if item_id := choice.values_list("pk", flat=True).first():
            address = reverse("admin:articles_importbatch_item", args=[batch_id, item_id])
            query = Shown(doubt=shown.doubt).query()
            return HttpResponseRedirect(f"{address}?{query}" if query else address)
    messages.info(request, _("Nothing is left to look at."))
    return HttpResponseRedirect(batch_address(found))


@csp_update({"frame-src": [SELF]})  # the original stands in a frame
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, batch_id: int, item_id: int) -> HttpResponse:
    """Look at one document, settle its fields, and save it as a draft or publish it."""
    permitted(request)
    one = _item(batch_id, item_id)
    if one.outcome != PENDING:
        messages.info(request, _("This was decided already: %s.") % one.get_outcome_display())
        return HttpResponseRedirect(batch_address(one.batch))
    if one.batch.state == ImportBatch.State.UNDONE:
        messages.info(request, _("This import was undone; nothing of it is decided any more."))
        return HttpResponseRedirect(batch_address(one.batch))
    act = request.POST.get("act", "")
    form = DocumentForm(
        request.POST if request.method == "POST" else None,
        document=pending.document_of(one),
        publishing=act == "publish",
    )
    document = form.settled() if form.is_valid() else form.document
    near = pending.near(one, form.document)
    if form.is_valid() and act in {"draft", "publish"}:
        try:
            _refuse_unseen(one, document, form.cleaned_data["seen"], near)
            recorded = pending.settle(
                one,
                document=document,
                by=request.user,
                publish=act == "publish",
                protect=form.edited_fields(),
            )
        except ImportRefused as refusal:
            form.add_error(None, refusal.reason)
        except (pending.AlreadyDecided, turns.BatchUndone):
            return HttpResponseRedirect(request.path)
        else:
            return _after(request, one, recorded)
    context = preview_context(one, form, document, request.user)
    context |= near_context(one, form.document, near)
    status = 422 if form.errors else 200
    title = _("Preview: %s") % form.document.title
    return page_of(request, "item", title, context, status=status)


@require_POST
def standing(request: HttpRequest, batch_id: int, item_id: int) -> HttpResponse:
    """Say what a document is to the article that has nearly its text, as ``standing`` names it."""
    permitted(request)
    one = _item(batch_id, item_id)
    try:
        settled = one.outcome == PENDING and say(request, one)
    except pending.AlreadyDecided:
        settled = False
    if not settled:
        return HttpResponseRedirect(_item_address(one))
    return _onward(request, one) or HttpResponseRedirect(batch_address(one.batch))


def _item(batch_id: int, item_id: int) -> ImportItem:
    related = ("batch", "capture", "article", "nearly", "nearly_item")
    items = ImportItem.objects.select_related(*related).defer("batch__sheet")
    found = items.filter(batch=batch_id, pk=item_id).first()
    if found is None:
        raise Http404
    return found


def _refuse_unseen(one: ImportItem, document: Document, seen: str, near: Near | None) -> None:
    """Errors: ImportRefused when the editor was not told what this text does to an article."""
    if near is not None:
        raise ImportRefused(
            _("%s Say what it is to that one first, above the fields.") % near.reason
        )
    change = new_text(one, document)
    if change is not None and change.seal != seen:
        raise ImportRefused(
            _("The article has another text. See below what this one does to it, then decide.")
        )


def _after(request: HttpRequest, one: ImportItem, recorded: Any) -> HttpResponse:
    """Tell what was done, and go on: to the next waiting document, or to the article."""
    title = recorded.article.title
    if recorded.revision is not None and recorded.revision.number > 1:
        known = {"number": recorded.revision.number, "title": title}
        messages.success(request, _("Revision %(number)d of “%(title)s” is recorded.") % known)
    elif recorded.article.state == recorded.article.State.PUBLISHED:
        messages.success(request, _("“%s” is published.") % title)
    else:
        messages.success(request, _("“%s” is saved as a draft.") % title)
    if reason := reason_for(recorded.kept, unpublished=recorded.unpublished):
        messages.warning(request, reason)
    return _onward(request, one) or HttpResponseRedirect(recorded.article.get_absolute_url())


def _onward(request: HttpRequest, one: ImportItem) -> HttpResponseRedirect | None:
    """To what waits next in the import, else to its list; None where it was the only document."""
    if _waiting(one.batch).exists():
        address = reverse("admin:articles_importbatch_next", args=[one.batch_id])
        query = Shown(doubt=Shown.of(request.GET).doubt).query(after=one.pk)
        return HttpResponseRedirect(f"{address}?{query}")
    if one.batch.items.count() > 1:
        return HttpResponseRedirect(batch_address(one.batch))
    return None


def permitted(request: HttpRequest) -> None:
    """Errors: PermissionDenied unless articles may be imported."""
    if not request.user.has_perms(["articles.add_importbatch", "articles.add_article"]):
        raise PermissionDenied


def _megabytes(count: int) -> str:
    """As the readers count it when they refuse a file: a megabyte is a million bytes."""
    return _("%s MB") % number_format(round(count / 1_000_000, 1))


def _waiting(found: ImportBatch) -> QuerySet[ImportItem]:
    """The documents that somebody has yet to decide about; none once the import is undone."""
    return ImportItem.objects.waiting().filter(batch=found)


def batch_of(batch_id: int) -> ImportBatch:
    """The batch, without its sheet, which may be large. Errors: Http404."""
    found = ImportBatch.objects.defer("sheet").filter(pk=batch_id).first()
    if found is None:
        raise Http404
    return found


def batch_address(found: ImportBatch, query: str = "") -> str:
    """The page of a batch, filtered as ``query`` says."""
    address = reverse("admin:articles_importbatch_items", args=[found.pk])
    return f"{address}?{query}" if query else address


def _item_address(one: ImportItem) -> str:
    return reverse("admin:articles_importbatch_item", args=[one.batch_id, one.pk])


def page_of(
    request: HttpRequest, name: str, title: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """The page ``name`` of an import in the frame of the desk."""
    context = {
        **admin.site.each_context(request),
        "title": title,
        "opts": ImportBatch._meta,
        # The three parts of a preview need the width.
        "is_nav_sidebar_enabled": False,
        **context,
    }
    return render(request, f"admin/articles/importbatch/{name}.html", context, status=status)
