"""One record: its facts, parties, clocks, timeline, and what the account may do with it now."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from fazhi.api import shapes
from fazhi.api.answers import answer
from fazhi.api.guard import Asked
from fazhi.api.views.registers import register_at
from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.deadlines.clocks import clocks_of
from fazhi.kernel.casework.deadlines.models import Run
from fazhi.kernel.casework.matters.models import Case, Step
from fazhi.kernel.casework.matters.reaching import reachable
from fazhi.kernel.casework.matters.workflow import Workflow
from fazhi.kernel.casework.parties.models import Party
from fazhi.kernel.casework.procedure.amending import why_not_correct
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.core.errors import Unseen
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.records.register import Register


def record_at(actor: Actor, register: type[Register], record_id: int) -> Any:
    """This record, if it exists for ``actor`` and stands in this register."""
    rows = reachable(actor, register.record()).filter(pk=record_id)
    if register.scope is not None:
        rows = rows.filter(register.scope)
    found = rows.first()
    if found is None:
        raise Unseen(f"{register.key} {record_id}")
    return found


def record(asked: Asked, line: str, register: str, record_id: int) -> HttpResponse:
    """A record with everything around it."""
    found = register_at(asked.actor, line, register)
    return answer(shown(asked.actor, found, record_at(asked.actor, found, record_id)))


def shown(actor: Actor, register: type[Register], row: Any) -> dict[str, Any]:
    """This record as it is sent."""
    keeping = register.keeping
    content: dict[str, Any] = {
        "id": row.id,
        "register": register.key,
        "version": row.version,
        "void_reason": row.void_reason or None,
        "values": _values(register, row),
        "parties": [],
        "clocks": [],
        "timeline": [],
        "acts": [],
        "barred": [],
    }
    audience = Unit.objects.values_list("audience", flat=True).get(pk=row.unit_id)
    content["may_correct"] = why_not_correct(actor, keeping, row, audience) is None
    if isinstance(row, Case):
        content["parties"] = [_party(each) for each in Party.objects.filter(matter_id=row.id).order_by("id")]
        content["clocks"] = _clocks(register, row)
        steps = Step.objects.filter(matter_id=row.id).order_by("at", "id")
        content["timeline"] = [_step(each) for each in steps]
    if issubclass(keeping, Workflow):
        for key, act in keeping.acts.items():
            reason = procedure.may(actor, keeping, act, row, audience)
            if reason is None:
                content["acts"].append({"key": key, "label": act.label, "needs_approval": bool(act.approved)})
            else:
                content["barred"].append({"key": key, "label": act.label, "reason": reason})
    return content


def _values(register: type[Register], row: Any) -> dict[str, Any]:
    made = shapes.Row(shapes.every_column(register))
    paths = [column.path for column in made.columns]
    cells = type(row)._default_manager.filter(pk=row.id).values_list(*paths)[0]
    shown = [column.show(value) for column, value in zip(made.columns, cells, strict=True)]
    values = made.objected(row.id, shown)
    values.pop("id", None)
    return values


def _party(party: Party) -> dict[str, Any]:
    return {
        "id": party.id,
        "role": party.role,
        "kind": party.kind,
        "name": party.name,
        "identity": str(party.identity) if party.identity is not None else None,
        "phone": str(party.phone) if party.phone is not None else None,
        "address": str(party.address) if party.address is not None else None,
    }


def _clocks(register: type[Register], row: Any) -> list[dict[str, Any]]:
    declared = clocks_of(register.record())
    return [
        {
            "key": run.clock,
            "label": declared[run.clock].label if run.clock in declared else run.clock,
            "rule": run.rule,
            "started_on": run.started_on,
            "stopped_on": run.stopped_on,
            "due_on": run.due_on,
            "provisional": run.provisional,
            "certain": run.certain,
            "standing": run.standing,
        }
        for run in Run.objects.filter(matter_id=row.id).order_by("started_on", "id")
    ]


def _step(step: Step) -> dict[str, Any]:
    return {
        "act": step.act,
        "from": step.from_state or None,
        "to": step.to_state or None,
        "on": step.on,
        "at": step.at,
        "by": step.actor_name,
        "note": step.note or None,
    }
