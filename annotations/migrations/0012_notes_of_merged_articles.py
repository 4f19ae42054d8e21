"""Notes leave an article that is merged into another, and keep the places they had in its texts."""

from django.db import migrations

MERGED = r"""
CREATE OR REPLACE FUNCTION annotations_anchor_check() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""

BACK = r"""
DROP FUNCTION annotations_annotation_stands CASCADE;
CREATE OR REPLACE FUNCTION annotations_anchor_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM annotations_annotation n JOIN articles_revision r USING (article_id)
                  WHERE n.id = NEW.annotation_id AND n.root_id IS NULL AND r.id = NEW.revision_id) THEN
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
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0011_provenance"),
        ("articles", "0019_merged_articles"),
    ]

    operations = [migrations.RunSQL(MERGED, BACK)]
