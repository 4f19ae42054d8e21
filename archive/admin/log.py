"""The editors' log: a list to look at, narrowed by person, act, kind and date, and searched."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive import telling
from articles import logbook
from articles.access import is_editor
from articles.admin.base import LookOnly, OfferedLookups

FORMS = {"added": ADDITION, "deleted": DELETION}


class ActFilter(admin.SimpleListFilter):
    title = gettext_lazy("act")
    parameter_name = "act"

    def lookups(self, request: HttpRequest, desk: Any) -> list[tuple[str, str]]:
        ours = [(act, str(name)) for act, (name, _told) in logbook.ACTS.items()]
        return [*ours, ("added", _("Add")), ("deleted", _("Delete"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[LogEntry]) -> QuerySet[LogEntry]:
        if self.value() in logbook.ACTS:
            return queryset.filter(change_message__startswith=logbook.containing(self.value()))
        if self.value() in FORMS:
            return queryset.filter(action_flag=FORMS[self.value()])
        return queryset


@admin.register(LogEntry)
class LogAdmin(OfferedLookups, LookOnly, admin.ModelAdmin):
    list_display = ["action_time", "user", "what", "why"]
    list_display_links = None
    list_filter = [
        ActFilter,
        ("user", admin.RelatedOnlyFieldListFilter),
        ("content_type", admin.RelatedOnlyFieldListFilter),
    ]
    list_per_page = 50
    date_hierarchy = "action_time"
    search_fields = ["object_repr", "change_message", "user__username", "user__display_name"]
    search_help_text = gettext_lazy("Person, thing or reason")
    ordering = ["-action_time", "-pk"]
    fields = ["action_time", "user", "what", "why"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_editor(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_editor(request.user)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        title = {"title": _("Editors’ log")}  # nothing is selected in it
        return super().changelist_view(request, title | (extra_context or {}))

    def get_queryset(self, request: HttpRequest) -> QuerySet[LogEntry]:
        return telling.entries_for(request.user, self.admin_site)

    @admin.display(description=gettext_lazy("what was done"))
    def what(self, entry: LogEntry) -> SafeString:
        return telling.sentence(entry)

    @admin.display(description=gettext_lazy("reason"), empty_value="")
    def why(self, entry: LogEntry) -> str:
        return telling.reason(entry)
