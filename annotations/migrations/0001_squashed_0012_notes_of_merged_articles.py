"""Everything of this app as it is, made in one step; 0001 to 0012 lead there one by one.

Triggers keep what spans rows: a reply stays in its thread and its audience, an anchor holds the
words it stands on, the time of record is unique. Others index the notes.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import taggit.managers
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

import annotations.models.groups

INVARIANTS = r"""
CREATE FUNCTION annotations_annotation_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  thread annotations_annotation;
  above annotations_annotation;
BEGIN
  IF TG_OP = 'INSERT' THEN
    -- Clients page by this time; two notes of one microsecond would lose one of them.
    WHILE EXISTS (SELECT FROM annotations_annotation WHERE recorded_at = NEW.recorded_at) LOOP
      NEW.recorded_at := NEW.recorded_at + interval '1 microsecond';
    END LOOP;
  END IF;
  IF NEW.root_id IS NOT NULL THEN
    SELECT * INTO thread FROM annotations_annotation WHERE id = NEW.root_id;
    SELECT * INTO above FROM annotations_annotation WHERE id = NEW.parent_id;
    IF thread.root_id IS NOT NULL OR coalesce(above.root_id, above.id) <> thread.id
       OR thread.article_id <> NEW.article_id THEN
      RAISE EXCEPTION 'reply % does not belong to thread %', NEW.id, NEW.root_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'annotation_reply_in_its_thread';
    END IF;
    IF NEW.audience <> 'private' AND above.audience = 'private'
       OR TG_OP = 'UPDATE' AND NEW.audience = 'private' AND OLD.audience <> 'private'
          AND EXISTS (SELECT FROM annotations_annotation c
                       WHERE c.parent_id = NEW.id AND c.audience <> 'private') THEN
      RAISE EXCEPTION 'reply % reaches further than what it answers', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'annotation_reply_never_wider';
    END IF;
    IF NEW.audience <> 'private'
       AND (NEW.audience, NEW.group_id) IS DISTINCT FROM (thread.audience, thread.group_id) THEN
      RAISE EXCEPTION 'reply % reaches another audience than its thread', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'annotation_reply_never_wider';
    END IF;
  ELSIF TG_OP = 'UPDATE'
     AND (NEW.audience, NEW.group_id) IS DISTINCT FROM (OLD.audience, OLD.group_id)
     AND EXISTS (SELECT FROM annotations_annotation r
                  WHERE r.root_id = NEW.id AND r.audience <> 'private'
                    AND r.creator_id IS DISTINCT FROM NEW.creator_id) THEN
    RAISE EXCEPTION 'others have replied to %', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'annotation_audience_kept_once_answered';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER annotation_check BEFORE INSERT OR UPDATE ON annotations_annotation
  FOR EACH ROW EXECUTE FUNCTION annotations_annotation_check();

CREATE FUNCTION annotations_annotation_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE article_state text;
BEGIN
  -- Waits for a merge at work, and has one wait that comes after.
  SELECT state INTO article_state FROM articles_article WHERE id = NEW.article_id FOR KEY SHARE;
  IF article_state = 'merged' THEN
    RAISE EXCEPTION 'article % was merged into another', NEW.article_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'annotation_on_no_merged_article';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER annotation_on_no_merged_article BEFORE INSERT OR UPDATE OF article_id
  ON annotations_annotation FOR EACH ROW EXECUTE FUNCTION annotations_annotation_stands();

CREATE FUNCTION annotations_anchor_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM annotations_annotation n
                   JOIN articles_revision r ON r.id = NEW.revision_id
                   JOIN articles_article a ON a.id = r.article_id
                  WHERE n.id = NEW.annotation_id AND n.root_id IS NULL
                    AND n.article_id IN (a.id, a.merged_into_id)) THEN
    RAISE EXCEPTION 'annotation % cannot stand in revision %', NEW.annotation_id, NEW.revision_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'anchor_of_a_root_in_its_article';
  END IF;
  IF NEW.start IS NOT NULL AND NEW.exact <>
     (SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start) FROM articles_revision
       WHERE id = NEW.revision_id) THEN
    RAISE EXCEPTION 'revision % does not hold these words at %', NEW.revision_id, NEW.start
      USING ERRCODE = 'check_violation', CONSTRAINT = 'anchor_holds_its_words';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER anchor_check BEFORE INSERT OR UPDATE ON annotations_anchor
  FOR EACH ROW EXECUTE FUNCTION annotations_anchor_check();
