"""Scanning: every figure of every table in one statement, each table passed over once.

Over few spans (a year, or a year and the one before it) each measure has an aggregate for each span. Over many
(the months of a year) that would be a hundred aggregates a row; the date columns are unpivoted instead, so that each
row is looked at once for each of its dates, and a stock is what came before plus what began less what ended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import Q

from fazhi.kernel.ground.core.errors import Misdeclared
from fazhi.kernel.ground.core.models import Record
from fazhi.kernel.records.measures.declaring import CountDistinct, Counted, Flow, Stock, Sum
from fazhi.kernel.records.measures.periods import Period

Place: TypeAlias = "tuple[int, int | None]"
"""Where a value belongs: which of the spans, and which unit (None where units are not told apart)."""

Values: TypeAlias = "dict[str, dict[Place, Decimal]]"

FEW = 3
# A measure's condition never changes, and compiling one costs more than counting a small table.
_WHERE: dict[Counted, tuple[str, list[Any]]] = {}
# Stands for every day before the first span.
_BEFORE = "DATE '1900-01-01'"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every table: which spans, whose records, and whether units are told apart.

    ``units``: only records of these; ``successors``: under which unit a unit's records are grouped.
    """

    spans: Sequence[Period]
    jurisdiction_id: int
    units: Sequence[int] | None = None
    successors: Mapping[int, int] | None = None
    by_unit: bool = False

    @property
    def whole(self) -> Period:
        """All spans and what lies between them."""
        return Period(min(span.first for span in self.spans), max(span.last for span in self.spans))


def scan(measures: Sequence[Counted], asked: Question) -> Values:
    """These values by key and place; what has no rows has no place."""
    kind = _Direct if len(asked.spans) <= FEW else _Unpivoted
    tables: dict[type[Record], list[Counted]] = {}
    for measure in measures:
        tables.setdefault(measure.record, []).append(measure)
    scans = [kind(record, mine, asked) for record, mine in tables.items()]
    if not scans:
        return {}
    statements = [each.statement(index) for index, each in enumerate(scans)]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(text for text, _ in statements),
            [parameter for _, parameters in statements for parameter in parameters],
        )
        rows = cursor.fetchall()
    found: Values = {}
    for index, each in enumerate(scans):
        found |= each.values([row[1:] for row in rows if row[0] == index])
    return found


class _Scan:
    """One pass over a table; subclasses say how a row finds its span."""

    def __init__(self, record: type[Record], measures: Sequence[Counted], asked: Question) -> None:
        self.record, self.measures, self.asked = record, measures, asked
        self.table = connection.ops.quote_name(record._meta.db_table)
        self.whole = asked.whole

    def statement(self, index: int) -> tuple[str, list[Any]]:
        """This pass as SQL with parameters: rows of ``index``, month, unit, and the numbers of all measures."""
        raise NotImplementedError

    def values(self, rows: Sequence[Any]) -> Values:
        """The values by key and place, of the rows without their index."""
        raise NotImplementedError

    def column(self, name: str) -> str:
        """This column, qualified."""
        field: Any = self.record._meta.get_field(name)
        return f"{self.table}.{connection.ops.quote_name(field.column)}"

    def unit(self) -> tuple[str, str, list[Any]]:
        """The expression of a row's unit, and what must be joined for it."""
        if not self.asked.by_unit:
            return "NULL::bigint", "", []
        column, successors = self.column("unit"), self.asked.successors
        if not successors:
            return column, "", []
        join = f" LEFT JOIN unnest(%s::bigint[], %s::bigint[]) AS s(was, now) ON s.was = {column}"
        return f"coalesce(s.now, {column})", join, [list(successors), list(successors.values())]

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
        if measure not in _WHERE:
            _WHERE[measure] = compiled(self.record, measure.where, measure.key)
        text, parameters = _WHERE[measure]
        return f" AND {text}", parameters

    def living(self) -> tuple[str, list[Any]]:
        """The condition every row must meet: jurisdiction, not void, and of the units asked for."""
        condition = f"{self.table}.jurisdiction_id = %s AND {self.column('void_reason')} = ''"
        if self.asked.units is None:
            return condition, [self.asked.jurisdiction_id]
        return f"{condition} AND {self.column('unit')} = ANY(%s)", [self.asked.jurisdiction_id, list(self.asked.units)]

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


