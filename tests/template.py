"""The workers of a run migrate once: the first makes a database, the others copy it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection


@contextmanager
def one_template(folder: Path, blocker: Any) -> Iterator[None]:
    """A test database made within is a copy of the one that another process with ``folder`` made.

    Migrating takes some five seconds, copying a tenth of one. The last to leave drops the template.
    """
    creation, quote = connection.creation, connection.ops.quote_name
    template = f"test_{connection.settings_dict['NAME']}_template"
    is_made = folder / "template.made"
    create = creation.create_test_db

    def create_or_copy(*args: Any, **options: Any) -> str:
        with (folder / "template.turn").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            fcntl.flock(users, fcntl.LOCK_SH)
            if is_made.exists():
                connection.settings_dict["TEST"]["TEMPLATE"] = template
                return create(*args, **options)
            name: str = create(*args, **options)
            connection.close()
            with creation._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {quote(template)}")
                cursor.execute(f"CREATE DATABASE {quote(template)} TEMPLATE {quote(name)}")
            is_made.touch()
            return name

    with (folder / "template.users").open("w") as users:
        creation.create_test_db = create_or_copy
        yield
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        if is_made.exists():
            is_made.unlink()
            with blocker.unblock(), creation._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {quote(template)}")
