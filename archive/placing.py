"""Where a note stands, decided by people: its words chosen anew, and the editors' queue."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from annotations import access, placing
from annotations.models import Anchor, AnchorVersion, Annotation
from annotations.selectors import occurrences
from articles.access import is_editor
from articles.comparing import words
from articles.given import whole_number
from articles.text import Span

AROUND = 60  # characters shown on either side of words that stand several times
QUEUE = 50


class WordsForm(forms.Form):
    """The words a note is to stand on, pasted; a choice where they stand several times."""

    words = forms.CharField(
        label=_("Words"),
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Paste or type the words of the current text that the note is about."),
        error_messages={"required": _("Paste the words first.")},
    )
    place = forms.TypedChoiceField(
        label=_("Which of them"), required=False, coerce=int, empty_value=None
    )
    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    # Where the words were selected in the text; a form without script does not know.
    start = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, text: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.text = text
        self.places = occurrences(text, self.data.get("words", "")) if self.is_bound else []
        self.fields["place"].choices = [
            (
                number,
                f"…{text[max(0, span.start - AROUND) : span.start]}"
                f"[{span.of(text)}]{text[span.end : span.end + AROUND]}…",
            )
            for number, span in enumerate(self.places)
        ]

    def clean(self) -> dict:
        data = super().clean()
        if data.get("words") and not self.errors:
            data["span"] = self._span(data)
        return data

    def _span(self, data: dict) -> Span | None:
        if data.get("start") is not None and data.get("end") is not None:
            selected = Span(data["start"], data["end"])
            if selected.of(self.text) == data["words"].replace("\r\n", "\n"):
                return selected
        if not self.places:
            self.add_error(
                "words",
                gettext("These words do not stand in the text. Copy them exactly from the page."),
            )
        elif len(self.places) == 1:
            return self.places[0]
        elif data.get("place") is not None:
            return self.places[data["place"]]
        else:
            self.add_error(
                "place",
                ngettext(
                    "These words stand %d time. Choose the place you mean.",
                    "These words stand %d times. Choose the place you mean.",
                    len(self.places),
                )
                % len(self.places),
            )
        return None


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def words_of(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Where a note stood in each text, and a form for other words; POST decides.

    ``act`` is attach, accept, gone or undo. Everything decided here can be undone here.
    """
    note = access.annotation_to_place(request.user, annotation_id)
    anchor = _anchor_now(note)
    if request.method != "POST":
        return _page(request, note, anchor, WordsForm(text=anchor.revision.text))
    form = WordsForm(request.POST, text=anchor.revision.text)
    act = request.POST.get("act", "attach")
    if act == "attach" and not form.is_valid():
        return _page(request, note, anchor, form, 422)
    try:
        # Numbers may be the same where the note came from an article that was merged meanwhile.
        if request.POST.get("anchor", str(anchor.pk)) != str(anchor.pk):
            raise placing.TextChanged(anchor.revision.number)
        said = _decide(request, note, act, form)
    except placing.TextChanged as changed:
        told = gettext("Revision %(number)d was recorded meanwhile. Look again, then decide.")
        messages.warning(request, told % {"number": changed.number})
        return _page(request, note, _anchor_now(note), form, 412)
    messages.success(request, said)
    if request.POST.get("next") == "queue" and is_editor(request.user):
        return redirect("annotations:review")
    return redirect("annotations:words", note.pk)


@never_cache
@login_required
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """For editors: the notes whose place is unsure, the least sure first."""
    if not is_editor(request.user):
        raise Http404
    waiting = waiting_for(request.user)
    found = (
        waiting.select_related("annotation__article", "annotation__creator", "revision")
        .defer("revision__html", "revision__text")
        .order_by("confidence", "pk")[:QUEUE]
    )
    entries = [
        {
            "anchor": anchor,
            "note": anchor.annotation,
            "quote": anchor.annotation.quote,
            "difference": words(anchor.annotation.quote, anchor.exact),
            "percent": round(100 * anchor.confidence),
        }
        for anchor in found
    ]
    context = {"entries": entries, "count": waiting.count()}
    return render(request, "annotations/review.html", context)


def waiting_for(user):
    """The anchors of current texts that wait for a person, of notes ``user`` may read."""
    return Anchor.objects.filter(
        review=Anchor.Review.WAITING,
        revision__superseded_at=None,
        annotation__in=access.visible(user),
    )


def _anchor_now(note: Annotation) -> Anchor:
    anchor = (
        note.anchors.filter(revision__superseded_at=None)
        .select_related("revision", "overridden_by")
        .first()
    )
    if anchor is None:
        raise Http404
    return anchor


def _decide(request: HttpRequest, note: Annotation, act: str, form: WordsForm) -> str:
    """Do what was asked; what to tell of it. Errors: Http404 for an act there is not."""
    sent = request.POST.get("revision", "")
    common = {"revision": whole_number(sent) or 0, "by": request.user}
    match act:
        case "attach":
            placing.attach(note, span=form.cleaned_data["span"], **common)
            return gettext("The note stands on these words now.")
        case "accept":
            placing.accept(note, **common)
            return gettext("The place is accepted.")
        case "gone":
            placing.call_gone(note, **common)
            return gettext("The note is listed with those whose words are gone.")
        case "undo":
            version = request.POST.get("version", "")
            try:
                placing.undo(note, version=int(version), **common)
            except (ValueError, AnchorVersion.DoesNotExist) as absent:
                raise Http404 from absent
            return gettext("Undone.")
    raise Http404


def _page(
    request: HttpRequest, note: Annotation, anchor: Anchor, form: WordsForm, status: int = 200
) -> HttpResponse:
    """Cost: 3 queries beside those of the gate."""
    quote = note.quote
    history = (
        note.anchors.select_related("revision__article__merged_into", "overridden_by")
        .defer("revision__html", "revision__text")
        .prefetch_related("versions__by")
        .newest_first()
    )
    context = {
        "article": note.article,
        "annotation": note,
        "anchor": anchor,
        "revision": anchor.revision,
        "quote": quote,
        "difference": words(quote, anchor.exact) if anchor.start is not None else [],
        "form": form,
        "history": history,
        "waits": anchor.review == Anchor.Review.WAITING,
    }
    return render(request, "annotations/words.html", context, status=status)
