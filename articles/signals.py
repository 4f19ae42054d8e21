"""What other apps may listen to. A revision is recorded inside a transaction: so are they."""

from django.dispatch import Signal

# revision: the new current Revision; previous: the one it replaced, or None.
revision_recorded = Signal()

# article, html (a stored body that may become its next text), user: who looks. A receiver gives
# safe HTML that tells what recording it would do; it writes nothing.
revision_foreseen = Signal()
