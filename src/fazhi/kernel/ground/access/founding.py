"""Founding: the first jurisdiction of an installation, its units and its three administrators, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fazhi.kernel.ground.access.accounts import login_faults
from fazhi.kernel.ground.access.grants import grant
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.access.roles import ROLES, Role
from fazhi.kernel.ground.access.signing import password_faults
from fazhi.kernel.ground.core.errors import Fault, Refused
from fazhi.kernel.ground.core.ids import next_id
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs.models import Unit, UnitKind
from fazhi.kernel.ground.orgs.tree import add_unit


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """These facts of a unit to be; ``parent`` is the code of the unit above it, empty for the topmost."""

    code: str
    name: str
    kind: str
    short_name: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Administrator:
    """This person who keeps the system: role, login, name, and the password they chose."""

    role: Role
    login: str
    name: str
    password: str


@dataclass(frozen=True, slots=True)
class Area:
    """This jurisdiction to be: its code, name and the short name that stands in case numbers."""

    code: str
    name: str
    short_name: str


def founded() -> bool:
    """Whether this installation has a jurisdiction."""
    return Jurisdiction.objects.exists()


def found(
    area: Area, units: Sequence[UnitFacts], administrators: Sequence[Administrator], *, at: datetime, valid_from: date
) -> Jurisdiction:
    """Make the first jurisdiction with its units and administrators; all or nothing.

    Raises :class:`Refused`: faults are at ``area.<what>``, ``units.<row>`` (counted from 1) and
    ``administrators.<role>.<what>``. A second founding is refused.
    """
    if founded():
        raise Refused("本系统已经设立，单位请由系统管理员增补")
    faults = [*_area_faults(area), *unit_faults(units), *_administrator_faults(administrators)]
    if faults:
        raise Refused.of(faults)
    home_id = next_id()
    with session(jurisdictions=[home_id], act="access.found", at=at):
        home = Jurisdiction.objects.create(id=home_id, code=area.code, name=area.name, short_name=area.short_name)
        made: dict[str, Unit] = {}
        for facts in in_order(units):
            made[facts.code] = add_unit(
                jurisdiction_id=home.id,
                code=facts.code,
                name=facts.name,
                short_name=facts.short_name,
                kind=UnitKind(facts.kind),
                parent=made.get(facts.parent),
                at=at,
                valid_from=valid_from,
            )
        bureau = next(unit for unit in made.values() if unit.kind == UnitKind.BUREAU)
        for each in administrators:
            account = Account(login=each.login, name=each.name.strip(), home=home, password_changed_at=at)
            account.set_password(each.password)
            account.save(force_insert=True)
            grant(account, each.role, bureau, on=at.date())
    return home


def in_order(units: Sequence[UnitFacts]) -> list[UnitFacts]:
    """These units with every parent before its parts."""
    left = list(units)
    placed: dict[str, UnitFacts] = {}
    while left:
        ready = [each for each in left if not each.parent or each.parent in placed]
        if not ready:
            break
        placed |= {each.code: each for each in ready}
        left = [each for each in left if each.code not in placed]
    return list(placed.values())


def unit_faults(units: Sequence[UnitFacts]) -> list[Fault]:
    """What is wrong with these units, each at ``units.<row>``; without a bureau also at ``units``."""
    faults: list[Fault] = []
    codes = [each.code for each in units]
    for row, each in enumerate(units, 1):
        faults += [Fault(f"第{row}行：{reason}", f"units.{row}") for reason in _wrong_with(each, codes)]
    bureaus = sum(each.kind == UnitKind.BUREAU for each in units)
    if bureaus != 1:
        faults.append(Fault(f"须恰好有一个类别为“司法局”的单位，现有{bureaus}个", "units"))
    if not faults and len(in_order(units)) < len(units):
        faults.append(Fault("单位的上级关系成环，请检查“上级”一列", "units"))
    return faults


def _wrong_with(unit: UnitFacts, codes: list[str]) -> list[str]:
    wrong = []
    if not unit.code or len(unit.code) > 20:
        wrong.append("请填写代码，最多20个字符")
    elif codes.count(unit.code) > 1:
        wrong.append(f"代码“{unit.code}”重复")
    if not unit.name or len(unit.name) > 80:
        wrong.append("请填写名称，最多80个字")
    if len(unit.short_name) > 20:
        wrong.append("简称最多20个字")
    if unit.kind not in UnitKind.values:
        wrong.append(f"类别“{unit.kind}”不在可选之列：{'、'.join(UnitKind.labels)}")
    if unit.parent and unit.parent not in codes:
        wrong.append(f"没有代码为“{unit.parent}”的上级单位")
    return wrong


def _area_faults(area: Area) -> list[Fault]:
    wanted = (
        ("code", area.code, "代码", 20),
        ("name", area.name, "名称", 60),
        ("short_name", area.short_name, "简称", 20),
    )
    return [
        Fault(f"请填写辖区{label}，最多{limit}个字", f"area.{field}")
        for field, value, label, limit in wanted
        if not value.strip() or len(value) > limit
    ]


def _administrator_faults(administrators: Sequence[Administrator]) -> list[Fault]:
    faults: list[Fault] = []
    logins = [each.login for each in administrators]
    for each in administrators:
        place = f"administrators.{each.role.key}"
        found = login_faults(each.login, each.name)
        found += password_faults(each.password, Account(login=each.login, name=each.name), "password")
        if logins.count(each.login) > 1 and each.login:
            found.append(Fault("三名管理员须各用一个登录名", "login"))
        faults += [Fault(fault.reason, f"{place}.{fault.field}") for fault in found]
    missing = {key for key in ROLES if key.endswith("_admin")} - {each.role.key for each in administrators}
    return faults + [Fault(f"请设一名{ROLES[key].label}", "") for key in sorted(missing)]
