"""What several admin classes share: looking without touching, and no query per row."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey, URLField
from django.http import HttpRequest
from django.utils.text import capfirst

# What everybody means by "example.org"; without it Django asks about its own future.
HTTPS = {URLField: {"assume_scheme": "https"}}


class LookOnly:
    """For rows that acts write and nobody edits."""

    actions = None

    def has_add_permission(self, *args: Any) -> bool:
        return False

    def has_change_permission(self, *args: Any) -> bool:
        return False

    def has_delete_permission(self, *args: Any) -> bool:
        return False


class OfferedLookups:
    """A list's address narrows it by what its filters offer, and by nothing else.

    Django also follows one step to any related row, and by such questions ("which articles have
    an annotation with this id?") notes that are not the editor's to read could be told apart.
    """

    _STEPS = frozenset(
        {"exact", "id", "pk", "in", "isnull", "isempty", "gte", "lt", "year", "month", "day"}
    )

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        offered = [one[0] if isinstance(one, tuple) else one for one in self.list_filter]
        offered += [getattr(one, "parameter_name", None) for one in offered]
        names = [name for name in [*offered, self.date_hierarchy] if isinstance(name, str)]
        return any(
            lookup == name or self._STEPS.issuperset(lookup.removeprefix(f"{name}__").split("__"))
            for name in names
            if lookup == name or lookup.startswith(f"{name}__")
        )


class QuietDeletion:
    """A deletion page that names what is deleted and no more.

    Django's own lists everything that hangs on it, private notes and their words included.
    """

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        protected = super().get_deleted_objects(objs, request)[3]
        refused = [one for one in objs if not self.has_delete_permission(request, one)]
        return (
            [str(one) for one in objs],
            {self.opts.verbose_name_plural: len(objs)},
            {self.opts.verbose_name} if refused else set(),
            self.in_use(protected),
        )

    def in_use(self, protected: list[str]) -> list[str]:
        """What keeps the rows from being deleted, in words that tell nothing private."""
        return protected


class QuietSelect(AutocompleteSelect):
    """An autocomplete that was told the name of its present value, so that no row asks for it."""

    known: Mapping[str, str] = {}

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> list:
        chosen = [one for one in value if one]
        if any(one not in self.known for one in chosen):
            return super().optgroups(name, value, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options += [
            self.create_option(name, one, self.known[one], True, len(options)) for one in chosen
        ]
        return [(None, options, 0)]


class QuietForm(forms.ModelForm):
    """Tells each QuietSelect the row it already has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            related = self.instance._state.fields_cache.get(name)
            if isinstance(widget, QuietSelect) and related is not None:
                widget.known = {str(related.pk): str(related)}


class NamedFields(forms.BaseInlineFormSet):
    """A table whose every field says its name aloud; Django names the columns for eyes alone."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", capfirst(field.label or ""))


class QuietInline(admin.TabularInline):
    """An inline of any length in a fixed number of queries; ``related`` is fetched along."""

    form = QuietForm
    formset = NamedFields
    extra = 0
    formfield_overrides = HTTPS
    related: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related(*self.related)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", QuietSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
