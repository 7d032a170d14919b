"""What a site holds, in a form two of which can be compared."""

import hashlib
from pathlib import Path

import psycopg
from psycopg import sql

# What a restore itself adds to: the era it begins, and the block that closes the one before.
_GROWS = frozenset({"audit_era", "audit_block"})

State = dict[str, frozenset[str]]


def rows(cursor: psycopg.Cursor[tuple[str, ...]]) -> State:
    """Returns the rows of every table, each as a hash of its text."""
    cursor.execute("SET TIME ZONE 'UTC'")
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    found = {}
    for (table,) in cursor.fetchall():
        cursor.execute(sql.SQL("SELECT md5(t::text) FROM {} t").format(sql.Identifier(table)))
        hashes = [row[0] for row in cursor.fetchall()]
        assert len(set(hashes)) == len(hashes), f"two rows of {table} are alike, so that a set cannot stand for them"
        found[table] = frozenset(hashes)
    return found


def files(folder: Path) -> dict[str, str]:
    """Returns the files below a folder by name, with a hash of their content."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def assert_restored(now: State, then: State) -> None:
    """Asserts that every table holds what it held, and that the audit has only been added to."""
    assert {
        table: len(then[table] ^ now[table]) for table in then if table not in _GROWS and then[table] ^ now[table]
    } == {}
    assert now.keys() == then.keys()
    assert all(then[table] <= now[table] for table in _GROWS)
    assert len(now["audit_era"]) > len(then["audit_era"])
