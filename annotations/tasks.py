"""Jobs: what happens to notes a while after somebody acted."""

from django.db import transaction
from procrastinate.contrib.django import app

from annotations.writing import UNDO_SECONDS, forget_deleted


@app.task(name="forget_deleted")
def forget() -> None:
    """Drop the words of notes whose undo period is over."""
    forget_deleted()


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="forget_deleted_regularly", queueing_lock="forget_deleted_regularly", pass_context=False
)
def forget_regularly(timestamp: int) -> None:
    """The same, for deletions whose own job was lost."""
    forget_deleted()


def forget_soon() -> None:
    """Have the words of a note deleted just now dropped once it can no longer be brought back."""
    with transaction.atomic():
        forget.configure(schedule_in={"seconds": UNDO_SECONDS + 1}).defer()
