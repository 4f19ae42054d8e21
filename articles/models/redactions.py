"""Words taken out of a revision for legal reasons, and the original under seal."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.texts import Revision


class RedactionQuerySet(models.QuerySet["Redaction"]):
    def in_force(self) -> "RedactionQuerySet":
        return self.filter(lifted_at=None)


class Redaction(models.Model):
    """One act: words of one revision blacked out, or all of it withheld, with a reason."""

    revision = models.ForeignKey(
        Revision, models.CASCADE, related_name="redactions", verbose_name=_("revision")
    )
    # Pairs of offsets into the text, which stay right whatever is blacked out.
    spans = models.JSONField(_("places"), editable=False)
    whole = models.BooleanField(_("all of it"), default=False)
    reason = models.TextField(_("reason"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    lifted_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased for good"), null=True, blank=True)

    objects = RedactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="redaction_with_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(erased_at__isnull=True),
                name="redaction_erased_is_never_lifted",
            ),
        ]

    def __str__(self) -> str:
        return str(_("all of it") if self.whole else _("some words"))


class SealedText(models.Model):
    """What a revision was before words were removed. No page shows it.

    Triggers let a revision differ from it by blacked out characters only, and it itself change
    by nothing else, when words are erased for good.
    """

    revision = models.OneToOneField(Revision, models.CASCADE, related_name="sealed")
    html = models.TextField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64, db_index=True)
    metadata = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.revision_id)
