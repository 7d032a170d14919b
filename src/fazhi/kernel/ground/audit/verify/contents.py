"""Whether each entry still has the content it was written with, save what was destroyed by law."""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper

from fazhi.kernel.ground.audit.verify.findings import Finding, Gathering, Kind

_KINDS = {"added": Kind.CONTENT_ADDED, "changed": Kind.CONTENT_CHANGED, "removed": Kind.CONTENT_REMOVED}


def check(cursor: CursorWrapper, found: Gathering) -> None:
    """Look for contents altered, slipped in, or removed without an entry of erasure."""
    cursor.execute(
        """
        WITH erased AS (
            SELECT DISTINCT ON (table_name, row_id) table_name, row_id, entry.id, coalesce(image->>'kept', '0')::bigint AS kept
            FROM audit_entry AS entry LEFT JOIN audit_payload USING (id) WHERE op = 'E'
            ORDER BY table_name, row_id, entry.id DESC
        )
        SELECT coalesce(entry.id, payload.id), entry.table_name, entry.row_id,
               CASE WHEN payload.id IS NULL THEN 'removed' WHEN entry.id IS NULL THEN 'added' ELSE 'changed' END
        FROM audit_entry AS entry
        FULL JOIN audit_payload AS payload ON payload.id = entry.id
        LEFT JOIN erased ON erased.table_name = entry.table_name AND erased.row_id = entry.row_id
        WHERE entry.id IS NULL
            -- Of several erasures of one row the last decides: what it kept was not removed by those before.
            OR (payload.id IS NULL AND (op = 'E' OR erased.id IS NULL OR erased.id < entry.id OR kept = entry.id))
            OR digest <> sha256(convert_to(image::text, 'UTF8'))
            OR (payload.id IS NOT NULL AND payload.jurisdiction_id IS DISTINCT FROM entry.jurisdiction_id)
        ORDER BY 1
        """
    )
    for entry, table, row, what in cursor.fetchall():
        found.add(Finding(_KINDS[what], table or "", row, entry))
