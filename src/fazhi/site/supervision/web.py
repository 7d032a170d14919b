"""Runs the web server."""

from django.conf import settings
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

# Longer than any request may take, shorter than the supervisor's patience.
_SECONDS_TO_END = 20


def run() -> None:
    """Serves until SIGTERM or SIGINT; raises `SystemExit` when its processes keep failing.

    One blocking thread in each process: requests wait for the database and for Python's lock, and more threads made
    the slowest answers slower without making more of them.
    """
    Server(
        "fazhi.site.wsgi:application",
        address=settings.FAZHI_HOST,
        port=settings.FAZHI_PORT,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=settings.FAZHI_WEB_PROCESSES,
        blocking_threads=1,
        respawn_failed_workers=True,
        workers_kill_timeout=_SECONDS_TO_END,
        log_level=LogLevels.warning,
        log_access=False,
    ).serve()
