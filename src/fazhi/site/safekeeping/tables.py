"""Reads and writes all tables of the database as text, whatever they are."""

import gzip
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, BinaryIO, Protocol, cast

from django.db.backends.utils import CursorWrapper
from psycopg import sql

SCHEMA = "public"
_CHUNK = 1 << 18
# Fast rather than small: backups are made while people work.
_COMPRESSION = 2
# The text of a value depends on these; both sides set them alike.
_SPELLING = (
    "SET LOCAL TIME ZONE 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';"
    " SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL client_encoding = 'UTF8'"
)


def read_from_one_instant(cursor: CursorWrapper) -> None:
    """Makes a transaction that has just begun see the database as of now, however long it takes to read it."""
    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    cursor.execute(_SPELLING)


def names(cursor: CursorWrapper) -> list[str]:
    """Returns the tables there are, in order of name; of a partitioned one the whole rather than its parts."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'p')"
        " AND NOT relispartition ORDER BY relname",
        [SCHEMA],
    )
    return [row[0] for row in cursor.fetchall()]


def dump(cursor: CursorWrapper, table: str, into: BinaryIO) -> int:
    """Writes the rows of a table, compressed, with a first line that names the columns; returns their number."""
    columns = _columns(cursor, table)
    statement = sql.SQL("COPY (SELECT {columns} FROM {table}) TO STDOUT").format(
        columns=_listed(columns), table=sql.Identifier(SCHEMA, table)
    )
    with gzip.GzipFile(fileobj=into, mode="wb", compresslevel=_COMPRESSION, mtime=0) as packed:
        packed.write("\t".join(columns).encode() + b"\n")
        with _copy(cursor, statement) as copy:
            for chunk in copy:
                packed.write(chunk)
    return int(cursor.rowcount)


def sequences(cursor: CursorWrapper) -> dict[str, tuple[int, bool]]:
    """Returns the last value of each sequence and whether it was handed out.

    Sequences know no instant: read after the tables, they are never behind the rows.
    """
    found = {}
    for name in _sequence_names(cursor):
        cursor.execute(sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(SCHEMA, name)))
        found[name] = cursor.fetchone()
    return found


@contextmanager
def filling(cursor: CursorWrapper) -> Iterator[None]:
    """Empties all tables and lets them be filled in any order, with nothing fired and no reference checked meanwhile.

    At the end references are checked, all at once, and triggers are as before.
    """
    cursor.execute(_SPELLING)
    tables = [sql.Identifier(SCHEMA, name) for name in names(cursor)]
    references = _references(cursor)
    for table, name, _ in references:
        cursor.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(table, name))
    for table in tables:
        cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(table))
    cursor.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(tables)))
    yield
    for table in tables:
        cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(table))
    for table, name, definition in references:
        cursor.execute(sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(table, name, definition))


def fill(cursor: CursorWrapper, table: str, content: IO[bytes]) -> int:
    """Writes rows, as `dump` has written them, into a table; returns their number."""
    with gzip.GzipFile(fileobj=content, mode="rb") as packed:
        columns = packed.readline().decode().rstrip("\n").split("\t")
        statement = sql.SQL("COPY {table} ({columns}) FROM STDIN").format(
            columns=_listed(columns), table=sql.Identifier(SCHEMA, table)
        )
        with _copy(cursor, statement) as copy:
            while chunk := packed.read(_CHUNK):
                copy.write(chunk)
    return int(cursor.rowcount)


def set_sequences(cursor: CursorWrapper, values: dict[str, tuple[int, bool]]) -> None:
    """Puts the sequences that exist where `values` says they were."""
    present = set(_sequence_names(cursor))
    for name, (last, called) in values.items():
        if name in present:
            cursor.execute(
                "SELECT setval(format('%%I.%%I', %s::text, %s::text)::regclass, %s, %s)", [SCHEMA, name, last, called]
            )


class _Copy(Protocol):
    def __iter__(self) -> Iterator[bytes]: ...
    def write(self, buffer: bytes) -> None: ...


@contextmanager
def _copy(cursor: CursorWrapper, statement: sql.Composable) -> Iterator[_Copy]:
    # Django hands the driver's cursor through, which its stubs do not know.
    with cursor.cursor.copy(statement) as copy:
        yield cast("_Copy", copy)


def _columns(cursor: CursorWrapper, table: str) -> list[str]:
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = format('%%I.%%I', %s::text, %s::text)::regclass"
        " AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        [SCHEMA, table],
    )
    return [row[0] for row in cursor.fetchall()]


def _references(cursor: CursorWrapper) -> list[tuple[sql.Identifier, sql.Identifier, sql.SQL]]:
    cursor.execute(
        "SELECT relname, conname, pg_get_constraintdef(con.oid) FROM pg_constraint con"
        " JOIN pg_class rel ON rel.oid = conrelid"
        " WHERE connamespace = %s::regnamespace AND contype = 'f' AND conparentid = 0 ORDER BY 1, 2",
        [SCHEMA],
    )
    return [
        # The definition comes from the server's own catalogue.
        (sql.Identifier(SCHEMA, table), sql.Identifier(name), sql.SQL(definition))
        for table, name, definition in cursor.fetchall()
    ]


def _sequence_names(cursor: CursorWrapper) -> list[str]:
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'S' ORDER BY relname",
        [SCHEMA],
    )
    return [row[0] for row in cursor.fetchall()]


def _listed(columns: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))
