"""The corpus: works, the people and publishers behind them, their revisions and their origin.

A work is an Article; each text it ever had is an immutable Revision; the bytes an import
received are a Capture. Nothing here knows that annotations exist.
"""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

from articles import dates


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


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> "ArticleQuerySet":
        """Those everybody may read."""
        return self.filter(state=Article.State.PUBLISHED)

    def visible_to(self, user) -> "ArticleQuerySet":
        """Those ``user`` may read in lists: the published ones, and everything for editors.

        Cost: one query for the user's permissions, once per request.
        """
        if user.has_perm("articles.change_article"):
            return self
        return self.published()

    def newest_first(self) -> "ArticleQuerySet":
        return self.order_by("-published_at", "-id")

    def for_lists(self) -> "ArticleQuerySet":
        """With everything a row of a list shows, in a fixed number of queries."""
        return self.select_related("publisher").prefetch_related("authorships__person", "tags")


class Article(models.Model):
    """A work: what stays the same while its text is corrected."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Kind(models.TextChoices):
        ARTICLE = "article", _("Article")
        COMMENTARY = "commentary", _("Commentary")
        ESSAY = "essay", _("Essay")
        INTERVIEW = "interview", _("Interview")
        REPORT = "report", _("Report")
        SPEECH = "speech", _("Speech")

    class Precision(models.TextChoices):
        DAY = "day", _("Day")
        MONTH = "month", _("Month")
        YEAR = "year", _("Year")
        NONE = "none", _("No date is known")

    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.DRAFT, db_index=True
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.ARTICLE)
    language = models.CharField(
        _("language"), max_length=35, default="en", help_text=_("BCP 47, such as en or zh-Hant")
    )
    title = models.TextField(_("title"))
    standfirst = models.TextField(_("standfirst"), blank=True)
    publisher = models.ForeignKey(
        Publisher, models.PROTECT, null=True, blank=True, related_name="articles",
        verbose_name=_("publisher"),
    )  # fmt: skip
    publication = models.TextField(
        _("publication"), blank=True, help_text=_("The paper, series or volume it stood in")
    )
    published_on = models.DateField(
        _("date"), null=True, blank=True,
        help_text=_("For a month or a year, its first day"),
    )  # fmt: skip
    date_precision = models.CharField(
        _("precision"), max_length=5, choices=Precision.choices, default=Precision.NONE
    )
    period = models.TextField(_("period"), blank=True, help_text=_("Where no date is known"))
    source = models.TextField(_("source"), blank=True)
    source_url = models.URLField(_("source address"), max_length=2000, blank=True)
    rights = models.TextField(
        _("rights"), blank=True, help_text=_("Shown in full, and copied with every quote")
    )
    withdrawn_reason = models.TextField(_("reason for withdrawal"), blank=True)
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("published here"), null=True, blank=True, editable=False)
    # Moved by a trigger (migration 0002) with every public change, in the same transaction.
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    # Written by a trigger, so that loaddata, COPY and ordinary saves all end indexed.
    metadata_vector = SearchVectorField(null=True, editable=False)

    people = models.ManyToManyField(Person, through="Authorship", related_name="articles")
    tags = TaggableManager(through="TaggedArticle", blank=True, verbose_name=_("tags"))

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            GinIndex(fields=["metadata_vector"], name="article_metadata_search"),  # search
            models.Index(F("published_at").desc(), F("id").desc(), name="article_newest"),  # lists
            models.Index(fields=["published_on"], name="article_date"),  # lists by date
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "published", "withdrawn"]),
                name="article_state_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["article", "commentary", "essay", "interview", "report", "speech"]
                ),
                name="article_kind_known",
            ),
            models.CheckConstraint(
                condition=(
                    Q(date_precision="none", published_on__isnull=True)
                    | Q(date_precision="day", published_on__isnull=False)
                    | Q(date_precision="month", published_on__isnull=False, published_on__day=1)
                    | Q(
                        date_precision="year",
                        published_on__isnull=False,
                        published_on__day=1,
                        published_on__month=1,
                    )
                ),
                name="article_date_as_precise_as_known",
                violation_error_message=_(
                    "Date and precision disagree: a month is its first day, a year its 1 January, "
                    "and without a date the precision is “No date is known”."
                ),
            ),  # fmt: skip
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawn_reason=""),
                name="article_withdrawn_with_reason",
                violation_error_message=_("Say why the article is withdrawn."),
            ),
            models.CheckConstraint(condition=~Q(title=""), name="article_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("articles:read", args=[self.slug])

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``, for the dir attribute of text in the article's language."""
        return "rtl" if self.language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"

    @property
    def date_text(self) -> str:
        """The date in words, as precise as it is known and no more."""
        return dates.in_words(self.published_on, self.date_precision, self.period)


# ISO 639 codes of languages written from right to left, after Unicode CLDR.
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})  # fmt: skip


