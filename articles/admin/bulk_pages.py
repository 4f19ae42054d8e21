"""Acts on many waiting documents of a batch at once, and what became of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.admin.import_lists import PENDING, Shown, batch_context, sentences
from articles.admin.import_pages import batch_address, batch_of, page_of, permitted
from articles.bulk_form import BulkForm
from articles.given import whole_number
from articles.importing import acts
from articles.models import ImportAct, ImportBatch
from articles.tasks import act_soon

_LEVELS = {
    "success": messages.success,
    "info": messages.info,
    "warning": messages.warning,
    "error": messages.error,
}


@require_POST
def bulk(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Change, check, publish, save or refuse the chosen documents, or all that are shown."""
    permitted(request)
    found, shown = batch_of(batch_id), Shown.of(request.POST)
    everything = request.POST.get("all") == "on"
    chosen = [one for one in map(whole_number, request.POST.getlist("item")) if one is not None]
    form = BulkForm(request.POST)
    if form.is_valid() and not (everything or chosen):
        form.add_error(None, _("Choose documents first."))
    if not form.is_valid():
        context = batch_context(found, shown, form=form, ticked=chosen, all_ticked=everything)
        return page_of(request, "batch", str(found), context, status=422)
    if everything:
        waiting = shown.items_of(found).filter(outcome=PENDING)
    else:
        waiting = found.items.filter(pk__in=chosen)
    _do(
        request,
        found,
        form.cleaned_data["act"],
        list(waiting.values_list("pk", flat=True)),
        form.values(),
    )
    return HttpResponseRedirect(batch_address(found, shown.query()))


@require_POST
def publish_sure(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Publish every waiting document without doubts, and save records as drafts."""
    permitted(request)
    found = batch_of(batch_id)
    sure = found.items.filter(outcome=PENDING, doubts=[])
    _do(request, found, ImportAct.Kind.PUBLISH, list(sure.values_list("pk", flat=True)), {})
    return HttpResponseRedirect(batch_address(found))


def _do(
    request: HttpRequest, batch: ImportBatch, kind: str, items: list[int], values: dict[str, Any]
) -> None:
    """Do it now where it is little, else have it done, and say so. Twice is once."""
    try:
        act = acts.begin(batch, kind=kind, items=items, by=request.user, values=values)
    except acts.AlreadyActing as already:
        act_soon(already.act)  # in case whoever began it was cut off
        told = _("“%(act)s” is being done: %(done)d of %(total)d. Wait until it is.")
        act = already.act
        named = {"act": act.get_kind_display(), "done": act.done, "total": act.total}
        messages.warning(request, told % named)
        return
    if act.total > acts.AT_ONCE:
        act_soon(act)
        return
    acts.go_on(act)
    for level, sentence in sentences(act):
        _LEVELS[level](request, sentence)
