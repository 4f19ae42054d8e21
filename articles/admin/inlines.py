"""What hangs on an article: people, names, origins, and its history to look at."""

import math
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.base import NamedFields, QuietForm, QuietInline
from articles.metadata import LABELS
from articles.models import (
    Appearance,
    ArticleSlug,
    Authorship,
    FieldOrigin,
    Identifier,
    Revision,
    UrlAlias,
)


class AuthorshipForm(QuietForm):
    """A position may be left empty, or be another's: ``InOrder`` numbers them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].required = False

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"position"}


class InOrder(NamedFields):
    """Numbers the people 0, 1, 2 … in the order of their positions, those without one last."""

    def clean(self) -> None:
        super().clean()
        named = [
            form
            for form in self.forms
            if form.cleaned_data.get("person") and not form.cleaned_data.get("DELETE")
        ]
        named.sort(key=lambda form: _number_or_last(form.cleaned_data.get("position")))
        self.moved = []
        for position, form in enumerate(named):
            if form.instance.pk and form.initial.get("position") != position:
                self.moved.append(form.instance)
            form.instance.position = position

    def save(self, commit: bool = True) -> list:
        saved = super().save(commit)
        if commit:
            Authorship.objects.bulk_update(self.moved, ["position"])
        return saved


def _number_or_last(position: int | None) -> float:
    return math.inf if position is None else position


class AuthorshipInline(QuietInline):
    model = Authorship
    form = AuthorshipForm
    formset = InOrder
    related = ("person",)
    autocomplete_fields = ["person"]
    fields = ["person", "role", "position"]


class IdentifierInline(QuietInline):
    model = Identifier


class UrlAliasInline(QuietInline):
    model = UrlAlias


class AppearanceInline(QuietInline):
    model = Appearance
    related = ("publisher",)
    autocomplete_fields = ["publisher"]
    fields = [
        *("publisher", "publication", "title", "url"),
        *("published_on", "date_precision"),
    ]


class LookOnlyInline(QuietInline):
    can_delete = False

    def has_add_permission(self, *args: Any) -> bool:
        return False

    def has_change_permission(self, *args: Any) -> bool:
        return False


class FieldOriginInline(LookOnlyInline):
    model = FieldOrigin
    related = ("locked_by",)
    fields = ["name", "sureness", "where", "locked", "locked_by"]
    readonly_fields = ["name", "sureness", "where", "locked_by"]
    ordering = ["field"]

    def has_change_permission(self, request: HttpRequest, *args: Any) -> bool:
        return request.user.has_perm("articles.change_fieldorigin")

    @admin.display(description=_("field"))
    def name(self, origin: FieldOrigin) -> str:
        return str(LABELS.get(origin.field, origin.field))


class RevisionInline(LookOnlyInline):
    model = Revision
    related = ("made_by",)
    fields = ["number", "made_at", "made_by", "reason", "is_current"]
    readonly_fields = fields
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).defer("html", "text")

    @admin.display(boolean=True, description=_("current"))
    def is_current(self, revision: Revision) -> bool:
        return revision.is_current


class FormerSlugInline(LookOnlyInline):
    model = ArticleSlug
    fields = readonly_fields = ["slug"]
