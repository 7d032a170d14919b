"""The database session: whose data a transaction may touch, and on whose account it writes.

Row-level security reads ``fazhi.jurisdictions``; the audit trigger reads ``fazhi.actor``, ``fazhi.act`` and
``fazhi.at``. All are set for the transaction only, in one statement; unset means no rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

_SET = (
    "SELECT set_config('fazhi.jurisdictions', %s, true), set_config('fazhi.actor', %s, true),"
    " set_config('fazhi.act', %s, true), set_config('fazhi.at', %s, true)"
)


def enter(*, jurisdictions: Sequence[int], actor: int | None, act: str, at: datetime | None) -> None:
    """Set this transaction's jurisdictions, actor (account id), act name and instant."""
    ids = "{" + ",".join(str(int(each)) for each in jurisdictions) + "}"
    with connection.cursor() as cursor:
        cursor.execute(_SET, [ids, "" if actor is None else str(actor), act, at.isoformat() if at else ""])


@contextmanager
def session(
    *, jurisdictions: Sequence[int], actor: int | None = None, act: str = "", at: datetime | None = None
) -> Iterator[None]:
    """One transaction in which only rows of ``jurisdictions`` exist."""
    with transaction.atomic():
        enter(jurisdictions=jurisdictions, actor=actor, act=act, at=at)
        yield
