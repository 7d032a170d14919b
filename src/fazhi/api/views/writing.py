"""Writing: opening, acting, correcting, assigning, voiding, each by the procedure, each answered with the record as it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from fazhi.api import shapes, typed
from fazhi.api.answers import answer
from fazhi.api.guard import Asked
from fazhi.api.views.records import record_at, shown
from fazhi.api.views.registers import register_at
from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.casework.matters.workflow import Act, Workflow
from fazhi.kernel.ground.core.errors import Fault, Refused, Unseen
from fazhi.kernel.records.register import Column, Register
from fazhi.kernel.records.register.columns import column_of


def entered(register: type[Register], *, history: bool) -> list[Column]:
    """These columns a new record may be given."""
    groups = [*register.entering, *(register.finishing if history else ())]
    columns = {column.name: column for _, found in groups for column in found}
    record = register.record()
    if history and issubclass(record, Case):
        columns.setdefault("number", column_of(register.keeping, record._meta.get_field("number")))
    return list(columns.values())


def acted(workflow: Any, act: Act) -> list[Column]:
    """These columns an act asks, of the case and of the row it adds."""
    record, added = workflow.record, act.adds
    own = [column_of(workflow, record._meta.get_field(name)) for name in act.fields]
    return own + [column_of(workflow, added._meta.get_field(name)) for name in act.child_fields if added is not None]


def corrected(register: type[Register]) -> list[Column]:
    """These columns that may be corrected."""
    return [
        column
        for column in shapes.every_column(register)
        if column.field.editable and column.name not in ("unit", "handler")
    ]


def open_record(asked: Asked, line: str, register: str) -> HttpResponse:
    """Opens a record: ``values``, ``parties``, ``unit``, ``on``, ``history``, ``note``; 201 with the record."""
    found = register_at(asked.actor, line, register)
    body = _known(asked, "values", "parties", "unit", "handler", "on", "history", "note")
    history = body.get("history", False) is True or found.finished
    values = typed.values_of(body.get("values", {}), entered(found, history=history), asked.actor)
    handler = typed.account_of(body.get("handler"), asked.actor)
    made: Any = procedure.open(
        found.record(),
        {**found.preset, **values},
        actor=asked.actor,
        at=asked.at,
        unit=typed.unit_of(body.get("unit"), asked.actor),
        on=typed.day_of(body.get("on")),
        parties=typed.parties_of(body.get("parties")),
        handler_id=handler.id if handler is not None else None,
        history=history,
        note=typed.text_of(body.get("note"), "note"),
    )
    response = answer(shown(asked.actor, found, made), 201)
    response["Location"] = f"/api/{line}/{register}/{made.id}"
    return response


def do_act(asked: Asked, line: str, register: str, record_id: int, act: str) -> HttpResponse:
    """Does an act, or submits it for approval: ``values``, ``on``, ``version``, ``note``."""
    found, row = _found(asked, line, register, record_id)
    workflow: Any = found.keeping
    chosen = workflow.acts.get(act) if issubclass(workflow, Workflow) else None
    if chosen is None:
        raise Unseen(act)
    body = _known(asked, "values", "on", "version", "note")
    values = typed.values_of(body.get("values", {}), acted(workflow, chosen), asked.actor)
    record: Any = found.record()
    procedure.act(
        record,
        row.id,
        chosen,
        values,
        actor=asked.actor,
        at=asked.at,
        on=typed.day_of(body.get("on")),
        version=typed.version_of(body.get("version")),
        note=typed.text_of(body.get("note"), "note"),
    )
    return _afterwards(asked, found, row.id)


def correct(asked: Asked, line: str, register: str, record_id: int) -> HttpResponse:
    """Corrects facts: ``values``, ``reason``, ``version``."""
    found, row = _found(asked, line, register, record_id)
    body = _known(asked, "values", "reason", "version")
    procedure.correct(
        found.record(),
        row.id,
        typed.values_of(body.get("values", {}), corrected(found), asked.actor),
        reason=typed.text_of(body.get("reason"), "reason"),
        actor=asked.actor,
        at=asked.at,
        version=typed.version_of(body.get("version")),
    )
    return _afterwards(asked, found, row.id)


def assign(asked: Asked, line: str, register: str, record_id: int) -> HttpResponse:
    """Assigns a case: ``handler``, ``unit``, ``reason``, ``version``."""
    found, row = _found(asked, line, register, record_id)
    if not isinstance(row, Case):
        raise Refused("此类记录不分派")
    body = _known(asked, "handler", "unit", "reason", "version")
    record: Any = found.record()
    handler = typed.account_of(body.get("handler"), asked.actor)
    procedure.assign(
        record,
        row.id,
        actor=asked.actor,
        at=asked.at,
        handler_id=handler.id if handler is not None else None,
        unit=typed.unit_of(body.get("unit"), asked.actor),
        reason=typed.text_of(body.get("reason"), "reason"),
        version=typed.version_of(body.get("version")),
    )
    return _afterwards(asked, found, row.id)


def void(asked: Asked, line: str, register: str, record_id: int) -> HttpResponse:
    """Voids a record: ``reason``, ``version``."""
    found, row = _found(asked, line, register, record_id)
    body = _known(asked, "reason", "version")
    procedure.void(
        found.record(),
        row.id,
        reason=typed.text_of(body.get("reason"), "reason"),
        actor=asked.actor,
        at=asked.at,
        version=typed.version_of(body.get("version")),
    )
    return _afterwards(asked, found, row.id)


def _found(asked: Asked, line: str, register: str, record_id: int) -> tuple[type[Register], Any]:
    found = register_at(asked.actor, line, register)
    return found, record_at(asked.actor, found, record_id)


def _known(asked: Asked, *names: str) -> dict[str, Any]:
    """The body, refused where it holds what is not asked: a misspelt name must not be passed over in silence."""
    unknown = [name for name in asked.body if name not in names]
    if unknown:
        raise Refused.of([Fault(f"没有“{name}”这一项，可用：{'、'.join(names)}", name) for name in unknown])
    return asked.body


def _afterwards(asked: Asked, register: type[Register], record_id: int) -> HttpResponse:
    """The record as it is now; only its id where it has left what the account sees."""
    try:
        return answer(shown(asked.actor, register, record_at(asked.actor, register, record_id)))
    except Unseen:
        return answer({"id": record_id, "register": register.key, "gone": True})
