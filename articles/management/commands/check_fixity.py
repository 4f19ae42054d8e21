"""``manage.py check_fixity``: read and hash every captured file again."""

import json
import time
from argparse import ArgumentParser
from collections import Counter
from contextlib import closing
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import fixity
from articles.fixity import EXTRA, Condition, Finding

_USAGE = 2
_INTERRUPTED = 130  # as shells say of a program that Ctrl-C ended
_MEGABYTE = 1_000_000
_TOLD = {
    Condition.MISSING: gettext_lazy("%(file)s: missing."),
    Condition.ALTERED: gettext_lazy("%(file)s: altered. Expected %(expected)s, found %(found)s."),
    Condition.MISSTATED: gettext_lazy(
        "%(file)s: its bytes are right, but not as many as recorded: %(found)s, not %(expected)s."
    ),
    Condition.UNREADABLE: gettext_lazy("%(file)s: could not be read. %(found)s"),
    EXTRA: gettext_lazy("%(file)s: extra. No capture has this file."),
}


class Command(BaseCommand):
    @property
    def help(self) -> str:
        return _(
            "Read and hash the files of all captures again, and report what is missing, altered or "
            "extra. Exit code 0 when all is sound, 1 with findings, 2 for wrong usage, 130 when "
            "stopped."
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since",
            type=int,
            metavar="DAYS",
            help=_("Only what was not found sound within so many days. Default: everything."),
        )
        parser.add_argument(
            "--json", action="store_true", help=_("A JSON object on each line, the sum last.")
        )

    def handle(self, *args: Any, since: int | None, **options: Any) -> None:
        if since is not None and since < 0:
            raise CommandError(_("--since counts days: 0 or more."), returncode=_USAGE)
        captures = fixity.captures_to_check(since_days=since)
        counts: Counter[str] = Counter()
        self.as_json = options["json"]
        self.progress = _Progress(self.stderr, *fixity.extent(captures))
        try:
            with closing(fixity.check(captures, reading=self.progress.read)) as looking:
                for looked in looking:
                    counts[looked.condition] += 1
                    if looked.finding:
                        self._tell(looked.finding)
                    self.progress.file()
            for finding in fixity.extra_files():
                counts[EXTRA] += 1
                self._tell(finding)
        except KeyboardInterrupt as stop:
            self._sum_up(counts, whole=False)
            message = _("Stopped. What was found until then is noted.")
            raise CommandError(message, returncode=_INTERRUPTED) from stop
        self._sum_up(counts, whole=True)
        if wrong := sum(counts[what] for what in (*fixity.WRONG, EXTRA)):
            told = _("Not as they should be: %(count)d, as told above.")
            raise CommandError(told % {"count": wrong})

    def _tell(self, finding: Finding) -> None:
        self.progress.clear()
        facts = asdict(finding)
        self.stdout.write(json.dumps(facts) if self.as_json else _TOLD[finding.what] % facts)

    def _sum_up(self, counts: Counter[str], *, whole: bool) -> None:
        self.progress.clear()
        kinds = [kind for kind in (*Condition, EXTRA) if kind != Condition.UNCHECKED]
        numbers = {str(kind): counts[kind] for kind in kinds}
        read = {"files": self.progress.files, "bytes": self.progress.bytes}
        if self.as_json:
            self.stdout.write(json.dumps({"whole": whole, **read, **numbers}))
            return
        words = _(
            "%(files)d files, %(megabytes).1f MB read: %(sound)d sound, %(missing)d missing, "
            "%(altered)d altered, %(misstated)d of another size than recorded, "
            "%(unreadable)d not readable, %(extra)d extra, %(erased)d erased for legal reasons."
        )
        self.stdout.write(words % {**read, **numbers, "megabytes": read["bytes"] / _MEGABYTE})


class _Progress:
    """How far it is, on the error stream: twice a second on a terminal, else every ten seconds."""

    def __init__(self, out: Any, all_files: int, all_bytes: int) -> None:
        self._out, self._all = out, (all_files, all_bytes)
        self._watched = out.isatty()
        self.files = self.bytes = 0
        self._began = self._told = time.monotonic()

    def read(self, count: int) -> None:
        self.bytes += count
        self._tell()

    def file(self) -> None:
        self.files += 1
        self._tell()

    def clear(self) -> None:
        """Make room for a line that stays."""
        if self._watched:
            self._out.write("\r\033[K", ending="")

    def _tell(self) -> None:
        now = time.monotonic()
        if now - self._told < (0.5 if self._watched else 10):
            return
        self._told = now
        words = _("%(files)d of %(all)d files, %(done).0f of %(size).0f MB, %(rate).0f MB/s")
        said = words % {
            "files": self.files,
            "all": self._all[0],
            "done": self.bytes / _MEGABYTE,
            "size": self._all[1] / _MEGABYTE,
            "rate": self.bytes / _MEGABYTE / max(now - self._began, 0.001),
        }
        self.clear()
        self._out.write(said, ending="" if self._watched else "\n")
