"""Puts the second wall around the data: row-level security, audit triggers and the program's rights, table by table.

Run as the owner of the tables after every migration. It looks at what is there and changes what differs, so that
running it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from fazhi.kernel.ground.audit import chain, shapes
from fazhi.kernel.ground.audit.tables import Guarded, foreign_reason, guarded

FUNCTIONS = Path(__file__).with_name("functions.sql")
FOUNDATION = frozenset({"audit_era", "audit_entry", "audit_payload", "audit_block"})
POLICY = "jurisdiction"

# Asked once per statement rather than per row, because it stands in a subquery of its own. Unset reads as NULL: no rows.
_VISIBLE = (
    """jurisdiction_id = ANY ((SELECT nullif(current_setting('fazhi.jurisdictions', true), '')::bigint[])::bigint[])"""
)

# What the program may call; audit_record is called by its triggers only, the others by the owner only.
_CALLABLE = (
    "audit_seal()",
    "audit_lag()",
    "audit_note(bigint, text, bigint, jsonb)",
    "audit_erase(text, bigint, jsonb, boolean)",
)
_OWN = (
    "audit_record()",
    "audit_write(bigint, text, bigint, text, jsonb)",
    "audit_close(bigint)",
    "audit_begin_era(text)",
)
_TRIGGERS = {"audit_insert": ("INSERT", "NEW"), "audit_update": ("UPDATE", "NEW"), "audit_delete": ("DELETE", "OLD")}


def protect(*, owner: str = "owner", role: str = "", tables: Iterable[Guarded] | None = None) -> None:
    """Protect every table of the installed models, or just ``tables``.

    ``owner`` is the database alias of the tables' owner, ``role`` the database role of the program (that of the default
    connection when empty). Begins the first era of the audit, and another in a new cluster.
    """
    connection = connections[owner]
    app = sql.Identifier(role or connections["default"].settings_dict["USER"])
    with transaction.atomic(using=owner), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('fazhi.audit.protect'))")
        _functions(cursor, app)
        present = set(connection.introspection.table_names(cursor))
        chosen = [table for table in (guarded() if tables is None else tables) if table.table in present]
        began = chain.begin_era_if_needed(cursor)
        for table in chosen:
            _rights(cursor, table, app)
            if table.held:
                _policy(cursor, table)
            if table.audited:
                _triggers(cursor, table)
                shapes.record(cursor, table)
        cursor.execute(sql.SQL("REVOKE ALL ON SEQUENCE audit_entry_id_seq FROM {app}").format(app=app))
        _temporary(cursor, app)
    if began:
        chain.anchor(using=owner)


def unprotected_tables(*, using: str = "default") -> list[str]:
    """These tables that lack their wall: one with a jurisdiction but no policy, or one that nobody has declared."""
    declared = {table.table for table in guarded()}
    with connections[using].cursor() as cursor:
        cursor.execute(
            """
            SELECT relname,
                   EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'jurisdiction_id'),
                   relrowsecurity AND EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid)
            FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname
            """
        )
        return [
            table
            for table, held, walled in cursor.fetchall()
            if (held and not walled) or (table not in declared and not foreign_reason(table))
        ]


def loose_constraints(*, using: str = "default") -> list[str]:
    """These unique constraints and indexes on tables of bureau data that do not begin with the jurisdiction.

    Each as ``table.index``. Such a constraint would refuse one district what another already has, and could not be
    kept once tables are spread by jurisdiction.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(
            """
            SELECT t.relname || '.' || i.relname
            FROM pg_index x
            JOIN pg_class t ON t.oid = x.indrelid
            JOIN pg_class i ON i.oid = x.indexrelid
            JOIN pg_attribute j ON j.attrelid = t.oid AND j.attname = 'jurisdiction_id'
            WHERE t.relnamespace = 'public'::regnamespace AND x.indisunique AND NOT x.indisprimary
                AND x.indkey[0] <> j.attnum
            ORDER BY 1
            """
        )
        return [row[0] for row in cursor.fetchall()]


