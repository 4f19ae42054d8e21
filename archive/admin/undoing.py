"""Undoing an import: look at what goes and what stands in the way, say why, undo it."""

from itertools import groupby
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from archive import undoing
from archive.hindrances import Hindrance, Prospect, foresee
from articles.admin.imports import ImportBatchAdmin
from articles.models import ImportBatch

SHOWN = 50  # articles and names of each kind


class UndoForm(forms.Form):
    """Why; readers of what was public are told."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "aria-describedby": "id_reason_helptext"}),
        help_text=gettext_lazy(
            "For the editors’ log, and for readers of articles that were public."
        ),
        error_messages={"required": gettext_lazy("Say why the import is undone.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def undo_page(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Show what undoing the import does, or what stands in the way; POST does it, with a reason."""
    if not request.user.has_perms(["articles.add_importbatch", "articles.change_article"]):
        raise PermissionDenied
    batch = ImportBatch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise Http404
    if batch.state == ImportBatch.State.UNDONE:
        return _undone_before(request, batch)
    form = UndoForm(request.POST or None)
    if request.method != "POST":
        return _page(request, foresee(batch, request.user), form)
    if not form.is_valid():
        return _page(request, foresee(batch, request.user), form, 422)
    try:
        done = undoing.undo(batch, reason=form.cleaned_data["reason"], by=request.user)
    except undoing.AlreadyUndone as told:
        return _undone_before(request, told.batch)
    except undoing.Hindered as told:
        return _page(request, told.prospect, form, 409)
    messages.success(request, in_words(done))
    return HttpResponseRedirect(_address(batch))


def in_words(done: Prospect) -> str:
    """What undoing did, as a sentence for whoever asked for it."""
    counts = done.count()
    told = {
        "deleted": ngettext("%d article deleted", "%d articles deleted", counts["deleted"]),
        "withdrawn": ngettext("%d withdrawn", "%d withdrawn", counts["withdrawn"]),
        "restored": ngettext("%d as it was", "%d as they were", counts["restored"]),
    }
    parts = [words % counts[what] for what, words in told.items() if counts[what]]
    if not parts:
        return _("The import is undone. It had changed no article.")
    return _("The import is undone: %(counts)s.") % {"counts": ", ".join(parts)}


def _undone_before(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    time = date_format(timezone.localtime(batch.undone_at), "DATETIME_FORMAT")
    messages.info(request, _("This import was undone already: %(time)s.") % {"time": time})
    return HttpResponseRedirect(_address(batch))


def _address(batch: ImportBatch) -> str:
    return reverse("admin:articles_importbatch_items", args=[batch.pk])


def _page(
    request: HttpRequest, prospect: Prospect, form: UndoForm, status: int = 200
) -> HttpResponse:
    names = [] if prospect.hindrances else prospect.names_gone
    context = {
        **admin.site.each_context(request),
        "title": _("Undo: %(import)s") % {"import": prospect.batch},
        "opts": ImportBatch._meta,
        "is_nav_sidebar_enabled": False,
        "batch": prospect.batch,
        "prospect": prospect,
        "in_the_way": _by_article(prospect.hindrances),
        "parts": [
            {"articles": part[:SHOWN], "count": len(part), "more": len(part) - SHOWN, "what": what}
            for what, part in (
                ("goes", prospect.goes),
                ("withdrawn", prospect.withdrawn),
                ("restored", prospect.restored),
            )
            if part
        ],
        "names": names[:SHOWN],
        "names_count": len(names),
        "more_names": len(names) - SHOWN,
        "form": form,
    }
    return render(request, "admin/articles/importbatch/undo.html", context, status=status)


def _by_article(hindrances: list[Hindrance]) -> list[dict[str, Any]]:
    """``hindrances`` together for each article; those of none stand first."""
    ordered = sorted(
        hindrances,
        key=lambda one: (one.article is not None, one.article.pk if one.article else 0),
    )
    return [
        {"article": together[0].article, "hindrances": together}
        for _pk, group in groupby(ordered, key=lambda one: one.article and one.article.pk)
        if (together := list(group))
    ]


admin.site.unregister(ImportBatch)


@admin.register(ImportBatch)
class UndoableBatchAdmin(ImportBatchAdmin):
    """The list of imports, each with the way to undo it; what needs notes stands here."""

    list_display = [*ImportBatchAdmin.list_display, "undo"]

    def get_urls(self) -> list:
        page = path(
            "<int:batch_id>/undo/",
            self.admin_site.admin_view(undo_page),
            name="articles_importbatch_undo",
        )
        return [page, *super().get_urls()]

    @admin.display(description=gettext_lazy("undo"), empty_value="")
    def undo(self, batch: ImportBatch) -> SafeString | str | None:
        """The way to undo it, or that it was undone."""
        if batch.state == ImportBatch.State.UNDONE:
            return batch.get_state_display()
        address = reverse("admin:articles_importbatch_undo", args=[batch.pk])
        name = _("Undo the import %(import)s") % {"import": batch}
        return format_html('<a href="{}" aria-label="{}">{}</a>', address, name, _("Undo"))
