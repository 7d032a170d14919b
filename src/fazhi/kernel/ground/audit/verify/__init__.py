"""Verification: finds what was changed past the audit, by whoever could disable its triggers.

It reads the whole of one snapshot, writes nothing and locks nothing. What it proves against is, in this order: rows
against their last image, images against the digests of entries, entries against blocks, blocks against each other and
against the anchors outside the database, and those against copies filed elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from fazhi.kernel.ground.audit import shapes
from fazhi.kernel.ground.audit.tables import guarded
from fazhi.kernel.ground.audit.verify import anchored, blocks, contents, rows, walls
from fazhi.kernel.ground.audit.verify.findings import Finding, Gathering, Kind, Report, Scope

__all__ = ["Finding", "Kind", "Report", "Scope", "verify"]

_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
_MEMORY = "SET LOCAL work_mem = '256MB'"


def verify(*, owner: str = "owner", filed: Iterable[bytes] = (), limit: int = 200) -> Report:
    """Verify the audit and every audited table; at most ``limit`` findings of each kind are listed, all are counted.

    ``owner`` is the database alias of the tables' owner, who alone sees all jurisdictions. ``filed`` are lines of
    anchors kept elsewhere. Must not run inside a transaction.
    """
    found = Gathering(limit)
    told = anchored.read(connections[owner].settings_dict["NAME"], found)
    with transaction.atomic(using=owner, durable=True), connections[owner].cursor() as cursor:
        cursor.execute(_SNAPSHOT)
        cursor.execute(_MEMORY)
        cursor.execute(shapes.PINNED)
        present = set(connections[owner].introspection.table_names(cursor))
        tables = guarded()
        walls.install_shipped(cursor)
        walls.check(cursor, [table for table in tables if table.table in present], found)
        anchored.check(cursor, told, found)
        anchored.check_filed(cursor, filed, told, found)
        blocks.check(cursor, found)
        contents.check(cursor, found)
        rows.check(cursor, tables, present, found)
        located = tuple(_located(cursor, finding) for finding in found.kept)
        # The functions put into the temporary schema go with it.
        transaction.set_rollback(True, using=owner)
    return Report(located, dict(found.counts), tuple(found.notices), found.scope)


def _located(cursor: CursorWrapper, finding: Finding) -> Finding:
    """This finding with the block its entry is sealed in, if any."""
    if finding.entry is None or finding.block is not None:
        return finding
    cursor.execute(
        """
        SELECT n FROM audit_block AS block JOIN audit_entry AS entry
            ON entry.era = block.era AND xid >= from_xid AND xid < to_xid
        WHERE entry.id = %s LIMIT 1
        """,
        [finding.entry],
    )
    row = cursor.fetchone()
    return finding if row is None else replace(finding, block=row[0])
