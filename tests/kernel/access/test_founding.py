"""Founding an installation: all or nothing, once, with every fault in its place."""

from dataclasses import replace

import pytest

from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.access.founding import Administrator, Area, UnitFacts, found, founded
from fazhi.kernel.ground.access.grants import actor_of
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.access.roles import AUDIT_ADMIN, SECURITY_ADMIN, SYSTEM_ADMIN
from fazhi.kernel.ground.core.errors import Refused
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.core.session import enter
from fazhi.kernel.ground.orgs.models import Unit
from tests.world import AT, FOUNDED

AREA = Area("qs", "青山区", "青山")
UNITS = [
    UnitFacts("law", "法治科", "section", parent="bureau"),
    UnitFacts("bureau", "青山区司法局", "bureau", "区司法局", "area"),
    UnitFacts("area", "青山区人民政府", "area", "青山区"),
]
PEOPLE = [
    Administrator(SYSTEM_ADMIN, "system", "甲", "明月松间照 2027"),
    Administrator(SECURITY_ADMIN, "security", "乙", "清泉石上流 2028"),
    Administrator(AUDIT_ADMIN, "audit", "丙", "竹喧归浣女 2029"),
]

pytestmark = pytest.mark.django_db


def refused_at(area: Area, units: list[UnitFacts], people: list[Administrator]) -> set[str]:
    with pytest.raises(Refused) as refused:
        found(area, units, people, at=AT, valid_from=FOUNDED)
    assert not Jurisdiction.objects.exists()
    assert not Account.objects.exists()
    return {fault.field for fault in refused.value.faults}


def test_an_area_is_founded_once() -> None:
    assert not founded()
    home = found(AREA, UNITS, PEOPLE, at=AT, valid_from=FOUNDED)
    assert founded()
    enter(jurisdictions=[home.id], actor=None, act="", at=None)
    units = {unit.code: unit for unit in Unit.objects.all()}
    assert units["law"].parent_id == units["bureau"].id
    assert units["law"].audience == sorted(unit.id for unit in units.values())
    actor: Actor = actor_of(Account.objects.get(login="security"), on=AT.date())
    assert [hat.role for hat in actor.hats] == ["security_admin"]
    with pytest.raises(Refused):
        found(replace(AREA, code="other"), UNITS, PEOPLE, at=AT, valid_from=FOUNDED)


def test_every_fault_is_at_its_place() -> None:
    assert refused_at(Area("", "青山区", ""), UNITS, PEOPLE) == {"area.code", "area.short_name"}
    assert refused_at(AREA, UNITS[:1], PEOPLE) == {"units.1", "units"}
    wrong = [*UNITS, UnitFacts("law", "", "guild", parent="nowhere")]
    assert refused_at(AREA, wrong, PEOPLE) == {"units.1", "units.4"}
    ring = [*UNITS, UnitFacts("a", "甲科", "section", parent="b"), UnitFacts("b", "乙科", "section", parent="a")]
    assert refused_at(AREA, ring, PEOPLE) == {"units"}


def test_administrators_are_three_persons_with_good_passwords() -> None:
    for other in (
        [*PEOPLE[:2], replace(PEOPLE[2], login="system")],
        [*PEOPLE[:2], replace(PEOPLE[2], password="1234567890")],
        [*PEOPLE[:2], replace(PEOPLE[2], name="")],
    ):
        faults = refused_at(AREA, UNITS, other)
        assert faults
        assert all(field.startswith("administrators.") for field in faults)
