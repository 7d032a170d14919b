"""Correcting, assigning and voiding: changes outside the procedure, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError

from fazhi.kernel.casework.deadlines import running
from fazhi.kernel.casework.matters import steps
from fazhi.kernel.casework.matters.checks import Circumstances
from fazhi.kernel.casework.matters.models import Case, Visibility
from fazhi.kernel.casework.matters.phases import Phase
from fazhi.kernel.casework.matters.reaching import fetch
from fazhi.kernel.casework.matters.workflow import Keeping, Workflow, keeping_of
from fazhi.kernel.casework.procedure import changing
from fazhi.kernel.casework.procedure.collisions import said
from fazhi.kernel.casework.procedure.drafting import clean, failing, missing, outdated, required
from fazhi.kernel.casework.procedure.writing import show
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.audit.notes import noted
from fazhi.kernel.ground.core.errors import Fault, NotYours, Refused
from fazhi.kernel.ground.core.models import Record
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs.models import Unit

CORRECTED = "更正"
"""What the audit's note about the correction of a record says it is about, where no step says why."""

R = TypeVar("R", bound=Record)
C = TypeVar("C", bound=Case)


def why_not_correct(actor: Actor, keeping: type[Keeping], row: Any, audience: list[int]) -> str | None:
    """Why ``actor`` may not correct ``row``, or None."""
    if getattr(row, "void_reason", ""):
        return "本记录已作废，不能再修改"
    if issubclass(keeping, Workflow) and row.state in {state.key for state in keeping.fixed}:
        return f"“{keeping.states[row.state].label}”的记录不能更正；确有错误的，作废后重新登记"
    if getattr(row, "pending", ""):
        return "本案有事项正在审批，审批结束或撤回后才能更改"
    if actor.system:
        return None
    if not any(hat.unit_id in audience for hat in actor.hats_in(keeping.line, keeping.correctors())):
        return f"更正由{'、'.join(role.label for role in keeping.correctors())}办理"
    return None


def _audience(row: Any) -> list[int]:
    return Unit.objects.get(pk=row.unit_id).audience


def correct(
    record: type[R],
    record_id: int,
    values: Mapping[str, Any],
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> R:
    """Correct facts of a record, giving the reason; the state stays. The audit keeps both values.

    The reason is kept by a case's step, else by a note of the audit.
    """
    keeping = keeping_of(record)
    if not reason.strip():
        raise Refused(Fault("请写明更正原因", "reason"))
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act=f"{keeping.name()}.correct", at=at):
        row: Any = fetch(actor, record, record_id, lock=True)
        changing.same_version(row, version)
        if refusal := why_not_correct(actor, keeping, row, _audience(row)):
            raise NotYours(refusal)
        before = changing.image(row)
        faults = _overlay(keeping, row, values, actor, at)
        if faults:
            raise Refused.of(faults)
        after = changing.image(row)
        changed = [name for name, value in after.items() if value != before[name]]
        if not changed:
            raise Refused("没有任何改动")
        try:
            _store(keeping, row, before, changed, actor, at, reason)
        except IntegrityError as error:
            raise Refused(said(keeping, error)) from error
        corrected: R = row
        return corrected


def _overlay(keeping: type[Keeping], row: Any, values: Mapping[str, Any], actor: Actor, at: datetime) -> list[Fault]:
    fixed = {field.name for field in row._meta.concrete_fields if not field.editable} | {"unit", "handler", "version"}
    faults = [Fault("此项不能更正", name) for name in values if name in fixed]
    cleaned, more = clean(keeping.record, {name: value for name, value in values.items() if name not in fixed})
    for name, value in cleaned.items():
        setattr(row, name, value)
    keeping.settle(row)
    refused = {fault.field for fault in more}
    faults += more
    faults += missing(keeping.record, row, [name for name in required(keeping) if name not in refused])
    day = getattr(row, "on", None) or getattr(row, "opened_on", None) or at.date()
    if day > at.date():
        faults.append(Fault(f"日期{day.isoformat()}晚于今天，请核对", "on" if hasattr(row, "on") else "opened_on"))
    faults += outdated(keeping.record, row, day)
    faults += failing(keeping.checks, row, Circumstances(actor, at, day, keeping.fetched([changing.named(row)])))
    return faults


def _store(
    keeping: type[Keeping],
    row: Any,
    before: dict[str, Any],
    changed: list[str],
    actor: Actor,
    at: datetime,
    reason: str,
) -> None:
    if not issubclass(keeping, Workflow):
        row.version += 1
        row.save(update_fields=[*changed, "version"])
        # No step would keep the reason; the audit does, beside the change itself.
        facts = {"what": CORRECTED, "reason": reason.strip()}
        noted(keeping.record, row.pk, facts, jurisdiction_id=row.jurisdiction_id)
        return
    row.title = row.describe()[:200]
    runs = running.derive(row, running.trail_of(row.id, keeping, case=row))
    changing.store(row, before, runs, workflow=keeping)
    steps.note(row, "correct", actor=actor, at=at, to=row.state, text=reason)


def assign(
    record: type[C],
    case_id: int,
    *,
    actor: Actor,
    at: datetime,
    handler_id: int | None = None,
    unit: Unit | None = None,
    reason: str = "",
    version: int | None = None,
) -> C:
    """Give a case to a handler (account id), to another unit, or both; who sees it follows at once."""
    keeping = keeping_of(record)
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act=f"{keeping.name()}.assign", at=at):
        case: Any = fetch(actor, record, case_id, lock=True)
        changing.same_version(case, version)
        if refusal := why_not_correct(actor, keeping, case, _audience(case)):
            raise NotYours(refusal)
        if not issubclass(keeping, Workflow):
            raise Refused("此类记录不分派")
        before = changing.image(case)
        if unit is not None:
            case.unit_id = unit.id
        case.handler_id = handler_id
        if (case.unit_id, case.handler_id) == (before["unit_id"], before["handler_id"]):
            raise Refused("承办单位和承办人都没有变化")
        runs = running.derive(case, running.trail_of(case_id, keeping))
        changing.store(case, before, runs, workflow=keeping)
        if case.unit_id != before["unit_id"]:
            Visibility.objects.filter(jurisdiction_id=case.jurisdiction_id, matter_id=case_id).delete()
            here = Unit.objects.get(pk=case.unit_id)
            show(keeping, [case], {here.id: here})
        steps.note(case, "assign", actor=actor, at=at, to=case.state, text=reason)
        assigned: C = case
        return assigned


def void(record: type[R], record_id: int, *, reason: str, actor: Actor, at: datetime, version: int | None = None) -> R:
    """Void a record with its reason. It stays, is shown as void, and is counted nowhere; its number stays taken."""
    keeping = keeping_of(record)
    if not reason.strip():
        raise Refused(Fault("请写明作废原因", "reason"))
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act=f"{keeping.name()}.void", at=at):
        row: Any = fetch(actor, record, record_id, lock=True)
        changing.same_version(row, version)
        if refusal := why_not_correct(actor, keeping, row, _audience(row)):
            raise NotYours(refusal)
        before = changing.image(row)
        row.void_reason = reason.strip()[:200]
        if issubclass(keeping, Workflow):
            row.phase = Phase.VOID
            changing.store(row, before, [], workflow=keeping)
            steps.note(row, "void", actor=actor, at=at, text=reason)
        else:
            row.version += 1
            row.save(update_fields=["void_reason", "version"])
        voided: R = row
        return voided