class Authorship(models.Model):
    """One person's part in one work, in the order of the title page."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("Author")
        EDITOR = "editor", _("Editor")
        TRANSLATOR = "translator", _("Translator")
        INTERVIEWER = "interviewer", _("Interviewer")

    article = models.ForeignKey(Article, models.CASCADE, related_name="authorships")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="authorships", verbose_name=_("person")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.AUTHOR)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "position"], name="authorship_position_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["article", "person", "role"], name="authorship_person_once_per_role"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["author", "editor", "translator", "interviewer"]),
                name="authorship_role_known",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"


class TaggedArticle(ItemBase):
    content_object = models.ForeignKey(Article, models.CASCADE)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_articles")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="taggedarticle_once")
        ]


class Identifier(models.Model):
    """A name others know the work by: DOI, Handle, a corpus's own number."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("scheme"), max_length=40)
    value = models.CharField(_("value"), max_length=500)

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="identifier_names_one_article")
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class UrlAlias(models.Model):
    """An address on the web at which this work is, or was, found."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="url_aliases")
    url = models.URLField(_("address"), max_length=2000, unique=True)

    class Meta:
        verbose_name = _("web address")
        verbose_name_plural = _("web addresses")

    def __str__(self) -> str:
        return self.url


class ArticleSlug(models.Model):
    """A slug the article once had; it redirects for good."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="former_slugs")
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug


class FieldOrigin(models.Model):
    """Where one field of an article came from, how sure that is, and whether an editor fixed it."""

    class Sureness(models.TextChoices):
        STATED = "stated", _("Stated")
        LIKELY = "likely", _("Likely")
        GUESS = "guess", _("Guess, please check")

    article = models.ForeignKey(Article, models.CASCADE, related_name="field_origins")
    field = models.CharField(_("field"), max_length=30)
    sureness = models.CharField(_("sureness"), max_length=6, choices=Sureness.choices)
    where = models.CharField(_("found in"), max_length=200, blank=True)
    locked = models.BooleanField(
        _("protected"), default=False, help_text=_("An import proposes, but never overwrites")
    )
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("protected by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("origin of a field")
        verbose_name_plural = _("origins of fields")
        constraints = [
            models.UniqueConstraint(fields=["article", "field"], name="fieldorigin_once_per_field"),
            models.CheckConstraint(
                condition=Q(sureness__in=["stated", "likely", "guess"]),
                name="fieldorigin_sureness_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.get_sureness_display()}"


def capture_path(capture: "Capture", _file_name: str) -> str:
    """Content-addressed: two captures of the same bytes share one file."""
    return f"captures/{capture.sha256[:2]}/{capture.sha256[2:4]}/{capture.sha256}"


class Capture(models.Model):
    """The bytes an import received, unchanged. Served only as a download, never shown."""

    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("bytes"))
    media_type = models.CharField(_("media type"), max_length=100)
    file = models.FileField(_("file"), upload_to=capture_path, max_length=200)
    file_name = models.CharField(_("file name"), max_length=500, blank=True)
    source_url = models.URLField(_("source address"), max_length=2000, blank=True)
    captured_at = models.DateTimeField(_("captured"), default=timezone.now)
    importer = models.CharField(_("importer"), max_length=60)
    importer_version = models.CharField(_("importer version"), max_length=40)

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
        ]

    def __str__(self) -> str:
        return f"{self.file_name or self.source_url or self.sha256[:12]} ({self.size} B)"


class Revision(models.Model):
    """One immutable text of an article, with the metadata it was published under.

    ``html`` is the stored form that ``articles.sanitize`` gives; ``text`` is its textContent,
    to which every offset refers. A trigger refuses any change but ``superseded_at``.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    html = models.TextField(_("body"))
    text = models.TextField(_("canonical text"))
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, db_index=True)
    metadata = models.JSONField(_("metadata as published"), default=dict)
    reason = models.TextField(_("reason"), blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("made by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    superseded_at = models.DateTimeField(_("superseded"), null=True, blank=True)
    capture = models.ForeignKey(
        Capture, models.PROTECT, null=True, blank=True, related_name="revisions",
        verbose_name=_("capture"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_unique"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(superseded_at=None),
                name="revision_one_current_per_article",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_numbered_from_one"),
            models.CheckConstraint(condition=~Q(text=""), name="revision_has_text"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return _("Revision %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        """Cost: a query for the article unless it was selected along."""
        return reverse("articles:revision", args=[self.article.slug, self.number])

    @property
    def is_current(self) -> bool:
        return self.superseded_at is None


class TextChunk(models.Model):
    """A stretch of a current revision's text with its search vector.

    PostgreSQL clamps positions at 16,383 and refuses vectors over 1 MB, so a text is indexed
    in chunks of at most 5,000 words that overlap. Rows are written by a trigger alone.
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    text = models.TextField()
    vector = SearchVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "number"], name="textchunk_number_unique")
        ]
        indexes = [
            GinIndex(fields=["vector"], name="textchunk_search"),  # search
            # Search in Chinese and Japanese, which PostgreSQL cannot cut into words.
            GinIndex(fields=["text"], opclasses=["gin_trgm_ops"], name="textchunk_trigrams"),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}.{self.number}"


class ImportBatch(models.Model):
    """One act of bringing in one or many files."""

    created_at = models.DateTimeField(_("started"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("by"),
    )  # fmt: skip
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
        Article, models.SET_NULL, null=True, blank=True, related_name="import_items",
        verbose_name=_("article"),
    )  # fmt: skip
    revision = models.ForeignKey(
        Revision, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("revision"),
    )  # fmt: skip
    capture = models.ForeignKey(
        Capture, models.PROTECT, null=True, blank=True, related_name="import_items",
        verbose_name=_("capture"),
    )  # fmt: skip
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
