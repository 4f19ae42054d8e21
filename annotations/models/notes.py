"""What people say: notes, replies, what they said before, and reports."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase
from uuid_utils.compat import uuid7

from annotations import markdown
from annotations.models.groups import Group
from articles.models import Article, Revision, Tag, TagsByAnyName


class Audience(models.TextChoices):
    """Who may read a note. The words are those of every page."""

    PRIVATE = "private", _("Only me")
    GROUP = "group", _("A group")
    PUBLIC = "public", _("Everyone")


def audience_in_words(audience: str, group: Group | None) -> str:
    """Only me, Everyone, or the group's name."""
    return str(group) if group is not None else str(Audience(audience).label)


def html_of(body: str) -> SafeString:
    """What a note says, as pages show it."""
    return mark_safe(markdown.render(body))  # noqa: S308 - sanitised there


class Motivation(models.TextChoices):
    """Why an annotation was made. Source: W3C Web Annotation Vocabulary, Motivation."""

    COMMENTING = "commenting", _("Comment")
    HIGHLIGHTING = "highlighting", _("Highlight")
    TAGGING = "tagging", _("Tag")
    QUESTIONING = "questioning", _("Question")
    DESCRIBING = "describing", _("Description")
    REPLYING = "replying", _("Reply")


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def on(self, article: Article) -> "AnnotationQuerySet":
        return self.filter(article=article)

    def roots(self) -> "AnnotationQuerySet":
        return self.filter(root=None)

    def living(self) -> "AnnotationQuerySet":
        """Those neither deleted nor hidden."""
        return self.filter(deleted_at=None, hidden_at=None)

    def for_threads(self) -> "AnnotationQuerySet":
        """With everything a thread shows, in a fixed number of queries.

        Tags come by their rows: ``tags`` itself would build a queryset for every note.
        """
        tagged = TaggedAnnotation.objects.select_related("tag")
        return self.select_related("creator", "group").prefetch_related(
            models.Prefetch("taggedannotation_set", tagged)
        )


