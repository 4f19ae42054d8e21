"""What readers say about exact words of a revision, and where those words stand now.

An Annotation keeps the selectors it was made with for good; an Anchor says where it stands in
one revision. Replies and notes on a whole article have no anchor. Who may read what is decided
in access.py alone.
"""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase
from uuid_utils.compat import uuid7

from articles.models import Article, Revision, Tag


def invitation_code() -> str:
    return secrets.token_urlsafe(16)


class Group(models.Model):
    """People who read and annotate together."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    description = models.TextField(_("description"), blank=True)
    invitation_code = models.CharField(
        _("invitation code"), max_length=40, unique=True, default=invitation_code
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="annotation_groups"
    )

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person's place in one group."""

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        MODERATOR = "moderator", _("Moderator")
        OWNER = "owner", _("Owner")

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=9, choices=Role.choices, default=Role.MEMBER)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["group", "user"], name="membership_once"),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(role="owner"),
                name="membership_one_owner",
                violation_error_message=_("A group has one owner."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["member", "moderator", "owner"]), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.group}"


class Audience(models.TextChoices):
    """Who may read a note. The words are those of every page."""

    PRIVATE = "private", _("Only me")
    GROUP = "group", _("A group")
    PUBLIC = "public", _("Everyone")


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
        """With everything a thread shows, in a fixed number of queries."""
        return self.select_related("creator", "group").prefetch_related("tags")


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

    tags = TaggableManager(through="TaggedAnnotation", blank=True, verbose_name=_("tags"))

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
    def is_root(self) -> bool:
        return self.root_id is None

    @property
    def audience_words(self) -> str:
        """The audience as pages name it. Cost: a query for the group unless selected."""
        if self.audience == Audience.GROUP:
            return str(self.group)
        return str(Audience(self.audience).label)


class TaggedAnnotation(ItemBase):
    content_object = models.ForeignKey(Annotation, models.CASCADE)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_annotations")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="taggedannotation_once")
        ]


class AnnotationVersion(models.Model):
    """What a note said before an edit."""

    annotation = models.ForeignKey(Annotation, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    body = models.TextField(_("note"), blank=True)
    tags = models.JSONField(_("tags"), default=list)
    audience_words = models.CharField(_("audience"), max_length=100)
    written_at = models.DateTimeField(_("written"))
    replaced_at = models.DateTimeField(_("replaced"), default=timezone.now)

    class Meta:
        verbose_name = _("earlier version")
        verbose_name_plural = _("earlier versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["annotation", "number"], name="annotationversion_number_unique"
            )
        ]

    def __str__(self) -> str:
        return _("Version %(number)s") % {"number": self.number}


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

    annotation = models.ForeignKey(Annotation, models.CASCADE, related_name="anchors")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="anchors")
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

    anchor = models.ForeignKey(Anchor, models.CASCADE, related_name="versions")
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


class Flag(models.Model):
    """A reader's report that a note should be looked at."""

    annotation = models.ForeignKey(Annotation, models.CASCADE, related_name="flags")
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
