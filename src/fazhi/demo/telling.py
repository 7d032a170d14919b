"""The reported figures of all lines: told by a unit's clerk with evidence, accepted by somebody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from fazhi.demo.chance import Chance, apportion
from fazhi.demo.district import District, at
from fazhi.demo.quotas import Quotas, Told
from fazhi.demo.scenery import area, streets
from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.procedure import Facts
from fazhi.kernel.records.measures.declaring import MEASURES, Reported
from fazhi.kernel.records.measures.models import ReportedFigure
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.measures.reporting import Reporting

YEARS = (2021, 2022)
_TOLD_AFTER, _ACCEPTED_AFTER = timedelta(5), timedelta(8)


@dataclass(frozen=True, slots=True)
class Telling:
    """One value to be reported."""

    key: str
    unit: str
    period: Period
    value: int


def tell(district: District, quotas: Quotas, years: tuple[int, ...] = YEARS) -> int:
    """Report every figure of these years and have each accepted; gives how many values."""
    batches: dict[tuple[date, str], list[Telling]] = {}
    for telling in tellings(quotas, years):
        batches.setdefault((telling.period.last, telling.unit), []).append(telling)
    for (last, unit), batch in sorted(batches.items()):
        told = report(district, unit, batch, last + _TOLD_AFTER)
        accept(district, unit, told, last + _ACCEPTED_AFTER)
    return sum(map(len, batches.values()))


def report(district: District, unit: str, batch: list[Telling], on: date) -> list[ReportedFigure]:
    """Have a unit's clerk report these values on a day."""
    place = district.units[unit]
    return procedure.bulk(
        ReportedFigure,
        [(Facts(_facts(each, place.name)), place, None) for each in batch],
        actor=district.reporter(unit),
        at=at(on, 9, 30),
    )


def accept(district: District, unit: str, told: list[ReportedFigure], on: date) -> None:
    """Have somebody else accept what a unit reported."""
    actor = district.acceptor(unit)
    for figure in told:
        procedure.act(ReportedFigure, figure.id, Reporting.accept, actor=actor, at=at(on, 15))


def _facts(telling: Telling, place: str) -> Mapping[str, object]:
    label = MEASURES[telling.key].label
    return {
        "measure": telling.key,
        "period_first": telling.period.first,
        "period_last": telling.period.last,
        "value": Decimal(telling.value),
        "evidence": f"《{label}登记簿》{telling.period.label}，{place}保管（演示数据）",
    }


def tellings(quotas: Quotas, years: tuple[int, ...]) -> Iterator[Telling]:
    """Every value to be reported; what belongs to one figure adds up to its quota."""
    for told in quotas.told.values():
        if not isinstance(MEASURES[told.key], Reported):
            # Its line counts it by now: records give it, and typing it would be refused.
            continue
        for year in years:
            if told.pace == "year":
                for unit, value in _by_unit(told, year).items():
                    yield Telling(told.key, unit, Period.year(year), value)
            else:
                for unit, months in _by_month(told, year, quotas).items():
                    for month, value in enumerate(months, 1):
                        yield Telling(told.key, unit, Period.month(year, month), value)


def _by_unit(told: Told, year: int) -> Mapping[str, int]:
    """The year's value, divided among the units that report it."""
    if told.by == "enforcing":
        return apportion(told.years[year], area()["enforcing"])
    if told.by == "streets":
        return apportion(told.years[year], dict.fromkeys(streets(), 1))
    return {told.by: told.years[year]}


def _by_month(told: Told, year: int, quotas: Quotas) -> Mapping[str, Sequence[int]]:
    """What each unit reports of each month."""
    months = range(1, 13)
    if told.pace == "balance":
        return {told.by: _balance(told, year, quotas)}
    if told.pace == "stock":
        before, after = told.years[year - 1], told.years[year]
        return {told.by: [round(before + (after - before) * month / 12) for month in months]}
    if told.even:
        return {told.by: [told.years[year] // 12] * 12}
    found = {}
    for unit, value in _by_unit(told, year).items():
        chance = Chance(f"{told.key} {unit} {year}")
        weights = {month: (0.7 if month in (1, 2) else 1.0) * (0.8 + chance.number(0, 40) / 100) for month in months}
        found[unit] = list(apportion(value, weights).values())
    return found


def _balance(told: Told, year: int, quotas: Quotas) -> list[int]:
    """The stock at the end of each month: it follows from what came in and went out since the beginning."""
    inflow, outflow = quotas.told[told.inflow], quotas.told[told.outflow]
    stock = told.opening
    months: list[int] = []
    for each in sorted(number for number in inflow.years if number <= year):
        flows = (_by_month(flow, each, quotas)[told.by] for flow in (inflow, outflow))
        months = [stock := stock + came - went for came, went in zip(*flows, strict=True)]
    return months
