"""``manage.py postgres PROGRAM …``: psql, pg_dump and the like on the embedded server."""

import argparse
import os
import subprocess
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from archive import cluster


class Command(BaseCommand):
    @property
    def help(self) -> str:
        return _("Run one of PostgreSQL's own programs on the server in the var folder.")

    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("program", help=_("such as psql, pg_dump or pg_restore"))
        parser.add_argument("arguments", nargs=argparse.REMAINDER)

    def handle(self, *args: Any, program: str, arguments: list[str], **options: Any) -> None:
        if "CLUSTER" not in connection.settings_dict:
            raise CommandError(_("DATABASE_URL names a server: use the programs installed there."))
        where = connection.get_connection_params()
        path = cluster.program(program)
        if os.sep in program or not path.exists():
            raise CommandError(_("There is no program %(name)s.") % {"name": program})
        answer = subprocess.run(  # noqa: S603 - the operator's own words, and no shell
            [path, *arguments],
            env={
                **os.environ,
                "PGHOST": where["host"],
                "PGPORT": str(where["port"]),
                "PGUSER": where["user"],
                "PGDATABASE": where["dbname"],
            },
            check=False,
        )
        sys.exit(answer.returncode)
