"""Scanning: every figure that one table gives, in one statement.

Over few spans (a year, or a year and the one before it) each measure has an aggregate for each span. Over many
(the months of a year) that would be a hundred aggregates a row; the date columns are unpivoted instead, so that each
row is looked at once for each of its dates, and a stock is what came before plus what began less what ended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import Q

from fazhi.kernel.ground.core.errors import Misdeclared
from fazhi.kernel.ground.core.models import Record
from fazhi.kernel.records.measures.declaring import CountDistinct, Counted, Flow, Stock, Sum
from fazhi.kernel.records.measures.figures import Scope
from fazhi.kernel.records.measures.periods import Period

Place: TypeAlias = "tuple[int, int | None]"
"""Where a value belongs: which of the spans, and which unit (None where units are not told apart)."""

Values: TypeAlias = "dict[str, dict[Place, Decimal]]"

FEW = 3
# Stands for every day before the first span.
_BEFORE = "DATE '1900-01-01'"


def scan(
    record: type[Record],
    measures: Sequence[Counted],
    spans: Sequence[Period],
    scope: Scope,
    *,
    units: Sequence[int] | None,
    successors: Mapping[int, int],
    by_unit: bool,
) -> Values:
    """These values of ``measures`` of one record kind, by key and place; what has no rows has no place.

    ``units``: only records of these; ``successors``: under which unit a unit's records are grouped.
    """
    kind = _Direct if len(spans) <= FEW else _Unpivoted
    return kind(record, measures, spans, scope, units, successors, by_unit=by_unit).values()


class _Scan:
    """One scan of a table; subclasses say how a row finds its span."""

    def __init__(
        self,
        record: type[Record],
        measures: Sequence[Counted],
        spans: Sequence[Period],
        scope: Scope,
        units: Sequence[int] | None,
        successors: Mapping[int, int],
        *,
        by_unit: bool,
    ) -> None:
        self.record, self.measures, self.spans, self.scope, self.by_unit = record, measures, spans, scope, by_unit
        self.units, self.successors = units, successors
        self.table = connection.ops.quote_name(record._meta.db_table)
        self.whole = Period(min(span.first for span in spans), max(span.last for span in spans))

    def column(self, name: str) -> str:
        """This column, qualified."""
        field: Any = self.record._meta.get_field(name)
        return f"{self.table}.{connection.ops.quote_name(field.column)}"

    def unit(self) -> tuple[str, str, list[Any]]:
        """The expression of a row's unit, and what must be joined for it."""
        column = self.column("unit")
        if not self.successors:
            return column, "", []
        join = f" LEFT JOIN unnest(%s::bigint[], %s::bigint[]) AS s(was, now) ON s.was = {column}"
        return f"coalesce(s.now, {column})", join, [list(self.successors), list(self.successors.values())]

    def aggregate(self, measure: Counted, condition: str) -> str:
        """The aggregate of a measure over the rows under ``condition``."""
        if isinstance(measure, CountDistinct):
            return f"count(DISTINCT {self.column(measure.of.name)}) FILTER (WHERE {condition})"
        if isinstance(measure, Sum):
            return f"coalesce(sum({self.column(measure.of.name)}) FILTER (WHERE {condition}), 0)"
        return f"count(*) FILTER (WHERE {condition})"

    def where(self, measure: Counted) -> tuple[str, list[Any]]:
        """The measure's own condition."""
        if not measure.where:
            return "", []
        text, parameters = compiled(self.record, measure.where, measure.key)
        return f" AND {text}", parameters

    def living(self) -> tuple[str, list[Any]]:
        """The condition every row must meet: jurisdiction, not void, and of the units asked for."""
        condition = f"{self.table}.jurisdiction_id = %s AND {self.column('void_reason')} = ''"
        if self.units is None:
            return condition, [self.scope.jurisdiction_id]
        return f"{condition} AND {self.column('unit')} = ANY(%s)", [self.scope.jurisdiction_id, list(self.units)]

    def touching(self) -> tuple[str, list[Any]]:
        """The condition that a row has anything to do with the spans: some date in them, or a stock held then."""
        parts, parameters = [], []
        for name in dict.fromkeys(each.on for each in self.measures if isinstance(each, Flow)):
            parts.append(f"{self.column(name)} BETWEEN %s AND %s")
            parameters += [self.whole.first, self.whole.last]
        for begins, ends in dict.fromkeys(
            (each.begins, each.ends) for each in self.measures if isinstance(each, Stock)
        ):
            parts.append(
                f"({self.column(begins)} <= %s AND ({self.column(ends)} IS NULL OR {self.column(ends)} >= %s))"
            )
            parameters += [self.whole.last, self.whole.first]
        return f"({' OR '.join(parts)})", parameters

    def run(self, select: Sequence[str], source: str, parameters: Sequence[Any], groups: int) -> list[Any]:
        """These rows."""
        by = f" GROUP BY {', '.join(str(place + 1) for place in range(groups))}" if groups else ""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(select)} FROM {source}{by}", parameters)  # noqa: S608 — names are quoted
            rows: list[Any] = cursor.fetchall()
            return rows

    def values(self) -> Values:
        """The values by key and place."""
        raise NotImplementedError


