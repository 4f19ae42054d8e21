"""Jobs of the archive as a whole: what is over is dropped, what was cut off is taken up."""

import logging

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

logger = logging.getLogger(__name__)


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


@app.periodic(cron="* * * * *")
@app.task(name="take_up_again", queueing_lock="take_up_again", pass_context=False)
async def take_up_again_regularly(timestamp: int) -> None:
    """Every minute ``take_up_again``."""
    await take_up_again()


async def take_up_again(*, silent_seconds: float = 30) -> int:
    """Give jobs back whose worker ended without a word, as one that was killed; how many.

    A worker gives a sign of life every ten seconds; after ``silent_seconds`` it counts as gone.
    """
    jobs = app.job_manager
    stalled = list(await jobs.get_stalled_jobs(seconds_since_heartbeat=silent_seconds))
    for job in stalled:
        logger.warning("job %s (%s) lost its worker, and is taken up again", job.id, job.task_name)
        try:
            await jobs.retry_job(job)
        except UniqueViolation:
            # The same was asked for meanwhile, and waits only for the lock of this one.
            await jobs.finish_job(job, status=Status.ABORTED, delete_job=False)
    return len(stalled)
