"""Whether blocks are linked as they were, and hold exactly the entries they were sealed over."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.backends.utils import CursorWrapper

from fazhi.kernel.ground.audit.verify.findings import Finding, Gathering, Kind

# In `leaves`, per entry: its id, then the beginning of its hash.
_ID, _STUB = 8, 8

_MEMBERS = """
    SELECT id, xid, pg_temp.audit_leaf(entry) AS leaf FROM audit_entry AS entry
    WHERE era = block.era AND xid >= block.from_xid AND xid < block.to_xid
"""


def check(cursor: CursorWrapper, found: Gathering) -> None:
    """Look for blocks altered, removed or unlinked, and in those for the entries altered, removed or slipped in."""
    cursor.execute("SELECT count(*) FROM audit_block")
    found.saw(blocks=cursor.fetchone()[0])
    _links(cursor, found)
    _contents(cursor, found)
    _loose(cursor, found)


def _links(cursor: CursorWrapper, found: Gathering) -> None:
    cursor.execute(
        """
        SELECT n, before, n - coalesce(before, 0) - 1, previous = coalesce(hash_before, ''),
               era >= coalesce(era_before, 1)
                   AND from_xid = CASE WHEN era = era_before THEN to_before ELSE 0 END
        FROM (
            SELECT n, previous, era, from_xid, lag(n) OVER behind AS before, lag(hash) OVER behind AS hash_before,
                   lag(era) OVER behind AS era_before, lag(to_xid) OVER behind AS to_before
            FROM audit_block WINDOW behind AS (ORDER BY n)
        ) AS block
        WHERE n <> coalesce(before, 0) + 1 OR previous <> coalesce(hash_before, '') OR era < coalesce(era_before, 1)
            OR from_xid <> CASE WHEN era = era_before THEN to_before ELSE 0 END
        ORDER BY n
        """
    )
    for n, before, missing, linked, follows in cursor.fetchall():
        if missing:
            span = f"第 {(before or 0) + 1} 至第 {n - 1} 区块不存在" if missing > 1 else f"第 {n - 1} 区块不存在"
            found.add(Finding(Kind.BLOCK_REMOVED, detail=span))
        elif not follows:
            found.add(Finding(Kind.BLOCK_CHANGED, block=n, detail="纪元或者事务号范围与前一区块不连续"))
        if not linked:
            found.add(Finding(Kind.CHAIN_UNLINKED, block=n, detail="所记的前一区块摘要与前一区块不同"))


def _contents(cursor: CursorWrapper, found: Gathering) -> None:
    cursor.execute(
        f"""
        SELECT n, whole, listed FROM (
            SELECT n, entries = member.count
                       AND hash = sha256(pg_temp.audit_head(block) || coalesce(member.body, '')) AS whole,
                   block.leaves = coalesce(member.leaves, '') AS listed
            FROM audit_block AS block LEFT JOIN LATERAL (
                SELECT count(*), string_agg(leaf, '' ORDER BY xid, id) AS body,
                       string_agg(int8send(id) || substring(leaf FROM 1 FOR {_STUB}), '' ORDER BY xid, id) AS leaves
                FROM ({_MEMBERS}) AS member
            ) AS member ON true
        ) AS compared
        WHERE NOT (whole AND listed) ORDER BY n
        """  # noqa: S608 — put together from constants of this module
    )
    for n, whole, listed in cursor.fetchall():
        if whole:
            found.add(Finding(Kind.BLOCK_CHANGED, block=n, detail="记录摘要表被改动，区块摘要与审计记录仍相符"))
        elif listed:
            found.add(Finding(Kind.BLOCK_CHANGED, block=n, detail="区块头或者区块摘要被改动，审计记录仍相符"))
        else:
            _name_entries(cursor, n, found)


def _name_entries(cursor: CursorWrapper, n: int, found: Gathering) -> None:
    """Say which entries of a broken block were altered, by the beginnings of their hashes kept in it."""
    cursor.execute("SELECT leaves FROM audit_block WHERE n = %s", [n])
    sealed = dict(_stubs(bytes(cursor.fetchone()[0])))
    cursor.execute(
        f"""
        SELECT member.id, substring(leaf FROM 1 FOR {_STUB}), entry.table_name, entry.row_id
        FROM audit_block AS block CROSS JOIN LATERAL ({_MEMBERS}) AS member JOIN audit_entry AS entry USING (id)
        WHERE n = %s ORDER BY member.id
        """,  # noqa: S608 — put together from constants of this module
        [n],
    )
    named = False
    for entry, stub, table, row in cursor.fetchall():
        was = sealed.pop(entry, None)
        if was is None:
            found.add(Finding(Kind.ENTRY_ADDED, table, row, entry, n, detail="封存时没有这条审计记录"))
        elif was != bytes(stub):
            found.add(Finding(Kind.ENTRY_CHANGED, table, row, entry, n))
        named |= was is None or was != bytes(stub)
    for entry in sealed:
        found.add(Finding(Kind.ENTRY_REMOVED, entry=entry, block=n))
    if not named and not sealed:
        found.add(Finding(Kind.BLOCK_CHANGED, block=n, detail="记录摘要表的次序或者内容被改动"))


def _stubs(leaves: bytes) -> Iterator[tuple[int, bytes]]:
    step = _ID + _STUB
    for at in range(0, len(leaves) - len(leaves) % step, step):
        yield int.from_bytes(leaves[at : at + _ID], "big", signed=True), leaves[at + _ID : at + step]


def _loose(cursor: CursorWrapper, found: Gathering) -> None:
    """Look for entries that no block holds and none can yet come to hold: only written past the functions."""
    cursor.execute(
        """
        SELECT count(*), count(*) FILTER (WHERE xid >= coalesce(reach.upto, 0) AND entry.era = present.era)
        FROM audit_entry AS entry
        CROSS JOIN (SELECT max(era) AS era FROM audit_era) AS present
        LEFT JOIN (SELECT era, max(to_xid) AS upto FROM audit_block GROUP BY era) AS reach ON reach.era = entry.era
        """
    )
    entries, unsealed = cursor.fetchone()
    found.saw(entries=entries, unsealed=unsealed)
    cursor.execute(
        """
        SELECT entry.id, entry.table_name, entry.row_id
        FROM audit_entry AS entry
        CROSS JOIN (SELECT max(era) AS era FROM audit_era) AS present
        LEFT JOIN (SELECT era, max(to_xid) AS upto FROM audit_block GROUP BY era) AS reach ON reach.era = entry.era
        WHERE xid < 0 OR entry.era > coalesce(present.era, 0)
            OR (entry.era < present.era AND xid >= coalesce(reach.upto, 0))
            OR (entry.era = present.era AND xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
        ORDER BY entry.id
        """
    )
    for entry, table, row in cursor.fetchall():
        found.add(Finding(Kind.ENTRY_ADDED, table, row, entry, detail="事务号或者纪元不可能出现"))
