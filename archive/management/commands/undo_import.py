"""``manage.py undo_import BATCH``: take a whole import back."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive import undoing
from archive.hindrances import Prospect, foresee
from articles.models import ImportBatch

_USAGE = 2


class Command(BaseCommand):
    @property
    def help(self) -> str:
        return _(
            "Undo a whole import, named by the number in the address of its page. Exit code 1 when "
            "something stands in the way: then nothing is changed."
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", type=int, metavar="BATCH")
        parser.add_argument("--reason", default="", help=_("Told to readers of public articles."))
        parser.add_argument(
            "--by", default="", metavar="USERNAME", help=_("Whose act it is in the editors’ log.")
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=_("Say what would happen, and write nothing.")
        )

    def handle(
        self, *args: Any, batch: int, reason: str, by: str, dry_run: bool, **rest: Any
    ) -> None:
        found = ImportBatch.objects.filter(pk=batch).first()
        user = get_user_model().objects.filter(username__iexact=by).first()
        if found is None or (by and user is None):
            what = _("import %(number)d") % {"number": batch} if found is None else f"“{by}”"
            raise CommandError(_("There is no %(what)s.") % {"what": what}, returncode=_USAGE)
        try:
            done = _look(found) if dry_run else undoing.undo(found, reason=reason, by=user)
        except undoing.AlreadyUndone as told:
            raise CommandError(_("It was undone already.")) from told
        except undoing.Hindered as told:
            for line in _in_the_way(told.prospect):
                self.stderr.write(line)
            raise CommandError(_("Nothing was changed.")) from told
        counts = _("%(deleted)d articles deleted, %(withdrawn)d withdrawn, %(restored)d as they "
                   "were before, %(names)d names deleted.") % done.count()  # fmt: skip
        said = _("Nothing was written. It would be: %(counts)s") if dry_run else "%(counts)s"
        self.stdout.write(said % {"counts": counts})


def _look(batch: ImportBatch) -> Prospect:
    """Errors: as ``undoing.undo``."""
    if batch.state == ImportBatch.State.UNDONE:
        raise undoing.AlreadyUndone(batch)
    seen = foresee(batch)
    if seen.hindrances:
        raise undoing.Hindered(seen)
    return seen


def _in_the_way(prospect: Prospect) -> list[str]:
    return [
        f"{one.article.slug}: {one.sentence}" if one.article else one.sentence
        for one in prospect.hindrances
    ]
