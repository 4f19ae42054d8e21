"""Removing words from an article's texts: choose, look at what it does, do it; and undo it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations import access
from annotations.redacting import one_with
from archive import redacting
from articles.admin.base import LookOnly, OfferedLookups
from articles.admin.reasons import ask_reason
from articles.given import whole_numbers
from articles.masking import places_of
from articles.models import Article, Redaction, Revision

AROUND = 60  # characters shown on either side of words that go
SHOWN = 20  # places, and other articles


class RedactionForm(forms.Form):
    """What goes, from which revisions, and why."""

    what = forms.ChoiceField(
        label=gettext_lazy("Remove"),
        choices=[
            ("words", gettext_lazy("These words")),
            ("whole", gettext_lazy("The whole text: nobody is shown the revision any more")),
        ],
        widget=forms.RadioSelect,
        initial="words",
    )
    words = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "A phrase on each line. Found whatever the case, also inside longer words."
        ),
    )
    revisions = forms.ModelMultipleChoiceField(
        label=gettext_lazy("From revisions"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one revision.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Shown to readers. Do not repeat the words here."),
    )

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = article.revisions.order_by("-number")
        self.fields["revisions"].queryset = rows
        self.fields["revisions"].initial = list(rows.values_list("pk", flat=True))

    @property
    def phrases(self) -> list[str]:
        lines = self.cleaned_data["words"].splitlines()
        return [phrase for line in lines if (phrase := " ".join(line.split()))]

    @property
    def whole(self) -> bool:
        return self.cleaned_data["what"] == "whole"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("what") == "words" and "words" in data and not self.phrases:
            self.add_error("words", _("Say which words."))
        for phrase in self.phrases if "words" in data and data.get("reason") else ():
            if data.get("what") == "words" and places_of(data["reason"], phrase):
                self.add_error("reason", _("The reason repeats the words."))
        return data


@dataclass(frozen=True)
class Place:
    """Words that go, with what stands around them."""

    revision: int
    before: str
    words: str
    after: str


def redaction_page(request: HttpRequest, article_id: int) -> HttpResponse:
    """Ask what to remove; show what that does; remove it when asked again."""
    if not request.user.has_perm("articles.add_redaction"):
        raise PermissionDenied
    article = Article.objects.filter(pk=article_id).first()
    if article is None:
        raise Http404
    form = RedactionForm(request.POST or None, article=article)
    seen = None
    if form.is_valid():
        chosen = form.cleaned_data["revisions"].defer("html")
        seen = _seen(request.user, article, chosen, form)
        if not seen["count"] and not form.whole:
            form.add_error("words", _("None of these revisions says these words."))
        elif request.POST.get("act") == "remove":
            return _remove(request, article, list(chosen), form)
    context = {
        **admin.site.each_context(request),
        "title": _("Remove words: %(title)s") % {"title": article.title},
        "article": article,
        "form": form,
        "seen": seen,
    }
    status = 422 if form.errors else 200
    return render(request, "admin/articles/article/redact.html", context, status=status)


def _remove(
    request: HttpRequest, article: Article, revisions: list[Revision], form: RedactionForm
) -> HttpResponse:
    made = redacting.redact(
        article,
        revisions=revisions,
        phrases=form.phrases,
        whole=form.whole,
        reason=form.cleaned_data["reason"],
        by=request.user,
    )
    told = ngettext("Removed from %d revision.", "Removed from %d revisions.", len(made))
    messages.success(request, told % len(made))
    return HttpResponseRedirect(reverse("admin:articles_redaction_changelist"))


def _seen(
    user: Any, article: Article, chosen: QuerySet[Revision], form: RedactionForm
) -> dict[str, Any]:
    """What removing would do, for the editor to look at first."""
    places = [
        Place(
            revision.number,
            revision.text[max(0, span.start - AROUND) : span.start],
            span.of(revision.text),
            revision.text[span.end : span.end + AROUND],
        )
        for revision in chosen
        for phrase in ([] if form.whole else form.phrases)
        for span in places_of(revision.text, phrase)
    ]
    says = elsewhere = Q(pk__in=[])
    for phrase in [] if form.whole else form.phrases:
        says |= Q(body__icontains=phrase)
        elsewhere |= Q(text__icontains=phrase)
    shown = Q(superseded_at=None) | Q(article__state=Article.State.MERGED)
    others = Revision.objects.filter(elsewhere, shown).exclude(article=article)
    described = f"{article.title}\n{article.standfirst}"
    return {
        "places": places[:SHOWN],
        "count": len(places),
        "more": len(places) - SHOWN,
        "current": any(revision.is_current for revision in chosen),
        "notes": access.visible(user).filter(says, article__in=one_with(article)).count(),
        "others": Article.objects.filter(pk__in=others.values("article")).order_by("pk")[:SHOWN],
        "described": not form.whole and any(places_of(described, one) for one in form.phrases),
    }


class InForce(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"
    STATES = {
        "removed": Q(lifted_at=None, erased_at=None),
        "lifted": Q(lifted_at__isnull=False),
        "erased": Q(erased_at__isnull=False),
    }

    def lookups(self, request: HttpRequest, desk: Any) -> list[tuple[str, str]]:
        return [("removed", _("Under seal")), ("lifted", _("Put back")), ("erased", _("Erased"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(self.STATES.get(self.value(), Q()))


@admin.register(Redaction)
class RedactionAdmin(OfferedLookups, LookOnly, admin.ModelAdmin):
    """What was removed is not shown here either: only where, when, by whom and why."""

    list_display = ["article", "number", "extent", "reason", "made_by", "made_at", "state"]
    list_display_links = None
    list_filter = [InForce]
    list_select_related = ["revision__article", "made_by"]
    date_hierarchy = "made_at"
    search_fields = ["reason", "revision__article__title"]
    ordering = ["-made_at", "-pk"]
    actions = ["lift", "erase"]
    fields = ["article", "number", "extent", "reason", "made_by", "made_at", "state"]

    def get_urls(self) -> list:
        pages = [
            path("of/<int:article_id>/", redaction_page, name="articles_article_redact"),
            path("lift/", self.lifting_page, name="articles_redaction_lift"),
            path("erase/", self.erasing_page, name="articles_redaction_erase"),
        ]
        for page in pages:
            page.callback = self.admin_site.admin_view(page.callback)
        return [*pages, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Redaction]:
        rows = super().get_queryset(request)
        return rows.defer("revision__html", "revision__text", "revision__metadata")

    @admin.display(description=gettext_lazy("article"), ordering="revision__article__title")
    def article(self, redaction: Redaction) -> str:
        return redaction.revision.article.title

    @admin.display(description=gettext_lazy("revision"))
    def number(self, redaction: Redaction) -> int:
        return redaction.revision.number

    @admin.display(description=gettext_lazy("what"))
    def extent(self, redaction: Redaction) -> str:
        if redaction.whole:
            return _("all of it")
        count = len(redaction.spans)
        return ngettext("%d place", "%d places", count) % count

    @admin.display(description=gettext_lazy("state"))
    def state(self, redaction: Redaction) -> str:
        if redaction.lifted_at:
            return _("put back")
        return _("erased for good") if redaction.erased_at else _("under seal")

    def has_lift_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.change_redaction")

    def has_erase_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.delete_redaction")

    @admin.action(description=gettext_lazy("Put back …"), permissions=["lift"])
    def lift(self, request: HttpRequest, queryset: QuerySet[Redaction]) -> HttpResponse:
        return _to("lift", queryset)

    @admin.action(description=gettext_lazy("Erase for good …"), permissions=["erase"])
    def erase(self, request: HttpRequest, queryset: QuerySet[Redaction]) -> HttpResponse:
        return _to("erase", queryset)

    def lifting_page(self, request: HttpRequest) -> HttpResponse:
        if not self.has_lift_permission(request):
            raise PermissionDenied
        return self._decide(
            request,
            redacting.lift,
            title=_("Put back"),
            consequence=_("Everybody will read these words again, in the text and in notes."),
            told=_("The words are back."),
        )

    def erasing_page(self, request: HttpRequest) -> HttpResponse:
        if not self.has_erase_permission(request):
            raise PermissionDenied
        return self._decide(
            request,
            redacting.erase,
            title=_("Erase for good"),
            consequence=_(
                "The words are destroyed, also under seal and in the imported files. "
                "Nobody can bring them back. Older backups may still hold them."
            ),
            told=_("The words are erased."),
        )

    def _decide(
        self, request: HttpRequest, act: Any, *, title: str, consequence: str, told: str
    ) -> HttpResponse:
        back = reverse("admin:articles_redaction_changelist")
        ids = whole_numbers(request.GET.get("ids", ""))
        rows = self.get_queryset(request).select_related("revision__article")
        found = list(rows.filter(InForce.STATES["removed"], pk__in=ids))
        if not found:
            messages.error(request, _("None of these is under seal."))
            return HttpResponseRedirect(back)
        reason = ask_reason(
            request,
            title=title,
            consequence=consequence,
            names=[
                f"{one.revision.article} · {one.revision} · {self.extent(one)}" for one in found
            ],
            help_text=_("For the editors’ log."),
            back=back,
        )
        if isinstance(reason, HttpResponse):
            return reason
        for one in found:
            act(one, reason=reason, by=request.user)
        messages.success(request, told)
        return HttpResponseRedirect(back)


def _to(act: str, queryset: QuerySet[Redaction]) -> HttpResponse:
    ids = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True))
    return HttpResponseRedirect(f"{reverse(f'admin:articles_redaction_{act}')}?ids={ids}")
