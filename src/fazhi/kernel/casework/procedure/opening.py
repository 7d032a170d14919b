"""Opening one record, and many at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import IntegrityError

from fazhi.kernel.casework.matters.workflow import Keeping, keeping_of
from fazhi.kernel.casework.parties.models import PartyFacts
from fazhi.kernel.casework.procedure.collisions import said
from fazhi.kernel.casework.procedure.drafting import Draft, Facts, draft
from fazhi.kernel.casework.procedure.writing import write
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.access.roles import ROLES, Breadth
from fazhi.kernel.ground.core.errors import Fault, NotYours, Refused
from fazhi.kernel.ground.core.models import Record
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs.models import Unit

R = TypeVar("R", bound=Record)


def seats(actor: Actor, keeping: type[Keeping], units: Mapping[int, Unit]) -> dict[int, bool]:
    """These units for which ``actor`` may enter records of a kind; the value says: only as the own work."""
    if actor.system:
        return dict.fromkeys(units, False)
    hats = actor.hats_in(keeping.line, keeping.enters)
    found: dict[int, bool] = {}
    for unit in units.values():
        mine = [ROLES[hat.role].breadth for hat in hats if hat.unit_id in unit.audience]
        if mine:
            found[unit.id] = Breadth.UNIT not in mine
    return found


def open(
    record: type[R],
    values: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    unit: Unit | None = None,
    on: date | None = None,
    parties: Sequence[PartyFacts] = (),
    handler_id: int | None = None,
    history: bool = False,
    note: str = "",
) -> R:
    """Open a record of any kind and return it.

    ``unit`` defaults to the one at which the actor enters such records; ``on`` is the legal day, by default that of
    ``at``. Raises :class:`Refused` with every fault found; nothing is then written.
    """
    keeping = keeping_of(record)
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act=f"{keeping.name()}.open", at=at):
        here, own = _seat(actor, keeping, unit)
        made = draft(
            record,
            Facts(values, parties),
            actor=actor,
            unit=here,
            at=at,
            on=on or at.date(),
            handler_id=actor.account_id if own else handler_id,
            history=history,
            lookups=keeping.fetched([values]),
        )
        if made.faults:
            raise Refused.of(made.faults)
        _write(keeping, [made], actor, {here.id: here}, note)
        opened: R = made.row
        return opened


def _seat(actor: Actor, keeping: type[Keeping], unit: Unit | None) -> tuple[Unit, bool]:
    label = keeping.record._meta.verbose_name
    if unit is None:
        hats = actor.hats_in(keeping.line, keeping.enters)
        if not hats:
            raise NotYours(f"您没有登记“{label}”的权限，需要的角色是：{_roles(keeping)}")
        unit = Unit.objects.get(pk=hats[0].unit_id)
    allowed = seats(actor, keeping, {unit.id: unit})
    if unit.id not in allowed:
        raise NotYours(f"您不能以“{unit.name}”的名义登记“{label}”，需要的角色是：{_roles(keeping)}")
    return unit, allowed[unit.id]


def _roles(keeping: type[Keeping]) -> str:
    return "、".join(role.label for role in keeping.enters)


def _write(keeping: type[Keeping], drafts: Sequence[Draft], actor: Actor, units: dict[int, Unit], note: str) -> None:
    try:
        write(keeping, drafts, actor=actor, units=units, note=note)
    except IntegrityError as error:
        raise Refused(said(keeping, error)) from error


def bulk(
    record: type[Record],
    rows: Sequence[tuple[Facts, Unit, int | None]],
    *,
    actor: Actor,
    at: datetime,
    history: bool = False,
    note: str = "",
    progress: Callable[[int], None] | None = None,
) -> list[Any]:
    """Open many records in one transaction: facts, unit and handler (account id) of each. All or none.

    Raises :class:`Refused` whose faults name the row (``"3.amount"``: the third row's amount); returns the records.
    """
    keeping = keeping_of(record)
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act=f"{keeping.name()}.bulk", at=at):
        units = {unit.id: unit for _, unit, _ in rows}
        allowed = seats(actor, keeping, units)
        lookups = keeping.fetched([facts.values for facts, _, _ in rows])
        drafts: list[Draft] = []
        faults: list[Fault] = []
        for place, (facts, unit, handler_id) in enumerate(rows):
            if unit.id not in allowed:
                faults.append(Fault(f"您不能以“{unit.name}”的名义登记", f"{place}.unit"))
                continue
            made = draft(
                record,
                facts,
                actor=actor,
                unit=unit,
                at=at,
                on=at.date(),
                handler_id=actor.account_id if allowed[unit.id] else handler_id,
                history=history,
                lookups=lookups,
            )
            faults += [Fault(fault.reason, f"{place}.{fault.field}") for fault in made.faults]
            drafts.append(made)
            if progress is not None and place % 1000 == 999:
                progress(place + 1)
        if faults:
            raise Refused.of(faults)
        if drafts:
            _write(keeping, drafts, actor, units, note)
        return [made.row for made in drafts]
