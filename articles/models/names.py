"""Names that works share: subject headings, publishers, people."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase


class Tag(TagBase):
    """A subject heading, shared by articles and notes; one per spelling whatever the case."""

    definition = models.TextField(_("definition"), blank=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="tag_name_unique_whatever_the_case",
                violation_error_message=_("This tag exists already."),
            )
        ]

    def natural_key(self) -> tuple[str]:
        return (self.name,)


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
