"""The page that shows what several names carry, asks which one stays, and merges them."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations import access
from articles import merging
from articles.access import PATHS
from articles.given import whole_numbers
from articles.models import Article, Tag

AT_MOST = 50


class MergeForm(forms.Form):
    """Which row stays, that differing details are no sign of two things, and why."""

    keep = forms.ModelChoiceField(
        queryset=None,
        label=gettext_lazy("Which one stays"),
        error_messages={"required": gettext_lazy("Choose the one that stays.")},
    )
    same = forms.BooleanField(
        label=gettext_lazy("They are the same nevertheless"),
        error_messages={"required": gettext_lazy("Look at what differs first.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("For the editors’ log."),
    )

    def __init__(self, *args: Any, rows: Any, differs: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep"].queryset = rows
        if not differs:
            del self.fields["same"]


def merging_address(desk: Any, ids: Iterable[int]) -> str:
    """Where to merge these rows of the model that ``desk`` administers."""
    page = reverse(f"admin:{desk.opts.app_label}_{desk.opts.model_name}_merge")
    return f"{page}?{urlencode({'ids': ','.join(str(pk) for pk in ids)})}"


def merging_page(request: HttpRequest, desk: Any) -> HttpResponse:
    """Merge the rows among ``?ids=`` that the list of ``desk`` shows the editor."""
    if not desk.has_merge_permission(request):
        raise PermissionDenied
    back = reverse(f"admin:{desk.opts.app_label}_{desk.opts.model_name}_changelist")
    ids = whole_numbers(request.GET.get("ids", ""))
    found = desk.get_queryset(request).filter(pk__in=ids[:AT_MOST])
    rows = list(found.order_by("-used", "pk"))
    if len(rows) < 2:
        messages.error(request, _("Choose two or more to merge."))
        return HttpResponseRedirect(back)
    differing = merging.conflicts(rows)
    form = MergeForm(request.POST or None, rows=found, differs=bool(differing))
    if form.is_valid():
        kept = form.cleaned_data["keep"]
        others = [row for row in rows if row != kept]
        try:
            merging.merge(kept, others, by=request.user, reason=form.cleaned_data["reason"])
        except merging.Vanished:
            messages.error(request, _("One of them is gone meanwhile. Nothing was merged."))
        else:
            told = ngettext(
                "%(count)d was merged into “%(kept)s”.",
                "%(count)d were merged into “%(kept)s”.",
                len(others),
            )
            messages.success(request, told % {"count": len(others), "kept": kept})
        return HttpResponseRedirect(back)
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Merge %(names)s") % {"names": desk.opts.verbose_name_plural},
        "opts": desk.opts,
        "back": back,
        "form": form,
        "rows": _described(request.user, rows),
        "details": [field.verbose_name for field in merging.own_fields(desk.model)],
        "chosen": form.data.get("keep") or str(rows[0].pk),
        "differing": [(field.verbose_name, values) for field, values in differing],
        "articles": _articles(rows).distinct().count(),
        "counts_notes": desk.model is Tag,
    }
    return render(request, "admin/merge.html", context, status=422 if form.is_bound else 200)


def _described(user: Any, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """What each row carries. Cost: one query for tags, else none."""
    notes: dict[int, int] = {}
    if isinstance(rows[0], Tag):
        readable = access.visible(user).filter(tags__in=rows).order_by()
        notes = dict(readable.values_list("tags").annotate(Count("pk", distinct=True)))
    return [
        {
            "row": row,
            "articles": row.used,
            "notes": notes.get(row.pk, 0),
            "details": [getattr(row, field.name) or "" for field in merging.own_fields(type(row))],
        }
        for row in rows
    ]


def _articles(rows: Sequence[Any]) -> Any:
    return Article.objects.standing().filter(**{f"{PATHS[type(rows[0])]}__in": rows})
