"""What editors do to other people's notes: hide one with a reason, show it again. Logged.

Whoever calls has fetched the note through the gate; a hidden note stays visible to its author,
with the reason.
"""

import logging

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Annotation

logger = logging.getLogger(__name__)


@transaction.atomic
def hide(note: Annotation, *, reason: str, by) -> None:
    """Take ``note`` from everybody's eyes but its author's and the editors', for ``reason``."""
    note.hidden_at, note.hidden_reason = timezone.now(), reason
    note.save(update_fields=["hidden_at", "hidden_reason"])
    _log(note, _("Hidden: %(reason)s") % {"reason": reason}, by)


@transaction.atomic
def show_again(note: Annotation, *, by) -> None:
    """Undo ``hide``; the log keeps that it was hidden, and why."""
    if note.hidden_at is None:
        return
    note.hidden_at, note.hidden_reason = None, ""
    note.save(update_fields=["hidden_at", "hidden_reason"])
    _log(note, _("Shown again."), by)


def _log(note: Annotation, message: str, by) -> None:
    # Named by its address, never by its words: logs are read by people who may not read the note.
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(Annotation),
        object_id=str(note.pk),
        object_repr=str(note.pk),
        action_flag=CHANGE,
        change_message=message,
    )
    logger.info("annotation %s moderated by %s", note.pk, by.pk)
