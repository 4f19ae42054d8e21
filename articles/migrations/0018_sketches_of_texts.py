"""Every text that becomes current, whoever writes it, owes a sketch; articles/importing/alike.py."""

from django.db import migrations

OWED = r"""
CREATE FUNCTION articles_sketch_owed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.superseded_at IS NOT NULL THEN
    DELETE FROM articles_sketch WHERE revision_id = NEW.id;
  ELSE
    INSERT INTO articles_sketch (revision_id) VALUES (NEW.id)
      ON CONFLICT (revision_id) DO UPDATE SET bands = NULL;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER revision_owes_sketch AFTER INSERT OR UPDATE OF text, superseded_at
  ON articles_revision FOR EACH ROW EXECUTE FUNCTION articles_sketch_owed();
CREATE TRIGGER appearance_changed AFTER INSERT OR UPDATE OR DELETE ON articles_appearance
  FOR EACH ROW EXECUTE FUNCTION articles_part_changed('article_id');
INSERT INTO articles_sketch (revision_id)
  SELECT id FROM articles_revision WHERE superseded_at IS NULL;
"""


BACK = """
DROP TRIGGER appearance_changed ON articles_appearance;
DROP FUNCTION articles_sketch_owed CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0017_nearly_the_same")]

    operations = [migrations.RunSQL(OWED, BACK)]
