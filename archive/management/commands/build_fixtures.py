"""Write fixtures/demo.json from the texts and threads beside it."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from archive.demonstration import SourceProblem, build


class Command(BaseCommand):
    help = "Write fixtures/demo.json from fixtures/texts and fixtures/threads."

    def handle(self, *args: object, **options: object) -> None:
        folder = Path(settings.BASE_DIR, "fixtures")
        before = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            fixture = build(folder)
        except SourceProblem as problem:
            raise CommandError(str(problem)) from problem
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)
        (folder / "demo.json").write_text(fixture, encoding="utf-8")
        self.stdout.write(f"Wrote {folder / 'demo.json'}.")
