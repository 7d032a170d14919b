"""Exported rows brought back: what differs from the record is a correction, shown before it is made.

A row knows its record by the exported 系统编号, which holds the version too, so that a correction never overwrites what
somebody changed after the export.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.casework.matters.reaching import reachable
from fazhi.kernel.casework.procedure.drafting import required
from fazhi.kernel.ground.core.errors import Fault, Refused, Unseen
from fazhi.kernel.records.exchange.findings import Change, Findings
from fazhi.kernel.records.exchange.preparing import Plan, instant_of
from fazhi.kernel.records.exchange.reading import Line
from fazhi.kernel.records.exchange.targets import ID, Target
from fazhi.kernel.records.exchange.written import same
from fazhi.kernel.records.register import Column, Kind, read

_TRIED = "试做更正"


class _Undone(Exception):
    """Raised to take back a correction that was only tried."""


def compared(plan: Plan, lines: Sequence[Line], findings: Findings) -> None:
    """Add to ``findings`` what exported rows would correct, and what of it would be refused."""
    if not lines:
        return
    present = _present(plan, lines)
    for line in lines:
        assert line.record_id is not None
        found = present.get(line.record_id)
        if found is None:
            line.faults.append(plan.reader.fault(line, Fault("没有这条记录，或者您无权查看", ID)))
        else:
            _compare(plan, line, found, findings)
        findings.add(line.faults)


def _columns(plan: Plan) -> list[Target]:
    return [target for key in plan.mapping.values() if (target := plan.targets[key]).column is not None]


def _present(plan: Plan, lines: Sequence[Line]) -> dict[int, tuple[int, str, dict[str, Any]]]:
    """Version, title and present values of the records that rows come from, as far as the person may see them."""
    record = plan.register.record()
    rows: QuerySet[Any] = reachable(plan.actor, record).filter(pk__in=[line.record_id for line in lines])
    columns = [target.column for target in _columns(plan) if target.column is not None]
    title = "title" if issubclass(record, Case) else columns[0].path if columns else "pk"
    found = rows.values_list("pk", "version", title, *[column.path for column in columns])
    return {
        pk: (version, str(named), dict(zip([column.name for column in columns], values, strict=True)))
        for pk, version, named, *values in found
    }


def _compare(plan: Plan, line: Line, found: tuple[int, str, dict[str, Any]], findings: Findings) -> None:
    version, title, present = found
    differing: list[tuple[Target, Any]] = []
    for target in _columns(plan):
        column = target.column
        assert column is not None
        if not same(column, present[column.name], line.cells.get(target.key), line.raw.get(target.key)):
            differing.append((target, present[column.name]))
    if not differing:
        findings.unchanged += 1
        return
    if line.version != version:
        line.faults.append(
            plan.reader.fault(line, Fault("导出之后这条记录已被修改，请重新导出后再改，以免覆盖他人的修改", ID))
        )
        return
    values = _values(plan, line, differing)
    if line.faults:
        return
    try:
        _try(plan, line, values)
    except (Refused, Unseen) as refusal:
        faults = refusal.faults if isinstance(refusal, Refused) else [Fault("没有这条记录，或者您无权查看", ID)]
        line.faults += [plan.reader.fault(line, fault) for fault in faults]
        return
    shown = tuple(
        (plan.reader.heading(target.key), _was(target.column, was), plan.reader.shown(line, target.key))
        for target, was in differing
    )
    assert line.record_id is not None
    findings.changes.append(Change(line.number, line.record_id, version, title, shown))


def _was(column: Column | None, value: Any) -> str:
    assert column is not None
    return str(value) if column.kind is Kind.SECRET and value is not None else column.show(value)


def _values(plan: Plan, line: Line, differing: Sequence[tuple[Target, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for target, _ in differing:
        column = target.column
        assert column is not None
        raw = line.cells.get(target.key)
        if not column.field.editable or column.name in ("unit", "handler"):
            other = "请用“分派”更改" if column.name in ("unit", "handler") else "由系统得出，不能在表格中更改"
            line.faults.append(plan.reader.fault(line, Fault(f"“{column.label}”{other}", target.key)))
            continue
        if column.kind is Kind.SECRET and raw is not None and set("*＊") & set(str(raw)):
            line.faults.append(
                plan.reader.fault(line, Fault("带星号的号码不完整，请填写完整号码或保持原样", target.key))
            )
            continue
        value, fault = read(column, raw, plan.references.lookups)
        if fault is None and value in (None, "") and column.name in required(plan.register.keeping):
            fault = Fault(f"请填写“{column.label}”", column.name)
        if fault is not None:
            line.faults.append(plan.reader.fault(line, fault))
        else:
            values[column.name] = value
    return values


def _try(plan: Plan, line: Line, values: dict[str, Any]) -> None:
    """Make the correction and take it back, so that a preview promises only what can be done."""
    try:
        with transaction.atomic():
            apply(plan, line, values, reason=_TRIED)
            raise _Undone
    except _Undone:
        pass


def apply(plan: Plan, line: Line, values: dict[str, Any], *, reason: str) -> None:
    """Correct the record a row comes from. Raises what :func:`procedure.correct` raises."""
    assert line.record_id is not None
    procedure.correct(
        plan.register.record(), line.record_id, values,
        reason=reason, actor=plan.actor, at=instant_of(plan.of), version=line.version,
    )  # fmt: skip


def asked(plan: Plan, line: Line) -> dict[str, Any] | None:
    """What a row asks to be corrected, as its fields hold it; None where it says what the record says, or is at fault."""
    assert line.record_id is not None
    found = _present(plan, [line]).get(line.record_id)
    if found is None:
        return None
    differing = [
        (target, found[2][target.key])
        for target in _columns(plan)
        if target.column is not None
        and not same(target.column, found[2][target.key], line.cells.get(target.key), line.raw.get(target.key))
    ]
    values = _values(plan, line, differing) if differing else {}
    return None if line.faults or not values else values
