"""Reporting a figure that no record gives yet: by one person, with evidence; accepted by another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fazhi.kernel.casework.matters.checks import Circumstances, check
from fazhi.kernel.casework.matters.phases import Phase
from fazhi.kernel.casework.matters.workflow import Act, Series, State, Workflow
from fazhi.kernel.ground.access.roles import CLERK, HANDLER, LEADER, LIAISON, SECTION_HEAD
from fazhi.kernel.records.measures.declaring import MEASURES, Reported
from fazhi.kernel.records.measures.models import ReportedFigure
from fazhi.kernel.records.measures.periods import Period


@check(ReportedFigure.measure)
def is_reported(row: Any, circumstances: Circumstances) -> str | None:
    """This measure exists and is one that is reported: what is counted from records may not be typed."""
    measure = MEASURES.get(row.measure)
    if measure is None:
        return f"没有指标“{row.measure}”，请从指标目录中选择"
    if not isinstance(measure, Reported):
        return f"“{measure.label}”由登记的记录计数得出，不能填报；请登记或导入记录"
    return None


@check(ReportedFigure.value)
def value_or_not_applicable(row: Any, circumstances: Circumstances) -> str | None:
    """This value is there exactly when the measure applies, and is not negative."""
    if row.applicable and row.value is None:
        return "请填写数值；没有发生填0，本单位没有这项业务的，把“适用”改为“否”"
    if not row.applicable and row.value is not None:
        return "已选“不适用”，请不要再填数值"
    if row.value is not None and row.value < 0:
        return "数值不能为负"
    return None


@check(ReportedFigure.period_last)
def period_has_begun(row: Any, circumstances: Circumstances) -> str | None:
    """This period is in order and has begun."""
    if row.period_first is None or row.period_last is None:
        return None
    if row.period_last < row.period_first:
        return "期间的截止日期早于起始日期"
    if row.period_first > circumstances.today:
        return "期间尚未开始，不能填报"
    return None


def looked_up(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What has been reported of the measures that ``rows`` name: unit, period, id and number by measure."""
    found: dict[str, list[tuple[int, Period, int, str]]] = {}
    living = ReportedFigure.objects.filter(measure__in={row.get("measure") for row in rows}, void_reason="")
    for key, unit_id, first, last, record_id, number in living.values_list(
        "measure", "unit_id", "period_first", "period_last", "id", "number"
    ):
        found.setdefault(key, []).append((unit_id, Period(first, last), record_id, number))
    return {"reported": found}


@check(ReportedFigure.period_first)
def no_day_twice(row: Any, circumstances: Circumstances) -> str | None:
    """This period shares no day with what the unit has reported of the measure before."""
    if row.period_first is None or row.period_last is None:
        return None
    period = Period(row.period_first, row.period_last)
    for unit_id, other, record_id, number in circumstances.lookups["reported"].get(row.measure, ()):
        if unit_id == row.unit_id and record_id != row.id and period.meets(other):
            return f"本单位已填报这一指标{other.label}的数据（{number}），期间不能重叠；有变化的请更正那一条"
    return None


@check()
def not_the_reporter(row: Any, circumstances: Circumstances) -> str | None:
    """This acceptance is by somebody other than who reported."""
    if row.recorded_by is not None and row.recorded_by == circumstances.actor.account_id:
        return "填报人不能审核自己填报的数据，请由他人审核"
    return None


class Reporting(Workflow):
    """How a reported figure moves."""

    record = ReportedFigure
    line = "report"
    enter_label = "填报"
    enters = (CLERK, HANDLER, SECTION_HEAD, LIAISON)
    corrects = (CLERK, HANDLER, SECTION_HEAD, LIAISON)
    checks = (is_reported, value_or_not_applicable, period_has_begun, no_day_twice)
    lookups = looked_up
    number = Series("填报〔{year}〕{serial}号")

    submitted = State("待审核", Phase.OPEN, initial=True)
    returned = State("已退回", Phase.WAITING)
    accepted = State("已采用", Phase.DECIDED)

    accept = Act("采用", submitted, to=accepted, by=[CLERK, SECTION_HEAD, LEADER], checks=[not_the_reporter])
    give_back = Act(
        "退回",
        submitted,
        to=returned,
        by=[CLERK, SECTION_HEAD, LEADER],
        asks=[ReportedFigure.returned_for],
        checks=[not_the_reporter],
    )
    revoke = Act(
        "撤销采用",
        accepted,
        to=returned,
        by=[SECTION_HEAD, LEADER],
        asks=[ReportedFigure.returned_for],
        help="采用之后发现数值有误时办理；退回填报单位重新填报，数据即不再计入",
    )
    resubmit = Act(
        "重新填报",
        returned,
        to=submitted,
        by=[CLERK, HANDLER, SECTION_HEAD, LIAISON],
        asks=[ReportedFigure.evidence],
        may_ask=[ReportedFigure.value, ReportedFigure.applicable, ReportedFigure.note],
    )
    fixed = (accepted,)

    @classmethod
    def state_in_history(cls, case: Any) -> State:
        """This end state of a row taken over from a finished ledger: accepted."""
        return cls.accepted
