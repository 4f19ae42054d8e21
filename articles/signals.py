"""The one signal that crosses from articles to annotations, against the import direction."""

from django.dispatch import Signal

# Sent inside the transaction that records a revision, with ``revision`` and ``previous`` (or None).
revision_recorded = Signal()
