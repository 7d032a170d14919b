"""The tally kept small: many small changes become one row per unit, kind, phase and handler."""

from __future__ import annotations

from django.db import connection

_COMPACT = """
    WITH gone AS (
        DELETE FROM matters_tally WHERE jurisdiction_id = %s
        RETURNING jurisdiction_id, unit_id, record, phase, handler_id, delta
    )
    INSERT INTO matters_tally (id, jurisdiction_id, unit_id, record, phase, handler_id, delta)
    SELECT nextval('fazhi_id'), jurisdiction_id, unit_id, record, phase, handler_id, sum(delta)
    FROM gone GROUP BY jurisdiction_id, unit_id, record, phase, handler_id HAVING sum(delta) <> 0
"""


def compact(jurisdiction_id: int) -> None:
    """Replace the rows of a jurisdiction by their sums; needs it in session. Changes made meanwhile stay untouched."""
    with connection.cursor() as cursor:
        cursor.execute(_COMPACT, [jurisdiction_id])
