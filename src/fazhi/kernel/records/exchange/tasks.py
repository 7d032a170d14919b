"""Work of exchange in the background. Arguments are ids; each job sets a session of its own, and may be done twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.records.exchange import clearing, exports, working
from fazhi.kernel.records.exchange.models import Export, Import
from fazhi.kernel.records.exchange.telling import Board

QUEUE = "exchange"
# Also after a worker that is taken for dead and is not: it may have done the work by then.
_AGAIN = RetryStrategy(max_attempts=5, wait=15, retry_exceptions={OperationalError, working.Busy})


@contextmanager
def _board(jurisdiction_id: int, of: int) -> Iterator[Board]:
    board = Board(jurisdiction_id, of)
    try:
        yield board
    finally:
        board.close()
        connection.close()


@app.task(name="exchange.import", queue=QUEUE, retry=_AGAIN)
def import_file(jurisdiction_id: int, import_id: int) -> None:
    """Checks, writes or undoes an import, as its state asks."""
    with _board(jurisdiction_id, import_id) as board:
        try:
            working.work(jurisdiction_id, import_id, board)
        except (working.Busy, OperationalError):
            raise
        except Exception:
            working.give_up(jurisdiction_id, import_id)
            raise


@app.task(name="exchange.export", queue=QUEUE, retry=_AGAIN)
def export_list(jurisdiction_id: int, export_id: int) -> None:
    """Makes the file of an export."""
    with _board(jurisdiction_id, export_id) as board:
        exports.run(jurisdiction_id, export_id, board)


@app.periodic(cron="10 4 * * *")
@app.task(name="exchange.clear_away", queue=QUEUE, queueing_lock="exchange.clear_away")
def clear_away(timestamp: int) -> None:
    """Removes files that have served."""
    del timestamp
    for jurisdiction_id in Jurisdiction.objects.values_list("id", flat=True):
        with session(jurisdictions=[jurisdiction_id], act="exchange.clear_away"):
            clearing.clear_away()
    connection.close()


def begin(of: Import | Export) -> None:
    """Hand work over to the worker, with the transaction that asks for it; never two jobs of one import at a time."""
    name = f"exchange.{of.pk}"
    if isinstance(of, Import):
        import_file.configure(lock=name).defer(jurisdiction_id=of.jurisdiction_id, import_id=of.pk)
    else:
        export_list.configure(lock=name).defer(jurisdiction_id=of.jurisdiction_id, export_id=of.pk)
