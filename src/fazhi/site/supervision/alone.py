"""Sees to it that one home is served, or restored, by one process at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyServed(Exception):
    """Says that another process serves the home, or restores it."""


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Holds the home for the time of a block; raises `AlreadyServed` at once when somebody else does."""
    descriptor = os.open(home / "serve.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyServed(f"此系统已在运行（{home}） | it is running already, from {home}") from None
        yield
    finally:
        os.close(descriptor)
