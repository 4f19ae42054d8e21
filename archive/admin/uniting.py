"""Merging two articles: look at both and at what each way does, choose which stays, merge."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from archive import uniting
from articles import metadata
from articles.access import is_editor
from articles.admin.near_text import beside
from articles.admin.works import ArticleAdmin
from articles.given import whole_numbers
from articles.models import Article


class MergeForm(forms.Form):
    """Which of the two stays, why, and what the editor had before them."""

    keep = forms.ModelChoiceField(
        queryset=None,
        label=gettext_lazy("Which one stays"),
        error_messages={"required": gettext_lazy("Choose the one that stays.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "aria-describedby": "id_reason_helptext"}),
        help_text=gettext_lazy("For the editors’ log."),
        error_messages={"required": gettext_lazy("Say why the two are one work.")},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, articles: QuerySet[Article], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep"].queryset = articles


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def merging_page(request: HttpRequest) -> HttpResponse:
    """Both articles of ``?ids=`` side by side, with what merging would do; POST merges them."""
    if not is_editor(request.user):
        raise PermissionDenied
    ids = whole_numbers(request.GET.get("ids", ""))
    rows = Article.objects.standing().filter(pk__in=ids)
    articles = list(rows.select_related("publisher").order_by("pk")[:3])
    if len(articles) != 2:
        messages.error(request, _("Choose two articles, of which none was merged already."))
        return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
    form = MergeForm(request.POST or None, articles=rows)
    if request.method != "POST":
        return _page(request, articles, form)
    if not form.is_valid():
        return _page(request, articles, form, status=422)
    kept = form.cleaned_data["keep"]
    merged = next(one for one in articles if one != kept)
    facts = {"reason": form.cleaned_data["reason"], "seen": form.cleaned_data["seen"]}
    try:
        kept = uniting.merge(kept, merged, by=request.user, **facts)
    except uniting.Hindered as hindered:
        return _page(request, articles, form, told=hindered.reason, status=409)
    except uniting.Stale:
        told = _("The texts or their notes have changed since you looked. Look again, then decide.")
        return _page(request, articles, form, told=told, status=412)
    told = _("“%(merged)s” is merged into “%(kept)s”, with its notes and its address.")
    messages.success(request, told % {"merged": merged.title, "kept": kept.title})
    return HttpResponseRedirect(kept.get_absolute_url())


def _page(
    request: HttpRequest,
    articles: list[Article],
    form: MergeForm,
    *,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    one, other = articles
    ways = [uniting.foresee(one, other, request.user), uniting.foresee(other, one, request.user)]
    possible = [way.kept.pk for way in ways if not way.hindrance]
    context = {
        **admin.site.each_context(request),
        "title": _("Merge two articles"),
        "opts": Article._meta,
        "is_nav_sidebar_enabled": False,
        "form": form,
        "told": told,
        "ways": ways,
        "possible": possible,
        "chosen": form.data.get("keep") or str(next(iter(possible), "")),
        "seal": uniting.seal(one, other, request.user),
        **beside(*((metadata.of_article(article), _text(article)) for article in articles)),
    }
    return render(request, "admin/articles/article/unite.html", context, status=status)


def _text(article: Article) -> str:
    current = article.revisions.filter(superseded_at=None)
    return current.values_list("text", flat=True).first() or ""


admin.site.unregister(Article)


@admin.register(Article)
class MergeableArticleAdmin(ArticleAdmin):
    """The list of articles, with the way to merge two; what needs notes stands here."""

    actions = [*ArticleAdmin.actions, "merge_two"]

    def get_urls(self) -> list:
        page = self.admin_site.admin_view(merging_page)
        return [path("merge/", page, name="articles_article_merge"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Merged articles are listed where they are asked for, and nowhere else."""
        rows = super().get_queryset(request)
        asked = request.GET.get("state__exact") == Article.State.MERGED
        return rows if asked else rows.standing()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The page of an article; of a merged one that of the article it became."""
        keys = whole_numbers(object_id)
        merged = Article.objects.filter(pk__in=keys).exclude(merged_into=None).first()
        if merged is None or not self.has_view_or_change_permission(request):
            return super().change_view(request, object_id, form_url, extra_context)
        standing = merged.merged_into
        told = _("“%(merged)s” was merged into this article.") % {"merged": merged.title}
        messages.info(request, told)
        page = reverse("admin:articles_article_change", args=[standing.pk])
        return HttpResponseRedirect(page)

    @admin.action(description=gettext_lazy("Merge two articles …"), permissions=["change"])
    def merge_two(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse:
        ids = ",".join(str(pk) for pk in queryset.order_by("pk").values_list("pk", flat=True)[:3])
        return HttpResponseRedirect(f"{reverse('admin:articles_article_merge')}?ids={ids}")