class _Direct(_Scan):
    """An aggregate for every measure and span."""

    def statement(self, index: int) -> tuple[str, list[Any]]:
        """This pass as SQL with parameters."""
        unit, join, joined = self.unit()
        numbers: list[str] = []
        bound: list[Any] = []
        for span in self.asked.spans:
            for measure in self.measures:
                condition, dates = self._when(measure, span)
                own, more = self.where(measure)
                numbers.append(self.aggregate(measure, condition + own))
                bound += [*dates, *more]
        living, of_living = self.living()
        touching, of_touching = self.touching()
        by = " GROUP BY 3" if self.asked.by_unit else ""
        text = (
            f"SELECT {index}, NULL::date, {unit}, ARRAY[{', '.join(numbers)}]::numeric[]"  # noqa: S608 — names are quoted
            f" FROM {self.table}{join} WHERE {living} AND {touching}{by}"
        )
        return text, [*bound, *joined, *of_living, *of_touching]

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

    def values(self, rows: Sequence[Any]) -> Values:
        """The values by key and place."""
        found: Values = {measure.key: {} for measure in self.measures}
        for _, unit_id, values in rows:
            numbers = iter(values)
            for place in range(len(self.asked.spans)):
                for measure in self.measures:
                    found[measure.key][place, unit_id] = amount(measure, next(numbers))
        return found


class _Unpivoted(_Scan):
    """Each row once for each of its dates. The spans follow one another without a gap, each within one month."""

    def statement(self, index: int) -> tuple[str, list[Any]]:
        """This pass as SQL with parameters."""
        self.events: list[str] = []
        self.bound: list[Any] = []
        unit, join, joined = self.unit()
        numbers: list[str] = []
        chosen: list[Any] = []
        for measure in self.measures:
            own, more = self.where(measure)
            terms = self._terms(measure)
            numbers.append(" - ".join(self.aggregate(measure, term + own) for term in terms))
            chosen += more * len(terms)
        living, of_living = self.living()
        touching, of_touching = self.touching()
        listed = ", ".join(f"({which}, {day})" for which, day in enumerate(self.events))
        # A date alone would be taken for an instant in the server's time zone.
        text = (
            f"SELECT {index}, date_trunc('month', d.day::timestamp)::date, {unit},"  # noqa: S608 — names are quoted
            f" ARRAY[{', '.join(numbers)}]::numeric[]"
            f" FROM {self.table} CROSS JOIN LATERAL (VALUES {listed}) AS d(which, day){join}"
            f" WHERE {living} AND {touching} AND (d.day BETWEEN %s AND %s OR d.day = {_BEFORE}) GROUP BY 2, 3"
        )
        span = [self.whole.first, self.whole.last]
        return text, [*chosen, *self.bound, *joined, *of_living, *of_touching, *span]

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

    def values(self, rows: Sequence[Any]) -> Values:
        """The values by key and place."""
        index = {span.first.replace(day=1): place for place, span in enumerate(self.asked.spans)}
        changes: Values = {measure.key: {} for measure in self.measures}
        for month, unit_id, numbers in rows:
            place = index.get(month, -1)
            for measure, value in zip(self.measures, numbers, strict=True):
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
            for place in range(len(self.asked.spans)):
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
    if len([alias for alias, uses in query.alias_refcount.items() if uses]) > 1:
        raise Misdeclared(key, "条件引用了其他表", "where 只用本表字段；需要的事实存到本表")
    text, parameters = compiler.compile(query.where)
    return text or "true", list(parameters)
