"""What a test has committed goes after it, without what every table but a few would cost anew."""

import pgtrigger
from django.db import connection, transaction

# What the migrations wrote: content types, permissions, and the roles that have them.
KEPT = {"django_content_type", "auth_permission", "auth_group", "auth_group_permissions"}


@transaction.atomic
def empty_tables() -> None:
    """Delete every row but those of ``KEPT``, whatever trigger forbids it.

    Truncating sixty tables and their indexes takes half a second, and making the permissions anew
    half of that again; deleting what few rows a test leaves takes some milliseconds.
    """
    all_tables = connection.introspection.django_table_names(
        only_existing=True, include_views=False
    )
    tables = [connection.ops.quote_name(name) for name in all_tables if name not in KEPT]
    with pgtrigger.ignore(), connection.cursor() as cursor:
        # Whoever still writes is waited for, as a truncation would.
        cursor.execute(f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE")
        cursor.execute(
            "SELECT " + ", ".join(f"EXISTS (SELECT FROM {name})" for name in tables)  # noqa: S608
        )
        for name, is_used in zip(tables, cursor.fetchone(), strict=True):
            if is_used:
                cursor.execute(f"DELETE FROM {name}")  # noqa: S608
        # A test may have had all sequences begin anew.
        for name in KEPT:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"  # noqa: S608
            )
