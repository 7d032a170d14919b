"""Drafts: a record as it would be written, with everything that speaks against it. Nothing is written here.

Form, API, import and dry run all draft; only what has no fault is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from fazhi.kernel.casework.deadlines import running
from fazhi.kernel.casework.matters.checks import Check, Circumstances
from fazhi.kernel.casework.matters.models import Case, Entry, Standing
from fazhi.kernel.casework.matters.phases import Phase
from fazhi.kernel.casework.matters.workflow import Act, Keeping, State, Workflow, keeping_of
from fazhi.kernel.casework.parties.models import PartyFacts
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.core.codes import CodeField
from fazhi.kernel.ground.core.errors import Fault
from fazhi.kernel.ground.core.ids import next_id
from fazhi.kernel.ground.core.models import Held, Record
from fazhi.kernel.ground.orgs.models import Unit


@dataclass(frozen=True, slots=True)
class Facts:
    """These facts of one record to be: values by field name, and the parties."""

    values: Mapping[str, Any]
    parties: Sequence[PartyFacts] = ()


@dataclass(slots=True)
class Draft:
    """This record to be: the unsaved row, its parties, the state it enters, the trail of states, and its faults."""

    row: Any
    parties: Sequence[PartyFacts]
    state: State | None
    trail: list[tuple[str, date]]
    faults: list[Fault] = field(default_factory=list)


def _cleaners(record: type[Held]) -> dict[str, models.Field[Any, Any]]:
    found = _CLEANERS.get(record)
    if found is None:
        found = {each.name: each for each in record._meta.concrete_fields}
        _CLEANERS[record] = found
    return found


_CLEANERS: dict[type[Held], dict[str, models.Field[Any, Any]]] = {}


def clean(record: type[Held], values: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """These values as their fields hold them, and a fault for each that its field refuses.

    References (units, accounts, other records) are taken as given: the database holds them to what exists.
    """
    cleaners = _cleaners(record)
    cleaned: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, value in values.items():
        cleaner = cleaners.get(name)
        if cleaner is None:
            faults.append(Fault(f"没有“{name}”这一项", name))
            continue
        if cleaner.is_relation:
            cleaned[name if isinstance(value, models.Model) else cleaner.attname] = value
            continue
        if value is None:
            cleaned[name] = None
            continue
        try:
            cleaned[name] = cleaner.clean(value, None)
        except ValidationError as error:
            faults.append(Fault("；".join(error.messages), name))
    return cleaned, faults


def missing(record: type[Held], row: Any, names: Sequence[str]) -> list[Fault]:
    """A fault for each of ``names`` that is still empty on ``row``."""
    found = []
    for name in names:
        column = record._meta.get_field(name)
        if getattr(row, getattr(column, "attname", name)) in (None, ""):
            label = getattr(column, "verbose_name", name)
            found.append(Fault(f"请填写“{label}”", name))
    return found


def outdated(record: type[Record], row: Any, on: date) -> list[Fault]:
    """A fault for each code on ``row`` that was not in use on the day."""
    return [
        Fault(reason, each.name)
        for each in record._meta.concrete_fields
        if isinstance(each, CodeField)
        and each.codes is not None
        and (reason := each.codes.fault(getattr(row, each.attname), on)) is not None
    ]


def failing(checks: Sequence[Check], row: Any, circumstances: Circumstances) -> list[Fault]:
    """These faults that checks find on ``row``."""
    return [fault for each in checks if (fault := each.fault(row, circumstances)) is not None]


def required(keeping: type[Keeping]) -> tuple[str, ...]:
    """These fields a new record must have: those that may be neither null nor blank and have no default."""
    found = _REQUIRED.get(keeping)
    if found is None:
        machine = {"id", "jurisdiction", "version", "recorded_at", "unit", "opened_on", "on"}
        found = tuple(
            each.name
            for each in keeping.record._meta.concrete_fields
            if each.name not in machine and not (each.null or each.blank or each.has_default()) and each.editable
        )
        _REQUIRED[keeping] = found
    return found


_REQUIRED: dict[type[Keeping], tuple[str, ...]] = {}


def draft(
    record: type[Record],
    facts: Facts,
    *,
    actor: Actor,
    unit: Unit,
    at: datetime,
    on: date,
    handler_id: int | None = None,
    history: bool = False,
    lookups: Mapping[str, Any] | None = None,
) -> Draft:
    """Draft one record. ``history``: a finished ledger row, which takes its end state at once, by the same checks."""
    keeping = keeping_of(record)
    values, faults = clean(record, facts.values)
    day = values.pop("on", None) or values.pop("opened_on", None) or on
    row: Any = record(
        id=next_id(), jurisdiction_id=actor.jurisdiction_id, recorded_at=at, recorded_by=actor.account_id, **values
    )
    made = Draft(row, facts.parties, None, [], faults)
    if hasattr(row, "unit_id"):
        row.unit_id = unit.id
    if handler_id is not None and "handler_id" not in values:
        row.handler_id = handler_id
    if isinstance(row, Entry):
        row.on = day
    elif isinstance(row, Case):
        row.opened_on = day
    keeping.settle(row)
    circumstances = Circumstances(actor, at, day, lookups or {})
    faults += missing(record, row, required(keeping))
    if not isinstance(row, Standing) and day > circumstances.today:
        faults.append(Fault(f"日期{day.isoformat()}晚于今天，请核对", "on" if isinstance(row, Entry) else "opened_on"))
    faults += outdated(record, row, day)
    faults += _party_faults(keeping, facts.parties)
    faults += failing(keeping.checks, row, circumstances)
    if issubclass(keeping, Workflow):
        _place(made, keeping, circumstances, history=history)
    return made


def _party_faults(keeping: type[Keeping], parties: Sequence[PartyFacts]) -> list[Fault]:
    known = {role.key: role for role in keeping.parties}
    faults = [fault for party in parties for fault in party.faults()]
    faults += [
        Fault(f"请填写“{role.label}”", f"party.{role.key}")
        for role in known.values()
        if sum(party.role == role.key for party in parties) < role.least
    ]
    faults += [Fault(f"没有“{party.role}”这种当事人身份", "party") for party in parties if party.role not in known]
    return faults


def _place(made: Draft, workflow: type[Workflow], circumstances: Circumstances, *, history: bool) -> None:
    row: Case = made.row
    state = workflow.initial
    made.trail = [(state.key, row.opened_on)]
    row.historical = history
    if history:
        state = workflow.state_in_history(row)
        path = workflow.path_to(state)
        made.faults += _stamped(row, path, circumstances)
        made.trail = running.trail_by_dates(row, workflow, path)
    made.state = state
    row.state, row.phase = state.key, state.phase
    row.title = row.describe()[:200]


def _stamped(row: Case, path: Sequence[Act], circumstances: Circumstances) -> list[Fault]:
    """Follow the acts that lead to the end state; their legal days must be there, in order and past."""
    faults: list[Fault] = []
    record = type(row)
    # A day that is itself at fault makes none of those that follow wrong.
    day = row.opened_on if row.opened_on <= circumstances.today else date.min
    for step in path:
        faults += missing(record, row, [name for name in (*step.asks_of_ledgers, step.stamps) if name])
        faults += failing(step.checks, row, circumstances)
        here = getattr(row, step.stamps) if step.stamps else None
        if here is not None:
            label = str(getattr(record._meta.get_field(step.stamps), "verbose_name", step.stamps))
            if here < day:
                faults.append(Fault(f"“{label}”{here.isoformat()}早于前一环节的{day.isoformat()}", step.stamps))
            elif here > circumstances.today:
                faults.append(Fault(f"“{label}”{here.isoformat()}晚于今天，请核对", step.stamps))
            day = here
    return list(dict.fromkeys(faults))


def alive(phase: str) -> bool:
    """Whether clocks still matter in this phase."""
    return phase in (Phase.OPEN, Phase.WAITING)
