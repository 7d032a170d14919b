"""Mediation organisations of the district, their mediators, brands and appraisals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from fazhi.demo import people
from fazhi.demo.chance import Chance
from fazhi.demo.district import MEDIATOR_LOGIN, District, at
from fazhi.demo.scenery import area
from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.procedure import Facts
from fazhi.lines.mediation.models import Appraisal, Brand, Mediator, Organisation

_FIRST_NAME = 500
_LEDGERS_BEGUN = date(2019, 12, 2)
_GRADES = ("", "first", "second", "third", "fourth")


@dataclass(frozen=True, slots=True)
class Committee:
    """This organisation with its mediators; ``place`` is the community it serves, or its unit's short name."""

    organisation: Organisation
    unit: str
    place: str
    mediators: Sequence[Mediator]


@dataclass(slots=True)
class Organised:
    """The organisations: those of a unit, and which industry committee takes what share of a kind of dispute."""

    by_unit: dict[str, list[Committee]] = field(default_factory=dict)
    industry: dict[str, list[tuple[float, str]]] = field(default_factory=dict)

    def all(self) -> list[Committee]:
        """Every organisation."""
        return [each for here in self.by_unit.values() for each in here]

    def of(self, unit: str, chance: Chance) -> Committee:
        """One of a unit's organisations: a street's own committee takes a fifth, the communities the rest."""
        here = self.by_unit[unit]
        return here[0] if len(here) == 1 or chance.happens(20) else chance.one(here[1:])

    def taker(self, kind: str, unit: str, chance: Chance) -> str:
        """The unit whose organisation takes a dispute of a kind that arose at ``unit``."""
        for share, industry in self.industry.get(kind, ()):
            if chance.happens(share):
                return industry
        return unit


@dataclass(frozen=True, slots=True)
class _Plan:
    """An organisation to be: what it is, where, and how many mediators serve in it."""

    unit: str
    name: str
    kind: str
    place: str
    size: int
    full_time: int
    licence: str = ""


def organise(district: District) -> Organised:
    """Register every organisation, mediator and brand, each by its own unit's liaison."""
    chance = Chance("organisations")
    plans = _plans(district, chance)
    names = (people.named(turn) for turn in count(_FIRST_NAME))
    found = Organised()
    for unit in dict.fromkeys(plan.unit for plan in plans):
        mine = [plan for plan in plans if plan.unit == unit]
        here = _committees(district, unit, mine, [[next(names) for _ in range(plan.size)] for plan in mine], chance)
        found.by_unit[unit] = here
    for each in area()["industry"]:
        for kind, share in each["kinds"].items():
            found.industry.setdefault(kind, []).append((share, each["unit"]))
    for unit, brand in area()["brands"].items():
        procedure.open(
            Brand,
            {**brand, "organisation": found.by_unit[unit][0].organisation, "valid_from": date(2018, 5, 4)},
            actor=district.reporter(unit),
            at=at(_LEDGERS_BEGUN),
            unit=district.units[unit],
        )
    return found


def _plans(district: District, chance: Chance) -> list[_Plan]:
    plans = []
    for unit, communities in area()["communities"].items():
        street = district.units[unit].name
        plans.append(_Plan(unit, f"{street}人民调解委员会", "street", district.units[unit].short_name, 6, 3))
        plans += [
            _Plan(
                unit,
                f"{street}{name}社区人民调解委员会",
                "village",
                f"{name}社区",
                chance.number(3, 6),
                chance.number(0, 1),
            )
            for name in communities
        ]
    for each in area()["industry"]:
        plans.append(_Plan(each["unit"], each["name"], "industry", area()["area"]["short_name"], each["mediators"], 3))
    for number, each in enumerate(area()["commercial"], 1):
        unit = district.units[each["unit"]]
        licence = f"澜槿司调〔2019〕{number}号（演示）"
        plans.append(_Plan(each["unit"], unit.name, "commercial", unit.short_name, each["mediators"], 4, licence))
    return plans


def _committees(
    district: District, unit: str, plans: Sequence[_Plan], names: Sequence[Sequence[str]], chance: Chance
) -> list[Committee]:
    actor, place = district.reporter(unit), district.units[unit]
    since = [date(chance.number(2015, 2019), chance.number(1, 12), chance.number(1, 28)) for _ in plans]
    organisations: list[Organisation] = procedure.bulk(
        Organisation,
        [
            (Facts(_organisation(plan, called[0], begun, chance)), place, None)
            for plan, called, begun in zip(plans, names, since, strict=True)
        ],
        actor=actor,
        at=at(_LEDGERS_BEGUN),
    )
    rows = []
    for plan, called, begun, organisation in zip(plans, names, since, organisations, strict=True):
        rows += [
            (Facts(_mediator(name, organisation, begun, turn < plan.full_time, chance)), place, None)
            for turn, name in enumerate(called)
        ]
    with_login = district.mediator_of(unit)
    if with_login is not None:
        first = dict(rows[0][0].values)
        rows[0] = (Facts({**first, "name": with_login.name, "account": with_login.account_id}), place, None)
    mediators: list[Mediator] = procedure.bulk(Mediator, rows, actor=actor, at=at(_LEDGERS_BEGUN))
    return [
        Committee(
            organisation, unit, plan.place, [each for each in mediators if each.organisation_id == organisation.id]
        )
        for plan, organisation in zip(plans, organisations, strict=True)
    ]


def _organisation(plan: _Plan, head: str, since: date, chance: Chance) -> Mapping[str, Any]:
    return {
        "name": plan.name,
        "kind": plan.kind,
        "head": head,
        "address": f"{plan.place}便民服务大厅{chance.number(1, 3)}楼（演示）",
        "telephone": people.phone(chance),
        "licence": plan.licence,
        "valid_from": since,
    }


def _mediator(name: str, organisation: Organisation, since: date, full_time: bool, chance: Chance) -> Mapping[str, Any]:
    grade = chance.weighed(_GRADES, (30, 6, 14, 28, 22)) if full_time else chance.weighed(_GRADES, (72, 0, 4, 10, 14))
    return {
        "name": name,
        "organisation": organisation,
        "full_time": full_time,
        "grade": grade,
        "graded_on": date(2021, 11, 26) if grade else None,
        "phone": people.phone(chance),
        "valid_from": since,
    }


def appraise(district: District, organised: Organised, quotas: Mapping[str, Any]) -> None:
    """Enter the yearly appraisals of full-time mediators, with the rewards given."""
    chance = Chance("appraisals")
    rewards = {"excellent": 300_000, "qualified": 100_000, "unqualified": None}
    for year in quotas["years"]:
        for unit, here in organised.by_unit.items():
            appraised = [mediator for committee in here for mediator in committee.mediators if mediator.full_time]
            results = chance.dealt(len(appraised), quotas["results"])
            procedure.bulk(
                Appraisal,
                [
                    (
                        Facts(
                            {
                                "mediator": mediator,
                                "result": result,
                                "reward": rewards[result],
                                "on": date(year, 12, chance.number(15, 24)),
                                "note": f"{year}年度考核",
                            }
                        ),
                        district.units[unit],
                        None,
                    )
                    for mediator, result in zip(appraised, results, strict=True)
                ],
                actor=district.reporter(unit),
                at=at(date(year + 1, 1, 12)),
            )


__all__ = ["MEDIATOR_LOGIN", "Committee", "Organised", "appraise", "organise"]
