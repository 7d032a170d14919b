"""Reported values: what units gave and somebody else accepted, read for many measures at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from fazhi.kernel.records.measures.declaring import Reported
from fazhi.kernel.records.measures.figures import Figure, Scope, State, figure
from fazhi.kernel.records.measures.models import ReportedFigure
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.measures.reporting import Reporting

Values = dict[tuple[date | None, int | None], Decimal | None]


def gather(
    measures: Sequence[Reported],
    period: Period,
    scope: Scope,
    units: list[int] | None,
    *,
    month: bool = False,
    unit: bool = False,
) -> dict[str, Values]:
    """These accepted values that lie within ``period``, by key and place. None: all that was said is 不适用.

    A report of a whole year has no month, so it shows in the year but in none of its months.
    """
    if not measures:
        return {}
    by_key = {each.key: each for each in measures}
    rows: Any = ReportedFigure.objects.filter(
        jurisdiction_id=scope.jurisdiction_id,
        measure__in=list(by_key),
        state=Reporting.accepted.key,
        void_reason="",
        period_first__gte=period.first,
        period_last__lte=period.last,
    )
    if units is not None:
        rows = rows.filter(unit_id__in=units)
    found: dict[str, Values] = {key: {} for key in by_key}
    for key, first, last, unit_id, applies, value in rows.order_by("period_first", "period_last", "id").values_list(
        "measure", "period_first", "period_last", "unit_id", "applicable", "value"
    ):
        span = Period(first, last)
        if month and span != Period.month(first.year, first.month):
            continue
        place = (first if month else None, unit_id if unit else None)
        _add(found[key], place, value if applies else None, replace=by_key[key].at_end and not month)
    return found


def _add(values: Values, place: tuple[date | None, int | None], value: Decimal | None, *, replace: bool) -> None:
    former = values.get(place)
    if value is None:
        values.setdefault(place, None)
    elif replace or former is None:
        values[place] = value
    else:
        values[place] = former + value


def value_at(measure: Reported, period: Period, scope: Scope, values: Values, place: tuple[Any, Any]) -> Figure:
    """This figure of what was gathered: missing where nothing was accepted, not applicable where only that was said."""
    if place not in values:
        return figure(measure, period, scope, None)
    value = values[place]
    if value is None:
        return Figure(measure, period, scope, None, State.NOT_APPLICABLE)
    return figure(measure, period, scope, value)
