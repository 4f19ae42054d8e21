"""What spans rows: a reply stays in its thread and its audience; the time of record is unique."""

from django.db import migrations

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

CREATE FUNCTION annotations_anchor_check() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER anchor_check BEFORE INSERT OR UPDATE ON annotations_anchor
  FOR EACH ROW EXECUTE FUNCTION annotations_anchor_check();
"""

INVARIANTS_BACK = "DROP FUNCTION annotations_annotation_check, annotations_anchor_check CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("annotations", "0002_relations"), ("articles", "0002_search_and_invariants")]

    operations = [migrations.RunSQL(INVARIANTS, INVARIANTS_BACK)]
