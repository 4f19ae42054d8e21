"""Jobs about accounts: what is over is dropped."""

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from procrastinate.contrib.django import app


@app.periodic(cron="17 3 * * *")
@app.task(name="drop_what_is_over", queueing_lock="drop_what_is_over", pass_context=False)
def drop_regularly(timestamp: int) -> None:
    """Every night ``drop_what_is_over``."""
    drop_what_is_over()


def drop_what_is_over() -> None:
    """Drop ended sessions, and the counts of who did what how often, which name addresses."""
    call_command("clearsessions")
    table = connection.ops.quote_name(cache._table)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < now()")  # noqa: S608 - our own name
