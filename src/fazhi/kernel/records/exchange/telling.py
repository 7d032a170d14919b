"""Telling how far work is, while its own transaction is still open and invisible, and hearing whether it is to stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from django.db import connections

_SECONDS_BETWEEN = 0.5
_ENTER = "SELECT set_config('fazhi.jurisdictions', %s, true)"
_TELL = """
    INSERT INTO exchange_progress AS p (id, jurisdiction_id, of, doing, done, total, began_at, told_at, stop)
    VALUES (nextval('fazhi_id'), %s, %s, %s, %s, %s, clock_timestamp(), clock_timestamp(), false)
    ON CONFLICT (jurisdiction_id, of) DO UPDATE SET
        began_at = CASE WHEN p.doing = excluded.doing THEN p.began_at ELSE excluded.began_at END,
        doing = excluded.doing, done = excluded.done, total = excluded.total, told_at = excluded.told_at
    RETURNING stop
"""


class Stopped(Exception):
    """Raised in the middle of work that somebody has asked to stop."""


class Teller(Protocol):
    """Whoever is told how far work is: what is being done, how much of it, of how much."""

    def __call__(self, doing: str, done: int, total: int) -> None:
        """Take notice; may raise :class:`Stopped`."""
        ...


def nobody(doing: str, done: int, total: int) -> None:
    """Nobody is told."""


class Line:
    """Tells a terminal, on one line that is written over."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write, self._told = write, 0.0

    def __call__(self, doing: str, done: int, total: int) -> None:
        """Write it, not too often."""
        now = time.monotonic()
        if now - self._told >= _SECONDS_BETWEEN or done >= total:
            self._told = now
            self._write(f"\r{doing} {done}/{total}" + ("\n" if done >= total else ""))


class Board:
    """Tells the table that pages look at, on a connection of its own; raises :class:`Stopped` when asked to stop.

    A connection of its own because the work's transaction shows nothing until it ends, and must not be told by it.
    """

    def __init__(self, jurisdiction_id: int, of: int) -> None:
        self._jurisdiction_id, self._of, self._told, self._doing = jurisdiction_id, of, 0.0, ""
        self._line = connections.create_connection("default")

    def __call__(self, doing: str, done: int, total: int) -> None:
        """Write it, not too often."""
        now = time.monotonic()
        if now - self._told < _SECONDS_BETWEEN and doing == self._doing:
            return
        self._told, self._doing = now, doing
        self._line.ensure_connection()
        self._line.set_autocommit(False)
        try:
            with self._line.cursor() as cursor:
                cursor.execute(_ENTER, [f"{{{self._jurisdiction_id}}}"])
                cursor.execute(_TELL, [self._jurisdiction_id, self._of, doing, done, total])
                stop = cursor.fetchone()[0]
            self._line.commit()
        except BaseException:
            self._line.rollback()
            raise
        if stop:
            raise Stopped

    def close(self) -> None:
        """Give the connection back."""
        self._line.close()
