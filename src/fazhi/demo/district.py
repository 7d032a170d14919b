"""The district in the database: its units, its people and their hats."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from fazhi.demo import people
from fazhi.demo.scenery import area
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.access.founding import Administrator, Area, UnitFacts, found
from fazhi.kernel.ground.access.grants import actor_of, grant
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.access.roles import MEDIATOR, ROLES
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.law.bureau import Decision
from fazhi.kernel.ground.law.deciding import decide
from fazhi.kernel.ground.orgs.models import Unit

SHANGHAI = ZoneInfo("Asia/Shanghai")
FOUNDED = date(2015, 3, 2)
MEDIATOR_LOGIN = "-tiaojie"


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """This instant in the district."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


@dataclass(frozen=True, slots=True)
class Login:
    """One line of the list of logins."""

    login: str
    name: str
    post: str


@dataclass(slots=True)
class District:
    """This district: units by code, actors by login, and who reports and who accepts for each unit."""

    jurisdiction_id: int
    units: dict[str, Unit] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    logins: list[Login] = field(default_factory=list)
    reporters: dict[str, str] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)

    def reporter(self, unit: str) -> Actor:
        """Who registers and reports for a unit: its clerk or liaison."""
        return self.actors[self.reporters[unit]]

    def acceptor(self, unit: str) -> Actor:
        """Who accepts what a unit reports: its head, or for other units the head of the rule-of-law section."""
        return self.actors[self.heads.get(unit, self.heads["law"])]

    def mediator_of(self, unit: str) -> Actor | None:
        """The mediator of a unit who has a login, if any."""
        return self.actors.get(f"{unit}{MEDIATOR_LOGIN}")


def founded(password: str) -> District:
    """Found the district: units, three administrators, everybody else, and what the bureau decided about rules."""
    place, began = area()["area"], at(FOUNDED, 9)
    names = (people.named(turn) for turn in count())
    administrators = [
        Administrator(ROLES[each["role"]], each["login"], next(names), password) for each in area()["administrators"]
    ]
    home = found(
        Area(place["code"], place["name"], place["short_name"]),
        [UnitFacts(**each) for each in area()["units"]],
        administrators,
        at=began,
        valid_from=FOUNDED,
    )
    district = District(home.id)
    secret = make_password(password)
    with session(jurisdictions=[home.id], act="demo.staff", at=began):
        district.units = {unit.code: unit for unit in Unit.objects.filter(jurisdiction=home)}
        for each in area()["staff"]:
            hats = [(role, unit, line[0] if line else "") for role, unit, *line in each["hats"]]
            _employ(district, each["login"], next(names), each["post"], hats, secret)
        for unit in _with_mediator_login():
            name = district.units[unit].short_name
            _employ(
                district,
                f"{unit}{MEDIATOR_LOGIN}",
                next(names),
                f"{name}专职调解员",
                [(MEDIATOR.key, unit, "")],
                secret,
            )
        leader = district.actors["juzhang"].account_id
        assert leader is not None
        decide(home.id, _MEDIATION_PERIOD, by=leader, on=_DECIDED)
    for administrator in administrators:
        district.logins.append(Login(administrator.login, administrator.name, administrator.role.label))
    return district


# The ministry's one month is a target of 2002, known to us from a mirror only: it counts because this bureau says so.
_DECIDED = date(2019, 3, 20)
_MEDIATION_PERIOD = Decision(
    "mediation.people.conclude",
    enabled=True,
    value=None,
    unit=None,
    source="澜槿新区司法局《关于规范人民调解工作的通知》（澜槿司发〔2019〕7号，演示文件）第四条",
)


def _with_mediator_login() -> list[str]:
    return [*area()["communities"], "labour", "shanghui"]


def _employ(
    district: District, login: str, name: str, post: str, hats: list[tuple[str, str, str]], secret: str
) -> None:
    """Give somebody an account with hats. All have one password, hashed once: hashing is slow on purpose."""
    account = Account(
        login=login,
        name=name,
        home_id=district.jurisdiction_id,
        password=secret,
        password_changed_at=at(FOUNDED, 9),
    )
    account.save(force_insert=True)
    for role, unit, line in hats:
        grant(account, ROLES[role], district.units[unit], on=FOUNDED, line=line)
        if role in ("clerk", "liaison"):
            district.reporters.setdefault(unit, login)
        if role == "section_head" and not line:
            district.heads[unit] = login
    district.actors[login] = actor_of(account, on=FOUNDED)
    district.logins.append(Login(login, name, post))
