"""The system administrator keeps the units."""

from datetime import date

import pytest

from fazhi.kernel.ground.access import units
from fazhi.kernel.ground.core.errors import NotYours, Refused, Unseen
from fazhi.kernel.ground.orgs.models import Succession, Unit
from tests.world import AT, FOUNDED, World, build


def test_a_unit_is_added_renamed_and_closed(world: World) -> None:
    system = world.actor("system")
    made = units.add(
        code="south", name="南浦街道", kind="street", parent_id=world.units["area"].id, valid_from=FOUNDED,
        actor=system, at=AT,
    )  # fmt: skip
    assert made.short_name == "南浦街道"
    assert set(made.audience) == {made.id, world.units["area"].id, world.units["bureau"].id}
    renamed = units.rename(made.id, name="南浦镇", short_name="", actor=system, at=AT)
    assert (renamed.name, renamed.short_name) == ("南浦镇", "南浦镇")
    units.close(made.id, on=AT.date(), successor_id=world.units["east"].id, basis="区划调整", actor=system, at=AT)
    world.enter()
    assert Unit.objects.get(code="south").valid_to == AT.date()
    assert Succession.objects.get(predecessor=made).successor_id == world.units["east"].id
    with pytest.raises(Refused):
        units.close(made.id, on=AT.date(), actor=system, at=AT)


def test_what_cannot_be_is_refused_at_its_field(world: World) -> None:
    system, area = world.actor("system"), world.units["area"].id
    for code, name, kind, field in (
        ("east", "某街道", "street", "code"),
        ("x", "", "street", "name"),
        ("x", "某街道", "guild", "kind"),
        ("x", "某局", "bureau", "kind"),
    ):
        with pytest.raises(Refused) as refused:
            units.add(code=code, name=name, kind=kind, parent_id=area, valid_from=FOUNDED, actor=system, at=AT)
        assert [fault.field for fault in refused.value.faults] == [field]
    for code, on in (("bureau", AT.date()), ("east", date(2000, 1, 1)), ("area", AT.date())):
        with pytest.raises(Refused):
            units.close(world.units[code].id, on=on, actor=system, at=AT)


def test_nobody_else_and_nowhere_else(world: World) -> None:
    for who in ("security", "auditor", "leader"):
        with pytest.raises(NotYours):
            units.rename(world.units["east"].id, name="某街道", short_name="", actor=world.actor(who), at=AT)
    other = build("other", "other-")
    with pytest.raises(Unseen):
        units.rename(other.units["east"].id, name="某街道", short_name="", actor=world.actor("system"), at=AT)
