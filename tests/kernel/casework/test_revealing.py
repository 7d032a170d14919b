"""What is encrypted is given for a reason, to who reaches the record, with a note that does not hold it."""

import pytest

from fazhi.kernel.casework.parties.models import Party
from fazhi.kernel.casework.procedure import revealing
from fazhi.kernel.ground.core.errors import Refused, Unseen
from fazhi.lines.mediation.models import Mediation, Mediator
from tests.kernel.noted import notes
from tests.web import scene
from tests.world import AT, World, world

__all__ = ["world"]


@pytest.fixture
def case(world: World) -> Mediation:
    home = scene.committee(world)
    scene.mediator(world, home)
    made = scene.case(world, home)
    world.enter()
    return made


def test_a_field_is_given_and_noted(world: World, case: Mediation) -> None:
    mediator = Mediator.objects.get()
    shown = revealing.reveal(Mediator, mediator.id, "phone", reason="核实电话", actor=world.actor("east"), at=AT)
    assert shown == scene.PHONE
    world.enter()
    ((entry, facts),) = notes(".reveal")
    assert (entry.actor, entry.row_id, facts["reason"]) == (world.accounts["east"].id, mediator.id, "核实电话")
    assert scene.PHONE not in str(facts)


def test_a_party_is_given_and_noted_at_the_case(world: World, case: Mediation) -> None:
    party = Party.objects.filter(matter_id=case.id).order_by("id")[0]
    shown = revealing.reveal_party(Mediation, case.id, party.id, reason="送达", actor=world.actor("east"), at=AT)
    assert {scene.IDENTITY, scene.PHONE, "甲某"} <= set(shown.values())
    world.enter()
    ((entry, facts),) = notes(".reveal")
    assert entry.row_id == case.id
    assert scene.IDENTITY not in str(facts)


def test_not_without_a_reason_nor_to_who_does_not_see_it(world: World, case: Mediation) -> None:
    mediator, party = Mediator.objects.get(), Party.objects.filter(matter_id=case.id)[0]
    with pytest.raises(Refused) as refused:
        revealing.reveal(Mediator, mediator.id, "phone", reason=" ", actor=world.actor("east"), at=AT)
    assert refused.value.faults[0].field == "reason"
    with pytest.raises(Unseen):
        revealing.reveal(Mediator, mediator.id, "name", reason="核实", actor=world.actor("east"), at=AT)
    for who in ("west", "finance", "system"):
        with pytest.raises(Unseen):
            revealing.reveal_party(Mediation, case.id, party.id, reason="送达", actor=world.actor(who), at=AT)
    world.enter()
    assert notes(".reveal") == []
