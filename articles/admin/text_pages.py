"""The page on which an editor changes a text: write, see what that does, record a revision.

Nothing is kept between the steps but what stands in the form, so that a text lives in one
browser tab until it is recorded, and several editors never see one another's drafts.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles import editing
from articles.forms import LinesField
from articles.left_out import LeftOut, left_out
from articles.models import Article, Revision
from articles.revisions import RecordedMeanwhile, seal
from articles.sanitize import Unstable, clean
from articles.signals import revision_foreseen
from articles.text import text_of


class TextForm(forms.Form):
    """A text as stored HTML, why it changes, and what the editor had before them.

    ``replacing`` is the revision that was current, 0 for none; ``seen`` names the text whose
    consequences were shown.
    """

    text = LinesField(
        label=gettext_lazy("Text"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true", "dir": "auto"}),
        error_messages={"required": gettext_lazy("A text needs words.")},
    )
    reason = LinesField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "aria-describedby": "id_reason_helptext"}),
        help_text=gettext_lazy(
            "Readers see it in the list of revisions: “Figures of table 2 corrected”."
        ),
    )
    replacing = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        try:
            html = clean(self.cleaned_data["text"])
        except Unstable as unstable:
            raise forms.ValidationError(
                _("This HTML cannot be read the same way twice. Simplify what you added last.")
            ) from unstable
        if not text_of(html).strip():
            raise forms.ValidationError(_("A text needs words."))
        return html

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.data.get("act") == "record" and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why the text changes."))
        return cleaned


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def text_page(request: HttpRequest, article_id: int) -> HttpResponse:
    """The text of an article in an editor. POST: ``act`` is look, record, or clean (for scripts).

    A text is recorded only when its consequences, as they are now, were shown.
    """
    if not request.user.has_perm("articles.change_article"):
        raise PermissionDenied
    article = Article.objects.standing().select_related("publisher").filter(pk=article_id).first()
    if article is None:
        raise Http404
    current = _current(article)
    if request.method != "POST":
        initial = {"text": current.html if current else "", "replacing": _number(current)}
        return _page(request, article, current, TextForm(initial=initial))
    form = TextForm(request.POST)
    if request.POST.get("act") == "clean":
        form.full_clean()
        return JsonResponse({"html": form.cleaned_data.get("text", "")})
    if not form.is_valid():
        return _page(request, article, current, form, status=422)
    html, before = form.cleaned_data["text"], form.cleaned_data["replacing"]
    if request.POST.get("act") == "record" and form.cleaned_data["seen"] == seal(current, html):
        try:
            return _record(request, article, form)
        except RecordedMeanwhile as meanwhile:
            current = meanwhile.current
    stale = before != _number(current)
    return _look(request, article, current, form, stale=stale)


def _record(request: HttpRequest, article: Article, form: TextForm) -> HttpResponse:
    made = editing.correct_text(
        article,
        html=form.cleaned_data["text"],
        reason=form.cleaned_data["reason"].strip(),
        by=request.user,
        replacing=form.cleaned_data["replacing"],
    )
    if made is None:
        messages.info(request, _("The text reads so already. Nothing was recorded."))
    else:
        told = _("Revision %(number)d of “%(title)s” is recorded.")
        messages.success(request, told % {"number": made.number, "title": article.title})
    return HttpResponseRedirect(article.get_absolute_url())


def _look(
    request: HttpRequest,
    article: Article,
    current: Revision | None,
    form: TextForm,
    *,
    stale: bool,
) -> HttpResponse:
    """The page with what recording the text would do, and a form that may record it."""
    html = form.cleaned_data["text"]
    told = revision_foreseen.send(Article, article=article, html=html, user=request.user)
    initial = {
        "text": html,
        "reason": form.cleaned_data["reason"],
        "replacing": _number(current),
        "seen": seal(current, html),
    }
    return _page(
        request,
        article,
        current,
        TextForm(initial=initial),
        looked=True,
        same=current is not None and current.html == html,
        left_out=_in_words(left_out(request.POST["text"], html)),
        consequences=[fragment for _receiver, fragment in told],
        told=_told(current) if stale and current else "",
        status=412 if stale else 200,
    )


def _page(
    request: HttpRequest,
    article: Article,
    current: Revision | None,
    form: TextForm,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    stored = form["text"].value() or "" if not form.is_bound else form.cleaned_data.get("text", "")
    context |= {
        **admin.site.each_context(request),
        "title": _("Edit text: %s") % article.title,
        "opts": Article._meta,
        "article": article,
        "current": current,
        "form": form,
        # What clean() gave just now, or a stored body, which it gave before.
        "body": mark_safe(stored),  # noqa: S308 (see above)
    }
    return render(request, "admin/articles/article/text.html", context, status=status)


def _current(article: Article) -> Revision | None:
    return article.revisions.filter(superseded_at=None).select_related("made_by").first()


def _number(revision: Revision | None) -> int:
    return revision.number if revision else 0


def _told(current: Revision) -> str:
    values = {
        "name": current.made_by or _("Somebody"),
        "number": current.number,
        "time": date_format(timezone.localtime(current.made_at), "TIME_FORMAT"),
    }
    return (
        _(
            "%(name)s recorded revision %(number)d at %(time)s, after you began. Your text is "
            "kept below and compared with theirs: bring in what they changed, then look again."
        )
        % values
    )


def _in_words(missing: Sequence[LeftOut]) -> dict[str, str]:
    """The names of what is missing, for a sentence: with its words, and without."""

    def names(words_stay: bool) -> str:
        found = [one for one in missing if one.words_stay == words_stay]
        return ", ".join(f"{one.name} ({one.count})" for one in found)

    return {"markup": names(True), "whole": names(False)}
