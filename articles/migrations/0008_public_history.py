"""What an article was while it was a draft is not public, unless an editor says so."""

from django.db import migrations, models

TRIGGER = """
CREATE FUNCTION articles_article_public_from() RETURNS trigger LANGUAGE plpgsql AS $$
-- Fires before article_refresh, which sets the time of publication.
BEGIN
  IF NEW.state <> 'draft' AND NEW.published_at IS NULL THEN
    NEW.public_from := coalesce(
      (SELECT number FROM articles_revision
        WHERE article_id = NEW.id AND superseded_at IS NULL), NEW.public_from);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER article_public_from BEFORE UPDATE ON articles_article
  FOR EACH ROW EXECUTE FUNCTION articles_article_public_from();
"""
UNDO = """
DROP TRIGGER article_public_from ON articles_article;
DROP FUNCTION articles_article_public_from();
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_metadata_history")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="public_from",
            field=models.PositiveIntegerField(
                default=1,
                help_text=(
                    "Readers see no revision before it, nor what was corrected before publication"
                ),
                verbose_name="public history begins with revision",
            ),
        ),
        migrations.RunSQL(TRIGGER, UNDO),
    ]
