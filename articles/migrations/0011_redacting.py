"""A revision differs from its sealed original by blacked out characters, and in no other way."""

from django.db import migrations

REDACTING = r"""
CREATE FUNCTION articles_blacked_out(was text, becomes text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT length(was) = length(becomes) AND NOT EXISTS (
    SELECT FROM unnest(string_to_array(was, NULL), string_to_array(becomes, NULL)) AS sign(was, becomes)
     WHERE sign.was IS DISTINCT FROM sign.becomes AND sign.becomes <> U&'\2588')
$$;

CREATE OR REPLACE FUNCTION articles_revision_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before jsonb := to_jsonb(OLD) - 'superseded_at' - 'made_by_id';
  after jsonb := to_jsonb(NEW) - 'superseded_at' - 'made_by_id';
BEGIN
  -- A closed account may vanish from the record (made_by), the text and its numbers may not change,
  -- except that words are removed from it, or put back, of what lies under seal.
  IF before IS DISTINCT FROM after
     AND (before - '{html,text,sha256,metadata}'::text[]
            IS DISTINCT FROM after - '{html,text,sha256,metadata}'::text[]
          OR NEW.sha256 <> encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex')
          OR NOT EXISTS (SELECT FROM articles_sealedtext s
                          WHERE s.revision_id = NEW.id AND articles_blacked_out(s.text, NEW.text))) THEN
    RAISE EXCEPTION 'revision % of article % is immutable', OLD.number, OLD.article_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'revision_immutable';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION articles_sealed_text_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.text <> (SELECT text FROM articles_revision WHERE id = NEW.revision_id)
     OR TG_OP = 'UPDATE' AND NOT articles_blacked_out(OLD.text, NEW.text) THEN
    RAISE EXCEPTION 'the sealed text of revision % is what it was', NEW.revision_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'sealedtext_is_the_original';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sealedtext_check BEFORE INSERT OR UPDATE ON articles_sealedtext
  FOR EACH ROW EXECUTE FUNCTION articles_sealed_text_check();

CREATE FUNCTION articles_revision_redacted() RETURNS trigger LANGUAGE plpgsql AS $$
-- What was removed is found no more.
BEGIN
  DELETE FROM articles_textchunk WHERE revision_id = NEW.id;
  IF NEW.superseded_at IS NULL THEN
    PERFORM articles_index_text(NEW, (SELECT language FROM articles_article WHERE id = NEW.article_id));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER revision_redacted AFTER UPDATE OF text ON articles_revision
  FOR EACH ROW WHEN (OLD.text <> NEW.text) EXECUTE FUNCTION articles_revision_redacted();
"""

BACK = """
DROP FUNCTION articles_revision_redacted, articles_sealed_text_check CASCADE;
CREATE OR REPLACE FUNCTION articles_revision_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'superseded_at' - 'made_by_id'
     IS DISTINCT FROM to_jsonb(OLD) - 'superseded_at' - 'made_by_id' THEN
    RAISE EXCEPTION 'revision % of article % is immutable', OLD.number, OLD.article_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'revision_immutable';
  END IF;
  RETURN NEW;
END $$;
DROP FUNCTION articles_blacked_out;
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_redactions")]

    operations = [migrations.RunSQL(REDACTING, BACK)]
