"""Jobs: imports that are too large to be read while an editor waits."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateWorker
from procrastinate.exceptions import AlreadyEnqueued

from articles.importing import batches
from articles.models import ImportBatch

WORKER_SILENT_SECONDS = 60  # it gives a sign of life every ten


@app.task(name="read_import", pass_context=True)
def read_import(context: JobContext, batch_id: int) -> None:
    """Read what is left of an import. Whatever ends the worker meanwhile costs one document."""
    batch = ImportBatch.objects.filter(pk=batch_id).first()
    if batch is None or batch.state != ImportBatch.State.RUNNING:
        return
    batches.read(batch, may_go_on=lambda: not context.should_abort())
    if batch.state == ImportBatch.State.RUNNING:
        read_soon(batch)  # the worker is being stopped; the next one goes on


def read_soon(batch: ImportBatch) -> None:
    """Have ``batch`` read by the worker; by one job at a time."""
    lock = f"import {batch.pk}"
    job = read_import.configure(lock=lock, queueing_lock=lock)
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(batch_id=batch.pk)


def worker_is_there() -> bool:
    """Whether a job worker gave a sign of life lately. Cost: one query."""
    since = timezone.now() - timedelta(seconds=WORKER_SILENT_SECONDS)
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=since).exists()
