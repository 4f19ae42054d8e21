"""Which texts are nearly the same: what finds them by index, and what is known of each pair."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.imports import ImportItem
from articles.models.texts import Revision
from articles.models.works import Article


class Sketch(models.Model):
    """The bands (``importing/likeness.py``) of a current text, or of one that waits in an import.

    A trigger (migration 0015) makes the row of every text that becomes current, however it does,
    without bands: whoever looks for likenesses reckons them first. Short texts have an empty list.
    """

    revision = models.OneToOneField(
        Revision, models.CASCADE, null=True, blank=True, related_name="sketch"
    )
    item = models.OneToOneField(
        ImportItem, models.CASCADE, null=True, blank=True, related_name="sketch"
    )
    bands = ArrayField(models.IntegerField(), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revision__isnull=False, item__isnull=True)
                | Q(revision__isnull=True, item__isnull=False),
                name="sketch_of_one_text",
            )
        ]
        indexes = [
            # Likenesses. Without a list of what is yet to be indexed: it would be read whole.
            GinIndex(fields=["bands"], name="sketch_bands", fastupdate=False),
            models.Index(fields=["id"], condition=Q(bands=None), name="sketch_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id or self.item_id}"


class AlikePair(models.Model):
    """Two articles whose texts are nearly the same, the older one first.

    Where a person said that both stay, ``apart_by`` is who, and nobody is asked again.
    """

    first = models.ForeignKey(Article, models.CASCADE, related_name="+", verbose_name=_("article"))
    second = models.ForeignKey(
        Article, models.CASCADE, related_name="+", verbose_name=_("other article")
    )
    share = models.PositiveSmallIntegerField(_("percent in common"))
    found_at = models.DateTimeField(_("found"), default=timezone.now)
    apart_at = models.DateTimeField(_("kept apart"), null=True, blank=True)
    apart_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kept apart by"),
    )

    class Meta:
        verbose_name = _("pair of articles that are alike")
        verbose_name_plural = _("pairs of articles that are alike")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="alikepair_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="alikepair_older_article_first"
            ),
            models.CheckConstraint(condition=Q(share__range=(0, 100)), name="alikepair_percent"),
        ]
        indexes = [
            models.Index(
                fields=["-share", "-id"], condition=Q(apart_at=None), name="alikepair_open"
            )  # the editors' list
        ]

    def __str__(self) -> str:
        return f"{self.first_id}, {self.second_id}: {self.share} %"
