"""Acts of bringing articles in, and what became of each file."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT, KeyTransform
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
    # What a document that lacks it gets: publisher, rights, language, tags.
    defaults = models.JSONField(_("defaults"), default=dict, blank=True)
    # The rows of a metadata sheet, and which file each is about: importing/sheets. It may be
    # large, so whoever only shows a batch defers it; what was wrong with it stands beside it.
    sheet = models.JSONField(_("metadata sheet"), default=dict, blank=True)
    sheet_report = models.JSONField(_("about the metadata sheet"), default=dict, blank=True)
    # What another app was told about the files it brings in: importing/handlers.py.
    handed = models.JSONField(_("told to other readers"), default=dict, blank=True)
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
                # What may not be kept is let go once it was read.
                condition=~Q(url="") | Q(capture__isnull=False) | Q(state="read"),
                name="importsource_is_somewhere",
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

    class Standing(models.TextChoices):
        SAME = "same", _("It is that article")
        OWN = "own", _("An article of its own")

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
    # Which document of its source, from 0, and which note of a document that holds notes:
    # reading again after a stop makes none twice.
    position = models.PositiveIntegerField(_("position"), default=0)
    within = models.PositiveIntegerField(_("position within"), default=0)
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
    # The article whose text this one nearly has, and what a person said of that.
    nearly = models.ForeignKey(
        Article,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("nearly the text of"),
    )
    # … or the document of the same import.
    nearly_item = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("nearly the text of the document"),
    )
    standing = models.CharField(
        _("said of that"), max_length=4, choices=Standing.choices, default="", blank=True
    )
    # What the reader made of it, while a person has yet to decide; see importing/document.py.
    document = models.JSONField(_("document"), null=True, blank=True, editable=False)
    # Of that document, so that a list need not unpack the texts.
    heading = models.GeneratedField(
        expression=KT("document__document__title"),
        output_field=models.TextField(null=True),
        db_persist=True,
        verbose_name=_("title"),
    )
    doubts = models.GeneratedField(
        expression=KeyTransform("doubts", "document"),
        output_field=models.JSONField(null=True),
        db_persist=True,
        verbose_name=_("fields in doubt"),
    )
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
                fields=["source", "position", "within"],
                condition=Q(source__isnull=False),
                name="importitem_once_per_part",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=["", "same", "own"]), name="importitem_standing_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ImportAct(models.Model):
    """One act on many waiting documents of a batch, as far as it is done.

    It names its documents, so that whoever goes on with it after a stop does the same ones.
    """

    class Kind(models.TextChoices):
        EDIT = "edit", _("Change")
        CHECK = "check", _("Mark as checked")
        PUBLISH = "publish", _("Publish")
        DRAFT = "draft", _("Save as drafts")
        REFUSE = "refuse", _("Refuse")

    class State(models.TextChoices):
        RUNNING = "running", _("Being done")
        DONE = "done", _("Done")

    batch = models.ForeignKey(
        ImportBatch, models.CASCADE, related_name="acts", verbose_name=_("import")
    )
    kind = models.CharField(_("act"), max_length=7, choices=Kind.choices)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    created_at = models.DateTimeField(_("started"), default=timezone.now)
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.RUNNING)
    values = models.JSONField(_("values"), default=dict)
    items = models.JSONField(_("items"), default=list)
    total = models.PositiveIntegerField(_("all"))
    done = models.PositiveIntegerField(_("done"), default=0)
    # How many ended in which way; importing/acts.py names the ways.
    counts = models.JSONField(_("counts"), default=dict)

    class Meta:
        verbose_name = _("act on an import")
        verbose_name_plural = _("acts on imports")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["edit", "check", "publish", "draft", "refuse"]),
                name="importact_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["running", "done"]), name="importact_state_known"
            ),
            models.CheckConstraint(
                condition=Q(done__lte=models.F("total")), name="importact_done_of_total"
            ),
            models.UniqueConstraint(
                fields=["batch"],
                condition=Q(state="running"),
                name="importact_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.total})"
