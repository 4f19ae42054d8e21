"""The texts of a work: revisions, the bytes they came from, and the index over them."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.works import Article


def capture_path(capture: "Capture", _file_name: str) -> str:
    """Content-addressed: two captures of the same bytes share one file."""
    return f"captures/{capture.sha256[:2]}/{capture.sha256[2:4]}/{capture.sha256}"


class Capture(models.Model):
    """The bytes an import received, unchanged. Served where nothing of it can run."""

    class Condition(models.TextChoices):
        UNCHECKED = "unchecked", _("Not checked yet")
        SOUND = "sound", _("Sound")
        MISSING = "missing", _("Missing")
        ALTERED = "altered", _("Altered")
        MISSTATED = "misstated", _("Of another size than recorded")
        UNREADABLE = "unreadable", _("Not readable")
        ERASED = "erased", _("Erased for legal reasons")

    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("bytes"))
    media_type = models.CharField(_("media type"), max_length=100)
    file = models.FileField(_("file"), upload_to=capture_path, max_length=200)
    file_name = models.CharField(_("file name"), max_length=500, blank=True)
    source_url = models.URLField(_("source address"), max_length=2000, blank=True)
    captured_at = models.DateTimeField(_("captured"), default=timezone.now)
    importer = models.CharField(_("importer"), max_length=60)
    importer_version = models.CharField(_("importer version"), max_length=40)
    condition = models.CharField(
        _("condition"), max_length=10, choices=Condition.choices, default=Condition.UNCHECKED
    )
    checked_at = models.DateTimeField(_("last found sound"), null=True, blank=True)

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "source_url", "file_name"], name="capture_once_per_origin"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="capture_sha256_form"
            ),
            models.CheckConstraint(
                condition=Q(
                    condition__in=[
                        "unchecked",
                        "sound",
                        "missing",
                        "altered",
                        "misstated",
                        "unreadable",
                        "erased",
                    ]
                ),
                name="capture_condition_known",
            ),
            models.CheckConstraint(
                condition=~Q(condition="sound") | Q(checked_at__isnull=False),
                name="capture_sound_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name or self.source_url or self.sha256[:12]} ({self.size} B)"


class Revision(models.Model):
    """One immutable text of an article, with the metadata it was published under.

    ``html`` is the stored form that ``articles.sanitize`` gives; ``text`` is its textContent,
    to which every offset refers. A trigger refuses any change but ``superseded_at``.
    """

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="revisions", verbose_name=_("article")
    )
    number = models.PositiveIntegerField(_("number"))
    html = models.TextField(_("body"))
    text = models.TextField(_("canonical text"))
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, db_index=True)
    metadata = models.JSONField(_("metadata as published"), default=dict)
    reason = models.TextField(_("reason"), blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    superseded_at = models.DateTimeField(_("superseded"), null=True, blank=True)
    capture = models.ForeignKey(
        Capture,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="revisions",
        verbose_name=_("capture"),
    )

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_unique"),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(superseded_at=None),
                name="revision_one_current_per_article",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_numbered_from_one"),
            models.CheckConstraint(condition=~Q(text=""), name="revision_has_text"),
        ]

    def __str__(self) -> str:
        return _("Revision %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        """Below the article it was merged into, where it was.

        Cost: a query for the article unless it was selected along, and one for that other.
        """
        article = self.article
        if article.is_merged:
            args = [article.merged_into.slug, article.slug, self.number]
            return reverse("articles:merged_revision", args=args)
        return reverse("articles:revision", args=[article.slug, self.number])

    @property
    def is_current(self) -> bool:
        return self.superseded_at is None


class TextChunk(models.Model):
    """The search vector of a stretch of a current revision's text.

    PostgreSQL clamps positions at 16,383 and refuses vectors over 1 MB, so a text is indexed
    in chunks of at most 5,000 words that overlap. Rows are written by a trigger alone.
    """

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="+", verbose_name=_("article")
    )
    revision = models.ForeignKey(
        Revision, models.CASCADE, related_name="chunks", verbose_name=_("revision")
    )
    number = models.PositiveIntegerField()
    # The article's: vectors of different languages are asked different questions.
    language = models.CharField(max_length=35)
    vector = SearchVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "number"], name="textchunk_number_unique")
        ]
        indexes = [GinIndex(fields=["vector"], name="textchunk_search")]  # search

    def __str__(self) -> str:
        return f"{self.revision_id}.{self.number}"


class Word(models.Model):
    """A word that stands, or stood, in a text, title or name: what a typing slip may have meant.

    Rows are written by triggers alone and never go. Whoever offers one searches for it first,
    as the reader: so nothing is offered that the reader would not find.
    """

    word = models.TextField(primary_key=True)

    class Meta:
        indexes = [
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="word_trigrams")
        ]  # "Did you mean"

    def __str__(self) -> str:
        return self.word
