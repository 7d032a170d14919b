"""Computing: the figures of a period, in all, by month or by unit; one statement, whatever they are counted from.

All of it needs the jurisdiction in session.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from fazhi.kernel.records.measures import reported, scanning
from fazhi.kernel.records.measures.declaring import Counted, Measure, Ratio, Reported
from fazhi.kernel.records.measures.figures import Figure, Scope, rate
from fazhi.kernel.records.measures.members import below
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.measures.scanning import Place
from fazhi.kernel.records.measures.succession import successors


def totals(measures: Iterable[Measure], period: Period, scope: Scope) -> dict[str, Figure]:
    """These figures of ``period`` by key."""
    return over(measures, [period], scope)[0]


def over(measures: Iterable[Measure], periods: Sequence[Period], scope: Scope) -> list[dict[str, Figure]]:
    """These figures of each of up to three periods, by key: a year beside the one before it costs one pass."""
    if len(periods) > scanning.FEW:
        raise ValueError(f"一次最多比较{scanning.FEW}个期间；逐月数据用 by_month")
    wanted = list(measures)
    found = _Gathered(wanted, periods, scope)
    return [{each.key: found.at(each, index, None) for each in wanted} for index in range(len(periods))]


def by_month(measures: Iterable[Measure], period: Period, scope: Scope) -> dict[str, list[Figure]]:
    """These figures of each month of ``period``, in order, by key."""
    wanted, months = list(measures), period.months()
    found = _Gathered(wanted, months, scope)
    return {each.key: [found.at(each, index, None) for index in range(len(months))] for each in wanted}


def by_unit(measures: Iterable[Measure], period: Period, scope: Scope) -> dict[str, dict[int, Figure]]:
    """These figures of each unit that has any, by key and unit id.

    The unit is the one the record holds, or its present successor where the scope follows reorganisations.
    """
    wanted = list(measures)
    found = _Gathered(wanted, [period], scope, by_unit=True)
    return {each.key: {unit_id: found.at(each, 0, unit_id) for unit_id in found.units} for each in wanted}


class _Gathered:
    """What tables and reports give for some measures, spans and a scope."""

    def __init__(
        self, measures: Sequence[Measure], spans: Sequence[Period], scope: Scope, *, by_unit: bool = False
    ) -> None:
        self.spans, self.scope = spans, scope
        leaves = list(dict.fromkeys(leaf for each in measures for leaf in _leaves(each)))
        units = below(scope) if scope.unit_id is not None else None
        followed = successors(scope.jurisdiction_id, scope.as_of) if scope.as_of and by_unit else {}
        asked = scanning.Question(spans, scope.jurisdiction_id, units, followed, by_unit)
        self.counts = scanning.scan([leaf for leaf in leaves if isinstance(leaf, Counted)], asked)
        told = [leaf for leaf in leaves if isinstance(leaf, Reported)]
        self.told = reported.gather(told, asked)
        places: list[Place] = [place for values in self.counts.values() for place in values]
        places += [place for values in self.told.values() for place in values]
        self.units = sorted({unit_id for _, unit_id in places if unit_id is not None})

    def at(self, measure: Measure, index: int, unit_id: int | None) -> Figure:
        """The figure of a measure in one span, of one unit or of the whole scope."""
        scope = self.scope if unit_id is None else Scope(self.scope.jurisdiction_id, unit_id, self.scope.as_of)
        return _figure(measure, self.spans[index], scope, lambda leaf: self._leaf(leaf, (index, unit_id)))

    def _leaf(self, leaf: Measure, place: Place) -> Decimal | reported.Unapplied | None:
        if isinstance(leaf, Reported):
            return self.told[leaf.key].get(place)
        return self.counts[leaf.key].get(place, Decimal(0))


def _figure(
    measure: Measure,
    period: Period,
    scope: Scope,
    value: Callable[[Measure], Decimal | reported.Unapplied | None],
) -> Figure:
    if isinstance(measure, Ratio):
        part, whole = (_figure(each, period, scope, value) for each in (measure.part, measure.whole))
        return rate(measure, part, whole)
    return reported.figure_of(measure, period, scope, value(measure))


def _leaves(measure: Measure) -> Iterable[Measure]:
    if isinstance(measure, Ratio):
        yield from _leaves(measure.part)
        yield from _leaves(measure.whole)
    else:
        yield measure
