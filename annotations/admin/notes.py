"""Notes and reports about them: to be looked at, hidden with a reason, and shown again."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations import access, moderation
from annotations.models import Anchor, Annotation, AnnotationVersion, Flag
from articles.access import is_editor
from articles.admin.base import LookOnly, OfferedLookups, QuietInline
from articles.admin.reasons import ask_reason


class AnchorInline(LookOnly, QuietInline):
    model = Anchor
    related = ("revision", "overridden_by")
    fields = ["revision", "state", "exact", "start", "end", "confidence", "review", "overridden_by"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Anchor]:
        anchors = super().get_queryset(request).defer("revision__html", "revision__text")
        return anchors.newest_first()


class VersionInline(LookOnly, QuietInline):
    model = AnnotationVersion
    fields = ["number", "body", "tags", "audience", "group", "written_at", "replaced_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AnnotationVersion]:
        """One's own, and of others what was not for their eyes alone."""
        return super().get_queryset(request) & access.versions_to_read(request.user)


@admin.register(Annotation)
class AnnotationAdmin(OfferedLookups, LookOnly, admin.ModelAdmin):
    list_display = ["said", "article", "author", "audience", "created", "is_hidden"]
    list_filter = [
        "audience",
        "motivation",
        ("hidden_at", admin.EmptyFieldListFilter),
        ("deleted_at", admin.EmptyFieldListFilter),
        ("group", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["article", "creator", "group"]
    date_hierarchy = "created"
    search_fields = ["body", "creator__username", "attributed_name", "article__title"]
    ordering = ["-recorded_at"]
    actions = ["hide", "show_again"]
    fields = [
        *("said", "author", "audience_words", "article", "quote", "motivation", "tag_names"),
        *("created", "modified", "deleted_at", "hidden_at", "hidden_reason"),
    ]
    inlines = [AnchorInline, VersionInline]

    def get_urls(self) -> list:
        page = self.admin_site.admin_view(hiding_page)
        return [path("hide/", page, name="annotations_annotation_hide"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Annotation]:
        return access.visible(request.user, whoever_deleted=True).select_related(
            "article", "creator", "group"
        )

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        if search_term:
            queryset = queryset.filter(deleted_at=None)  # their words are not to be found any more
        return super().get_search_results(request, queryset, search_term)

    def has_hide_permission(self, request: HttpRequest) -> bool:
        return is_editor(request.user)

    @admin.action(description=gettext_lazy("Hide …"), permissions=["hide"])
    def hide(self, request: HttpRequest, queryset: QuerySet[Annotation]) -> HttpResponse:
        query = urlencode(
            {"ids": ",".join(str(pk) for pk in queryset.values_list("pk", flat=True))}
        )
        return HttpResponseRedirect(f"{reverse('admin:annotations_annotation_hide')}?{query}")

    @admin.action(description=gettext_lazy("Show again"), permissions=["hide"])
    def show_again(self, request: HttpRequest, queryset: QuerySet[Annotation]) -> None:
        notes = list(queryset.exclude(hidden_at=None))
        for note in notes:
            moderation.show_again(note, by=request.user)
        told = ngettext("%d note is shown again.", "%d notes are shown again.", len(notes))
        self.message_user(request, told % len(notes), messages.SUCCESS)

    @admin.display(description=gettext_lazy("note"))
    def said(self, note: Annotation) -> str:
        if note.deleted_at is not None:
            return _("(deleted)")
        return note.body or note.get_motivation_display()

    @admin.display(description=gettext_lazy("by"), ordering="creator__username")
    def author(self, note: Annotation) -> str:
        return note.author_name

    @admin.display(description=gettext_lazy("audience"))
    def audience_words(self, note: Annotation) -> str:
        return note.audience_words

    @admin.display(description=gettext_lazy("words"))
    def quote(self, note: Annotation) -> str:
        return note.quote

    @admin.display(description=gettext_lazy("tags"))
    def tag_names(self, note: Annotation) -> str:
        return ", ".join(note.tags.names())

    @admin.display(boolean=True, description=gettext_lazy("hidden"), ordering="hidden_at")
    def is_hidden(self, note: Annotation) -> bool:
        return note.hidden_at is not None


def hiding_page(request: HttpRequest) -> HttpResponse:
    """Ask for a reason and hide the notes among ``?ids=`` that the editor may read."""
    if not is_editor(request.user):
        raise PermissionDenied
    back = reverse("admin:annotations_annotation_changelist")
    notes = list(access.visible(request.user).filter(pk__in=_ids(request), hidden_at=None))
    if not notes:
        messages.error(request, _("There is nothing to hide among these notes."))
        return HttpResponseRedirect(back)
    reason = ask_reason(
        request,
        title=_("Hide"),
        consequence=_("Only its author and editors will see it, with your reason. Replies stay."),
        names=[str(note) for note in notes],
        help_text=_("Shown to the author of the note."),
        back=back,
    )
    if isinstance(reason, HttpResponse):
        return reason
    for note in notes:
        moderation.hide(note, reason=reason, by=request.user)
    told = ngettext("%d note is hidden.", "%d notes are hidden.", len(notes))
    messages.success(request, told % len(notes))
    return HttpResponseRedirect(back)


def _ids(request: HttpRequest) -> list[UUID]:
    found = []
    for one in request.GET.get("ids", "").split(","):
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found


@admin.register(Flag)
class FlagAdmin(OfferedLookups, LookOnly, admin.ModelAdmin):
    list_display = ["reason", "annotation", "user", "created_at", "settled_at"]
    list_filter = [("settled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["annotation", "user"]
    date_hierarchy = "created_at"
    search_fields = ["reason", "user__username"]
    ordering = ["settled_at", "-created_at"]
    fields = ["reason", "annotation", "user", "created_at", "settled_at"]
    actions = ["settle"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Flag]:
        notes = access.visible(request.user)
        return super().get_queryset(request).filter(annotation__in=notes)

    def has_settle_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("annotations.change_flag")

    @admin.action(description=gettext_lazy("Mark as settled"), permissions=["settle"])
    def settle(self, request: HttpRequest, queryset: QuerySet[Flag]) -> None:
        for flag in queryset.filter(settled_at=None).select_related("annotation__article"):
            moderation.settle(flag, by=request.user)
