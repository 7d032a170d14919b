"""Tells pages whether the worker lives, so that a banner can say when it does not."""

import time
from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest

from fazhi.site.supervision.worker import SILENCE_SECONDS

_SECONDS_REMEMBERED = 10.0
_LIVES = "SELECT EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s))"

_remembered: tuple[float, bool] = (float("-inf"), True)


def worker_beats() -> bool:
    """Tells whether a worker has said within the last half minute that it lives; asked of the database now and then."""
    global _remembered  # noqa: PLW0603 — one answer serves every page of this process for some seconds
    now = time.monotonic()
    if now - _remembered[0] > _SECONDS_REMEMBERED:
        _remembered = (now, _ask())
    return _remembered[1]


def context(_request: HttpRequest) -> dict[str, Callable[[], bool]]:
    """Adds `worker_beats` to what every template knows; asked only where a template uses it."""
    return {"worker_beats": worker_beats}


def _ask() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute(_LIVES, [SILENCE_SECONDS])
            return bool(cursor.fetchone()[0])
    except DatabaseError:
        # The page is about something worse, which it will say itself.
        return _remembered[1]