"""

INVARIANTS_BACK = """
DROP FUNCTION annotations_annotation_check, annotations_annotation_stands,
  annotations_anchor_check CASCADE;
"""

INDEXING = r"""
CREATE FUNCTION annotations_index_notes(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  -- The targets of Markdown's links are no words of the note.
  INSERT INTO annotations_notevector (annotation_id, language, vector)
    SELECT n.id, a.language, articles_joined(
             ARRAY[articles_vector(a.language, regexp_replace(n.body, '\]\([^)\s]*\)', ' ', 'g')),
                   articles_vector('', n.attributed_name)]
             || ARRAY(SELECT articles_vector(a.language, t.name)
                        FROM annotations_taggedannotation tn JOIN articles_tag t ON t.id = tn.tag_id
                       WHERE tn.content_object_id = n.id))
      FROM annotations_annotation n JOIN articles_article a ON a.id = n.article_id
     WHERE n.id = ANY(ids)
    ON CONFLICT (annotation_id) DO UPDATE SET language = EXCLUDED.language, vector = EXCLUDED.vector
$$;

CREATE FUNCTION annotations_note_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM annotations_index_notes(ARRAY[NEW.id]);
  RETURN NULL;
END $$;
CREATE TRIGGER annotation_written AFTER INSERT ON annotations_annotation
  FOR EACH ROW EXECUTE FUNCTION annotations_note_changed();
CREATE TRIGGER annotation_rewritten AFTER UPDATE OF body, attributed_name, article_id ON annotations_annotation
  FOR EACH ROW WHEN ((OLD.body, OLD.attributed_name, OLD.article_id)
                     IS DISTINCT FROM (NEW.body, NEW.attributed_name, NEW.article_id))
  EXECUTE FUNCTION annotations_note_changed();

CREATE FUNCTION annotations_tagging_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ids uuid[];
BEGIN
  IF TG_OP = 'DELETE' AND NOT EXISTS
     (SELECT FROM annotations_notevector WHERE annotation_id = OLD.content_object_id) THEN
    RETURN NULL;  -- the note itself is being deleted
  END IF;
  IF TG_OP <> 'INSERT' THEN ids := ids || OLD.content_object_id; END IF;
  IF TG_OP <> 'DELETE' THEN ids := ids || NEW.content_object_id; END IF;
  PERFORM annotations_index_notes(ids);
  RETURN NULL;
END $$;
CREATE TRIGGER taggedannotation_changed AFTER INSERT OR UPDATE OR DELETE ON annotations_taggedannotation
  FOR EACH ROW EXECUTE FUNCTION annotations_tagging_changed();

CREATE FUNCTION annotations_tag_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM annotations_index_notes(
    ARRAY(SELECT content_object_id FROM annotations_taggedannotation WHERE tag_id = NEW.id));
  RETURN NULL;
END $$;
CREATE TRIGGER tag_renamed_on_notes AFTER UPDATE OF name ON articles_tag
  FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION annotations_tag_renamed();

CREATE FUNCTION annotations_language_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM annotations_index_notes(
    ARRAY(SELECT id FROM annotations_annotation WHERE article_id = NEW.id));
  RETURN NULL;
END $$;
CREATE TRIGGER article_language_changed_for_notes AFTER UPDATE OF language ON articles_article
  FOR EACH ROW WHEN (OLD.language IS DISTINCT FROM NEW.language)
  EXECUTE FUNCTION annotations_language_changed();
"""

INDEXING_BACK = """
DROP FUNCTION annotations_index_notes, annotations_note_changed, annotations_tagging_changed,
  annotations_tag_renamed, annotations_language_changed CASCADE;
"""


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("annotations", "0001_initial"),
        ("annotations", "0002_relations"),
        ("annotations", "0003_invariants"),
        ("annotations", "0004_anchor_versions"),
        ("annotations", "0005_version_audience"),
        ("annotations", "0006_hidden_notes_apart"),
        ("annotations", "0007_names_of_relations"),
        ("annotations", "0008_group_names"),
        ("annotations", "0009_search_vectors"),
        ("annotations", "0010_sealed_selectors"),
        ("annotations", "0011_provenance"),
        ("annotations", "0012_notes_of_merged_articles"),
    ]
    dependencies = [
        ("articles", "0001_squashed_0020_indexing_costs_less"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Group",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        max_length=100,
                        validators=[annotations.models.groups.not_an_audience],
                        verbose_name="name",
                    ),
                ),
                ("slug", models.SlugField(max_length=100, unique=True, verbose_name="slug")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "invitation_code",
                    models.CharField(
                        default=annotations.models.groups.invitation_code,
                        max_length=40,
                        unique=True,
                        verbose_name="invitation code",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="created"
                    ),
                ),
            ],
            options={
                "verbose_name": "group",
                "verbose_name_plural": "groups",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        name="group_name_unique_whatever_the_case",
                        violation_error_message="There is a group of this name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "name__iregex",
                                "^[[:space:][:punct:]]*(only[[:space:][:punct:]]*me|everyone|a[[:space:][:punct:]]*group)[[:space:][:punct:]]*$",
                            ),
                            _negated=True,
                        ),
                        name="group_name_is_no_audience",
                        violation_error_message="This name would be taken for another audience.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="annotations.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("member", "Member"),
                            ("moderator", "Moderator"),
                            ("owner", "Owner"),
                        ],
                        default="member",
                        max_length=9,
                        verbose_name="role",
                    ),
                ),
                (
                    "joined_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="joined"
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "constraints": [
                    models.UniqueConstraint(fields=("group", "user"), name="membership_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("role", "owner")),
                        fields=("group",),
                        name="membership_one_owner",
                        violation_error_message="A group has one owner.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["member", "moderator", "owner"])),
                        name="membership_role_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Annotation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annotations",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="annotations.annotation",
                        verbose_name="reply to",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="annotations.annotation",
                        verbose_name="thread",
                    ),
                ),
                (
                    "creator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annotations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "attributed_name",
                    models.CharField(
                        blank=True,
                        help_text="For notes brought in from elsewhere, instead of an account",
                        max_length=300,
                        verbose_name="attributed to",
                    ),
                ),
                (
                    "attributed_uri",
                    models.URLField(blank=True, max_length=2000, verbose_name="their address"),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("private", "Only me"),
                            ("group", "A group"),
                            ("public", "Everyone"),
                        ],
                        default="private",
                        max_length=7,
                        verbose_name="audience",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annotations",
                        to="annotations.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "motivation",
                    models.CharField(
                        choices=[
                            ("commenting", "Comment"),
                            ("highlighting", "Highlight"),
                            ("tagging", "Tag"),
                            ("questioning", "Question"),
                            ("describing", "Description"),
                            ("replying", "Reply"),
                        ],
                        default="commenting",
                        max_length=12,
                        verbose_name="motivation",
                    ),
                ),
                ("body", models.TextField(blank=True, help_text="Markdown", verbose_name="note")),
                (
                    "selectors",
                    models.JSONField(
                        blank=True, default=list, verbose_name="selectors as received"
                    ),
                ),
                (
                    "extra",
                    models.JSONField(
                        blank=True, default=dict, verbose_name="other members as received"
                    ),
                ),
                (
                    "made_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annotations_made",
                        to="articles.revision",
                        verbose_name="made on",
                    ),
                ),
                (
                    "created",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="created"),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="recorded"
                    ),
                ),
                (
                    "modified",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="modified"
                    ),
                ),
                ("deleted_at", models.DateTimeField(blank=True, null=True, verbose_name="deleted")),
                ("hidden_at", models.DateTimeField(blank=True, null=True, verbose_name="hidden")),
                ("hidden_reason", models.TextField(blank=True, verbose_name="why hidden")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
                ),
                ("submission", models.UUIDField(blank=True, editable=False, null=True)),
            ],
            options={
                "verbose_name": "annotation",
                "verbose_name_plural": "annotations",
                "ordering": ["recorded_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("attributed_name", ""), ("creator__isnull", False)),
                            models.Q(
                                ("creator__isnull", True),
                                models.Q(("attributed_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="annotation_one_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("parent__isnull", True), ("root__isnull", True)),
                            models.Q(("parent__isnull", False), ("root__isnull", False)),
                            _connector="OR",
                        ),
                        name="annotation_reply_has_root",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience", "group"), ("group__isnull", False)),
                            models.Q(
                                ("audience__in", ["private", "public"]), ("group__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="annotation_group_audience_names_group",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "motivation__in",
                                [
                                    "commenting",
                                    "highlighting",
                                    "tagging",
                                    "questioning",
                                    "describing",
                                    "replying",
                                ],
                            )
                        ),
                        name="annotation_motivation_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hidden_at__isnull", True),
                            models.Q(("hidden_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="annotation_hidden_with_reason",
                    ),
                    models.UniqueConstraint(
                        fields=("recorded_at",), name="annotation_recorded_at_unique"
                    ),
                    models.UniqueConstraint(
                        fields=("creator", "submission"), name="annotation_submitted_once"
                    ),
                ],
                "indexes": [
                    models.Index(fields=["article", "recorded_at"], name="annotation_of_article"),
                    models.Index(fields=["creator", "-recorded_at"], name="annotation_of_person"),
                    models.Index(
                        models.OrderBy(models.F("recorded_at"), descending=True),
                        condition=models.Q(
                            ("audience", "public"), ("deleted_at", None), ("hidden_at", None)
                        ),
                        name="annotation_public_newest",
                    ),
                    models.Index(
                        condition=models.Q(("hidden_at__isnull", False)),
                        fields=["hidden_at"],
                        name="annotation_hidden",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaggedAnnotation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="annotations.annotation"
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tagged_annotations",
                        to="articles.tag",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content_object", "tag"), name="taggedannotation_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NoteVector",
            fields=[
                (
                    "annotation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="annotations.annotation",
                        verbose_name="annotation",
                    ),
                ),
                ("language", models.CharField(max_length=35)),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["vector"], name="notevector_search"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedSelectors",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "annotation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sealed",
                        to="annotations.annotation",
                    ),
                ),
                ("selectors", models.JSONField(default=list)),
                ("extra", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="Provenance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "annotation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="provenance",
                        to="annotations.annotation",
                        verbose_name="annotation",
                    ),
                ),
                ("identifier", models.CharField(max_length=300, verbose_name="id there")),
                (
                    "address",
                    models.URLField(blank=True, max_length=2000, verbose_name="address there"),
                ),
                ("author", models.CharField(max_length=300, verbose_name="account there")),
                ("changed", models.DateTimeField(verbose_name="changed there")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version taken")),
            ],
            options={
                "verbose_name": "provenance",
                "verbose_name_plural": "provenances",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("identifier",), name="provenance_names_one_note"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnotationVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "annotation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="annotations.annotation",
                        verbose_name="annotation",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("body", models.TextField(blank=True, verbose_name="note")),
                ("tags", models.JSONField(default=list, verbose_name="tags")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("private", "Only me"),
                            ("group", "A group"),
                            ("public", "Everyone"),
                        ],
                        default="private",
                        max_length=7,
                        verbose_name="audience",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotations.group",
                        verbose_name="group",
                    ),
                ),
                ("written_at", models.DateTimeField(verbose_name="written")),
                (
                    "replaced_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="replaced"
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier version",
                "verbose_name_plural": "earlier versions",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("annotation", "number"), name="annotationversion_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience", "group"), ("group__isnull", False)),
                            models.Q(
                                ("audience__in", ["private", "public"]), ("group__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="annotationversion_group_audience_names_group",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Flag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "annotation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="flags",
                        to="annotations.annotation",
                        verbose_name="annotation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="flags",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="flagged"
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
            ],
            options={
                "verbose_name": "flag",
                "verbose_name_plural": "flags",
                "constraints": [
                    models.UniqueConstraint(fields=("annotation", "user"), name="flag_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Anchor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "annotation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="anchors",
                        to="annotations.annotation",
                        verbose_name="annotation",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="anchors",
                        to="articles.revision",
                        verbose_name="revision",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unchanged", "As noted"),
                            ("shifted", "Shifted"),
                            ("moved", "Moved"),
                            ("changed", "Wording changed"),
                            ("orphaned", "Words are gone"),
                        ],
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("start", models.PositiveIntegerField(blank=True, null=True, verbose_name="start")),
                ("end", models.PositiveIntegerField(blank=True, null=True, verbose_name="end")),
                ("exact", models.TextField(blank=True, verbose_name="words")),
                ("prefix", models.TextField(blank=True, verbose_name="words before")),
                ("suffix", models.TextField(blank=True, verbose_name="words after")),
                ("survival", models.FloatField(default=1, verbose_name="survival")),
                ("similarity", models.FloatField(default=1, verbose_name="similarity")),
                ("confidence", models.FloatField(default=1, verbose_name="confidence")),
                (
                    "algorithm",
                    models.CharField(blank=True, max_length=20, verbose_name="algorithm"),
                ),
                (
                    "from_revision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.revision",
                        verbose_name="carried from",
                    ),
                ),
                (
                    "review",
                    models.CharField(
                        choices=[
                            ("none", "None needed"),
                            ("waiting", "Waiting"),
                            ("accepted", "Accepted"),
                            ("corrected", "Corrected"),
                        ],
                        default="none",
                        max_length=9,
                        verbose_name="review",
                    ),
                ),
                (
                    "overridden_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="placed by hand by",
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="made"
                    ),
                ),
            ],
            options={
                "verbose_name": "anchor",
                "verbose_name_plural": "anchors",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("annotation", "revision"), name="anchor_one_per_revision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end__isnull", True), ("start__isnull", True)),
                            models.Q(
                                ("end__isnull", False),
                                ("start__isnull", False),
                                ("start__lt", models.F("end")),
                            ),
                            _connector="OR",
                        ),
                        name="anchor_whole_and_not_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("start__isnull", True), ("state", "orphaned")),
                            models.Q(
                                ("start__isnull", False),
                                ("state__in", ["unchanged", "shifted", "moved", "changed"]),
                            ),
                            _connector="OR",
                        ),
                        name="anchor_orphaned_has_no_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence__range", (0, 1)),
                            ("similarity__range", (0, 1)),
                            ("survival__range", (0, 1)),
                        ),
                        name="anchor_measures_are_shares",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("review__in", ["none", "waiting", "accepted", "corrected"])
                        ),
                        name="anchor_review_known",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["revision", "start"], name="anchor_in_passage_order"),
                    models.Index(
                        condition=models.Q(("review", "waiting")),
                        fields=["revision"],
                        name="anchor_review_queue",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnchorVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "anchor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="annotations.anchor",
                        verbose_name="anchor",
                    ),
                ),
                (
                    "was",
                    models.JSONField(
                        help_text="Place, words, state and review before", verbose_name="as it was"
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("attached", "Attached to other words"),
                            ("accepted", "Accepted"),
                            ("gone", "Words are gone"),
                            ("undone", "Undone"),
                        ],
                        max_length=8,
                        verbose_name="what was done",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="when"
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier place",
                "verbose_name_plural": "earlier places",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["attached", "accepted", "gone", "undone"])),
                        name="anchorversion_act_known",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="annotation",
            name="tags",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="annotations.TaggedAnnotation",
                to="articles.Tag",
                verbose_name="tags",
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="members",
            field=models.ManyToManyField(
                related_name="annotation_groups",
                through="annotations.Membership",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(INVARIANTS, INVARIANTS_BACK),
        migrations.RunSQL(INDEXING, INDEXING_BACK),
    ]
