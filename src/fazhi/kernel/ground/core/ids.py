"""Identifiers: one series of 64-bit numbers for all records of a system.

The database sequence steps by :data:`BLOCK`; a process hands out the numbers of a step without asking again, so that
registering a case costs no round trip for its ids, and a bulk import takes all its ids in one.
"""

from __future__ import annotations

import os
from threading import Lock

from django.db import connection

BLOCK = 64
SEQUENCE = "fazhi_id"

_lock = Lock()
_pool: list[int] = []
_owner = 0


def _blocks(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval('{SEQUENCE}') FROM generate_series(1, %s)", [count])  # noqa: S608 — a name of ours
        return [row[0] for row in cursor.fetchall()]


def next_id() -> int:
    """This next unused identifier."""
    global _owner  # noqa: PLW0603 — one pool a process
    with _lock:
        if _owner != os.getpid():
            # A forked process must not hand out its parent's numbers.
            _pool.clear()
            _owner = os.getpid()
        if not _pool:
            start = _blocks(1)[0]
            _pool.extend(range(start + BLOCK - 1, start - 1, -1))
        return _pool.pop()


def take_ids(count: int) -> list[int]:
    """These ``count`` unused identifiers, in ascending order.

    What this process hands out afterwards is greater, so that rows of a later call never sort before those of an earlier.
    """
    if count <= BLOCK:
        return [next_id() for _ in range(count)]
    starts = _blocks(-(-count // BLOCK))
    with _lock:
        _pool.clear()
    return [start + step for start in starts for step in range(BLOCK)][:count]
