"""Computing: the figures of a period in one pass per table, in all, by month or by unit.

Several date columns of a table are unpivoted in SQL, so that registered, accepted and concluded of a year are one scan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Q

from fazhi.kernel.ground.core.errors import Misdeclared
from fazhi.kernel.ground.core.models import Record
from fazhi.kernel.records.measures import reported
from fazhi.kernel.records.measures.declaring import (
    CountDistinct,
    Counted,
    Flow,
    Measure,
    Ratio,
    Reported,
    Stock,
    Sum,
)
from fazhi.kernel.records.measures.figures import Figure, Scope, figure, rate
from fazhi.kernel.records.measures.members import below
from fazhi.kernel.records.measures.periods import Period

Place = tuple[date | None, int | None]
"""Where a value belongs: first day of its month, and its unit; None where nothing was split."""

_ALL: Place = (None, None)


def totals(measures: Iterable[Measure], period: Period, scope: Scope) -> dict[str, Figure]:
    """These figures of ``period`` by key. Needs the jurisdiction in session."""
    wanted = list(measures)
    found = _gather(wanted, period, scope)
    return {each.key: _figure(each, found, period, scope, _ALL) for each in wanted}


def by_month(measures: Iterable[Measure], period: Period, scope: Scope) -> dict[str, list[Figure]]:
    """These figures of each month of ``period``, in order, by key."""
    wanted, months = list(measures), period.months()
    found = _gather(wanted, period, scope, month=True)
    return {each.key: [_figure(each, found, month, scope, (month.first, None)) for month in months] for each in wanted}


def by_unit(measures: Iterable[Measure], period: Period, scope: Scope) -> dict[str, dict[int, Figure]]:
    """These figures of each unit that has any, by key and unit id: the unit as the record holds it."""
    wanted = list(measures)
    found = _gather(wanted, period, scope, unit=True)
    units = sorted({place[1] for values in found.values() for place in values if place[1] is not None})
    return {
        each.key: {
            unit_id: _figure(each, found, period, Scope(scope.jurisdiction_id, unit_id), (None, unit_id))
            for unit_id in units
        }
        for each in wanted
    }


def _figure(
    measure: Measure, found: dict[str, dict[Place, Decimal | None]], period: Period, scope: Scope, place: Place
) -> Figure:
    if isinstance(measure, Ratio):
        part = _figure(measure.part, found, period, scope, place)
        return rate(measure, part, _figure(measure.whole, found, period, scope, place))
    values = found[measure.key]
    if isinstance(measure, Reported):
        return reported.value_at(measure, period, scope, values, place)
    return figure(measure, period, scope, values.get(place, Decimal(0)))


def _gather(
    measures: Sequence[Measure], period: Period, scope: Scope, *, month: bool = False, unit: bool = False
) -> dict[str, dict[Place, Decimal | None]]:
    leaves = list(dict.fromkeys(leaf for each in measures for leaf in _leaves(each)))
    found: dict[str, dict[Place, Decimal | None]] = {leaf.key: {} for leaf in leaves}
    units = below(scope) if scope.unit_id is not None else None
    for record in dict.fromkeys(leaf.record for leaf in leaves if isinstance(leaf, Counted)):
        mine = [leaf for leaf in leaves if isinstance(leaf, Counted) and leaf.record is record]
        flows = [leaf for leaf in mine if isinstance(leaf, Flow)]
        stocks = [leaf for leaf in mine if isinstance(leaf, Stock)]
        for query in (
            _Flows(record, flows, period, scope, units, month=month, unit=unit),
            _Stocks(record, stocks, period, scope, units, month=month, unit=unit),
        ):
            query.into(found)
    told = [leaf for leaf in leaves if isinstance(leaf, Reported)]
    return found | reported.gather(told, period, scope, units, month=month, unit=unit)


def _leaves(measure: Measure) -> Iterable[Measure]:
    if isinstance(measure, Ratio):
        yield from _leaves(measure.part)
        yield from _leaves(measure.whole)
    else:
        yield measure


class _Pass:
    """One scan of a table for several measures; subclasses say from which rows and under which condition each."""

    def __init__(
        self,
        record: type[Record],
        measures: Sequence[Any],
        period: Period,
        scope: Scope,
        units: list[int] | None,
        *,
        month: bool,
        unit: bool,
    ) -> None:
        self.record, self.measures, self.period, self.scope, self.units = record, measures, period, scope, units
        self.month, self.unit = month, unit
        self.table = connection.ops.quote_name(record._meta.db_table)
        self.parameters: list[Any] = []

    def column(self, name: str) -> str:
        """This column, qualified."""
        return f"{self.table}.{connection.ops.quote_name(str(self.record._meta.get_field(name).column))}"  # type: ignore[union-attr]

    def value(self, measure: Counted) -> str:
        """What is aggregated for a measure."""
        if isinstance(measure, CountDistinct):
            return f"count(DISTINCT {self.column(measure.of.name)})"
        if isinstance(measure, Sum):
            return f"coalesce(sum({self.column(measure.of.name)})"
        return "count(*)"

    def aggregate(self, measure: Counted, extra: str) -> str:
        """This column of the result: the aggregate over the rows that count."""
        condition, parameters = compiled(self.record, measure.living(), measure.key)
        self.parameters += parameters
        value = f"{self.value(measure)} FILTER (WHERE {condition}{extra})"
        return f"{value}, 0)" if isinstance(measure, Sum) else value

    def run(
        self, groups: Sequence[str], aggregates: Sequence[str], source: str, parameters: Sequence[Any]
    ) -> list[Any]:
        """These rows: the group columns, then one value a measure."""
        by = f" GROUP BY {', '.join(str(place) for place in range(1, len(groups) + 1))}" if groups else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {', '.join((*groups, *aggregates))} FROM {source}{by}",  # noqa: S608 — quoted names only
                [*self.parameters, *parameters],
            )
            rows: list[Any] = cursor.fetchall()
            return rows

    def confined(self) -> tuple[str, list[Any]]:
        """The condition of jurisdiction and unit."""
        condition, parameters = f"{self.table}.jurisdiction_id = %s", [self.scope.jurisdiction_id]
        if self.units is not None:
            return f"{condition} AND {self.column('unit')} = ANY(%s)", [*parameters, self.units]
        return condition, parameters

    def keep(self, found: dict[str, dict[Place, Decimal | None]], place: Place, measure: Counted, value: Any) -> None:
        """Add one value to what was found."""
        amount = Decimal(value or 0)
        if isinstance(measure, Sum) and measure.money:
            amount /= 100
        values = found[measure.key]
        values[place] = (values.get(place) or Decimal(0)) + amount

    def place(self, keys: Sequence[Any]) -> Place:
        """The place of a row by its group columns."""
        left = list(keys)
        month = left.pop(0) if self.month else None
        return month, left.pop(0) if self.unit else None


class _Flows(_Pass):
    """What happened in the period."""

    def into(self, found: dict[str, dict[Place, Decimal | None]]) -> None:
        """Put the values of all measures into ``found``."""
        if not self.measures:
            return
        days = list(dict.fromkeys(measure.on for measure in self.measures))
        aggregates = [self.aggregate(each, f" AND d.which = {days.index(each.on)}") for each in self.measures]
        groups = [
            *(["date_trunc('month', d.day)::date"] if self.month else []),
            *([self.column("unit")] if self.unit else []),
        ]
        listed = ", ".join(f"({place}, {self.column(day)})" for place, day in enumerate(days))
        confined, parameters = self.confined()
        touching = " OR ".join(f"{self.column(day)} BETWEEN %s AND %s" for day in days)
        span = [self.period.first, self.period.last]
        source = (
            f"{self.table} CROSS JOIN LATERAL (VALUES {listed}) AS d(which, day)"
            f" WHERE {confined} AND ({touching}) AND d.day BETWEEN %s AND %s"
        )
        for row in self.run(groups, aggregates, source, [*parameters, *span * len(days), *span]):
            place = self.place(row[: len(groups)])
            for measure, value in zip(self.measures, row[len(groups) :], strict=True):
                self.keep(found, place, measure, value)


class _Stocks(_Pass):
    """What holds at the end of the period, or of each month."""

    def into(self, found: dict[str, dict[Place, Decimal | None]]) -> None:
        """Put the values of all measures into ``found``."""
        intervals: dict[tuple[str, str, bool], list[Stock]] = {}
        for each in self.measures:
            intervals.setdefault((each.begins, each.ends, each.through), []).append(each)
        for (begins, ends, through), measures in intervals.items():
            self.parameters = []
            aggregates = [self.aggregate(each, "") for each in measures]
            groups = [*(["m.first"] if self.month else []), *([self.column("unit")] if self.unit else [])]
            confined, parameters = self.confined()
            later = ">=" if through else ">"
            spans = self.period.months() if self.month else [self.period]
            source = (
                f"(SELECT unnest(%s::date[]) AS first, unnest(%s::date[]) AS last) AS m JOIN {self.table} ON {confined}"
                f" AND {self.column(begins)} <= m.last AND ({self.column(ends)} IS NULL OR {self.column(ends)} {later} m.last)"
            )
            bounds = [[span.first for span in spans], [span.last for span in spans]]
            for row in self.run(groups, aggregates, source, [*bounds, *parameters]):
                place = self.place(row[: len(groups)])
                for measure, value in zip(measures, row[len(groups) :], strict=True):
                    self.keep(found, place, measure, value)


def compiled(record: type[Record], condition: Q, key: str) -> tuple[str, list[Any]]:
    """This condition on a table's own columns as SQL with parameters; one that needs another table is refused."""
    query = record._default_manager.filter(condition).query
    compiler = query.get_compiler(connection=connection)
    compiler.pre_sql_setup()
    if len([alias for alias, uses in query.alias_refcount.items() if uses]) > 1:
        raise Misdeclared(key, "条件引用了其他表", "where 只用本表字段；需要的事实存到本表")
    text, parameters = compiler.compile(query.where)
    return text or "true", list(parameters)
