"""Reported values: what units gave and somebody else accepted, read for many measures at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias

from fazhi.kernel.records.measures.declaring import Measure, Reported
from fazhi.kernel.records.measures.figures import Figure, Scope, State, figure
from fazhi.kernel.records.measures.models import ReportedFigure
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.measures.reporting import Reporting
from fazhi.kernel.records.measures.scanning import Place, Question


class Unapplied(Enum):
    """What is said of a measure in place of a number."""

    NOT_APPLICABLE = "not_applicable"


Values: TypeAlias = "dict[str, dict[Place, Decimal | Unapplied]]"


@dataclass(frozen=True, slots=True)
class Given:
    """One accepted report; the value of what does not apply is None."""

    unit_id: int
    period: Period
    value: Decimal | None


def gather(measures: Sequence[Reported], asked: Question) -> Values:
    """These accepted values that lie within each span, by key and place; what nobody gave has no place.

    A report of a whole year has no month, so it shows in the year and in none of its months; a stock, which is what
    held on its last day, shows in whatever ends on that day.
    """
    found: Values = {each.key: {} for each in measures}
    if not measures:
        return found
    given, successors = _accepted(measures, asked), asked.successors or {}
    for measure in measures:
        for index, span in enumerate(asked.spans):
            groups: dict[int | None, list[Given]] = {}
            for each in given.get(measure.key, ()):
                if _tells_of(measure, each.period, span):
                    unit_id = successors.get(each.unit_id, each.unit_id) if asked.by_unit else None
                    groups.setdefault(unit_id, []).append(each)
            for unit_id, mine in groups.items():
                value = _together(measure, mine)
                if value is not None:
                    found[measure.key][index, unit_id] = value
    return found


def _accepted(measures: Sequence[Reported], asked: Question) -> dict[str, list[Given]]:
    rows: Any = ReportedFigure.objects.filter(
        jurisdiction_id=asked.jurisdiction_id,
        measure__in=[each.key for each in measures],
        state=Reporting.accepted.key,
        void_reason="",
        period_last__gte=asked.whole.first,
        period_last__lte=asked.whole.last,
    )
    if asked.units is not None:
        rows = rows.filter(unit_id__in=asked.units)
    given: dict[str, list[Given]] = {}
    for key, unit_id, first, last, applies, value in rows.order_by("period_first", "period_last", "id").values_list(
        "measure", "unit_id", "period_first", "period_last", "applicable", "value"
    ):
        given.setdefault(key, []).append(Given(unit_id, Period(first, last), value if applies else None))
    return given


def _tells_of(measure: Reported, period: Period, span: Period) -> bool:
    return span.covers(period) or (measure.at_end and period.last == span.last)


def _together(measure: Reported, given: Iterable[Given]) -> Decimal | Unapplied | None:
    """What several reports give together: each unit's own first, then the sum over the units."""
    by_unit: dict[int, list[Given]] = {}
    for each in given:
        by_unit.setdefault(each.unit_id, []).append(each)
    own = [_of_unit(measure, reports) for reports in by_unit.values()]
    numbers = [value for value in own if isinstance(value, Decimal)]
    if not measure.additive and (len(numbers) > 1 or None in own):
        return None
    return sum(numbers, Decimal(0)) if numbers else Unapplied.NOT_APPLICABLE


def _of_unit(measure: Reported, reports: Sequence[Given]) -> Decimal | Unapplied | None:
    """One unit's value: the last of a stock, the only one of a rate, the sum of all others; days never count twice."""
    if measure.at_end:
        last = max(reports, key=lambda each: (each.period.last, -each.period.first.toordinal()))
        return last.value if last.value is not None else Unapplied.NOT_APPLICABLE
    chosen: list[Given] = []
    for each in sorted(reports, key=lambda each: each.period.first.toordinal() - each.period.last.toordinal()):
        if not any(each.period.meets(other.period) for other in chosen):
            chosen.append(each)
    if not measure.additive and len(chosen) > 1:
        return None
    numbers = [each.value for each in chosen if each.value is not None]
    return sum(numbers, Decimal(0)) if numbers else Unapplied.NOT_APPLICABLE


def figure_of(measure: Measure, period: Period, scope: Scope, value: Decimal | Unapplied | None) -> Figure:
    """This figure of a value; None is missing."""
    if isinstance(value, Unapplied):
        return Figure(measure, period, scope, None, State.NOT_APPLICABLE)
    return figure(measure, period, scope, value)
