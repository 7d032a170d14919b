"""Reading the values of a body, by the same reader as forms and spreadsheets; references by id, name or code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from fazhi.kernel.casework.matters.reaching import reachable
from fazhi.kernel.casework.matters.workflow import KEEPINGS
from fazhi.kernel.casework.parties.models import PartyFacts, PartyKind
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.errors import Fault, Refused
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.records.register import Column, Kind, Lookups, read
from fazhi.kernel.records.register.written import read_date

_PARTY = ("role", "name", "kind", "identity", "phone", "address")


def values_of(given: Any, columns: Iterable[Column], actor: Actor) -> dict[str, Any]:
    """These values by field name; refused with every fault found, one for a name there is not."""
    if not isinstance(given, dict):
        raise Refused(Fault("values 应为一个 JSON 对象", "values"))
    known = {column.name: column for column in columns}
    wanted = [known[name] for name in given if name in known]
    lookups = Lookups.gathered(actor.jurisdiction_id, wanted) if _refer(wanted) else Lookups()
    values: dict[str, Any] = {}
    faults = [Fault(f"没有“{name}”这一项，或者这里不填写它", name) for name in given if name not in known]
    for column in wanted:
        raw = given[column.name]
        if isinstance(raw, dict | list):
            faults.append(Fault("应为一个值，不是对象或列表", column.name))
            continue
        value, fault = read(column, raw, lookups)
        fault = fault or _missing_reference(column, value, raw, actor)
        if fault is not None:
            faults.append(fault)
        else:
            values[column.name] = value
    if faults:
        raise Refused.of(faults)
    return values


def _refer(columns: Iterable[Column]) -> bool:
    return any(column.kind in (Kind.UNIT, Kind.ACCOUNT, Kind.RECORD) for column in columns)


def _missing_reference(column: Column, value: Any, raw: Any, actor: Actor) -> Fault | None:
    """A fault for an id that refers to nothing the actor may refer to; names were looked up already."""
    if not isinstance(raw, int) or isinstance(raw, bool) or value is None:
        return None
    if column.kind is Kind.UNIT:
        there = Unit.objects.filter(pk=value, jurisdiction_id=actor.jurisdiction_id).exists()
    elif column.kind is Kind.ACCOUNT:
        there = Account.objects.filter(pk=value, home_id=actor.jurisdiction_id).exists()
    elif column.kind is Kind.RECORD:
        target: Any = column.target
        there = target in KEEPINGS and reachable(actor, target).filter(pk=value).exists()
    else:
        return None
    return None if there else Fault(f"“{column.label}”：没有编号为{value}的记录", column.name)


def unit_of(given: Any, actor: Actor) -> Unit | None:
    """This unit by id, code or name; None where none is given."""
    rows = Unit.objects.filter(jurisdiction_id=actor.jurisdiction_id)
    found: Unit | None = _one(given, "unit", rows, ("code", "name", "short_name"))
    return found


def account_of(given: Any, actor: Actor) -> Account | None:
    """This account by id, login or name; None where none is given."""
    found: Account | None = _one(
        given, "handler", Account.objects.filter(home_id=actor.jurisdiction_id, is_active=True), ("login", "name")
    )
    return found


def _one(given: Any, field: str, rows: Any, names: tuple[str, ...]) -> Any:
    if given is None or given == "":
        return None
    if isinstance(given, int) and not isinstance(given, bool):
        found = list(rows.filter(pk=given)[:2])
    elif isinstance(given, str):
        for name in names:
            found = list(rows.filter(**{name: given})[:2])
            if found:
                break
    else:
        found = []
    if len(found) != 1:
        raise Refused(Fault(f"有几个“{given}”，请用编号" if found else f"没有“{given}”", field))
    return found[0]


def day_of(given: Any, field: str = "on") -> date | None:
    """This day; None where none is given."""
    if given is None or given == "":
        return None
    day = read_date(given) if isinstance(given, str) else None
    if day is None:
        raise Refused(Fault("应为日期，例如2022-03-08", field))
    return day


def parties_of(given: Any) -> list[PartyFacts]:
    """These parties as given: a list of objects with role and name, and kind, identity, phone, address."""
    if given is None:
        return []
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise Refused(Fault("parties 应为对象的列表", "parties"))
    return [_party(each) for each in given]


def _party(given: Mapping[str, Any]) -> PartyFacts:
    unknown = [name for name in given if name not in _PARTY]
    if unknown:
        raise Refused(Fault(f"当事人没有“{unknown[0]}”这一项", "parties"))
    facts = {name: str(given.get(name) or "") for name in _PARTY}
    facts["kind"] = facts["kind"] or PartyKind.PERSON.value
    if facts["kind"] not in PartyKind.values:
        raise Refused(Fault(f"当事人的类型应为{'或'.join(PartyKind.values)}", "parties"))
    return PartyFacts(**facts)


def version_of(given: Any) -> int | None:
    """The version that was read; None where none is given."""
    if given is None:
        return None
    if not isinstance(given, int) or isinstance(given, bool):
        raise Refused(Fault("version 应为整数", "version"))
    return given


def text_of(given: Any, field: str) -> str:
    """This text; empty where none is given."""
    if given is None:
        return ""
    if not isinstance(given, str):
        raise Refused(Fault(f"{field} 应为文本", field))
    return given
