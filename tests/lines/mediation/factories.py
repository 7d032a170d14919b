"""Records of mediation for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.parties.models import PartyFacts
from fazhi.lines.mediation.models import Mediation, Mediator, Organisation
from tests.world import AT, World

PARTIES = (PartyFacts("applicant", "甲某"), PartyFacts("respondent", "乙某"))


def committee(world: World, street: str = "east", kind: str = "street") -> Organisation:
    """This street's mediation organisation of a kind; made once."""
    name = f"{street}街道{kind}调解组织"
    found = Organisation.objects.filter(jurisdiction=world.jurisdiction, name=name).first()
    if found is not None:
        return found
    values = {"name": name, "kind": kind, "valid_from": date(2015, 1, 1)}
    return procedure.open(Organisation, values, actor=world.actor(street), at=AT, unit=world.units[street])


def mediator(world: World, organisation: Organisation) -> Mediator:
    """A mediator of the organisation; made once."""
    found = Mediator.objects.filter(organisation=organisation).first()
    if found is not None:
        return found
    values = {"name": "丁一", "organisation": organisation, "full_time": True, "valid_from": date(2018, 1, 1)}
    return procedure.open(Mediator, values, actor=world.actor("east"), at=AT, unit=world.units["east"])


def opened(world: World, **more: Any) -> Mediation:
    """A case of people's mediation, just registered."""
    organisation = more.pop("organisation", None) or committee(world)
    values = {"organisation": organisation, "kind": "neighbour", "summary": "因楼道堆放杂物发生争执", **more}
    return procedure.open(
        Mediation, values, actor=world.actor("east"), at=AT, unit=world.units["east"], on=date(2022, 3, 1),
        parties=PARTIES,
    )  # fmt: skip
