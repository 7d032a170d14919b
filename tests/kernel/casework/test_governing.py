"""A decision about a rule or a year does every open clock over; only the system administrator decides."""

from datetime import date

import pytest

from fazhi.kernel.casework.deadlines.models import Run
from fazhi.kernel.casework.matters.models import Visibility
from fazhi.kernel.casework.procedure import governing
from fazhi.kernel.ground.calendar import Arrangement, Holiday
from fazhi.kernel.ground.core.errors import NotYours, Refused
from fazhi.kernel.ground.law import Decision
from fazhi.lines.mediation.models import Mediation
from tests.web import scene
from tests.world import AT, World, world

__all__ = ["world"]

TEN_DAYS = Decision("mediation.people.conclude", True, 10, "working_day", "局发〔2022〕1号")


@pytest.fixture
def case(world: World) -> Mediation:
    made = scene.accepted(world, scene.case(world, scene.committee(world)))
    world.enter()
    return made


def due(world: World, case: Mediation) -> tuple[bool, date | None]:
    """Whether the clock is certain, and the day it falls due, which record and visibility must agree on."""
    world.enter()
    day = Mediation.objects.get(pk=case.id).due_on
    assert set(Visibility.objects.filter(matter_id=case.id).values_list("due_on", flat=True)) == {day}
    return Run.objects.get(matter_id=case.id).certain, day


def test_a_decision_counts_at_once_until_it_is_withdrawn(world: World, case: Mediation) -> None:
    system = world.actor("system")
    assert due(world, case) == (False, None)
    assert governing.decide_rule(TEN_DAYS, actor=system, at=AT) == 1
    assert due(world, case) == (True, date(2022, 12, 15))
    assert governing.decide_rule(TEN_DAYS, actor=system, at=AT) == 0
    assert governing.withdraw_rule(TEN_DAYS.rule_id, actor=system, at=AT) == 1
    assert due(world, case) == (False, None)
    with pytest.raises(Refused):
        governing.withdraw_rule(TEN_DAYS.rule_id, actor=system, at=AT)


def test_a_year_as_announced_moves_due_days(world: World, case: Mediation) -> None:
    system = world.actor("system")
    governing.decide_rule(TEN_DAYS, actor=system, at=AT)
    rest = Arrangement(2022, (Holiday("防疫假", (date(2022, 12, 7),), ()),))
    assert governing.load_year(rest, source="国办发明电〔2022〕1号", actor=system, at=AT) == 1
    assert due(world, case) == (True, date(2022, 12, 16))
    assert governing.withdraw_year(2022, actor=system, at=AT) == 1
    assert due(world, case) == (True, date(2022, 12, 15))


@pytest.mark.parametrize("who", ["security", "auditor", "leader"])
def test_nobody_else_decides(world: World, who: str) -> None:
    with pytest.raises(NotYours):
        governing.decide_rule(TEN_DAYS, actor=world.actor(who), at=AT)
    with pytest.raises(NotYours):
        governing.withdraw_year(2022, actor=world.actor(who), at=AT)
