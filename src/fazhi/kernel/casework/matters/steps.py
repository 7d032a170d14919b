"""Steps: what a case's timeline and clocks are made of, written in one way by everything that happens to a case."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from fazhi.kernel.casework.matters.models import Step
from fazhi.kernel.ground.access.actors import Actor


def note(
    case: Any,
    act: str,
    *,
    actor: Actor,
    at: datetime,
    on: date | None = None,
    origin: str | None = None,
    to: str = "",
    text: str = "",
) -> Step:
    """Write one step of ``case``: ``on`` is its legal day (by default that of ``at``).

    ``to`` is the state the case is in from then on; a step that leaves the state alone says nothing, and no clock is
    moved by it.
    """
    return Step.objects.create(
        jurisdiction_id=case.jurisdiction_id,
        matter_id=case.id,
        act=act,
        from_state=case.state if origin is None else origin,
        to_state=to,
        on=on or at.date(),
        at=at,
        actor_id=actor.account_id,
        actor_name=actor.name,
        note=text[:500],
    )
