"""Watches over the processes of a site until it is told to stop."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from fazhi.site.postgres import Cluster, PostgresUnusable
from fazhi.site.supervision.children import Child
from fazhi.site.supervision.orphans import SUPERVISOR

_SECONDS_BETWEEN_LOOKS = 0.1
_SECONDS_BETWEEN_LOOKS_AT_DATABASE = 2.0
_SECONDS_TO_END = 25.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Raised by a signal to stop while the site is still being prepared; no error, hence no `Exception`."""


class Supervisor:
    """Runs children, and the embedded database if `cluster` is given, until a signal arrives."""

    def __init__(self, children: Sequence[Child], cluster: Cluster | None, say: Callable[[str], None]) -> None:
        self._children = children
        self._cluster = cluster
        self._say = say
        self._looked_at = time.monotonic()

    def run(self, stopping: threading.Event, ready: Callable[[], bool], announce: Callable[[], None]) -> None:
        """Returns when `stopping` is set and the children have ended, the last one started first.

        `announce` is called once, when `ready` says for the first time that browsers are answered. The database is left
        to whoever holds its lease.
        """
        announced = False
        try:
            while not stopping.is_set():
                self._tend_database()
                for child in self._children:
                    child.tend()
                if not announced and ready():
                    announced = True
                    announce()
                stopping.wait(_SECONDS_BETWEEN_LOOKS)
        finally:
            for child in reversed(self._children):
                child.stop(_SECONDS_TO_END)

    def _tend_database(self) -> None:
        now = time.monotonic()
        if self._cluster is None or now - self._looked_at < _SECONDS_BETWEEN_LOOKS_AT_DATABASE:
            return
        try:
            if not self._cluster.is_ready():
                self._say("数据库没有应答，正在重启 the database does not answer and is started again")
                self._cluster.ensure_running()
                self._say("数据库已恢复 the database is back")
        except PostgresUnusable as refusal:
            self._say(str(refusal))
        self._looked_at = time.monotonic()


def child(name: str, verb: str, say: Callable[[str], None], **settings: str) -> Child:
    """Returns the child that runs `fazhi verb` with these settings, and ends when this process does."""
    environment = {**os.environ, **settings, SUPERVISOR: str(os.getpid())}
    return Child(name, [sys.executable, "-m", "fazhi.site", verb], environment, say)


@contextmanager
def signals() -> Iterator[threading.Event]:
    """Yields an event that SIGINT, SIGTERM and SIGHUP set; before anybody has asked for it, they raise `Stopped`.

    Until the event is first looked at there is no loop that would notice it: what runs then must be interrupted.
    """
    event = _Stopping()

    def stop(_number: int, _frame: FrameType | None) -> None:
        event.set()
        if not event.looked_at:
            raise Stopped

    # What nohup has made deaf to the end of its terminal stays so.
    heard = [number for number in _SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    former = [signal.signal(number, stop) for number in heard]
    try:
        yield event
    finally:
        for number, handler in zip(heard, former, strict=True):
            signal.signal(number, handler)


@contextmanager
def until_stopped(stopping: threading.Event) -> Iterator[None]:
    """Ends a block quietly once it is told to stop.

    What `Stopped` interrupts may fail in a way of its own while it tidies up, a connection in the middle of a commit for
    one; that is no news then.
    """
    try:
        yield
    except (Stopped, Exception):
        if not stopping.is_set():
            raise


class _Stopping(threading.Event):
    """An event that remembers whether anybody has begun to look at it."""

    looked_at = False

    def is_set(self) -> bool:
        self.looked_at = True
        return super().is_set()
