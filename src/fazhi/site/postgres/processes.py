"""Watches the processes of a server, to start anew only when nothing of the last one is left."""

import os
import time
from pathlib import Path

from fazhi.site.postgres.errors import PostgresUnusable

_PROC = Path("/proc")
_REAPING_SECONDS = 10


def await_end(data: Path, *, seconds: float) -> None:
    """Returns when no process works on `data` and its lock file names none; raises `PostgresUnusable` after `seconds`.

    After `kill -9` the server's children live on for a moment, and the dead server stays a zombie until its parent
    takes notice; PostgreSQL refuses to start until both are gone. Where process 1 never takes notice (in some
    containers), and where another program has meanwhile been given the old number, the lock file would bar the start
    for ever: it is removed, once it is certain that no process has the data folder as its working folder, which
    every process of PostgreSQL has.
    """
    lock = data / "postmaster.pid"
    begun = time.monotonic()
    while True:
        workers = _working_in(data)
        named = _named_by(lock)
        if not workers and (named is None or not _exists(named)):
            return
        waited = time.monotonic() - begun
        if not workers and _PROC.is_dir() and waited > _REAPING_SECONDS:
            lock.unlink(missing_ok=True)
            return
        if not workers and not _PROC.is_dir():
            return
        if waited > seconds:
            raise PostgresUnusable(f"processes of an earlier server still work on {data}: {workers}")
        time.sleep(0.05)


def _working_in(data: Path) -> list[int]:
    found = []
    for entry in _PROC.glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == data:
                found.append(int(entry.name))
        except OSError:
            # Gone meanwhile, a zombie, or somebody else's: none of these can be writing our data.
            continue
    return found


def _named_by(lock: Path) -> int | None:
    try:
        return abs(int(lock.read_text().split("\n", 1)[0]))
    except (FileNotFoundError, ValueError):
        return None


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
