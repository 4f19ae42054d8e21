"""Something done on a connection of its own, while the test does something else."""

import threading
from typing import Any

from django.db import connection


class Meanwhile(threading.Thread):
    """Does ``act`` at once; ``ended`` is the error that came of it, or None."""

    def __init__(self, act: Any) -> None:
        super().__init__(daemon=True)
        self.act, self.error = act, None
        self.start()

    def run(self) -> None:
        try:
            self.act()
        except Exception as error:  # looked at by the test
            self.error = error
        finally:
            connection.close()

    def ended(self) -> Exception | None:
        self.join(20)
        assert not self.is_alive(), "it waits for ever"
        return self.error
