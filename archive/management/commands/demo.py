"""``manage.py demo``: the whole archive, filled, on this machine."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive import demo


class Command(BaseCommand):
    @property
    def help(self) -> str:
        return _("Start the archive on this machine, with texts and accounts to try.")

    requires_system_checks = []  # they need a second, and the tests run them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--no-browser", action="store_true", help=_("Do not open the start page.")
        )

    def handle(self, *args: Any, port: int, no_browser: bool, **options: Any) -> None:
        try:
            demo.run(port=port, browser=not no_browser, say=self.say)
        except demo.DemoProblem as problem:
            raise CommandError(str(problem)) from problem

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()  # whoever reads a log file waits for the address
