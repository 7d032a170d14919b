"""What every change of an existing case shares: the version, the card, the visibility rows, the runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fazhi.kernel.casework.deadlines import running
from fazhi.kernel.casework.deadlines.models import Run
from fazhi.kernel.casework.matters.models import Case, Matter, Visibility
from fazhi.kernel.casework.matters.workflow import Workflow
from fazhi.kernel.casework.procedure.drafting import alive
from fazhi.kernel.casework.procedure.writing import insert
from fazhi.kernel.ground.core.errors import Conflict
from fazhi.kernel.ground.core.models import Record

_SHARED = ("number", "title", "unit_id", "handler_id", "state", "phase", "opened_on", "due_on", "version")
_SEEN = ("phase", "handler_id", "opened_on", "due_on")


def image(row: Record) -> dict[str, Any]:
    """These values of all columns, by attribute."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def named(row: Record) -> dict[str, Any]:
    """These values by field name, references as ids: what lookups are fetched by."""
    return {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields}


def same_version(row: Record, version: int | None) -> None:
    """Refuse when the record changed since the actor read ``version`` of it."""
    if version is not None and version != row.version:
        theirs = {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields if field.editable}
        raise Conflict("您打开之后，这条记录已被他人修改；请核对两边的内容后重新提交", theirs)


def store(case: Case, before: dict[str, Any], runs: Sequence[Run], *, workflow: type[Workflow]) -> None:
    """Write a changed case with its runs, card and visibility; only what differs is written."""
    case.due_on = running.nearest(runs) if alive(case.phase) else None
    case.version = before["version"] + 1
    after = image(case)
    changed = [name for name, value in after.items() if value != before[name]]
    case.save(update_fields=changed)
    shared = {name: after[name] for name in _SHARED if name in changed}
    Matter.objects.filter(pk=case.id).update(**shared)
    if before["unit_id"] == after["unit_id"] and (seen := {name: after[name] for name in _SEEN if name in changed}):
        Visibility.objects.filter(jurisdiction_id=case.jurisdiction_id, matter_id=case.id).update(**seen)
    Run.objects.filter(matter_id=case.id).delete()
    insert(runs)


def mark_pending(case: Case, act: str) -> None:
    """Note on a case which act waits for approval (empty: none)."""
    case.pending = act
    case.version += 1
    case.save(update_fields=["pending", "version"])
    Matter.objects.filter(pk=case.id).update(version=case.version)
