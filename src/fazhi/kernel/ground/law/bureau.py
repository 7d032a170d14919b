"""What the bureau of a jurisdiction decided about rules, read for :func:`~fazhi.kernel.ground.law.effect.effective`."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

# Not read through the model: this package is imported before Django's models are ready.
_STANDING = """
    SELECT session.entered, rule_id, enabled, value, unit, source
    FROM (
        SELECT coalesce(%(home)s = ANY (nullif(current_setting('fazhi.jurisdictions', true), '')::bigint[]), false)
    ) AS session (entered)
    LEFT JOIN law_rulesetting ON jurisdiction_id = %(home)s AND withdrawn_on IS NULL
    ORDER BY rule_id
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """This standing decision, as :class:`~fazhi.kernel.ground.law.effect.Setting` asks for it."""

    rule_id: str
    enabled: bool
    value: int | None
    unit: str | None
    source: str


def settings_of(jurisdiction_id: int) -> tuple[Decision, ...]:
    """The standing decisions of a jurisdiction; one statement, so ask once for many cases.

    Raises :class:`LookupError` outside a session of that jurisdiction: no decision would be seen there, and rules
    would silently apply as shipped.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"home": jurisdiction_id})
        rows = cursor.fetchall()
    if not rows[0][0]:
        raise LookupError(f"jurisdiction {jurisdiction_id} is not of this session")
    return tuple(Decision(*row[1:]) for row in rows if row[1] is not None)