class Annotation(models.Model):
    """What somebody says about words of an article, about the whole of it, or in reply."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey(
        Article, models.PROTECT, related_name="annotations", verbose_name=_("article")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("reply to"),
    )
    root = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("thread"),
    )
    creator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="annotations",
        verbose_name=_("by"),
    )
    attributed_name = models.CharField(
        _("attributed to"),
        max_length=300,
        blank=True,
        help_text=_("For notes brought in from elsewhere, instead of an account"),
    )
    attributed_uri = models.URLField(_("their address"), max_length=2000, blank=True)
    audience = models.CharField(
        _("audience"), max_length=7, choices=Audience.choices, default=Audience.PRIVATE
    )
    group = models.ForeignKey(
        Group,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="annotations",
        verbose_name=_("group"),
    )
    motivation = models.CharField(
        _("motivation"), max_length=12, choices=Motivation.choices, default=Motivation.COMMENTING
    )
    body = models.TextField(_("note"), blank=True, help_text="Markdown")
    # How the target was described when the note was made (W3C selectors), never overwritten.
    selectors = models.JSONField(_("selectors as received"), default=list, blank=True)
    # Members of a W3C annotation that we do not know, given back unchanged.
    extra = models.JSONField(_("other members as received"), default=dict, blank=True)
    made_on = models.ForeignKey(
        Revision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="annotations_made",
        verbose_name=_("made on"),
    )
    created = models.DateTimeField(_("created"), default=timezone.now)
    # Unique to the microsecond (a trigger sees to it): clients page by it.
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now, editable=False)
    modified = models.DateTimeField(_("modified"), default=timezone.now, editable=False)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    hidden_reason = models.TextField(_("why hidden"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    # Chosen by the form, so that a double click makes one note.
    submission = models.UUIDField(null=True, blank=True, editable=False)

    tags = TaggableManager(
        through="TaggedAnnotation", manager=TagsByAnyName, blank=True, verbose_name=_("tags")
    )

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("annotation")
        verbose_name_plural = _("annotations")
        ordering = ["recorded_at"]
        indexes = [
            models.Index(
                fields=["article", "recorded_at"], name="annotation_of_article"
            ),  # reading page
            models.Index(
                fields=["creator", "-recorded_at"], name="annotation_of_person"
            ),  # my notes
            models.Index(
                F("recorded_at").desc(),
                name="annotation_public_newest",
                condition=Q(audience="public", deleted_at=None, hidden_at=None),
            ),  # recent public notes
            models.Index(
                fields=["hidden_at"], name="annotation_hidden", condition=Q(hidden_at__isnull=False)
            ),  # every list of notes leaves these out
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(creator__isnull=False, attributed_name="")
                | (Q(creator__isnull=True) & ~Q(attributed_name="")),
                name="annotation_one_author",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, root__isnull=True)
                | Q(parent__isnull=False, root__isnull=False),
                name="annotation_reply_has_root",
            ),
            models.CheckConstraint(
                condition=Q(audience="group", group__isnull=False)
                | (Q(audience__in=["private", "public"]) & Q(group__isnull=True)),
                name="annotation_group_audience_names_group",
            ),
            models.CheckConstraint(
                condition=Q(
                    motivation__in=[
                        "commenting",
                        "highlighting",
                        "tagging",
                        "questioning",
                        "describing",
                        "replying",
                    ]
                ),
                name="annotation_motivation_known",
            ),
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) | ~Q(hidden_reason=""),
                name="annotation_hidden_with_reason",
            ),
            models.UniqueConstraint(fields=["recorded_at"], name="annotation_recorded_at_unique"),
            models.UniqueConstraint(
                fields=["creator", "submission"], name="annotation_submitted_once"
            ),
        ]

    def __str__(self) -> str:
        if self.deleted_at is not None:
            return str(_("(deleted)"))
        return self.body[:60] or self.get_motivation_display()

    def get_absolute_url(self) -> str:
        return reverse("annotations:annotation", args=[self.pk])

    @property
    def author_name(self) -> str:
        """Cost: a query for the creator unless selected along."""
        return str(self.creator) if self.creator_id else self.attributed_name

    @property
    def body_html(self) -> SafeString:
        """What the note says; nothing once it is deleted."""
        return html_of("" if self.deleted_at else self.body)

    @property
    def quote(self) -> str:
        """The words that the note, or the thread it stands in, was made on; "" for none.

        Cost: a query for the root of a reply unless selected along.
        """
        selectors = (self.root or self).selectors
        return next((one["exact"] for one in selectors if one.get("exact")), "")

    @property
    def tag_names(self) -> list[str]:
        """Names of the tags, in order. Cost: a query unless ``for_threads`` fetched them."""
        return sorted((row.tag.name for row in self.taggedannotation_set.all()), key=str.lower)

    @property
    def is_root(self) -> bool:
        return self.root_id is None

    @property
    def audience_words(self) -> str:
        """The audience as pages name it. Cost: a query for the group unless selected."""
        return audience_in_words(self.audience, self.group)


class TaggedAnnotation(ItemBase):
    content_object = models.ForeignKey(Annotation, models.CASCADE)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_annotations")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="taggedannotation_once")
        ]


class NoteVector(models.Model):
    """The search vector of a note's words, tags and attributed name, in its article's language.

    Rows are written by triggers alone, and apart from the note, so that lists do not fetch them.
    """

    annotation = models.OneToOneField(
        Annotation,
        models.CASCADE,
        primary_key=True,
        related_name="+",
        verbose_name=_("annotation"),
    )
    language = models.CharField(max_length=35)
    vector = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="notevector_search")]  # search

    def __str__(self) -> str:
        return str(self.annotation_id)


class SealedSelectors(models.Model):
    """How a note was described before words were removed from its text. No page shows it."""

    annotation = models.OneToOneField(Annotation, models.CASCADE, related_name="sealed")
    selectors = models.JSONField(default=list)
    extra = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.annotation_id)


class Provenance(models.Model):
    """Where a note that was brought in came from, and what of it was taken last.

    It stays when the note is deleted, so that bringing it in again does not bring it back.
    """

    annotation = models.OneToOneField(
        Annotation, models.CASCADE, related_name="provenance", verbose_name=_("annotation")
    )
    # Its id there, behind the name of the kind of place: "hypothesis:…".
    identifier = models.CharField(_("id there"), max_length=300)
    address = models.URLField(_("address there"), max_length=2000, blank=True)
    author = models.CharField(_("account there"), max_length=300)
    changed = models.DateTimeField(_("changed there"))
    # The version that bringing in wrote: a later one was written here.
    version = models.PositiveIntegerField(_("version taken"), default=1)

    class Meta:
        verbose_name = _("provenance")
        verbose_name_plural = _("provenances")
        constraints = [
            models.UniqueConstraint(fields=["identifier"], name="provenance_names_one_note")
        ]

    def __str__(self) -> str:
        return self.identifier


class AnnotationVersion(models.Model):
    """What a note said before an edit."""

    annotation = models.ForeignKey(
        Annotation, models.CASCADE, related_name="versions", verbose_name=_("annotation")
    )
    number = models.PositiveIntegerField(_("version"))
    body = models.TextField(_("note"), blank=True)
    tags = models.JSONField(_("tags"), default=list)
    # Whom it was for then: what was written for oneself stays so when the note is opened later.
    audience = models.CharField(
        _("audience"), max_length=7, choices=Audience.choices, default=Audience.PRIVATE
    )
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("group")
    )
    written_at = models.DateTimeField(_("written"))
    replaced_at = models.DateTimeField(_("replaced"), default=timezone.now)

    class Meta:
        verbose_name = _("earlier version")
        verbose_name_plural = _("earlier versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["annotation", "number"], name="annotationversion_number_unique"
            ),
            models.CheckConstraint(
                condition=Q(audience="group", group__isnull=False)
                | (Q(audience__in=["private", "public"]) & Q(group__isnull=True)),
                name="annotationversion_group_audience_names_group",
            ),
        ]

    def __str__(self) -> str:
        return _("Version %(number)s") % {"number": self.number}

    @property
    def body_html(self) -> SafeString:
        return html_of(self.body)

    @property
    def audience_words(self) -> str:
        """The audience as pages name it. Cost: a query for the group unless selected."""
        return audience_in_words(self.audience, self.group)


class Flag(models.Model):
    """A reader's report that a note should be looked at."""

    annotation = models.ForeignKey(
        Annotation, models.CASCADE, related_name="flags", verbose_name=_("annotation")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="flags", verbose_name=_("by")
    )
    reason = models.TextField(_("reason"), blank=True)
    created_at = models.DateTimeField(_("flagged"), default=timezone.now, editable=False)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        constraints = [models.UniqueConstraint(fields=["annotation", "user"], name="flag_once")]

    def __str__(self) -> str:
        return self.reason[:60] or str(self.created_at)
