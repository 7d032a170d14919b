"""What the system administrator decides about rules and years, with every open clock done over in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from typing import Any

from fazhi.kernel.casework.deadlines import running
from fazhi.kernel.casework.deadlines.clocks import CLOCKS
from fazhi.kernel.casework.deadlines.models import Run, Standing
from fazhi.kernel.casework.matters.models import Matter, Step, Visibility
from fazhi.kernel.casework.matters.phases import ALIVE
from fazhi.kernel.casework.procedure.writing import insert
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.access.roles import SYSTEM_ADMIN
from fazhi.kernel.ground.calendar import Arrangement, loading
from fazhi.kernel.ground.core.errors import NotYours
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.law import Decision, deciding

_AT_ONCE = 1_000
_UNFINISHED = (Standing.RUNNING, Standing.PAUSED)


def decide_rule(decision: Decision, *, actor: Actor, at: datetime) -> int:
    """Set a version of a rule as the bureau decided; gives how many cases got another due day."""
    with _governing(actor, at, "law.decide"):
        deciding.decide(actor.jurisdiction_id, decision, by=_account(actor), on=at.date())
        return redo(actor.jurisdiction_id)


def withdraw_rule(version: str, *, actor: Actor, at: datetime) -> int:
    """Let a version of a rule apply as it is shipped again; gives how many cases got another due day."""
    with _governing(actor, at, "law.withdraw"):
        deciding.withdraw(actor.jurisdiction_id, version, by=_account(actor), on=at.date())
        return redo(actor.jurisdiction_id)


def load_year(arrangement: Arrangement, *, source: str, actor: Actor, at: datetime) -> int:
    """Keep the rest days of a year as announced; gives how many cases got another due day."""
    with _governing(actor, at, "calendar.load"):
        loading.load(actor.jurisdiction_id, arrangement, source=source, by=_account(actor), on=at.date())
        return redo(actor.jurisdiction_id)


def withdraw_year(year: int, *, actor: Actor, at: datetime) -> int:
    """Let a year be as it is shipped again, or not announced; gives how many cases got another due day."""
    with _governing(actor, at, "calendar.withdraw"):
        loading.withdraw(actor.jurisdiction_id, year, by=_account(actor), on=at.date())
        return redo(actor.jurisdiction_id)


def redo(jurisdiction_id: int) -> int:
    """Derive the clocks of every case that is open, or has one running, anew; gives how many cases got another due day. Needs the jurisdiction.

    Facts stay as they are: runs are derived from them, and a case's due day is a projection of its runs.
    """
    changed = 0
    for record, clocks in CLOCKS.items():
        model: Any = record
        home = model._default_manager.filter(jurisdiction_id=jurisdiction_id)
        ids = set(home.filter(phase__in=ALIVE).values_list("pk", flat=True))
        name = clocks.workflow.name()
        ids.update(Run.objects.filter(record=name, standing__in=_UNFINISHED).values_list("matter_id", flat=True))
        ordered = sorted(ids)
        for start in range(0, len(ordered), _AT_ONCE):
            changed += _redo(model, clocks.workflow, ordered[start : start + _AT_ONCE])
    return changed


def _redo(record: Any, workflow: Any, ids: Sequence[int]) -> int:
    cases = {case.pk: case for case in record._default_manager.filter(pk__in=ids).select_for_update(of=("self",))}
    trails = _trails(ids, workflow, cases)
    runs = running.derive_many(
        record, [(case, trails.get(pk, [])) for pk, case in cases.items() if not case.void_reason]
    )
    Run.objects.filter(matter_id__in=ids).delete()
    insert([run for made in runs.values() for run in made])
    changed = []
    for pk in runs:
        case = cases[pk]
        day = running.nearest(runs[pk]) if case.phase in ALIVE else None
        if day != case.due_on:
            case.due_on = day
            changed.append(case)
    record._default_manager.bulk_update(changed, ["due_on"], batch_size=_AT_ONCE)
    for day, same in groupby(sorted(changed, key=lambda each: str(each.due_on)), key=lambda each: each.due_on):
        mine = [case.pk for case in same]
        Matter.objects.filter(pk__in=mine).update(due_on=day)
        Visibility.objects.filter(matter_id__in=mine).update(due_on=day)
    return len(changed)


def _trails(ids: Sequence[int], workflow: Any, cases: dict[int, Any]) -> dict[int, list[Any]]:
    """The trails of many cases, read in one statement."""
    steps = Step.objects.filter(matter_id__in=ids).exclude(to_state="").order_by("matter_id", "at", "id")
    rows = steps.values_list("matter_id", "act", "to_state", "on")
    return {
        matter_id: running.trail([row[1:] for row in same], workflow, cases.get(matter_id))
        for matter_id, same in groupby(rows, key=lambda row: row[0])
    }


@contextmanager
def _governing(actor: Actor, at: datetime, act: str) -> Iterator[None]:
    if not actor.holds([SYSTEM_ADMIN], ""):
        raise NotYours("日历和期限规则由系统管理员设置")
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act=act, at=at):
        yield


def _account(actor: Actor) -> int:
    assert actor.account_id is not None, "a decision is somebody's"
    return actor.account_id
