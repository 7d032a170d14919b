"""A small invented district for tests: a bureau with two sections, two streets, a department, and a person of every role."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.access.grants import actor_of, grant
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.access.roles import ROLES
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.core.session import enter, session
from fazhi.kernel.ground.orgs.models import Unit, UnitKind
from fazhi.kernel.ground.orgs.tree import add_unit

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2022, 12, 20, 10, 0, tzinfo=SHANGHAI)
FOUNDED = date(2010, 1, 1)
PASSWORD = "平湖秋月 2022"

_UNITS = (
    ("area", "青江新区管理委员会", "青江新区", UnitKind.AREA, None),
    ("bureau", "青江新区司法局", "区司法局", UnitKind.BUREAU, "area"),
    ("law", "法治科", "法治科", UnitKind.SECTION, "bureau"),
    ("review", "复议应诉科", "复议科", UnitKind.SECTION, "bureau"),
    ("east", "东桥街道", "东桥", UnitKind.STREET, "area"),
    ("west", "西岭街道", "西岭", UnitKind.STREET, "area"),
    ("finance", "青江新区财政局", "区财政局", UnitKind.DEPARTMENT, "area"),
)

_PEOPLE = (
    ("clerk", "clerk", "law"),
    ("handler", "handler", "review"),
    ("head", "section_head", "bureau"),
    ("leader", "leader", "bureau"),
    ("east", "liaison", "east"),
    ("west", "liaison", "west"),
    ("finance", "liaison", "finance"),
    ("mediator", "mediator", "east"),
    ("mediator2", "mediator", "east"),
    ("practitioner", "practitioner", "law"),
    ("auditor", "audit_admin", "bureau"),
    ("security", "security_admin", "bureau"),
    ("system", "system_admin", "bureau"),
)


@dataclass(slots=True)
class World:
    """This district: its units and accounts by short name; ``actor("east")`` acts, ``inside()`` opens a session."""

    jurisdiction: Jurisdiction
    units: dict[str, Unit] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """This person as an actor."""
        return self.actors[name]

    def enter(self) -> None:
        """Set the session of the running transaction to this district."""
        enter(jurisdictions=[self.jurisdiction.id], actor=None, act="", at=None)


def build(code: str = "qj", prefix: str = "") -> World:
    """Make the district in the running transaction."""
    home = Jurisdiction.objects.create(code=code, name="青江新区", short_name="青江")
    world = World(home)
    with session(jurisdictions=[home.id], act="test", at=AT):
        for name, full, short, kind, parent in _UNITS:
            world.units[name] = add_unit(
                jurisdiction_id=home.id, code=name, name=full, short_name=short, kind=kind, at=AT, valid_from=FOUNDED,
                parent=world.units[parent] if parent else None,
            )  # fmt: skip
        world.units = {unit.code: unit for unit in Unit.objects.filter(jurisdiction=home)}
        for name, role, unit in _PEOPLE:
            account = Account(login=f"{prefix}{name}", name=f"{name}甲", home=home)
            account.set_password(PASSWORD)
            account.save()
            grant(account, ROLES[role], world.units[unit], on=FOUNDED)
            world.accounts[name] = account
            world.actors[name] = actor_of(account, on=AT.date())
    return world


@pytest.fixture
def world(db: None) -> World:
    """The district, in a transaction that is rolled back, with its session entered."""
    made = build()
    made.enter()
    return made
