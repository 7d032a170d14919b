"""The dry run: every fault by row, column and reason, in the words of whoever typed the sheet. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fazhi.kernel.casework.matters.checks import Circumstances
from fazhi.kernel.casework.procedure import Draft, draft
from fazhi.kernel.ground.core.errors import Fault, Refused
from fazhi.kernel.records.exchange import blame
from fazhi.kernel.records.exchange.findings import PREVIEWED, Findings
from fazhi.kernel.records.exchange.heads import Aside
from fazhi.kernel.records.exchange.limits import Limits
from fazhi.kernel.records.exchange.preparing import Plan, instant_of
from fazhi.kernel.records.exchange.reading import Line, RowFault, chunks
from fazhi.kernel.records.exchange.revising import compared
from fazhi.kernel.records.exchange.telling import Teller, nobody
from fazhi.kernel.records.exchange.twins import Twins

MOST_ROWS = 200_000
_CHUNK = 1000


def check(plan: Plan, tell: Teller = nobody) -> Findings:
    """Read the whole file and say what would be refused; needs the jurisdiction in session.

    Raises :class:`~fazhi.kernel.ground.core.errors.Refused` where the file as a whole cannot be imported.
    """
    if not plan.mapping:
        raise Refused(Fault("没有一列对应到台账的栏目，请先对应列", "mapping"))
    findings = Findings()
    twins = Twins(plan.register, plan.of, plan.told_by, same_allowed=plan.of.same_allowed)
    limits = Limits(plan.register.record())
    total = max(plan.sheet.height - plan.head.last, 0)
    for chunk in chunks(plan.lines(), _CHUNK):
        rows = [row for row in chunk if not isinstance(row, Aside)]
        findings.asides += [row for row in chunk if isinstance(row, Aside)]
        findings.rows += len(rows)
        if findings.rows > MOST_ROWS:
            raise Refused(Fault(f"数据超过{MOST_ROWS // 10_000}万行，请拆成几个文件", "file"))
        lines = [plan.reader.read(row) for row in rows]
        fresh = [line for line in lines if line.record_id is None]
        _fresh(plan, fresh, twins, limits, findings)
        compared(plan, [line for line in lines if line.record_id is not None], findings)
        if chunk:
            tell("预检", chunk[-1].number - plan.head.last, total)
    if not findings.rows:
        raise Refused(Fault(f"第{plan.head.last}行表头之下没有数据行", "file"))
    findings.settle(plan.head.last)
    return findings


def _fresh(plan: Plan, lines: Sequence[Line], twins: Twins, limits: Limits, findings: Findings) -> None:
    keeping = plan.register.keeping
    lookups = keeping.fetched([line.facts.values for line in lines])
    drafted: list[tuple[int, Any]] = []
    by_number = {line.number: line for line in lines}
    for line in lines:
        made, faults = drafted_of(plan, line, lookups)
        line.faults += [plan.reader.fault(line, fault) for fault in faults]
        if made is not None:
            drafted.append((line.number, made.row))
    for number, fault in limits.faults(drafted):
        _once(plan, by_number[number], fault)
    for line, fault in twins.faults(lines):
        _once(plan, line, fault)
    for line in lines:
        findings.fresh += 1
        findings.add(line.faults)
        if not line.faults and len(findings.preview) < PREVIEWED:
            findings.preview.append(_shown(plan, line))


def drafted_of(plan: Plan, line: Line, lookups: Mapping[str, Any]) -> tuple[Draft | None, list[Fault]]:
    """This row as it would be written, and the faults that are its own beyond what could not be read."""
    if line.unit is None:
        return None, [] if "unit" in line.unread else [Fault("请填写承办单位，或在上传时选定", "unit")]
    faults = []
    if line.unit.id not in plan.seats and "unit" not in line.unread:
        faults.append(Fault(f"您不能以“{line.unit.name}”的名义登记", "unit"))
    record, keeping = plan.register.record(), plan.register.keeping
    actor, at = plan.actor, instant_of(plan.of)
    history = plan.history
    if line.unread and history:
        history = blame.state_is_known(keeping, record(**_plain(record, line.facts.values)), line.unread)
    on = line.day or at.date()
    made = draft(
        record, line.facts, actor=actor, unit=line.unit, at=at, on=on, history=history, lookups=lookups,
        handler_id=actor.account_id if plan.seats.get(line.unit.id) else line.handler_id,
    )  # fmt: skip
    if _lacks_day(plan, line) and not any(fault.field == plan.register.order() for fault in made.faults):
        faults.append(Fault(f"请填写“{plan.targets[plan.register.order()].label}”", plan.register.order()))
    return made, faults + blame.own(keeping, made, line.unread, Circumstances(actor, at, on, lookups))


def _lacks_day(plan: Plan, line: Line) -> bool:
    """Whether an entry has no day: a spreadsheet is no form, which means today."""
    name = plan.register.order()
    return name == "on" and name not in line.facts.values and name not in line.unread


def _plain(record: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """These values without references, enough to tell a state."""
    relations = {field.name: field.attname for field in record._meta.concrete_fields if field.is_relation}
    return {relations.get(name, name): value for name, value in values.items()}


def _once(plan: Plan, line: Line, fault: Fault) -> None:
    """Add a fault, unless the row has one at the same field already; of the row as a whole only where it is the first."""
    if all(fault.field and each.field != fault.field for each in line.faults):
        line.faults.append(plan.reader.fault(line, fault))


def _shown(plan: Plan, line: Line) -> tuple[str, ...]:
    shown = []
    for key in plan.mapping.values():
        column = plan.targets[key].column
        value = line.facts.values.get(key)
        if column is not None and column.target is None and value is not None:
            shown.append(column.show(value))
        else:
            shown.append(plan.reader.shown(line, key))
    return tuple(shown)


def refusals(faults: Sequence[RowFault]) -> str:
    """These faults in one sentence, for a place that has room for no more."""
    first = "；".join(f"第{fault.row}行“{fault.column}”：{fault.reason}" for fault in faults[:3])
    return first + (f" 等{len(faults)}处" if len(faults) > 3 else "")
