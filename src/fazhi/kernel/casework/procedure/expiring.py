"""Expiry: what the law lets happen when a period has run out, done by the system with effect from the statutory day.

However late the worker comes, the act's legal day is the statutory one. An approval that is still waiting lapses: the law
does not wait for it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from fazhi.kernel.casework.deadlines.clocks import CLOCKS
from fazhi.kernel.casework.deadlines.models import Run, Standing
from fazhi.kernel.casework.matters.workflow import keeping_of
from fazhi.kernel.casework.procedure.acting import act
from fazhi.kernel.ground.access.actors import system_actor
from fazhi.kernel.ground.core.errors import Refused, Unseen
from fazhi.kernel.ground.core.session import session


def expire(jurisdiction_id: int, *, at: datetime) -> list[int]:
    """Let every period of a jurisdiction that ran out before today take its effect; gives the ids of the cases.

    Each case is a transaction of its own. A case on which the act is no longer possible is left to people.
    """
    actor = system_actor(jurisdiction_id)
    done = []
    for record, clock_key, matter_id, due_on in _overdue(jurisdiction_id, at):
        clock: Any = CLOCKS[record].clocks[clock_key]
        try:
            act(
                record, matter_id, clock.expires, actor=actor, at=at, on=due_on + timedelta(clock.expires_after),
                note=f"{clock.label or clock_key}于{due_on.isoformat()}届满",
            )  # fmt: skip
        except (Refused, Unseen):
            continue
        done.append(matter_id)
    return done


def _overdue(jurisdiction_id: int, at: datetime) -> list[Any]:
    expiring = {
        (keeping_of(record).name(), key): record
        for record, clocks in CLOCKS.items()
        for key, clock in clocks.clocks.items()
        if clock.expires is not None
    }
    with session(jurisdictions=[jurisdiction_id], act="expiry.look", at=at):
        rows = Run.objects.filter(
            jurisdiction_id=jurisdiction_id,
            record__in={name for name, _ in expiring},
            clock__in={key for _, key in expiring},
            standing=Standing.RUNNING,
            certain=True,
            provisional=False,
            due_on__lt=at.date(),
        ).order_by("due_on", "matter_id")
        found = rows.values_list("record", "clock", "matter_id", "due_on")
        return [
            (expiring[name, key], key, matter_id, due_on)
            for name, key, matter_id, due_on in found
            if (name, key) in expiring
        ]
