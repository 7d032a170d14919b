"""Forms that do their work once, however often they are sent: a double click, a reload, an impatient retry."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction

from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.core.ids import next_id
from fazhi.web.models import Sending

_KEPT = timedelta(days=1)
# A second sending waits here for the first one's transaction, and then finds its row.
_CLAIM = """
    INSERT INTO web_sending (id, jurisdiction_id, account_id, token, at) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (jurisdiction_id, account_id, token) DO NOTHING RETURNING id
"""


def token() -> str:
    """A token for a form about to be shown."""
    return secrets.token_urlsafe(12)


def once(given: str, *, actor: Actor, at: datetime, make: Callable[[], int]) -> int:
    """Call ``make``, unless this form was sent before; returns the id it gave, then or now.

    A form without a token is simply done. What ``make`` raises leaves the token unused, so that a corrected form may be
    sent under it.
    """
    if not given or actor.account_id is None:
        return make()
    with transaction.atomic():
        mine = Sending.objects.filter(account_id=actor.account_id)
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM, [next_id(), actor.jurisdiction_id, actor.account_id, given[:40], at])
            claimed = cursor.fetchone() is not None
        if not claimed:
            done = mine.values_list("record_id", flat=True).get(token=given[:40])
            assert done is not None, "a sending is kept only together with what it made"
            return done
        mine.filter(at__lt=at - _KEPT).delete()
        made = make()
        mine.filter(token=given[:40]).update(record_id=made)
    return made
