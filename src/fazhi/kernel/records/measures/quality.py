"""Quality: what a careful clerk would ask before printing a figure.

Findings are questions, not verdicts: a month without cases may have had none. They are counted from the same records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import sqrt
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import Q

from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.casework.matters.workflow import Workflow, workflow_of
from fazhi.kernel.ground.core.models import Record
from fazhi.kernel.ground.orgs.models import Unit, UnitKind
from fazhi.kernel.records.measures.computing import by_month, over
from fazhi.kernel.records.measures.declaring import Flow, Measure, Reported
from fazhi.kernel.records.measures.figures import Figure, Scope, State
from fazhi.kernel.records.measures.members import below
from fazhi.kernel.records.measures.models import ReportedFigure
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.measures.reporting import Reporting
from fazhi.kernel.records.measures.scanning import compiled

# With five a month on average, a month with none comes by chance once in a hundred and fifty.
_BUSY = 5
_GAP = 3
# Counts vary by about the root of their size; three times that, and by half, is no chance.
_SPREAD, _HALF = 3, Decimal("0.5")


class Level(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """This question about a figure."""

    level: Level
    text: str


Findings: TypeAlias = "dict[str, list[Finding]]"


@dataclass(frozen=True, slots=True)
class Seen:
    """The figures findings are drawn from: of the period, of a year before, and of its months."""

    this: Mapping[str, Figure]
    last: Mapping[str, Figure]
    months: Mapping[str, Sequence[Figure]] = field(default_factory=dict)


def look(measures: Iterable[Measure], period: Period, scope: Scope) -> Seen:
    """These figures, two passes a table. Needs the jurisdiction in session."""
    wanted = list(measures)
    this, last = over(wanted, [period, period.before()], scope)
    return Seen(this, last, by_month(wanted, period, scope))


def examine(
    measures: Iterable[Measure], period: Period, scope: Scope, *, today: date, seen: Seen | None = None
) -> Findings:
    """The findings about each measure, by key; one without any is left out. ``today`` tells which months are over."""
    wanted = list(measures)
    figures = seen or look(wanted, period, scope)
    found: Findings = {}
    for measure in wanted:
        here, before = figures.this[measure.key], figures.last[measure.key]
        months = figures.months.get(measure.key, ())
        for finding in (
            _jump(here, before),
            _silence(measure, months, today),
            _more_than_all(measure, figures.this),
            _gaps(measure, here, months, today),
        ):
            if finding is not None:
                found.setdefault(measure.key, []).append(finding)
    _add(found, _undated([each for each in wanted if isinstance(each, Flow)], period, scope))
    _add(found, _owed([each for each in wanted if isinstance(each, Reported)], period, scope))
    return found


def _add(found: Findings, more: Findings) -> None:
    for key, findings in more.items():
        found.setdefault(key, []).extend(findings)


def _jump(here: Figure, before: Figure) -> Finding | None:
    if here.value is None or not before.value:
        return None
    change = here.value - before.value
    if abs(change) <= before.value * _HALF or (here.measure.unit != "%" and abs(change) <= _SPREAD * _root(before)):
        return None
    way = "增加" if change > 0 else "减少"
    share = abs(change) * 100 / before.value
    return Finding(
        Level.WARNING,
        f"比{before.period.label}（{before.text}{here.measure.unit}）{way}{share:.0f}%，请核对有无漏登、错登",
    )


def _root(figure: Figure) -> Decimal:
    assert figure.value is not None
    # A sum of money varies as its cases do, which are not known here; its size alone says nothing.
    return Decimal(sqrt(figure.value)) if figure.measure.unit != "元" else Decimal(0)


def _silence(measure: Measure, months: Sequence[Figure], today: date) -> Finding | None:
    over_by_now = [each for each in months if each.period.last < today]
    if not isinstance(measure, Flow) or measure.unit == "元" or not over_by_now:
        return None
    numbers = [each.value or Decimal(0) for each in over_by_now]
    empty = [each.period for each, number in zip(over_by_now, numbers, strict=True) if number == 0]
    # What mostly falls into a few months, such as a yearly appraisal, leaves the others empty by its nature.
    if not empty or len(empty) * _GAP > len(numbers) or sum(numbers) / len(numbers) < _BUSY:
        return None
    return Finding(Level.WARNING, f"{_months(empty)}没有记录，请核对是否漏登")


def _months(periods: Sequence[Period]) -> str:
    return "、".join(f"{each.first.month}月" for each in periods)


def _more_than_all(measure: Measure, figures: Mapping[str, Figure]) -> Finding | None:
    whole = figures.get(measure.part_of.key) if measure.part_of else None
    part = figures[measure.key]
    if whole is None or whole.value is None or part.value is None or part.value <= whole.value:
        return None
    return Finding(Level.ERROR, f"是“{whole.measure.label}”的一部分，却比它（{whole.text}{whole.measure.unit}）多")


def _gaps(measure: Measure, here: Figure, months: Sequence[Figure], today: date) -> Finding | None:
    """Months nobody reported, where others were reported month by month."""
    # A stock is known at the end, however many months said nothing.
    if not isinstance(measure, Reported) or measure.at_end or here.state is State.MISSING:
        return None
    due = [each for each in months if each.period.last < today]
    blank = [each.period for each in due if each.state is State.MISSING]
    if not blank or len(blank) == len(due):
        return None
    return Finding(Level.WARNING, f"{_months(blank)}未报，本数不含这些月份")


def _undated(measures: Sequence[Flow], period: Period, scope: Scope) -> Findings:
    """Records whose state demands a date they lack: they are counted nowhere. One statement for all tables."""
    tables: dict[type[Record], list[Flow]] = {}
    for measure in measures:
        field: Any = measure.record._meta.get_field(measure.on)
        if issubclass(measure.record, Case) and field.null:
            tables.setdefault(measure.record, []).append(measure)
    if not tables:
        return {}
    units = below(scope) if scope.unit_id is not None else None
    statements = [
        _lacking(index, record, mine, period, scope, units) for index, (record, mine) in enumerate(tables.items())
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(text for text, _ in statements),
            [parameter for _, parameters in statements for parameter in parameters],
        )
        counted = dict(cursor.fetchall())
    found: Findings = {}
    for index, (record, mine) in enumerate(tables.items()):
        for measure, count in zip(mine, counted[index], strict=True):
            if count:
                label = str(getattr(record._meta.get_field(measure.on), "verbose_name", measure.on))
                text = f"另有{count}{measure.unit if measure.unit != '元' else '件'}缺“{label}”，没有计入，请补正"
                found.setdefault(measure.key, []).append(Finding(Level.ERROR, text))
    return found


def _lacking(
    index: int,
    record: type[Record],
    measures: Sequence[Flow],
    period: Period,
    scope: Scope,
    units: Sequence[int] | None,
) -> tuple[str, list[Any]]:
    """How many records of a table, opened in the period, lack the date of each measure though their state demands it."""
    assert issubclass(record, Case)
    workflow = workflow_of(record)
    counts, parameters = [], []
    for measure in measures:
        states = [key for key in workflow.states if _demands(workflow, key, measure.on)]
        condition, more = compiled(
            record, measure.where & Q(**{f"{measure.on}__isnull": True}, state__in=[*states, ""]), measure.key
        )
        counts.append(f"count(*) FILTER (WHERE {condition})")
        parameters += more
    living = Q(jurisdiction_id=scope.jurisdiction_id, void_reason="", opened_on__range=(period.first, period.last))
    if units is not None:
        living &= Q(unit_id__in=units)
    condition, more = compiled(record, living, record._meta.label)
    table = connection.ops.quote_name(record._meta.db_table)
    text = f"SELECT {index}, ARRAY[{', '.join(counts)}] FROM {table} WHERE {condition}"  # noqa: S608 — names are quoted
    return text, [*parameters, *more]


def _demands(workflow: type[Workflow], state: str, name: str) -> bool:
    """Whether a case cannot have come to a state without the day ``name`` holds."""
    return any(act.stamps == name for act in workflow.path_to(workflow.states[state]))


def _owed(measures: Sequence[Reported], period: Period, scope: Scope) -> Findings:
    """Reports that wait to be accepted, and units that owe one and gave none."""
    if not measures:
        return {}
    found: Findings = {}
    units = Unit.objects.filter(jurisdiction_id=scope.jurisdiction_id, valid_from__lte=period.last).filter(
        Q(valid_to=None) | Q(valid_to__gte=period.first)
    )
    if scope.unit_id is not None:
        units = units.filter(id__in=below(scope))
    known = {unit_id: (kind, name) for unit_id, kind, name in units.values_list("id", "kind", "short_name")}
    said: dict[str, dict[int, set[str]]] = {}
    rows = ReportedFigure.objects.filter(
        jurisdiction_id=scope.jurisdiction_id,
        measure__in=[each.key for each in measures],
        void_reason="",
        period_first__gte=period.first,
        period_last__lte=period.last,
    )
    for key, unit_id, state in rows.values_list("measure", "unit_id", "state"):
        said.setdefault(key, {}).setdefault(unit_id, set()).add(state)
    for measure in measures:
        findings = list(_of_reports(measure, said.get(measure.key, {}), known))
        if findings:
            found[measure.key] = findings
    return found


def _of_reports(
    measure: Reported, said: Mapping[int, set[str]], known: Mapping[int, tuple[str, str]]
) -> Iterable[Finding]:
    waiting = sum(Reporting.accepted.key not in states for states in said.values())
    if waiting:
        yield Finding(Level.WARNING, f"有{waiting}个单位的填报尚未采用，没有计入")
    accepted = [unit_id for unit_id, states in said.items() if Reporting.accepted.key in states]
    if not measure.additive and len(accepted) > 1:
        yield Finding(Level.ERROR, f"{len(accepted)}个单位各报了一个比率，比率不能相加，请由一个单位填报")
    each = [kind for kind in measure.owed_by if kind != UnitKind.BUREAU]
    silent = [name for unit_id, (kind, name) in known.items() if kind in each and unit_id not in said]
    if silent and accepted:
        yield Finding(
            Level.WARNING, f"{len(silent)}个单位未报：{'、'.join(silent[:8])}{'等' if len(silent) > 8 else ''}"
        )
