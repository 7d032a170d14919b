"""Records for the screens to show: a committee, a mediator, cases in several states."""

from __future__ import annotations

from datetime import date
from typing import Any

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.parties.models import PartyFacts
from fazhi.lines.mediation.models import Mediation, Mediator, Organisation
from fazhi.lines.mediation.workflow import Mediating
from tests.world import AT, World

IDENTITY = "11010519491231002X"
PHONE = "13800138000"
PARTIES = (
    PartyFacts("applicant", "甲某", identity=IDENTITY, phone=PHONE, address="青江新区东桥街道1号"),
    PartyFacts("respondent", "乙某"),
)


def committee(world: World, street: str = "east", **facts: Any) -> Organisation:
    """A street's mediation committee."""
    values = {"name": f"{street}街道人民调解委员会", "kind": "street", "valid_from": date(2015, 1, 1), **facts}
    return procedure.open(Organisation, values, actor=world.actor(street), at=AT, unit=world.units[street])


def mediator(world: World, organisation: Organisation, name: str = "丁一") -> Mediator:
    """A mediator of a committee."""
    values = {
        "name": name,
        "organisation": organisation,
        "full_time": True,
        "valid_from": date(2018, 1, 1),
        "phone": PHONE,
    }
    return procedure.open(Mediator, values, actor=world.actor("east"), at=AT, unit=world.units["east"])


def case(
    world: World,
    organisation: Organisation,
    summary: str = "因楼道堆放杂物发生争执",
    on: date = date(2022, 11, 1),
    street: str = "east",
    **more: Any,
) -> Mediation:
    """A case of mediation, just registered."""
    values = {"organisation": organisation, "kind": "neighbour", "summary": summary, **more}
    return procedure.open(
        Mediation, values, actor=world.actor(street), at=AT, unit=world.units[street], on=on, parties=PARTIES
    )


def accepted(world: World, given: Mediation, on: date = date(2022, 12, 1)) -> Mediation:
    """The case, accepted."""
    return procedure.act(Mediation, given.id, Mediating.accept, actor=world.actor("east"), at=AT, on=on)
