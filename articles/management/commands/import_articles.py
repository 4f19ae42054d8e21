"""``manage.py import_articles PATH…``: bring files and pages of the web into the archive."""

import logging
import sys
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

from articles import metadata
from articles.importing.bulk import Result, import_files
from articles.importing.detect import FORMATS
from articles.importing.links import links_in
from articles.models import ImportItem

_EVERY = 50  # documents between two lines of progress, where nobody watches a terminal
_USAGE = 2
_INTERRUPTED = 130  # as shells say of a program that Ctrl-C ended


class Command(BaseCommand):
    @property
    def help(self) -> str:
        return _(
            "Import files, all files of folders, and what is at links, as articles. The same again "
            "changes nothing. Exit code 1 when anything was refused."
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "sources", nargs="*", metavar="PATH", help=_("A file, a folder, or a web address.")
        )
        parser.add_argument(
            "--from-links",
            metavar="FILE",
            help=_("Fetch every web address in the text of FILE; - for standard input."),
        )
        parser.add_argument("--format", choices=FORMATS, default="", help=_("Default: detected."))
        parser.add_argument(
            "--publish", action="store_true", help=_("Publish at once. Default: drafts.")
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=_("Say what would happen, and write nothing.")
        )

    def handle(
        self,
        *args: Any,
        sources: list[str],
        format: str,
        publish: bool,
        dry_run: bool,
        from_links: str | None,
        **rest: Any,
    ) -> None:
        links = [one for one in sources if one.lower().startswith(("http://", "https://"))]
        paths = [Path(one) for one in sources if one not in links]
        for path in paths:
            if not path.exists():
                message = _("There is no file or folder “%(path)s”.") % {"path": path}
                raise CommandError(message, returncode=_USAGE)
        links += self._links_in(from_links) if from_links else []
        if not paths and not links:
            raise CommandError(_("Name files, folders or web addresses."), returncode=_USAGE)
        results = import_files(paths, links, format=format, publish=publish, dry_run=dry_run)
        counts: Counter[str] = Counter()
        with _quiet_log(rest["verbosity"]):
            try:
                self._tell(results, counts)
            except KeyboardInterrupt as stop:
                self.stdout.write(_summary(counts, dry_run))
                message = _("Stopped. What is counted is in the archive, whole.")
                raise CommandError(message, returncode=_INTERRUPTED) from stop
        self.stdout.write(_summary(counts, dry_run))
        if refused := counts[ImportItem.Outcome.REFUSED]:
            raise CommandError(_("Refused: %(count)d, as told above.") % {"count": refused})

    def _links_in(self, file: str) -> list[str]:
        """The addresses in the text of ``file``; what is none is told."""
        try:
            text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        except (OSError, UnicodeError) as error:
            message = _("“%(file)s” cannot be read: %(error)s") % {"file": file, "error": error}
            raise CommandError(message, returncode=_USAGE) from error
        links, left_out = links_in(text, at_most=settings.FETCH_MAX_LINKS)
        for line in left_out:
            self.stderr.write(line)
        return links

    def _tell(self, results: Iterable[Result], counts: Counter[str]) -> None:
        """Count every result; say at once what a person should know, and how far it is."""
        watched = self.stderr.isatty()
        for result in results:
            counts[result.outcome] += 1
            done = sum(counts.values())
            if result.outcome == ImportItem.Outcome.REFUSED:
                self._say(_("%(name)s: refused. %(reason)s"), result)
            elif result.reason:
                self._say("%(name)s: %(reason)s", result)
            if result.doubts:
                fields = metadata.in_words(result.doubts)
                said = _("%(name)s: please check %(fields)s.")
                self.stderr.write(said % {"name": result.name, "fields": fields})
            if watched:
                self.stderr.write("\r" + _("%(count)d done") % {"count": done}, ending="")
            elif done % _EVERY == 0:
                self.stderr.write(_("%(count)d done") % {"count": done})
        if watched:
            self.stderr.write("")

    def _say(self, words: str, result: Result) -> None:
        clear = "\r" if self.stderr.isatty() else ""
        self.stderr.write(clear + words % {"name": result.name, "reason": result.reason})


def _summary(counts: Counter[str], dry_run: bool) -> str:
    numbers = {
        "all": sum(counts.values()),
        **{str(outcome): counts[outcome] for outcome in ImportItem.Outcome},
    }
    words = _("%(all)d documents: %(new)d new, %(updated)d updated, "
              "%(unchanged)d unchanged, %(refused)d refused.")  # fmt: skip
    said = words % numbers
    if waiting := counts[ImportItem.Outcome.DUPLICATE]:
        told = ngettext(
            "%(count)d is nearly the text of an article, and waits under Imports for a person.",
            "%(count)d are nearly the texts of articles, and wait under Imports for a person.",
            waiting,
        )
        said = f"{said} {told % {'count': waiting}}"
    return _("Nothing was written. %(summary)s") % {"summary": said} if dry_run else said


@contextmanager
def _quiet_log(verbosity: int) -> Iterator[None]:
    """Leave the log's line for every article to ``--verbosity 2``."""
    log = logging.getLogger("articles")
    before = log.level
    if verbosity < 2:
        log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        log.setLevel(before)
