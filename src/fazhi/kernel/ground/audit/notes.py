"""What the program tells the audit itself: that something was shown or taken away, and that something was destroyed.

Changes of rows need no call: triggers record them. Both calls run inside a session and take actor, act and instant
from it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.db import connection, models

from fazhi.kernel.ground.core.errors import Refused


def noted(about: type[models.Model], row_id: int, facts: Mapping[str, object], *, jurisdiction_id: int) -> int:
    """Note something on a row that changed nothing in it (a secret was shown, a list exported); gives the entry's id.

    ``row_id`` is 0 where the note is about no single row. ``facts`` is kept as it is: write into it what was asked and
    how many were shown, never what was seen. Raises :class:`django.db.ProgrammingError` when the jurisdiction is not of
    the session.
    """
    return _call("audit_note", jurisdiction_id, about._meta.db_table, row_id, _text(facts))


def erase(
    model: type[models.Model], row_id: int, *, reason: str, keep: bool, facts: Mapping[str, object] | None = None
) -> int:
    """Destroy what the audit remembers of a row, by law; gives the number of images removed.

    With ``keep`` the row stays as it is now, and so does its last image: blank it first, and a tombstone is left.
    Without, the row is deleted too. Entries and chain stay whole, and one entry more says why (``reason``, with
    ``facts`` such as the approval), by whom and when. Raises ``Refused`` without a reason, and
    :class:`django.db.ProgrammingError` for a table that is not audited or a row that is not of the session.
    """
    if not reason.strip():
        raise Refused("依法销毁须写明依据")
    return _call("audit_erase", model._meta.db_table, row_id, _text({**(facts or {}), "reason": reason.strip()}), keep)


def _text(facts: Mapping[str, object]) -> str:
    return json.dumps(dict(facts), ensure_ascii=False)


def _call(function: str, *arguments: object) -> int:
    with connection.cursor() as cursor:
        cursor.callproc(function, arguments)
        result: int = cursor.fetchone()[0]
    return result
