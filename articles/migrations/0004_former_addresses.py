"""An address that a tag, publisher or person once had is taken by no other one."""

from django.db import migrations

FORMER = r"""
CREATE FUNCTION articles_former_address() RETURNS trigger LANGUAGE plpgsql AS $$
-- After the row, not before: then the unique indexes have made rivals wait for each other.
-- TG_ARGV[0] is the table in which the address may not stand as well.
DECLARE taken boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE slug = $1)', TG_ARGV[0])
    INTO taken USING NEW.slug;
  IF taken THEN
    RAISE EXCEPTION 'the address % of % stands in % too', NEW.slug, TG_TABLE_NAME, TG_ARGV[0]
      USING ERRCODE = 'check_violation', CONSTRAINT = 'former_address_leads_to_one';
  END IF;
  RETURN NULL;
END $$;
"""
TRIGGERS = "".join(
    f"""
CREATE TRIGGER {name}_address_is_not_a_former_one AFTER INSERT OR UPDATE OF slug
  ON articles_{name} FOR EACH ROW EXECUTE FUNCTION articles_former_address('articles_{name}alias');
CREATE TRIGGER {name}alias_address_is_not_a_present_one AFTER INSERT OR UPDATE OF slug
  ON articles_{name}alias FOR EACH ROW WHEN (NEW.slug IS NOT NULL)
  EXECUTE FUNCTION articles_former_address('articles_{name}');
"""
    for name in ("tag", "publisher", "person")
)


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_former_names")]

    operations = [
        migrations.RunSQL(FORMER + TRIGGERS, "DROP FUNCTION articles_former_address CASCADE"),
        migrations.RunSQL(
            "UPDATE articles_tag SET curated = true WHERE definition <> ''",
            migrations.RunSQL.noop,
        ),
    ]
