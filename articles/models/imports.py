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

    class State(models.TextChoices):
        RUNNING = "running", _("Being read")
        PAUSED = "paused", _("Paused")
        DONE = "done", _("Read")
        UNDONE = "undone", _("Undone")

    class Arrival(models.TextChoices):
        LOOK = "look", _("wait for a look")
        DRAFT = "draft", _("become drafts where nothing is in doubt")
        PUBLISH = "publish", _("are published where nothing is in doubt")

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
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.DONE)
    arrival = models.CharField(
        _("documents"), max_length=7, choices=Arrival.choices, default=Arrival.LOOK
    )
    split_chapters = models.BooleanField(_("each chapter of a book is an article"), default=False)
    # What a document that lacks it gets: publisher, rights, language, tags; and the rows of a
    # metadata sheet by file name.
    defaults = models.JSONField(_("defaults"), default=dict, blank=True)
    sheet = models.JSONField(_("metadata sheet"), default=dict, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["running", "paused", "done", "undone"]),
                name="importbatch_state_known",
            ),
            models.CheckConstraint(
                condition=Q(arrival__in=["look", "draft", "publish"]),
                name="importbatch_arrival_known",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False)
                | (~Q(state="undone") & Q(undone_at__isnull=True)),
                name="importbatch_undone_at_some_time",
            ),
        ]
        indexes = [
            models.Index(fields=["state"], condition=Q(state="running"), name="importbatch_running")
        ]  # the worker, for what was left

    def __str__(self) -> str:
        return self.label or f"{self.created_at:%Y-%m-%d %H:%M}"


class ImportSource(models.Model):
    """A file or link of a batch, as it was given; it may hold many documents."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        WORKING = "working", _("Being read")
        READ = "read", _("Read")
        FAILED = "failed", _("Could not be read")

    batch = models.ForeignKey(
        ImportBatch, models.CASCADE, related_name="sources", verbose_name=_("import")
    )
    name = models.CharField(_("name"), max_length=500)
    url = models.URLField(_("address"), max_length=2000, blank=True)
    capture = models.ForeignKey(
        Capture,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("capture"),
    )
    # Of a link: what was asked and answered when it was fetched, as a WARC file, and the answer
    # in short; see importing/linked.py.
    exchange = models.ForeignKey(
        Capture,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("exchange with the server"),
    )
    answer = models.JSONField(_("answer"), null=True, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.WAITING)
    reason = models.TextField(_("reason"), blank=True)
    # How many documents it seems to hold, where that is known before it is read.
    expected = models.PositiveIntegerField(_("documents"), null=True, blank=True)

    class Meta:
        verbose_name = _("file or link")
        verbose_name_plural = _("files and links")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "working", "read", "failed"]),
                name="importsource_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(url="") | Q(capture__isnull=False), name="importsource_is_somewhere"
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(reason=""), name="importsource_failed_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(answer__isnull=True, exchange__isnull=True)
                | (
                    Q(answer__isnull=False, exchange__isnull=False, capture__isnull=False)
                    & ~Q(url="")
                ),
                name="importsource_answer_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ImportItemQuerySet(models.QuerySet["ImportItem"]):
    def waiting(self) -> "ImportItemQuerySet":
        """Those somebody has yet to decide about: not where the whole import was undone."""
        pending = self.filter(outcome=ImportItem.Outcome.PENDING)
        return pending.exclude(batch__state=ImportBatch.State.UNDONE)


class ImportItem(models.Model):
    """What became of one file, or one record of a file."""

    class Outcome(models.TextChoices):
        PENDING = "pending", _("Waiting for a look")
        NEW = "new", _("New")
        UPDATED = "updated", _("Updated")
        UNCHANGED = "unchanged", _("Unchanged")
        DUPLICATE = "duplicate", _("Duplicate")
        REFUSED = "refused", _("Refused")

    batch = models.ForeignKey(
        ImportBatch, models.CASCADE, related_name="items", verbose_name=_("import")
    )
    source = models.ForeignKey(
        ImportSource,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("file or link"),
    )
    # Which document of its source, from 0: reading again after a stop makes none twice.
    position = models.PositiveIntegerField(_("position"), default=0)
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
    # What it found and left in its article, so that it can be undone: importing/traces.py.
    before = models.JSONField(_("before"), null=True, blank=True, editable=False)

    objects = ImportItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported item")
        verbose_name_plural = _("imported items")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    outcome__in=[
                        "pending",
                        "new",
                        "updated",
                        "unchanged",
                        "duplicate",
                        "refused",
                    ]
                ),
                name="importitem_outcome_known",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | ~Q(reason=""),
                name="importitem_refused_with_reason",
            ),
            models.UniqueConstraint(
                fields=["source", "position"],
                condition=Q(source__isnull=False),
                name="importitem_once_per_part",
            ),
        ]

    def __str__(self) -> str:
        return self.name
