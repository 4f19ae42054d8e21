"""``manage.py import_annotations PATH…``: bring annotations of Hypothesis into the archive."""

import logging
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.importing import hypothesis
from annotations.importing.door import Brought, bring
from annotations.models import Group
from articles.importing.bulk import files_in
from articles.importing.document import ImportRefused
from articles.models import ImportItem

_USAGE = 2
_INTERRUPTED = 130  # as shells say of a program that Ctrl-C ended
_GONE = "gone"
Outcome = ImportItem.Outcome


class Command(BaseCommand):
    @property
    def help(self) -> str:
        return _(
            "Import annotations that Hypothesis exported, as notes on the articles they are about. "
            "The same again changes nothing. Exit code 1 when anything was refused."
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--dry-run", action="store_true", help=_("Say what would happen, and write nothing.")
        )
        parser.add_argument(
            "--group",
            metavar="NAME",
            help=_(
                "For whom notes come in that were for a group there, and private ones that their "
                "author exported. Default: they are refused."
            ),
        )

    def handle(
        self, *args: Any, paths: list[Path], dry_run: bool, group: str | None, **rest: Any
    ) -> None:
        for path in paths:
            if not path.exists():
                message = _("There is no file or folder “%(path)s”.") % {"path": path}
                raise CommandError(message, returncode=_USAGE)
        readers = _group_named(group) if group is not None else None
        counts: Counter[str] = Counter()
        with _quiet_log(rest["verbosity"]):
            try:
                for path in files_in(paths):
                    self._tell(path, _brought(path, readers, dry_run), counts)
            except KeyboardInterrupt as stop:
                self.stdout.write(_summary(counts, dry_run))
                message = _("Stopped. Threads are in the archive whole, or not at all.")
                raise CommandError(message, returncode=_INTERRUPTED) from stop
        self.stdout.write(_summary(counts, dry_run))
        if refused := counts[Outcome.REFUSED]:
            raise CommandError(_("Refused: %(count)d, as told above.") % {"count": refused})

    def _tell(self, path: Path, results: Iterable[Brought], counts: Counter[str]) -> None:
        """Count every result, and say what a person should know."""
        for one in results:
            counts[one.outcome] += 1
            counts[_GONE] += one.words_gone
            name = f"{path}, {one.name}" if one.name else str(path)
            if one.outcome == Outcome.REFUSED:
                told = _("%(name)s: refused. %(reason)s") % {"name": name, "reason": one.reason}
                self.stderr.write(told)
            elif one.reason:
                self.stderr.write(f"{name}: {one.reason}")


def _brought(path: Path, group: Group | None, dry_run: bool) -> list[Brought]:
    try:
        with path.open("rb") as file:
            data = file.read(settings.IMPORT_MAX_BYTES + 1)
        if len(data) > settings.IMPORT_MAX_BYTES:
            raise ImportRefused(_("It is larger than the limit."))
        export = hypothesis.read(data)
    except OSError as error:
        return [Brought("", Outcome.REFUSED, error.strerror or str(error))]
    except ImportRefused as refusal:
        return [Brought("", Outcome.REFUSED, refusal.reason)]
    return bring(export, by=None, group=group, label=path.name, dry_run=dry_run)


def _group_named(name: str) -> Group:
    """Errors: CommandError where there is none."""
    group = Group.objects.filter(name__iexact=name.strip()).first()
    if group is None:
        message = _("There is no group “%(name)s”.") % {"name": name}
        raise CommandError(message, returncode=_USAGE)
    return group


def _summary(counts: Counter[str], dry_run: bool) -> str:
    numbers = {str(outcome): counts[outcome] for outcome in Outcome}
    words = _("%(all)d annotations: %(new)d new, %(updated)d updated, "
              "%(unchanged)d unchanged, %(refused)d refused.")  # fmt: skip
    said = words % (numbers | {"all": sum(numbers.values())})
    if gone := counts[_GONE]:
        told = ngettext(
            "The words of %(count)d new one were not found.",
            "The words of %(count)d new ones were not found.",
            gone,
        )
        said = f"{said} {told % {'count': gone}}"
    return _("Nothing was written. %(summary)s") % {"summary": said} if dry_run else said


@contextmanager
def _quiet_log(verbosity: int) -> Iterator[None]:
    """Leave the log's lines to ``--verbosity 2``."""
    log = logging.getLogger("annotations")
    before = log.level
    if verbosity < 2:
        log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        log.setLevel(before)
