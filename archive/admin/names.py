"""Publishers, people and tags: the names that articles share."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from taggit.admin import Tag as UnusedTag  # registers it, so that it can be taken off again

from articles.admin.base import HTTPS, OfferedLookups, QuietDeletion
from articles.models import Person, Publisher, Tag

# Ours has its own table; an editor must not meet two kinds of tags.
admin.site.unregister(UnusedTag)


class NameAdmin(OfferedLookups, QuietDeletion, admin.ModelAdmin):
    formfield_overrides = HTTPS
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    ordering = ["name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(used=Count(self.counted, distinct=True))

    @admin.display(description=_("articles"), ordering="used")
    def uses(self, row: Any) -> int:
        return row.used


@admin.register(Publisher)
class PublisherAdmin(NameAdmin):
    list_display = ["name", "url", "uses"]
    search_fields = ["name", "url"]
    counted = "articles"


@admin.register(Person)
class PersonAdmin(NameAdmin):
    list_display = ["name", "orcid", "uses"]
    search_fields = ["name", "orcid"]
    counted = "articles"


@admin.register(Tag)
class TagAdmin(NameAdmin):
    """Counts articles only: how many notes bear a tag would tell of private ones."""

    list_display = ["name", "definition", "uses"]
    search_fields = ["name", "definition"]
    counted = "tagged_articles"
