"""What editors do to other people's notes: hide one with a reason, show it again. Logged.

Whoever calls has fetched the note through the gate; a hidden note stays visible to its author,
with the reason.
"""

from django.db import transaction
from django.utils import timezone

from annotations.models import Annotation, Flag
from articles import logbook


@transaction.atomic
def hide(note: Annotation, *, reason: str, by) -> None:
    """Take ``note`` from everybody's eyes but its author's and the editors', for ``reason``."""
    note.hidden_at, note.hidden_reason = timezone.now(), reason
    note.save(update_fields=["hidden_at", "hidden_reason"])
    _log(note, "hid", by, reason)


@transaction.atomic
def show_again(note: Annotation, *, by) -> None:
    """Undo ``hide``; the log keeps that it was hidden, and why."""
    if note.hidden_at is None:
        return
    note.hidden_at, note.hidden_reason = None, ""
    note.save(update_fields=["hidden_at", "hidden_reason"])
    _log(note, "unhid", by)


@transaction.atomic
def settle(flag: Flag, *, by) -> None:
    """Mark the report ``flag`` as dealt with."""
    if flag.settled_at is not None:
        return
    flag.settled_at = timezone.now()
    flag.save(update_fields=["settled_at"])
    _log(flag.annotation, "settled", by)


def _log(note: Annotation, act: str, by, reason: str = "") -> None:
    # Named by its article, never by its words: people read the log who may not read the note.
    logbook.enter(note, act, by=by, reason=reason, what=str(note.article))
