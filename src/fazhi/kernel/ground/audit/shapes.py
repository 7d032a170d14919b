"""Keeps recorded images comparable while tables change their columns from one version to the next.

Every audited table has an entry of operation ``S`` naming its columns and types, and a further one whenever a migration
changed them. An image taken before a column existed is read with the value the migration gave to all rows (``fills``);
where rows got different values, each gets a baseline entry. Only the new columns are taken from the present rows: a
migration therefore never passes over tampering with the others.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from fazhi.kernel.ground.audit.tables import Guarded

# An image must not depend on the session; the same settings are pinned in the functions.
PINNED = (
    "SET LOCAL TIME ZONE 'UTC'; SET LOCAL bytea_output = 'hex'; SET LOCAL \"IntervalStyle\" = 'iso_8601';"
    " SET LOCAL extra_float_digits = 1"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """These columns of a table with their types as last recorded, and what older images need to be compared.

    ``fills`` are values for images older than a column, ``dropped`` columns that images may still carry though the
    table no longer does.
    """

    columns: dict[str, str]
    fills: dict[str, Any]
    dropped: tuple[str, ...]


def recorded(cursor: CursorWrapper, table: str) -> Shape | None:
    """This shape of ``table`` according to its entries, or ``None`` before the first."""
    cursor.execute(
        "SELECT p.image::text FROM audit_entry e JOIN audit_payload p ON p.id = e.id"
        " WHERE e.row_id = 0 AND e.op = 'S' AND e.table_name = %s ORDER BY e.id",
        [table],
    )
    columns: dict[str, str] = {}
    fills: dict[str, Any] = {}
    ever: set[str] = set()
    entries = [json.loads(row[0]) for row in cursor.fetchall()]
    for entry in entries:
        columns = entry["columns"]
        fills |= entry["fills"]
        ever |= columns.keys()
    return Shape(columns, fills, tuple(sorted(ever - columns.keys()))) if entries else None


def actual(cursor: CursorWrapper, table: Guarded) -> dict[str, str]:
    """These columns and types of ``table`` in the database, without those its image leaves out."""
    cursor.execute(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute"
        " WHERE attrelid = to_regclass(format('public.%%I', %s::text)) AND attnum > 0 AND NOT attisdropped",
        [table.table],
    )
    return {name: kind for name, kind in cursor.fetchall() if name not in table.omits}


def record(cursor: CursorWrapper, table: Guarded) -> None:
    """Record the shape of ``table`` if it changed, and what rows need for their images to be comparable."""
    cursor.execute(PINNED)
    known, columns = recorded(cursor, table.table), actual(cursor, table)
    if known is not None and known.columns == columns:
        return
    fills: dict[str, Any] = {}
    if known is None:
        # Rows that migrations put in before the table had its triggers.
        _baseline(cursor, table, joins=sql.SQL(""), content=image(table, "audited"))
    else:
        changed = [name for name, kind in columns.items() if known.columns.get(name) != kind]
        for name in list(changed):
            if name in known.columns or name in known.dropped:
                continue
            same, value = _common_value(cursor, table.table, name)
            if same:
                fills[name] = value
                changed.remove(name)
        if changed:
            _rebaseline(cursor, table, known, fills, changed)
    cursor.execute(
        "SELECT audit_write(NULL, %s, 0, 'S', %s::jsonb)",
        [table.table, json.dumps({"columns": columns, "fills": fills})],
    )


def image(table: Guarded, row: str) -> sql.Composable:
    """This expression for the image of a row of ``table`` standing under the alias ``row``."""
    whole = sql.SQL("to_jsonb({})").format(sql.Identifier(row))
    return whole if not table.omits else sql.SQL("({} - {}::text[])").format(whole, sql.Literal(list(table.omits)))


def _common_value(cursor: CursorWrapper, table: str, column: str) -> tuple[bool, Any]:
    cursor.execute(
        sql.SQL("SELECT DISTINCT to_jsonb({column})::text FROM {table} LIMIT 2").format(
            column=sql.Identifier(column), table=sql.Identifier(table)
        )
    )
    values = [row[0] for row in cursor.fetchall()]
    if len(values) > 1:
        return False, None
    return True, json.loads(values[0]) if values and values[0] is not None else None


def _baseline(cursor: CursorWrapper, table: Guarded, *, joins: sql.Composable, content: sql.Composable) -> None:
    """Write one entry for each row of ``table``, standing under the alias ``audited``, whose image is ``content``."""
    cursor.execute(
        sql.SQL(
            """
            WITH change AS (
                SELECT nextval('audit_entry_id_seq') AS entry, audited.id, {home} AS home, {content} AS image
                FROM {table} AS audited {joins}
            ), kept AS (
                INSERT INTO audit_payload (id, jurisdiction_id, image) SELECT entry, home, image FROM change
            )
            INSERT INTO audit_entry
                (id, xid, jurisdiction_id, row_id, recorded, era, op, table_name, act, digest)
            SELECT entry, pg_current_xact_id()::text::bigint, home, id, clock_timestamp(),
                   (SELECT max(era) FROM audit_era), 'B', {name}, 'migrate', sha256(convert_to(image::text, 'UTF8'))
            FROM change
            """
        ).format(
            home=sql.SQL("audited.jurisdiction_id") if table.held else sql.SQL("NULL::bigint"),
            content=content,
            table=sql.Identifier(table.table),
            joins=joins,
            name=sql.Literal(table.table),
        )
    )


def _rebaseline(cursor: CursorWrapper, table: Guarded, known: Shape, fills: dict[str, Any], changed: list[str]) -> None:
    """Write for each row its last image with the ``changed`` columns taken from the present row."""
    present = sql.SQL(", ").join(
        sql.SQL("{}, audited.{}").format(sql.Literal(name), sql.Identifier(name)) for name in changed
    )
    _baseline(
        cursor,
        table,
        joins=sql.SQL(
            """
            JOIN (
                SELECT DISTINCT ON (row_id) row_id, id FROM audit_entry
                WHERE table_name = {name} AND op IN ('I', 'U', 'D', 'B') ORDER BY row_id, id DESC
            ) AS last ON last.row_id = audited.id
            JOIN audit_payload AS former ON former.id = last.id
            """
        ).format(name=sql.Literal(table.table)),
        content=sql.SQL("(({before}::jsonb || former.image) || jsonb_build_object({present}))").format(
            before=sql.Literal(json.dumps(known.fills | fills)), present=present
        ),
    )
