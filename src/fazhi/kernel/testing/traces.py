"""Traces: a fingerprint of everything a write may touch, to hold that a refusal left nothing behind."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, models

from fazhi.kernel.casework.deadlines.models import Run
from fazhi.kernel.casework.matters.models import Counter, Matter, MatterLink, Step, Tally, Visibility
from fazhi.kernel.casework.parties.models import Party

KERNEL: tuple[type[models.Model], ...] = (Matter, MatterLink, Step, Visibility, Tally, Counter, Run, Party)


def fingerprint(records: Iterable[type[models.Model]]) -> dict[str, str]:
    """These tables with a hash of all their visible rows, those of the kernel and the audit included."""
    tables = [model._meta.db_table for model in (*KERNEL, *records)] + ["audit_entry"]
    found = {}
    with connection.cursor() as cursor:
        for table in dict.fromkeys(tables):
            place = connection.ops.quote_name(table)
            cursor.execute(f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t.id), '')) FROM {place} AS t")  # noqa: S608
            found[table] = str(cursor.fetchone()[0])
    return found


def audited(record: type[models.Model], row_id: int) -> int:
    """How many audit entries there are about a row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM audit_entry WHERE table_name = %s AND row_id = %s", [record._meta.db_table, row_id]
        )
        return int(cursor.fetchone()[0])
