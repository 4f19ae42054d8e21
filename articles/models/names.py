"""Names that works share: subject headings, publishers, people; and what they were called."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import TagBase

from articles.models.keeping import named_after_deletion


@named_after_deletion()
class Tag(TagBase):
    """A subject heading, shared by articles and notes; one per spelling whatever the case."""

    definition = models.TextField(
        _("definition"), blank=True, help_text=_("Shown to readers who choose or follow the tag")
    )
    # Nobody but its author may learn of a tag that stands on private notes alone.
    curated = models.BooleanField(
        _("in the editors’ list"),
        default=False,
        editable=False,
        help_text=_("An editor made, defined or merged it"),
    )

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = [Lower("name")]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="tag_name_unique_whatever_the_case",
                violation_error_message=_("This tag exists already."),
            )
        ]

    def natural_key(self) -> tuple[str]:
        return (self.name,)

    def slugify(self, tag: str, i: int | None = None) -> str:
        """As taggit has it; never empty, for a name may have no letter at all."""
        return super().slugify(tag, i) if super().slugify(tag) else super().slugify("tag", i)

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.slug])


@named_after_deletion()
class Publisher(models.Model):
    """Who made a work public: a paper, a think tank, an office."""

    name = models.CharField(_("name"), max_length=300)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)
    url = models.URLField(_("web site"), blank=True)

    class Meta:
        verbose_name = _("publisher")
        verbose_name_plural = _("publishers")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="publisher_name_unique_whatever_the_case",
                violation_error_message=_("This publisher exists already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("publisher", args=[self.slug])


@named_after_deletion()
class Person(models.Model):
    """Somebody (or some body) named as author, editor or translator of a work."""

    name = models.CharField(_("name"), max_length=300, db_index=True)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)
    orcid = models.CharField(
        _("ORCID"),
        max_length=19,
        null=True,
        blank=True,
        unique=True,
        help_text="0000-0002-1825-0097",
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(orcid__isnull=True) | Q(orcid__regex=r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$"),
                name="person_orcid_form",
                violation_error_message=_("An ORCID looks like 0000-0002-1825-0097."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.slug])


class Alias(models.Model):
    """A name and an address that a row had before it was renamed, or another merged into it.

    The address redirects for good, and an import that says the name finds the row. A trigger
    sees to it that no present row takes the address of a former one.
    """

    # "" where the row kept its name or has it again; so with the address, which is None then.
    name = models.CharField(_("former name"), max_length=300, blank=True)
    slug = models.SlugField(
        _("former address"), max_length=120, unique=True, allow_unicode=True, null=True
    )

    class Meta:
        abstract = True
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") | Q(slug__isnull=False), name="%(class)s_says_something"
            ),
            models.UniqueConstraint(
                Lower("name"), condition=~Q(name=""), name="%(class)s_name_leads_to_one"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.slug


class TagAlias(Alias):
    of = models.ForeignKey(Tag, models.CASCADE, related_name="aliases", verbose_name=_("tag"))


class PublisherAlias(Alias):
    of = models.ForeignKey(
        Publisher, models.CASCADE, related_name="aliases", verbose_name=_("publisher")
    )


class PersonAlias(Alias):
    of = models.ForeignKey(Person, models.CASCADE, related_name="aliases", verbose_name=_("person"))

    class Meta(Alias.Meta):
        # Two people may have been called the same.
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") | Q(slug__isnull=False), name="personalias_says_something"
            )
        ]
        indexes = [models.Index(Lower("name"), name="personalias_name")]  # imports


class TagsByAnyName(_TaggableManager):
    """The tags of one article or note, in the order of all tags.

    Who writes a former name of a tag gets that tag.
    """

    def __init__(self, *args: Any, ordering: None = None, **kwargs: Any) -> None:
        # Taggit's own order, by rows of the table between, is none where rows are fetched along.
        super().__init__(*args, ordering=Tag._meta.ordering, **kwargs)

    def _to_tag_model_instances(self, tags: Iterable[Tag | str], tag_kwargs: dict) -> list[Tag]:
        tags = list(tags)
        names = [tag.lower() for tag in tags if isinstance(tag, str)]
        former = TagAlias.objects.annotate(lower=Lower("name")).filter(lower__in=names)
        now = {alias.lower: alias.of for alias in former.select_related("of")} if names else {}
        return super()._to_tag_model_instances(
            [now.get(tag.lower(), tag) if isinstance(tag, str) else tag for tag in tags],
            tag_kwargs,
        )

    def add(self, *tags: Tag | str, **options: Any) -> None:
        """Taggit's, which asks what there is also for nothing."""
        if tags:
            super().add(*tags, **options)

    def remove(self, *tags: Tag | str) -> None:
        if tags:
            super().remove(*tags)
