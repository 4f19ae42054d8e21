"""Acts of bringing articles in, and what became of each file."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.texts import Capture, Revision
from articles.models.works import Article


class ImportBatch(models.Model):
    """One act of bringing in one or many files."""

    created_at = models.DateTimeField(_("started"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    label = models.CharField(_("label"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.label or f"{self.created_at:%Y-%m-%d %H:%M}"


class ImportItem(models.Model):
    """What became of one file, or one record of a file."""

    class Outcome(models.TextChoices):
        PENDING = "pending", _("Waiting for a look")
        NEW = "new", _("New")
        UPDATED = "updated", _("Updated")
        UNCHANGED = "unchanged", _("Unchanged")
        REFUSED = "refused", _("Refused")

    batch = models.ForeignKey(
        ImportBatch, models.CASCADE, related_name="items", verbose_name=_("import")
    )
    name = models.CharField(_("name"), max_length=500)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, db_index=True)
    reason = models.TextField(_("reason"), blank=True)
    article = models.ForeignKey(
        Article,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="import_items",
        verbose_name=_("article"),
    )
    revision = models.ForeignKey(
        Revision,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("revision"),
    )
    capture = models.ForeignKey(
        Capture,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="import_items",
        verbose_name=_("capture"),
    )
    # What the reader made of it, while a person has yet to decide; see importing/document.py.
    document = models.JSONField(_("document"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("imported item")
        verbose_name_plural = _("imported items")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["pending", "new", "updated", "unchanged", "refused"]),
                name="importitem_outcome_known",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | ~Q(reason=""),
                name="importitem_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name
