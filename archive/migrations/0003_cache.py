"""What all processes count together: how often somebody logged in or wrote lately."""

from django.db import migrations

# Unlogged: quick to write, and to lose it in a crash loses nothing.
TABLE = """
CREATE UNLOGGED TABLE archive_cache (
  cache_key varchar(255) PRIMARY KEY,
  value text NOT NULL,
  expires timestamptz NOT NULL
);
CREATE INDEX archive_cache_expires ON archive_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0002_roles")]

    operations = [migrations.RunSQL(TABLE, "DROP TABLE archive_cache")]