def _functions(cursor: CursorWrapper, app: sql.Identifier) -> None:
    cursor.execute(FUNCTIONS.read_text(encoding="utf-8"))
    for function in (*_CALLABLE, *_OWN):
        # A function is open to everybody when made; audit_record in foreign hands could be hung on any table.
        cursor.execute(sql.SQL("REVOKE ALL ON FUNCTION {} FROM PUBLIC, {app}").format(sql.SQL(function), app=app))
    for function in _CALLABLE:
        cursor.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {app}").format(sql.SQL(function), app=app))


def _rights(cursor: CursorWrapper, table: Guarded, app: sql.Identifier) -> None:
    names = ["SELECT", *(["INSERT", "UPDATE"] if table.writable else []), *(["DELETE"] if table.deletable else [])]
    place = sql.Identifier(table.table)
    cursor.execute(sql.SQL("REVOKE ALL ON {table} FROM {app}").format(table=place, app=app))
    rights = sql.SQL(", ").join(map(sql.SQL, names))
    cursor.execute(sql.SQL("GRANT {rights} ON {table} TO {app}").format(rights=rights, table=place, app=app))


def policy_stands(cursor: CursorWrapper, table: Guarded) -> bool:
    """Whether row-level security is on for a table, with the policy of this version."""
    cursor.execute(
        """
        SELECT relrowsecurity, obj_description(p.oid, 'pg_policy') = %s
        FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = %s
        WHERE c.oid = to_regclass(format('public.%%I', %s::text))
        """,
        [_VISIBLE, POLICY, table.table],
    )
    return bool(cursor.fetchone() == (True, True))


def triggers_stand(cursor: CursorWrapper, table: Guarded) -> bool:
    """Whether a table has its audit triggers, enabled and recording what this version records."""
    argument = trigger_argument(table)
    cursor.execute(
        """
        SELECT array_agg(tgname::text ORDER BY tgname) FROM pg_trigger
        WHERE tgrelid = to_regclass(format('public.%%I', %s::text)) AND tgfoid = 'public.audit_record()'::regprocedure
            AND tgenabled = 'O' AND tgqual IS NULL AND tgargs = %s
        """,
        [table.table, b"" if argument is None else argument.encode() + b"\x00"],
    )
    return bool(cursor.fetchone() == (sorted(_TRIGGERS),))


def _policy(cursor: CursorWrapper, table: Guarded) -> None:
    if policy_stands(cursor, table):
        return
    place, policy = sql.Identifier(table.table), sql.Identifier(POLICY)
    for statement in (
        "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        "DROP POLICY IF EXISTS {policy} ON {table}",
        f"CREATE POLICY {{policy}} ON {{table}} USING ({_VISIBLE})",
        # The catalogue gives a policy back in words of its own; the comment keeps ours, to see whether it changed.
        "COMMENT ON POLICY {policy} ON {table} IS {visible}",
    ):
        cursor.execute(sql.SQL(statement).format(table=place, policy=policy, visible=sql.Literal(_VISIBLE)))


def _triggers(cursor: CursorWrapper, table: Guarded) -> None:
    if triggers_stand(cursor, table):
        return
    argument = trigger_argument(table)
    for name, (event, rows) in _TRIGGERS.items():
        parts = {
            "name": sql.Identifier(name),
            "table": sql.Identifier(table.table),
            "argument": sql.SQL("") if argument is None else sql.Literal(argument),
        }
        cursor.execute(sql.SQL("DROP TRIGGER IF EXISTS {name} ON {table}").format(**parts))
        cursor.execute(
            sql.SQL(
                f"CREATE TRIGGER {{name}} AFTER {event} ON {{table}} REFERENCING {rows} TABLE AS fresh"
                " FOR EACH STATEMENT EXECUTE FUNCTION audit_record({argument})"
            ).format(**parts)
        )


def trigger_argument(table: Guarded) -> str | None:
    """This argument of a table's audit triggers: the array of columns left out; none on the fast, ordinary way."""
    return None if table.held and not table.omits else "{" + ",".join(table.omits) + "}"


def _temporary(cursor: CursorWrapper, app: sql.Identifier) -> None:
    # COPY is refused on a table with row-level security: imports stage their rows in a temporary one.
    cursor.execute("SELECT current_database()")
    database = sql.Identifier(cursor.fetchone()[0])
    cursor.execute(sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}").format(database, app))
