"""Processes that end when the one that started them does, even if that one was killed.

``python -m archive.tether MODULE ARGUMENT…`` runs a module tethered to its standard input,
a pipe whose other end the starter holds and the kernel closes when the starter is gone.
"""

import multiprocessing
import os
import runpy
import signal
import sys
import threading
import time

_GRACE_SECONDS = 3


def end_with_input() -> None:
    """End this process in an orderly way, then by force, when standard input ends."""

    def wait() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_GRACE_SECONDS)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=wait, daemon=True, name="tether").start()


def end_with_parent() -> None:
    """End this process at once when the process that forked or spawned it is gone.

    Does nothing in a process that multiprocessing did not start.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=wait, daemon=True, name="tether").start()


if __name__ == "__main__":
    end_with_input()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