class _Direct(_Scan):
    """An aggregate for every measure and span."""

    def values(self) -> Values:
        """The values by key and place."""
        unit, join, parameters = self.unit() if self.by_unit else ("", "", [])
        select = [unit] if self.by_unit else []
        bound: list[Any] = []
        for span in self.spans:
            for measure in self.measures:
                condition, dates = self._when(measure, span)
                own, more = self.where(measure)
                select.append(self.aggregate(measure, condition + own))
                bound += [*dates, *more]
        living, of_living = self.living()
        touching, of_touching = self.touching()
        rows = self.run(
            select,
            f"{self.table}{join} WHERE {living} AND {touching}",
            [*bound, *parameters, *of_living, *of_touching],
            int(self.by_unit),
        )
        found: Values = {measure.key: {} for measure in self.measures}
        for row in rows:
            unit_id, numbers = (row[0], iter(row[1:])) if self.by_unit else (None, iter(row))
            for index in range(len(self.spans)):
                for measure in self.measures:
                    found[measure.key][index, unit_id] = amount(measure, next(numbers))
        return found

    def _when(self, measure: Counted, span: Period) -> tuple[str, list[Any]]:
        if isinstance(measure, Flow):
            return f"{self.column(measure.on)} BETWEEN %s AND %s", [span.first, span.last]
        assert isinstance(measure, Stock)
        later = ">=" if measure.through else ">"
        ends = self.column(measure.ends)
        return (
            f"{self.column(measure.begins)} <= %s AND ({ends} IS NULL OR {ends} {later} %s)",
            [span.last, span.last],
        )


class _Unpivoted(_Scan):
    """Each row once for each of its dates. The spans follow one another without a gap, each within one month."""

    def values(self) -> Values:
        """The values by key and place."""
        self.events: list[str] = []
        self.bound: list[Any] = []
        unit, join, parameters = self.unit() if self.by_unit else ("", "", [])
        # A date alone would be taken for an instant in the server's time zone.
        select = ["date_trunc('month', d.day::timestamp)::date", *([unit] if self.by_unit else [])]
        groups, chosen = len(select), []
        for measure in self.measures:
            own, more = self.where(measure)
            terms = self._terms(measure)
            select.append(" - ".join(self.aggregate(measure, term + own) for term in terms))
            chosen += more * len(terms)
        living, of_living = self.living()
        touching, of_touching = self.touching()
        listed = ", ".join(f"({which}, {day})" for which, day in enumerate(self.events))
        source = (
            f"{self.table} CROSS JOIN LATERAL (VALUES {listed}) AS d(which, day){join}"
            f" WHERE {living} AND {touching} AND (d.day BETWEEN %s AND %s OR d.day = {_BEFORE})"
        )
        span = [self.whole.first, self.whole.last]
        rows = self.run(select, source, [*chosen, *self.bound, *parameters, *of_living, *of_touching, *span], groups)
        return self._placed(rows, groups)

    def _terms(self, measure: Counted) -> list[str]:
        """When a date of a row counts for ``measure``; of a stock, when it adds and when it takes away."""
        if isinstance(measure, Flow):
            return [f"d.which = {self._event(self.column(measure.on), [])}"]
        assert isinstance(measure, Stock)
        begins, ends, first = self.column(measure.begins), self.column(measure.ends), self.whole.first
        gone = f"{ends} + 1" if measure.through else ends
        held = f"CASE WHEN {begins} < %s AND ({ends} IS NULL OR {gone} >= %s) THEN {_BEFORE} END"
        # What ended before it began never held.
        orderly = f"{begins} <= coalesce({ends}, {begins})"
        added = f"{self._event(begins, [])}, {self._event(held, [first, first])}"
        return [f"d.which IN ({added}) AND {orderly}", f"d.which = {self._event(gone, [])} AND {orderly}"]

    def _event(self, day: str, parameters: list[Any]) -> int:
        if day not in self.events:
            self.events.append(day)
            self.bound += parameters
        return self.events.index(day)

    def _placed(self, rows: Sequence[Any], groups: int) -> Values:
        index = {span.first.replace(day=1): place for place, span in enumerate(self.spans)}
        changes: Values = {measure.key: {} for measure in self.measures}
        for row in rows:
            unit_id = row[1] if self.by_unit else None
            place = index.get(row[0], -1)
            for measure, value in zip(self.measures, row[groups:], strict=True):
                here = changes[measure.key]
                here[place, unit_id] = here.get((place, unit_id), Decimal(0)) + amount(measure, value)
        return {
            measure.key: self._summed(changes[measure.key])
            if isinstance(measure, Stock)
            else {place: value for place, value in changes[measure.key].items() if place[0] >= 0}
            for measure in self.measures
        }

    def _summed(self, changes: Mapping[Place, Decimal]) -> dict[Place, Decimal]:
        """A stock at the end of every span, from its changes; -1 is what was there before the first."""
        found: dict[Place, Decimal] = {}
        for unit_id in {unit for _, unit in changes}:
            held = changes.get((-1, unit_id), Decimal(0))
            for place in range(len(self.spans)):
                held += changes.get((place, unit_id), Decimal(0))
                found[place, unit_id] = held
        return found


def amount(measure: Counted, value: Any) -> Decimal:
    """This value of a measure in its unit: money is stored in 分 and given in 元."""
    exact = Decimal(value or 0)
    return exact / 100 if isinstance(measure, Sum) and measure.money else exact


def compiled(record: type[Record], condition: Q, key: str) -> tuple[str, list[Any]]:
    """This condition on a table's own columns as SQL with parameters; one that needs another table is refused."""
    query = record._default_manager.filter(condition).query
    compiler = query.get_compiler(connection=connection)
    compiler.pre_sql_setup()
    if len([alias for alias, uses in query.alias_refcount.items() if uses]) > 1:
        raise Misdeclared(key, "条件引用了其他表", "where 只用本表字段；需要的事实存到本表")
    text, parameters = compiler.compile(query.where)
    return text or "true", list(parameters)
