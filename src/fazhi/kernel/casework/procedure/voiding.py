"""Voiding many records at once: what an import brought, taken back whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat, Left

from fazhi.kernel.casework.deadlines.models import Run
from fazhi.kernel.casework.matters.models import Case, Matter, Step, Visibility
from fazhi.kernel.casework.matters.phases import Phase
from fazhi.kernel.casework.matters.reaching import reachable, visible_rows
from fazhi.kernel.casework.matters.workflow import Keeping, keeping_of
from fazhi.kernel.casework.procedure.writing import insert
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.core.errors import Fault, NotYours, Refused, Unseen
from fazhi.kernel.ground.core.ids import take_ids
from fazhi.kernel.ground.core.models import Record
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs.models import Unit

_AT_ONCE = 5_000
_NUMBER_KEPT = 50


def void_all(
    record: type[Record],
    record_ids: Sequence[int],
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    released: Sequence[int] = (),
) -> None:
    """Void records with one reason, all or none, in few statements however many they are.

    ``released`` are those whose number came from outside and may come again: it is kept with a mark, and is free.
    Unlike a correction, voiding is open to records whose facts can no longer be changed. Raises :class:`Refused`
    without a reason or for one voided already, :class:`NotYours`, or :class:`Unseen` if any does not exist for the actor.
    """
    keeping = keeping_of(record)
    if not reason.strip():
        raise Refused(Fault("请写明作废原因", "reason"))
    act = f"{keeping.name()}.void"
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act=act, at=at):
        units: dict[int, Unit] = {unit.id: unit for unit in Unit.objects.filter(jurisdiction_id=actor.jurisdiction_id)}
        free = set(released)
        for start in range(0, len(record_ids), _AT_ONCE):
            ids = list(record_ids[start : start + _AT_ONCE])
            rows = _locked(actor, record, ids)
            if len(rows) != len(set(ids)):
                raise Unseen(f"{len(set(ids)) - len(rows)} of {record.__name__}")
            for row in rows:
                if refusal := why_not_void(actor, keeping, row, units[row.unit_id].audience):
                    raise NotYours(refusal)
            for releasing in (False, True):
                _void(record, [row for row in rows if (row.pk in free) is releasing], reason.strip()[:200], releasing)
            if issubclass(record, Case):
                _note(rows, reason, actor, at)


def _locked(actor: Actor, record: type[Record], ids: Sequence[int]) -> list[Any]:
    """These records as far as they exist for the actor, locked in one order, so that two never wait for each other."""
    found: QuerySet[Any] = record._default_manager.filter(jurisdiction_id=actor.jurisdiction_id)
    if issubclass(record, Case):
        # Asked in two steps: right after an import the planner knows nothing of the rows, and would join them badly.
        seen = set(visible_rows(actor, record).filter(matter_id__in=ids).values_list("matter_id", flat=True))
        ids = ids if actor.system else [each for each in ids if each in seen]
    else:
        found = reachable(actor, record)
    return list(found.filter(pk__in=ids).select_for_update(of=("self",)).order_by("pk"))


def why_not_void(actor: Actor, keeping: type[Keeping], row: Any, audience: Sequence[int]) -> str | None:
    """Why ``actor`` may not void ``row``, or None."""
    if row.void_reason:
        return "有的记录已经作废，不能再作废一次"
    if getattr(row, "pending", ""):
        return "有的案件有事项正在审批，审批结束或撤回后才能作废"
    if actor.system:
        return None
    if not any(hat.unit_id in audience for hat in actor.hats_in(keeping.line, keeping.correctors())):
        return f"作废由{'、'.join(role.label for role in keeping.correctors())}办理"
    return None


def _void(record: type[Record], rows: Sequence[Any], reason: str, releasing: bool) -> None:
    if not rows:
        return
    ids = [row.pk for row in rows]
    why: dict[str, Any] = {"void_reason": reason}
    common: dict[str, Any] = {"version": F("version") + 1}
    if not issubclass(record, Case):
        record._default_manager.filter(pk__in=ids).update(**why, **common)
        return
    over: dict[str, Any] = {"phase": Phase.VOID, "due_on": None}
    if releasing:
        common["number"] = Concat(
            Left("number", _NUMBER_KEPT),
            Value("（已撤销 "),
            Cast("id", CharField()),
            Value("）"),
            output_field=CharField(),
        )
    record._default_manager.filter(pk__in=ids).update(**why, **over, **common)
    Matter.objects.filter(pk__in=ids).update(**over, **common)
    Visibility.objects.filter(jurisdiction_id=rows[0].jurisdiction_id, matter_id__in=ids).update(**over)
    Run.objects.filter(matter_id__in=ids).delete()


def _note(rows: Sequence[Any], reason: str, actor: Actor, at: datetime) -> None:
    ids = iter(take_ids(len(rows)))
    insert(
        [
            Step(
                id=next(ids),
                jurisdiction_id=row.jurisdiction_id,
                matter_id=row.pk,
                act="void",
                from_state=row.state,
                to_state="",
                on=at.date(),
                at=at,
                actor_id=actor.account_id,
                actor_name=actor.name,
                note=reason[:500],
            )
            for row in rows
        ]
    )
