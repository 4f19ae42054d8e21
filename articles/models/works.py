"""The work: what stays the same while its text is corrected, and what others call it."""

import datetime

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Left, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from articles import dates
from articles.models.keeping import kept_as_it_was
from articles.models.names import Person, Publisher, Tag, TagsByAnyName
from articles.titles import LONGEST_KEY, PUNCTUATION, SUBTITLE


def title_key(title: str | Value) -> Left:
    """The expression for what ``articles.titles.key_of`` makes of a column or value."""
    main = Func(title, Value(SUBTITLE), Value(""), function="regexp_replace")
    letters = Func(
        main,
        Value(PUNCTUATION),
        Value(""),
        function="translate",
        output_field=models.TextField(),
    )
    return Left(Lower(letters), LONGEST_KEY)


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> "ArticleQuerySet":
        """Those everybody may read."""
        return self.filter(state=Article.State.PUBLISHED)

    def standing(self) -> "ArticleQuerySet":
        """All but those that were merged into another."""
        return self.exclude(state=Article.State.MERGED)

    def visible_to(self, user) -> "ArticleQuerySet":
        """Those ``user`` may read in lists: the published ones, and for editors all that stand.

        Cost: one query for the user's permissions, once per request.
        """
        if user.has_perm("articles.change_article"):
            return self.standing()
        return self.published()

    def newest_first(self) -> "ArticleQuerySet":
        """By when they were published here; for editors drafts stand where they were added."""
        return self.order_by(Coalesce("published_at", "created_at").desc(), "-id")

    def for_lists(self) -> "ArticleQuerySet":
        """With everything a row of a list shows, in a fixed number of queries."""
        return self.select_related("publisher").prefetch_related("authorships__person", "tags")


@kept_as_it_was(
    "title", "standfirst", "kind", "language", "publisher", "publication", "published_on",
    "date_precision", "period", "source", "source_url", "rights",
)  # fmt: skip
class Article(models.Model):
    """A work: what stays the same while its text is corrected."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        MERGED = "merged", _("Merged into another")

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
        Publisher,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("publisher"),
    )
    publication = models.TextField(
        _("publication"), blank=True, help_text=_("The paper, series or volume it stood in")
    )
    published_on = models.DateField(
        _("date"),
        null=True,
        blank=True,
        help_text=_("For a month or a year, its first day"),
    )
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
    # Always one that stands: what was merged into this one goes along when this one is merged.
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    merged_at = models.DateTimeField(_("merged"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("published here"), null=True, blank=True, editable=False)
    # Set by a trigger (migration 0008) to the revision that was current when first published.
    public_from = models.PositiveIntegerField(
        _("public history begins with revision"),
        default=1,
        help_text=_("Readers see no revision before it, nor what was corrected before publication"),
    )
    # Moved by a trigger (migration 0002) with every public change, in the same transaction.
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    # Written by a trigger, so that loaddata, COPY and ordinary saves all end indexed.
    metadata_vector = SearchVectorField(null=True, editable=False)

    people = models.ManyToManyField(Person, through="Authorship", related_name="articles")
    tags = TaggableManager(
        through="TaggedArticle", manager=TagsByAnyName, blank=True, verbose_name=_("tags")
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            GinIndex(fields=["metadata_vector"], name="article_metadata_search"),  # search
            models.Index(fields=["published_on"], name="article_date"),  # years and stretches
            # The orders of articles/browsing.py, which no null may interrupt.
            models.Index(
                Coalesce("published_at", "created_at").desc(), F("id").desc(), name="article_newest"
            ),
            models.Index(
                Coalesce("published_on", Value(datetime.date.min, models.DateField())).desc(),
                F("id").desc(),
                name="article_latest",
            ),
            models.Index(
                Coalesce("published_on", Value(datetime.date.max, models.DateField())),
                F("id"),
                name="article_earliest",
            ),
            models.Index(Lower(Left("title", 200)), F("id"), name="article_title"),
            models.Index(title_key("title"), name="article_title_key"),  # importing/namesakes.py
            models.Index(fields=["language"], name="article_language"),  # search in each language
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "published", "withdrawn", "merged"]),
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
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawn_reason=""),
                name="article_withdrawn_with_reason",
                violation_error_message=_("Say why the article is withdrawn."),
            ),
            models.CheckConstraint(condition=~Q(title=""), name="article_has_title"),
            # A trigger sets it; lists are ordered by it.
            models.CheckConstraint(
                condition=Q(state__in=["draft", "merged"]) | Q(published_at__isnull=False),
                name="article_published_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False, merged_at__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True, merged_at__isnull=True)),
                name="article_merged_into_one",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="article_not_merged_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is read now. Cost: a query for one that was merged, unless selected along."""
        standing = self.merged_into or self
        return reverse("articles:read", args=[standing.slug])

    @property
    def is_merged(self) -> bool:
        return self.merged_into_id is not None

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``, for the dir attribute of text in the article's language."""
        return "rtl" if self.language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"

    @property
    def date_text(self) -> str:
        """The date in words, as precise as it is known and no more."""
        return dates.in_words(self.published_on, self.date_precision, self.period)


# ISO 639 codes of languages written from right to left, after Unicode CLDR.
RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
)


@kept_as_it_was("article", "person", "position", "role")
class Authorship(models.Model):
    """One person's part in one work, in the order of the title page."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("Author")
        EDITOR = "editor", _("Editor")
        TRANSLATOR = "translator", _("Translator")
        INTERVIEWER = "interviewer", _("Interviewer")

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="authorships", verbose_name=_("article")
    )
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
                fields=["article", "position"],
                name="authorship_position_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["article", "person", "role"], name="authorship_person_once_per_role"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["author", "editor", "translator", "interviewer"]),
                name="authorship_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"


@kept_as_it_was("content_object", "tag")
class TaggedArticle(ItemBase):
    content_object = models.ForeignKey(Article, models.CASCADE)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_articles")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="taggedarticle_once")
        ]


class Identifier(models.Model):
    """A name others know the work by: DOI, Handle, a corpus's own number."""

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="identifiers", verbose_name=_("article")
    )
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

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="url_aliases", verbose_name=_("article")
    )
    url = models.URLField(_("address"), max_length=2000, unique=True)

    class Meta:
        verbose_name = _("web address")
        verbose_name_plural = _("web addresses")

    def __str__(self) -> str:
        return self.url


class ArticleSlug(models.Model):
    """A slug the article once had; it redirects for good."""

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="former_slugs", verbose_name=_("article")
    )
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

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="field_origins", verbose_name=_("article")
    )
    field = models.CharField(_("field"), max_length=30)
    sureness = models.CharField(_("sureness"), max_length=6, choices=Sureness.choices)
    where = models.CharField(_("found in"), max_length=200, blank=True)
    locked = models.BooleanField(
        _("protected"), default=False, help_text=_("An import proposes, but never overwrites")
    )
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("protected by"),
    )

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
