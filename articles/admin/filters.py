"""Filters of the desk's lists that are no column."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.lacking import LACKS, lacking


class Lacks(admin.SimpleListFilter):
    """Articles on which something is missing."""

    title = gettext_lazy("what is missing")
    parameter_name = "lacks"

    def lookups(self, request: HttpRequest, desk: Any) -> list[tuple[str, str]]:
        return [(what, str(label)) for what, (label, _condition) in LACKS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return lacking(self.value(), queryset) if self.value() in LACKS else queryset


class WaitingItems(admin.SimpleListFilter):
    """Documents somebody has yet to decide about."""

    title = gettext_lazy("to decide")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, desk: Any) -> list[tuple[str, str]]:
        return [("yes", _("Yes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.waiting() if self.value() else queryset


class Waiting(admin.SimpleListFilter):
    """Imports of which documents wait for a look."""

    title = gettext_lazy("waiting for a look")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, desk: Any) -> list[tuple[str, str]]:
        return [("yes", _("Yes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(waiting_files__gt=0) if self.value() else queryset
