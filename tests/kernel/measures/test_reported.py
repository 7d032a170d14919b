"""Figures that units report: four states never merged, reported by one and accepted by another, no day twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from fazhi.kernel.casework import procedure
from fazhi.kernel.ground.core.errors import NotYours, Refused
from fazhi.kernel.ground.orgs.models import UnitKind
from fazhi.kernel.records.measures import computing
from fazhi.kernel.records.measures.declaring import MEASURES, How, Measures, Ratio, Reported
from fazhi.kernel.records.measures.figures import State
from fazhi.kernel.records.measures.members import within
from fazhi.kernel.records.measures.models import ReportedFigure
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.measures.quality import Level, examine
from fazhi.kernel.records.measures.reporting import Reporting
from tests.kernel.measures.samples import everything
from tests.world import AT, World, world

__all__ = ["world"]

YEAR = Period.year(2022)


@pytest.fixture
def measures() -> Iterator[dict[str, Reported]]:
    """Measures of a line that reports: a flow, a stock, a rate, and one that every street owes."""
    before = set(MEASURES)

    class Declared(Measures):
        line = "trial"
        flow = Reported("trial.flow", label="走访次数", unit="次", definition="走访", owed_by=[UnitKind.STREET])
        stock = Reported("trial.stock", label="志愿者人数", unit="人", definition="期末", at_end=True)
        rate = Reported("trial.rate", label="满意度", unit="%", definition="满意的占比")
        part = Reported("trial.part", label="参考人数", unit="人", definition="参考")
        share = Ratio("trial.share", part, flow, label="参考率", definition="参考÷走访")

    yield {each.key.partition(".")[2]: each for each in Declared.measures if isinstance(each, Reported)}
    for key in set(MEASURES) - before:
        del MEASURES[key]


def report(
    world: World, unit: str, measure: Reported, period: Period, value: int | None, /, **more: Any
) -> ReportedFigure:
    reporter = {"law": "clerk", "bureau": "head"}.get(unit, unit)
    made = procedure.open(
        ReportedFigure,
        {
            "measure": measure.key, "period_first": period.first, "period_last": period.last, "value": value,
            "evidence": "工作台账", "applicable": value is not None, **more,
        },
        actor=world.actor(reporter), at=AT, unit=world.units[unit],
    )  # fmt: skip
    world.enter()
    return made


def accept(world: World, made: ReportedFigure, by: str = "leader") -> None:
    procedure.act(ReportedFigure, made.id, Reporting.accept, actor=world.actor(by), at=AT)
    world.enter()


def given(world: World, unit: str, measure: Reported, period: Period, value: int | None) -> None:
    accept(world, report(world, unit, measure, period, value))


def year(world: World, measure: Reported, period: Period = YEAR) -> Any:
    return computing.totals([measure], period, everything(world))[measure.key]


def test_value_zero_not_applicable_and_missing_are_four_things(world: World, measures: dict[str, Reported]) -> None:
    flow = measures["flow"]
    assert year(world, flow).state is State.MISSING
    assert (year(world, flow).text, year(world, flow).how) == ("未报", How.REPORTED)
    given(world, "east", flow, YEAR, None)
    assert (year(world, flow).state, year(world, flow).value) == (State.NOT_APPLICABLE, None)
    given(world, "west", flow, YEAR, 0)
    assert (year(world, flow).state, year(world, flow).value) == (State.ZERO, 0)
    given(world, "finance", flow, YEAR, 7)
    assert (year(world, flow).state, year(world, flow).value) == (State.VALUE, 7)
    units = computing.by_unit([flow], YEAR, everything(world))[flow.key]
    shown = {name: units[world.units[name].id].state for name in ("east", "west", "finance")}
    assert shown == {"east": State.NOT_APPLICABLE, "west": State.ZERO, "finance": State.VALUE}


def test_a_report_counts_once_somebody_else_accepted_it(world: World, measures: dict[str, Reported]) -> None:
    flow = measures["flow"]
    made = report(world, "bureau", flow, YEAR, 5)
    assert year(world, flow).state is State.MISSING
    with pytest.raises(Refused, match="填报人不能审核自己填报的数据"):
        procedure.act(ReportedFigure, made.id, Reporting.accept, actor=world.actor("head"), at=AT)
    world.enter()
    assert ReportedFigure.objects.get(pk=made.id).state == "submitted"
    with pytest.raises(NotYours):
        procedure.act(ReportedFigure, report(world, "east", flow, YEAR, 3).id, Reporting.accept,
                      actor=world.actor("east"), at=AT)  # fmt: skip
    world.enter()
    accept(world, made)
    assert year(world, flow).value == 5
    with pytest.raises(NotYours, match="不能更正"):
        procedure.correct(ReportedFigure, made.id, {"value": 6}, reason="误", actor=world.actor("head"), at=AT)
    world.enter()
    procedure.act(
        ReportedFigure, made.id, Reporting.revoke, {"returned_for": "台账为6次"}, actor=world.actor("leader"), at=AT
    )
    world.enter()
    assert year(world, flow).state is State.MISSING


@pytest.mark.parametrize(
    ("values", "field", "reason"),
    [
        ({"measure": "trial.none"}, "measure", ""),
        ({"measure": "mediation.cases"}, "measure", "不能填报"),
        ({"value": -1}, "value", "不能为负"),
        ({"value": None, "applicable": True}, "value", "没有发生填0"),
        ({"value": 3, "applicable": False}, "value", "不要再填数值"),
        ({"period_first": date(2023, 1, 1), "period_last": date(2023, 12, 31)}, "period_last", "尚未开始"),
        ({"period_first": date(2022, 5, 1), "period_last": date(2022, 4, 1)}, "period_last", "早于"),
        ({"evidence": ""}, "evidence", "依据"),
    ],
)
def test_what_is_refused_leaves_nothing(
    world: World, measures: dict[str, Reported], values: dict[str, Any], field: str, reason: str
) -> None:
    with pytest.raises(Refused) as refusal:
        report(world, "east", measures["flow"], YEAR, 3, **values)
    assert any(fault.field == field and reason in fault.reason for fault in refusal.value.faults)
    world.enter()
    assert ReportedFigure.objects.count() == 0


def test_no_day_is_reported_twice(world: World, measures: dict[str, Reported]) -> None:
    flow = measures["flow"]
    report(world, "east", flow, Period.month(2022, 3), 4)
    with pytest.raises(Refused, match="2022年3月"):
        report(world, "east", flow, YEAR, 40)
    world.enter()
    report(world, "west", flow, YEAR, 40)
    report(world, "east", flow, Period.month(2022, 4), 2)
    assert ReportedFigure.objects.count() == 3
    # An import may bring both at once: the longer report then speaks for its days.
    ReportedFigure.objects.filter(unit=world.units["west"]).update(state="accepted")
    row = ReportedFigure.objects.filter(unit=world.units["east"], value=4).get()
    ReportedFigure.objects.filter(pk=row.pk).update(unit=world.units["west"], state="accepted")
    assert year(world, flow).value == 40


def test_months_add_up_to_the_year(world: World, measures: dict[str, Reported]) -> None:
    flow, stock, rate = measures["flow"], measures["stock"], measures["rate"]
    for month, value in ((1, 3), (2, 4), (4, 0)):
        given(world, "east", flow, Period.month(2022, month), value)
    given(world, "west", flow, YEAR, 10)
    assert year(world, flow).value == 17
    months = computing.by_month([flow], YEAR, everything(world))[flow.key]
    assert [each.value for each in months[:4]] == [3, 4, None, 0]
    assert [each.state for each in months[2:5]] == [State.MISSING, State.ZERO, State.MISSING]
    for unit, values in (("east", (9, 8)), ("west", (5, 6))):
        for month, value in zip((1, 2), values, strict=True):
            given(world, unit, stock, Period.month(2022, month), value)
    assert year(world, stock).value == 14
    given(world, "law", rate, Period.month(2022, 1), 98)
    assert year(world, rate).value == 98
    given(world, "law", rate, Period.month(2022, 2), 97)
    assert year(world, rate).state is State.MISSING
    assert year(world, rate, Period.month(2022, 2)).value == 97


def test_behind_it_stand_the_reports(world: World, measures: dict[str, Reported]) -> None:
    flow = measures["flow"]
    given(world, "east", flow, Period.month(2022, 1), 3)
    given(world, "west", flow, Period.month(2021, 12), 3)
    report(world, "west", flow, Period.month(2022, 1), 9)
    found = within(flow, YEAR, everything(world))
    assert found.record is ReportedFigure
    assert [row.value for row in ReportedFigure.objects.filter(found.condition)] == [3]
    assert within(MEASURES["trial.share"], YEAR, everything(world)).measure is flow
    stock = measures["stock"]
    given(world, "east", stock, YEAR, 9)
    for period, value, behind in ((YEAR, 9, 1), (Period.month(2022, 12), 9, 1), (Period.month(2022, 11), None, 0)):
        assert year(world, stock, period).value == value
        assert ReportedFigure.objects.filter(within(stock, period, everything(world)).condition).count() == behind


def test_a_rate_of_something_missing_is_missing(world: World, measures: dict[str, Reported]) -> None:
    share = MEASURES["trial.share"]
    given(world, "east", measures["flow"], YEAR, 40)
    assert computing.totals([share], YEAR, everything(world))["trial.share"].state is State.MISSING
    given(world, "east", measures["part"], YEAR, 38)
    found: Any = computing.totals([share], YEAR, everything(world))["trial.share"]
    assert (found.value, found.how, found.text) == (95, How.REPORTED, "95")


def test_questions_about_reports(world: World, measures: dict[str, Reported]) -> None:
    flow, rate = measures["flow"], measures["rate"]
    given(world, "east", flow, Period.month(2022, 1), 3)
    given(world, "finance", rate, YEAR, 90)
    given(world, "law", rate, YEAR, 80)
    report(world, "finance", flow, YEAR, 5)
    found = examine(list(measures.values()), YEAR, everything(world), today=date(2022, 4, 10))
    of_flow = {each.text for each in found["trial.flow"]}
    assert "2月、3月未报，本数不含这些月份" in of_flow
    assert "有1个单位的填报尚未采用，没有计入" in of_flow
    assert "1个单位未报：西岭" in of_flow
    assert [(each.level, each.text[:9]) for each in found["trial.rate"]] == [(Level.ERROR, "2个单位各报了一个")]
    assert "trial.part" not in found


def test_a_stock_tells_of_whatever_ends_on_its_day(world: World, measures: dict[str, Reported]) -> None:
    stock, flow = measures["stock"], measures["flow"]
    given(world, "bureau", stock, Period.month(2022, 3), 40)
    given(world, "bureau", flow, Period.month(2022, 3), 9)
    last_day = Period(date(2022, 3, 31), date(2022, 3, 31))
    assert year(world, stock, last_day).value == 40
    assert year(world, stock, Period.month(2022, 4).eve()).value == 40
    assert year(world, stock, Period(date(2022, 3, 30), date(2022, 3, 30))).state is State.MISSING
    assert year(world, flow, last_day).state is State.MISSING
