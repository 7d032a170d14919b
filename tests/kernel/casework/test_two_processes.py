"""A case moved by two processes: each hands out numbers of its own block, and a later step may have the smaller one."""

from __future__ import annotations

from datetime import date, timedelta

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.deadlines import running
from fazhi.kernel.casework.matters.models import Step
from fazhi.kernel.ground.core import ids
from fazhi.lines.mediation.models import Mediation
from fazhi.lines.mediation.workflow import Mediating
from tests.lines.mediation.factories import opened
from tests.world import AT, World, world

__all__ = ["world"]


def test_steps_are_in_the_order_in_which_they_were_taken(world: World) -> None:
    early = ids.take_ids(200)
    case = opened(world)
    # As if another process, which had taken its numbers before, did the act.
    ids._pool[:] = early[::-1]
    east = world.actor("east")
    later = AT + timedelta(minutes=1)
    procedure.act(Mediation, case.id, Mediating.accept, actor=east, at=later, on=date(2022, 3, 2))
    world.enter()
    assert list(Step.objects.filter(matter_id=case.id).order_by("id").values_list("act", flat=True)) == [
        "accept",
        "open",
    ]
    assert [state for state, _ in running.trail_of(case.id, Mediating)] == ["registered", "mediating"]
