"""Publishers, people and tags on the desk: listed, defined, renamed, merged."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.admin import Tag as UnusedTag  # registers it, so that it can be taken off again

from annotations import access
from archive.admin.merging import merging_address, merging_page
from articles import merging
from articles.admin.base import HTTPS, OfferedLookups, QuietDeletion
from articles.models import Article, Person, Publisher, Tag
from articles.naming import aliases, free_slug

# Ours has its own table; an editor must not meet two kinds of tags.
admin.site.unregister(UnusedTag)


class NameForm(forms.ModelForm):
    """The admin says for which model and fields. A former name or address stays taken."""

    new_address = forms.BooleanField(
        label=gettext_lazy("New address with a new name"),
        required=False,
        initial=True,
        help_text=gettext_lazy("The former address goes on leading here."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "name" not in data:
            return data
        renamed = self.instance.pk and "name" in self.changed_data
        if renamed and data.get("new_address") and "slug" not in self.changed_data:
            data["slug"] = self.address_of(data["name"])
        former = aliases(self._meta.model).objects.exclude(of=self.instance.pk)
        if self._meta.model is not Person:
            self._refuse("name", former.filter(name__iexact=data["name"]))
        self._refuse("slug", former.filter(slug=data.get("slug") or ""))
        return data

    def address_of(self, name: str) -> str:
        return free_slug(self._meta.model, name, but=self.instance)

    def _refuse(self, field: str, taken: QuerySet) -> None:
        if one := taken.select_related("of").first():
            told = _("This was “%(name)s” once, and still leads there.") % {"name": one.of.name}
            self.add_error(field, told)


class TagForm(NameForm):
    """Where a tag that the editor may not know of has the name or the address, it gives way.

    An error would tell that somebody's private notes bear it.
    """

    known: QuerySet[Tag]  # set by the admin
    same_name: Tag | None = None
    same_slug: Tag | None = None

    class Meta:
        widgets = {"definition": AdminTextareaWidget(attrs={"rows": 3})}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        unknown = Tag.objects.exclude(pk__in=self.known.values("pk"))
        self.same_name = unknown.filter(name__iexact=data.get("name", "")).first()
        self.same_slug = unknown.filter(slug=data.get("slug", "")).first()
        return data

    def address_of(self, name: str) -> str:
        return free_slug(Tag, name, but=self.instance, among=self.known)

    def _get_validation_exclusions(self) -> set[str]:
        gives_way = {"name": self.same_name, "slug": self.same_slug}
        return super()._get_validation_exclusions() | {
            name for name in gives_way if gives_way[name]
        }


class NameAdmin(OfferedLookups, QuietDeletion, admin.ModelAdmin):
    form = NameForm
    formfield_overrides = HTTPS
    search_fields = ["name", "aliases__name"]
    ordering = ["name"]
    actions = ["merge"]
    own_fields: tuple[str, ...] = ()

    def get_urls(self) -> list:
        def page(request: HttpRequest) -> HttpResponse:
            return merging_page(request, self)

        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        return [path("merge/", self.admin_site.admin_view(page), name=name), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        merged = Q(**{f"{self.counting}state": Article.State.MERGED})
        used = Count(self.counted, distinct=True, filter=~merged)
        return super().get_queryset(request).annotate(used=used)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is None:
            return ["name", "slug", *self.own_fields]
        if not self.has_change_permission(request, obj):
            return ["name", "slug", *self.own_fields, "former"]
        return ["name", "new_address", "slug", *self.own_fields, "former"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["former"]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict:
        return {} if obj else {"slug": ["name"]}

    @admin.display(description=gettext_lazy("articles"), ordering="used")
    def uses(self, row: Any) -> int:
        return row.used

    @admin.display(description=gettext_lazy("formerly"), empty_value="–")
    def former(self, row: Any) -> str:
        return ", ".join(dict.fromkeys(str(one) for one in row.aliases.order_by("pk")))

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and self.has_delete_permission(request)

    @admin.action(description=gettext_lazy("Merge …"), permissions=["merge"])
    def merge(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        return HttpResponseRedirect(
            merging_address(self, queryset.order_by("pk").values_list("pk", flat=True))
        )

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.save()
            return
        before = type(obj).objects.get(pk=obj.pk)
        if (obj.name, obj.slug) != (before.name, before.slug):
            merging.rename(before, name=obj.name, slug=obj.slug, by=request.user)
        rest = [name for name in form.changed_data if name in self.own_fields]
        obj.save(update_fields=rest)
        # A new name has entered itself in the log.
        only_address = obj.slug != before.slug and obj.name == before.name
        form.changed_data = ["slug", *rest] if only_address else rest

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return super().log_change(request, obj, message) if message else None


@admin.register(Publisher)
class PublisherAdmin(NameAdmin):
    list_display = ["name", "url", "uses"]
    search_fields = ["name", "aliases__name", "url"]
    own_fields = ("url",)
    counted, counting = "articles", "articles__"


@admin.register(Person)
class PersonAdmin(NameAdmin):
    list_display = ["name", "orcid", "uses"]
    search_fields = ["name", "aliases__name", "orcid"]
    own_fields = ("orcid",)
    counted, counting = "articles", "articles__"


class TagRowForm(forms.ModelForm):
    """The definition of a tag in the list of all, where no label stands beside it."""

    class Meta:
        model = Tag
        fields = ["definition"]
        widgets = {"definition": AdminTextareaWidget(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = _("Definition of %(tag)s") % {"tag": self.instance}
        self.fields["definition"].widget.attrs["aria-label"] = name


@admin.register(Tag)
class TagAdmin(NameAdmin):
    """Lists the tags of articles, of notes one may read, and those an editor made or defined.

    It counts articles only: how many notes bear a tag would tell of private ones.
    """

    form = TagForm
    list_display = ["name", "definition", "uses"]
    list_editable = ["definition"]
    list_per_page = 50
    search_fields = ["name", "aliases__name", "definition"]
    own_fields = ("definition",)
    counted, counting = "tagged_articles", "tagged_articles__content_object__"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        known = access.visible_tags(request.user).values("pk")
        return super().get_queryset(request).filter(pk__in=known)

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type:
        known = self.get_queryset(request)
        return type("KnownTagForm", (super().get_form(request, obj, **kwargs),), {"known": known})

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type:
        return TagRowForm

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        # The form of a list row has neither.
        same_name, same_slug = (getattr(form, one, None) for one in ("same_name", "same_slug"))
        if same_name is not None and change:
            merging.absorb(obj, [same_name])
        elif same_name is not None:
            obj.pk, obj._state.adding = same_name.pk, False
        if same_slug is not None and same_slug != same_name:
            same_slug.slug = free_slug(Tag, same_slug.name)
            same_slug.save(update_fields=["slug"])
        if not change or "name" in form.cleaned_data or obj.definition:
            Tag.objects.filter(pk=obj.pk).update(curated=True)
            obj.curated = True
        super().save_model(request, obj, form, change)
