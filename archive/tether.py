"""Processes that end when the one that started them does, even if that one was killed."""

import multiprocessing
import os
import signal
import threading
import time


def end_with_parent(*, grace_seconds: float = 0) -> None:
    """End this process when its parent is gone: asked to first, forced after the grace.

    Does nothing in a process that multiprocessing did not start.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        if grace_seconds:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(grace_seconds)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=wait, daemon=True, name="tether").start()
