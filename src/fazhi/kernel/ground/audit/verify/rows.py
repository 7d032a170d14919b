"""Whether the rows of audited tables are what their last recorded image says."""

from __future__ import annotations

import json

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from fazhi.kernel.ground.audit import shapes
from fazhi.kernel.ground.audit.shapes import Shape
from fazhi.kernel.ground.audit.tables import Guarded
from fazhi.kernel.ground.audit.verify.findings import Finding, Gathering, Kind, named

_KINDS = {
    "added": Kind.ROW_ADDED,
    "changed": Kind.ROW_CHANGED,
    "removed": Kind.ROW_REMOVED,
    "returned": Kind.ROW_RETURNED,
}


def check(cursor: CursorWrapper, tables: list[Guarded], present: set[str], found: Gathering) -> None:
    """Compare every audited table with the audit, sealed or not yet sealed."""
    # One pass over the entries for all tables; gone with the transaction.
    cursor.execute(
        """
        CREATE TEMPORARY TABLE audit_latest ON COMMIT DROP AS
        SELECT DISTINCT ON (table_name, row_id) table_name, row_id, id, op FROM audit_entry
        WHERE op IN ('I', 'U', 'D', 'B') ORDER BY table_name, row_id, id DESC
        """
    )
    cursor.execute("CREATE INDEX ON audit_latest (table_name)")
    cursor.execute("ANALYZE audit_latest")
    for table in tables:
        if not table.audited:
            continue
        if table.table in present:
            _table(cursor, table, found)
        elif shapes.recorded(cursor, table.table) is not None:
            found.add(Finding(Kind.TABLE_GONE, table.table))
        else:
            found.notices.append(f"表 {named(table.table)} 尚未建立，请执行 fazhi migrate")


def _table(cursor: CursorWrapper, table: Guarded, found: Gathering) -> None:
    cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table.table)))
    found.saw(tables=1, rows=cursor.fetchone()[0])
    actual = shapes.actual(cursor, table)
    shape = shapes.recorded(cursor, table.table)
    if shape is None or shape.columns != actual:
        found.add(Finding(Kind.SHAPE, table.table, detail="请先执行 fazhi migrate；执行后仍有此项的，表结构被擅自改动"))
    shape = shape or Shape(actual, {}, ())
    # Columns of one side only are the finding above; the others are compared all the same.
    then = sql.SQL("(({fills}::jsonb || payload.image) - {gone}::text[])").format(
        fills=sql.Literal(json.dumps(shape.fills)),
        gone=sql.Literal(sorted({*shape.dropped, *shape.columns} - actual.keys())),
    )
    now = sql.SQL("({image} - {fresh}::text[])").format(
        image=shapes.image(table, "audited"), fresh=sql.Literal(sorted(actual.keys() - shape.columns.keys()))
    )
    cursor.execute(
        sql.SQL(
            """
            SELECT row_id, entry, what, ARRAY(
                SELECT key FROM jsonb_each(CASE WHEN what = 'changed' THEN was END) AS former (key, value)
                FULL JOIN jsonb_each(CASE WHEN what = 'changed' THEN is_now END) AS present (key, value) USING (key)
                WHERE former.value IS DISTINCT FROM present.value ORDER BY key
            )
            FROM (
                SELECT coalesce(audited.id, latest.row_id) AS row_id, latest.id AS entry, op, {then} AS was, {now} AS is_now,
                       CASE WHEN audited.id IS NULL THEN 'removed' WHEN latest.id IS NULL THEN 'added'
                            WHEN latest.op = 'D' THEN 'returned' ELSE 'changed' END AS what
                FROM {table} AS audited
                FULL JOIN (SELECT row_id, id, op FROM audit_latest WHERE table_name = {name}) AS latest
                    ON latest.row_id = audited.id
                LEFT JOIN audit_payload AS payload ON payload.id = latest.id
            ) AS compared
            WHERE what IN ('added', 'returned')
                OR (what = 'removed' AND op <> 'D')
                OR (what = 'changed' AND was <> is_now)
            ORDER BY row_id
            """
        ).format(then=then, now=now, table=sql.Identifier(table.table), name=sql.Literal(table.table))
    )
    for row, entry, what, columns in cursor.fetchall():
        found.add(Finding(_KINDS[what], table.table, row, entry, columns=tuple(columns)))
