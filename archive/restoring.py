"""Giving an article an earlier text again: as a new revision, with the consequence told first."""

import logging

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from archive.foreseeing import for_reader
from articles import access, editing
from articles.models import Article, Revision
from articles.revisions import RecordedMeanwhile

logger = logging.getLogger(__name__)


class RestoreForm(forms.Form):
    """Why, and which revision was the current one when the editor looked."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers see it in the list of revisions."),
        error_messages={"required": _("Say why the earlier text is restored.")},
    )
    replacing = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def restore_revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show what restoring revision ``number`` does to the notes, and ask why; POST does it."""
    article = access.article_to_change(request.user, slug)
    revision = access.revision_to_read(article, number, user=request.user)
    if revision.is_current:
        return redirect("articles:history", article.slug)
    form = RestoreForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return _page(request, article, revision, form, status)
    try:
        made = editing.restore_text(
            article,
            earlier=revision,
            reason=form.cleaned_data["reason"],
            by=request.user,
            replacing=form.cleaned_data["replacing"],
        )
    except RecordedMeanwhile as meanwhile:
        form.add_error(None, _told(meanwhile.current))
        return _page(request, article, revision, form, 412)
    if made is None:
        messages.info(request, gettext("The current text already reads so. Nothing was recorded."))
    else:
        told = gettext("Revision %(new)d now has the text of revision %(old)d.")
        messages.success(request, told % {"new": made.number, "old": revision.number})
    return redirect("articles:history", article.slug)


def _page(
    request: HttpRequest, article: Article, revision: Revision, form: RestoreForm, status: int
) -> HttpResponse:
    current = access.revision_to_read(article)
    context = {
        "article": article,
        "revision": revision,
        "current": current,
        "form": form,
        "seen": for_reader(request.user, article, revision.html),
        "same": revision.html == current.html,
    }
    return render(request, "archive/restore.html", context, status=status)


def _told(current: Revision) -> str:
    values = {
        "name": current.made_by or gettext("Somebody"),
        "number": current.number,
        "time": date_format(timezone.localtime(current.made_at), "TIME_FORMAT"),
    }
    return (
        gettext(
            "%(name)s recorded revision %(number)d at %(time)s. Look at what restoring does now, "
            "then decide again."
        )
        % values
    )
