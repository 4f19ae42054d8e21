"""Jobs: imports, those of links, acts on them, and what likenesses are found by."""

import time
from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from procrastinate.exceptions import AlreadyEnqueued

from articles.importing import acts, alike, batches
from articles.importing.link_sources import Visit
from articles.models import ImportAct, ImportBatch

WORKER_SILENT_SECONDS = 60  # it gives a sign of life every ten
TURN_SECONDS = 30  # of fetching links, when other jobs wait
SKETCHED_AT_ONCE = 100  # texts in one transaction

# What is known of the hosts of imports whose turn is over: the next turn keeps their pauses.
_visits: dict[int, Visit] = {}
_MOST_VISITS = 20


@app.task(name="read_import", pass_context=True)
def read_import(context: JobContext, batch_id: int) -> None:
    """Read what is left of an import. Whatever ends the worker meanwhile costs one document.

    Five hundred links of one host take an hour and a half, most of it waiting. So when another
    job waits it has its turn, and this one goes on behind it.
    """
    batch = ImportBatch.objects.filter(pk=batch_id).first()
    if batch is None or batch.state != ImportBatch.State.RUNNING:
        return
    visit = _visits.pop(batch_id, None) or Visit()
    turn_ends = time.monotonic() + TURN_SECONDS
    batches.read(
        batch,
        may_go_on=lambda: not context.should_abort(),
        may_fetch_on=lambda: time.monotonic() < turn_ends or not _others_wait(batch),
        visit=visit,
    )
    if batch.state == ImportBatch.State.RUNNING:
        # Its turn is over, or the worker is being stopped and the next one goes on.
        if len(_visits) < _MOST_VISITS:
            _visits[batch_id] = visit
        read_soon(batch)


def _others_wait(batch: ImportBatch) -> bool:
    """Whether a job but those of ``batch`` could begin. Cost: one query."""
    due = Q(scheduled_at=None) | Q(scheduled_at__lte=timezone.now())
    waiting = ProcrastinateJob.objects.filter(due, status="todo")
    return waiting.exclude(queueing_lock=_lock(batch)).exists()


def read_soon(batch: ImportBatch) -> None:
    """Have ``batch`` read by the worker; by one job at a time."""
    lock = _lock(batch)
    job = read_import.configure(lock=lock, queueing_lock=lock)
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(batch_id=batch.pk)


def _lock(batch: ImportBatch) -> str:
    return f"import {batch.pk}"


@app.task(name="do_import_act", pass_context=True)
def do_import_act(context: JobContext, act_id: int) -> None:
    """Do what is left of an act on many documents. Each is done in whole, or not at all."""
    act = ImportAct.objects.filter(pk=act_id).first()
    if act is None:
        return
    acts.go_on(act, may_go_on=lambda: not context.should_abort())
    if act.state == ImportAct.State.RUNNING:
        act_soon(act)


def act_soon(act: ImportAct) -> None:
    """Have ``act`` done by the worker; by one job at a time."""
    lock = f"import act {act.pk}"
    job = do_import_act.configure(lock=lock, queueing_lock=lock)
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(act_id=act.pk)


@app.periodic(cron="*/5 * * * *")
@app.task(name="sketch_texts_regularly", queueing_lock="sketch_texts", pass_context=False)
def sketch_texts_regularly(timestamp: int) -> None:
    """Reckon the sketches that are owed, of an archive that was loaded or migrated all of them."""
    while alike.reckon_owed(SKETCHED_AT_ONCE):
        pass


def worker_is_there() -> bool:
    """Whether a job worker gave a sign of life lately. Cost: one query."""
    since = timezone.now() - timedelta(seconds=WORKER_SILENT_SECONDS)
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=since).exists()
