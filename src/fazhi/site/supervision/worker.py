"""Runs the worker: background jobs, jobs by the clock, and the sealer of the audit."""

from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from fazhi.kernel.ground.audit.chain import seal
from fazhi.site.supervision.sealing import Sealer

# How often the worker says in the database that it lives, and after how long a silence others take it for dead.
HEARTBEAT_SECONDS = 5.0
SILENCE_SECONDS = 30.0
_SECONDS_FOR_JOBS_TO_END = 15.0
_SECONDS_FOR_SEALER_TO_END = 5.0


def run() -> None:
    """Works until SIGTERM or SIGINT. A job then has some seconds to end; one that has not is taken up again later."""
    sealer = Sealer(seal)
    sealer.start()
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError(f"the job queue is expected on Django's connections, not on {type(connector).__name__}")
    try:
        with app.replace_connector(connector.get_worker_connector()) as working:
            working.run_worker(
                concurrency=settings.FAZHI_JOBS_AT_ONCE,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=SILENCE_SECONDS,
                shutdown_graceful_timeout=_SECONDS_FOR_JOBS_TO_END,
            )
    finally:
        sealer.end(_SECONDS_FOR_SEALER_TO_END)
