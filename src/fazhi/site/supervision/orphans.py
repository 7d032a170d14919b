"""Ends a process whose parent has died, so that nothing is left that no one watches over."""

import os
import signal
import threading
import time

# Tells a supervised process whose death it must not outlive, and that the database is looked after.
SUPERVISOR = "FAZHI_SUPERVISOR"
_SECONDS_BETWEEN_LOOKS = 1.0
_SECONDS_TO_END = 20.0


def end_with(parent: int) -> None:
    """Watches from a thread of its own whether `parent` is still our parent; when not, this process ends.

    It is asked to first (SIGTERM), as its supervisor would have done, and made to when it does not.
    """
    threading.Thread(target=_watch, args=(parent,), name="parent watch", daemon=True).start()


def end_with_supervisor() -> None:
    """Ends this process with its supervisor, if it has one."""
    if supervised():
        end_with(int(os.environ[SUPERVISOR]))


def supervised() -> bool:
    """Tells whether a supervisor started this process."""
    return SUPERVISOR in os.environ


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_SECONDS_TO_END)
    os._exit(1)
