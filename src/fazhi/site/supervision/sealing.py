"""The sealer's thread: seals the audit about every second, and goes on through whatever the database goes through."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, connections

from fazhi.kernel.ground.audit.chain import ChainBroken

_log = logging.getLogger(__name__)
_SECONDS_BETWEEN_SEALS = 1.0
_SECONDS_AFTER_FAILURE = 5.0
# A failure that lasts is worth a line now and then, not one every few seconds.
_SECONDS_BETWEEN_COMPLAINTS = 60.0


class Sealer(threading.Thread):
    """Calls `seal` until it is ended. Nothing is lost while it cannot: entries wait in the table until they are sealed."""

    def __init__(self, seal: Callable[[], int | None]) -> None:
        super().__init__(name="sealer", daemon=True)
        self._seal = seal
        self._ending = threading.Event()
        self._complained_at = float("-inf")

    def run(self) -> None:
        """Seals, waits, and seals again."""
        while not self._ending.is_set():
            self._ending.wait(_SECONDS_BETWEEN_SEALS if self._step() else _SECONDS_AFTER_FAILURE)

    def end(self, seconds: float) -> None:
        """Lets the present step finish, up to `seconds`."""
        self._ending.set()
        self.join(seconds)

    def _step(self) -> bool:
        try:
            self._seal()
        except (DatabaseError, ChainBroken, OSError) as failure:
            self._complain(failure)
            return False
        else:
            return True
        finally:
            # Given back to the pool, and a broken one thrown away.
            connections.close_all()

    def _complain(self, failure: Exception) -> None:
        now = time.monotonic()
        if now - self._complained_at > _SECONDS_BETWEEN_COMPLAINTS:
            self._complained_at = now
            _log.error("the audit could not be sealed: %s", failure)
