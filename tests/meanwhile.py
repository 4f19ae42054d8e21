"""Something done on a connection of its own, while the test does something else."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connection

_WAITS = """SELECT EXISTS (
    SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"""


class Meanwhile(threading.Thread):
    """Does ``act`` at once; ``ended`` is the error that came of it, or None and a ``result``."""

    def __init__(self, act: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self.act, self.result, self.error = act, None, None
        self.start()

    def run(self) -> None:
        try:
            self.result = self.act()
        except Exception as error:  # looked at by the test
            self.error = error
        finally:
            connection.close()

    def waits(self) -> bool:
        """Whether it comes to wait for a lock of ours; False when it ends before."""
        with connection.cursor() as cursor:
            while self.is_alive():
                cursor.execute(_WAITS)
                if cursor.fetchone()[0]:
                    return True
                time.sleep(0.005)
        return False

    def ended(self) -> Exception | None:
        self.join(20)
        assert not self.is_alive(), "it waits for ever"
        return self.error
