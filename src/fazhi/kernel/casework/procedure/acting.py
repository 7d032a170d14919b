"""Doing an act on a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar, cast

from django.db import transaction

from fazhi.kernel.casework.approvals import requesting
from fazhi.kernel.casework.deadlines import running
from fazhi.kernel.casework.matters import steps
from fazhi.kernel.casework.matters.checks import Circumstances
from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.casework.matters.reaching import fetch
from fazhi.kernel.casework.matters.workflow import Act, Workflow, workflow_of
from fazhi.kernel.casework.papers import issuing
from fazhi.kernel.casework.papers.declaring import Paper
from fazhi.kernel.casework.procedure import changing
from fazhi.kernel.casework.procedure.drafting import clean, failing, missing
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.access.roles import ROLES, Breadth
from fazhi.kernel.ground.core.errors import Fault, NotYours, Refused
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs.models import Unit

C = TypeVar("C", bound=Case)


def may(actor: Actor, workflow: type[Workflow], act: Act, case: Any, audience: list[int]) -> str | None:
    """Why ``actor`` may not do ``act`` on ``case`` now, or None. ``audience``: the audience of the case's unit."""
    if case.void_reason:
        return "本案已作废，不能再办理"
    state = workflow.states[case.state]
    if state not in act.sources:
        names = "、".join(source.label for source in act.sources)
        return f"本案现为“{state.label}”，“{act.label}”只能在“{names}”时办理"
    if case.pending and act.to is not None:
        return f"“{workflow.acts[case.pending].label}”正在审批，审批结束或撤回后才能办理"
    if actor.system:
        return None
    hats = [hat for hat in actor.hats_in(workflow.line, act.by) if hat.unit_id in audience]
    if not hats:
        return f"“{act.label}”由{'、'.join(role.label for role in act.by)}办理"
    if all(ROLES[hat.role].breadth is Breadth.OWN for hat in hats) and case.handler_id != actor.account_id:
        return "您只能办理由本人承办的案件"
    return None


def act(
    record: type[C],
    case_id: int,
    act: Act,
    values: Mapping[str, Any] | None = None,
    *,
    actor: Actor,
    at: datetime,
    on: date | None = None,
    version: int | None = None,
    note: str = "",
) -> C:
    """Do ``act`` on a case, or ask for its approval where it needs one; return the case as it is afterwards.

    ``on`` is the legal day; ``version`` the one the actor read, if any. An act that needs approval is held to all its
    checks now, then waits (``case.pending``). Raises :class:`Unseen`, :class:`NotYours`, :class:`Conflict` or
    :class:`Refused`; nothing is then written.
    """
    workflow = workflow_of(record)
    with session(
        jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act=f"{workflow.name()}.{act.key}", at=at
    ):
        case: Any = fetch(actor, record, case_id, lock=True)
        unit = Unit.objects.get(pk=case.unit_id)
        changing.same_version(case, version)
        if actor.system and case.pending and act.to is not None and workflow.states[case.state] in act.sources:
            requesting.lapse(case, at=at)
            steps.note(case, "approval.lapse", actor=actor, at=at, text=workflow.acts[case.pending].label)
            changing.mark_pending(case, "")
        reason = may(actor, workflow, act, case, unit.audience)
        if reason is not None:
            raise NotYours(reason)
        if act.approved and not actor.system:
            _ask(workflow, act, case, unit, values or {}, actor=actor, at=at, on=on, note=note)
        else:
            effect(workflow, act, case, values or {}, actor=actor, at=at, on=on or at.date(), note=note)
        changed: C = case
        return changed


def effect(
    workflow: type[Workflow],
    act: Act,
    case: Any,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    on: date,
    note: str = "",
) -> None:
    """Let ``act`` take effect on a locked case, inside the caller's transaction; raises :class:`Refused`."""
    before = changing.image(case)
    trail = running.trail_of(case.id, workflow)
    origin = case.state
    child, faults = _child(act, case, values, Circumstances(actor, at, on))
    mine = {name: value for name, value in values.items() if name not in act.child_fields}
    faults += _fill(workflow, act, case, mine, Circumstances(actor, at, on), trail)
    if not faults:
        if child is not None:
            child.save(force_insert=True)
        faults = _move(workflow, act, case, Circumstances(actor, at, on, workflow.fetched([changing.named(case)])))
    if faults:
        raise Refused.of(faults)
    case.title = case.describe()[:200]
    runs = running.derive(case, [*trail, (case.state, on)])
    changing.store(case, before, runs, workflow=workflow)
    steps.note(case, act.key, actor=actor, at=at, on=on, origin=origin, to=case.state, text=note)
    if act.issues:
        issuing.issue(cast("tuple[Paper, ...]", act.issues), case, actor=actor, at=at, on=on, act=act.label)


def _ask(
    workflow: type[Workflow],
    act: Act,
    case: Any,
    unit: Unit,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    on: date | None,
    note: str,
) -> None:
    """Try the act, take it back, and leave the request for it."""
    trial = type(case).objects.get(pk=case.id)
    tried = transaction.savepoint()
    try:
        effect(workflow, act, trial, values, actor=actor, at=at, on=on or at.date(), note=note)
    finally:
        transaction.savepoint_rollback(tried)
    requesting.submit(workflow, act, case, unit, values, actor=actor, at=at, on=on, note=note)
    changing.mark_pending(case, act.key)
    steps.note(case, "approval.request", actor=actor, at=at, text=act.label)


def _fill(
    workflow: type[Workflow],
    act: Act,
    case: Case,
    values: Mapping[str, Any],
    circumstances: Circumstances,
    trail: list[tuple[str, date]],
) -> list[Fault]:
    """Put what was asked and the legal day on the case; faults say what is missing, misspelt or out of order."""
    faults = [
        Fault(f"“{act.label}”不填写“{name}”", name) for name in values if name not in act.fields and name != act.stamps
    ]
    cleaned, more = clean(type(case), {name: value for name, value in values.items() if name in act.fields})
    faults += more
    for name, value in cleaned.items():
        setattr(case, name, value)
    if act.stamps:
        setattr(case, act.stamps, circumstances.on)
    faults += missing(type(case), case, [name for name in act.asks if name not in {fault.field for fault in more}])
    if circumstances.on > circumstances.today:
        faults.append(Fault(f"办理日期{circumstances.on.isoformat()}晚于今天", "on"))
    elif trail and circumstances.on < trail[-1][1]:
        faults.append(Fault(f"办理日期早于上一环节的{trail[-1][1].isoformat()}，请核对", "on"))
    return faults


def _child(act: Act, case: Any, values: Mapping[str, Any], circumstances: Circumstances) -> tuple[Any, list[Fault]]:
    """The row the act adds, unsaved, and what is missing or wrong in it."""
    if act.adds is None:
        return None, []
    kind: Any = act.adds
    cleaned, faults = clean(kind, {name: value for name, value in values.items() if name in act.child_fields})
    child = kind(
        jurisdiction_id=case.jurisdiction_id,
        case_id=case.id,
        added_on=circumstances.on,
        added_by=circumstances.actor.account_id,
        **cleaned,
    )
    refused = {fault.field for fault in faults}
    faults += missing(act.adds, child, [name for name in act.child_asks if name not in refused])
    return child, faults


def _move(workflow: type[Workflow], act: Act, case: Case, circumstances: Circumstances) -> list[Fault]:
    """Take the case to where the act leads and do what it does; then hold it to the checks."""
    if act.to is not None:
        case.state, case.phase = act.to.key, act.to.phase
    if act.does is not None:
        act.does(case, circumstances)
    return failing((*workflow.checks, *act.checks), case, circumstances)
