"""Where the words of a note stand in each revision, and who decided so."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.notes import Annotation
from articles.models import Revision


class AnchorQuerySet(models.QuerySet["Anchor"]):
    def up_to(self, revision: Revision) -> "AnchorQuerySet":
        """Those in ``revision`` and in the texts that its notes stood in before.

        These are the earlier ones of its article, and those of articles that had been merged into
        this before. Cost: a query for the article of ``revision`` unless it was selected along.
        """
        own = Q(revision__article=revision.article_id, revision__number__lte=revision.number)
        merged_at = revision.article.merged_at
        before = Q(revision__article__merged_at__isnull=False)
        if merged_at is not None:
            before = Q(revision__article__merged_at__lt=merged_at)
        return self.filter(own | before)

    def newest_first(self, *first: str) -> "AnchorQuerySet":
        """In the order in which their texts were the current ones of the notes' articles.

        ``first`` are fields by which they are ordered before that.
        """
        merged_at = F("revision__article__merged_at").desc(nulls_first=True)
        return self.order_by(*first, merged_at, "-revision__number")


class Anchor(models.Model):
    """Where an annotation stands in one revision. Offsets count code points, end exclusive."""

    class State(models.TextChoices):
        UNCHANGED = "unchanged", _("As noted")
        SHIFTED = "shifted", _("Shifted")
        MOVED = "moved", _("Moved")
        CHANGED = "changed", _("Wording changed")
        ORPHANED = "orphaned", _("Words are gone")

    class Review(models.TextChoices):
        NONE = "none", _("None needed")
        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        CORRECTED = "corrected", _("Corrected")

    annotation = models.ForeignKey(
        Annotation, models.CASCADE, related_name="anchors", verbose_name=_("annotation")
    )
    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="anchors", verbose_name=_("revision")
    )
    state = models.CharField(_("state"), max_length=9, choices=State.choices)
    start = models.PositiveIntegerField(_("start"), null=True, blank=True)
    end = models.PositiveIntegerField(_("end"), null=True, blank=True)
    exact = models.TextField(_("words"), blank=True)
    prefix = models.TextField(_("words before"), blank=True)
    suffix = models.TextField(_("words after"), blank=True)
    survival = models.FloatField(_("survival"), default=1)
    similarity = models.FloatField(_("similarity"), default=1)
    confidence = models.FloatField(_("confidence"), default=1)
    algorithm = models.CharField(_("algorithm"), max_length=20, blank=True)
    from_revision = models.ForeignKey(
        Revision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("carried from"),
    )
    review = models.CharField(
        _("review"), max_length=9, choices=Review.choices, default=Review.NONE
    )
    overridden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("placed by hand by"),
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    objects = AnchorQuerySet.as_manager()

    class Meta:
        verbose_name = _("anchor")
        verbose_name_plural = _("anchors")
        indexes = [
            models.Index(
                fields=["revision", "start"], name="anchor_in_passage_order"
            ),  # reading page
            models.Index(
                fields=["revision"], condition=Q(review="waiting"), name="anchor_review_queue"
            ),  # editors' queue
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["annotation", "revision"], name="anchor_one_per_revision"
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__isnull=False, end__isnull=False, start__lt=F("end")),
                name="anchor_whole_and_not_empty",
            ),
            models.CheckConstraint(
                condition=Q(state="orphaned", start__isnull=True)
                | Q(state__in=["unchanged", "shifted", "moved", "changed"], start__isnull=False),
                name="anchor_orphaned_has_no_place",
            ),
            models.CheckConstraint(
                condition=Q(
                    survival__range=(0, 1), similarity__range=(0, 1), confidence__range=(0, 1)
                ),
                name="anchor_measures_are_shares",
            ),
            models.CheckConstraint(
                condition=Q(review__in=["none", "waiting", "accepted", "corrected"]),
                name="anchor_review_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.exact[:40]}"


class AnchorVersion(models.Model):
    """Where a note stood before a person decided otherwise; nothing a person does is lost."""

    class Act(models.TextChoices):
        ATTACHED = "attached", _("Attached to other words")
        ACCEPTED = "accepted", _("Accepted")
        GONE = "gone", _("Words are gone")
        UNDONE = "undone", _("Undone")

    anchor = models.ForeignKey(
        Anchor, models.CASCADE, related_name="versions", verbose_name=_("anchor")
    )
    was = models.JSONField(_("as it was"), help_text=_("Place, words, state and review before"))
    act = models.CharField(_("what was done"), max_length=8, choices=Act.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("earlier place")
        verbose_name_plural = _("earlier places")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=["attached", "accepted", "gone", "undone"]),
                name="anchorversion_act_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.was.get('exact', '')[:40]}"
