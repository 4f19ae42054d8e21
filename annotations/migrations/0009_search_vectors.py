"""Notes are found by their words, tags and attributed names, whoever writes the rows."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

VECTORS = r"""
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

SELECT annotations_index_notes(ARRAY(SELECT id FROM annotations_annotation));
"""

VECTORS_BACK = """
DROP FUNCTION annotations_index_notes, annotations_note_changed, annotations_tagging_changed,
  annotations_tag_renamed, annotations_language_changed CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0008_group_names"),
        ("articles", "0006_search_by_words"),
    ]

    operations = [
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
        migrations.RunSQL(VECTORS, VECTORS_BACK),
    ]
