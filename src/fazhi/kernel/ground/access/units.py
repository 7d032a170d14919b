"""Units, as the system administrator keeps them: added, renamed, ended with or without a successor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.access.roles import SYSTEM_ADMIN
from fazhi.kernel.ground.core.errors import Fault, NotYours, Refused, Unseen
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs import tree
from fazhi.kernel.ground.orgs.models import Unit, UnitKind


def add(
    *,
    code: str,
    name: str,
    kind: str,
    short_name: str = "",
    parent_id: int | None = None,
    valid_from: date,
    actor: Actor,
    at: datetime,
) -> Unit:
    """Add a unit below another; raises :class:`Refused` with faults at fields."""
    faults = []
    if not code.strip() or len(code.strip()) > 20:
        faults.append(Fault("请填写代码，最多20个字符", "code"))
    if not name.strip() or len(name.strip()) > 80:
        faults.append(Fault("请填写名称，最多80个字", "name"))
    if len(short_name.strip()) > 20:
        faults.append(Fault("简称最多20个字", "short_name"))
    if kind not in UnitKind.values:
        faults.append(Fault("请选择类别", "kind"))
    if faults:
        raise Refused.of(faults)
    with _keeping(actor, at, "orgs.add_unit"):
        return tree.add_unit(
            jurisdiction_id=actor.jurisdiction_id,
            code=code.strip(),
            name=name.strip(),
            short_name=short_name.strip(),
            kind=UnitKind(kind),
            parent=_fetched(parent_id, actor) if parent_id is not None else None,
            at=at,
            valid_from=valid_from,
            recorded_by=actor.account_id,
        )


def rename(unit_id: int, *, name: str, short_name: str, actor: Actor, at: datetime) -> Unit:
    """Give a unit other names."""
    with _keeping(actor, at, "orgs.rename_unit"):
        return tree.change_unit(_fetched(unit_id, actor), name=name, short_name=short_name)


def close(
    unit_id: int, *, on: date, successor_id: int | None = None, basis: str = "", actor: Actor, at: datetime
) -> Unit:
    """End a unit with the day ``on``."""
    with _keeping(actor, at, "orgs.close_unit"):
        successor = _fetched(successor_id, actor) if successor_id is not None else None
        return tree.close_unit(_fetched(unit_id, actor), on=on, successor=successor, basis=basis)


@contextmanager
def _keeping(actor: Actor, at: datetime, act: str) -> Iterator[None]:
    if not actor.holds([SYSTEM_ADMIN], ""):
        raise NotYours("单位由系统管理员管理")
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act=act, at=at):
        yield


def _fetched(unit_id: int, actor: Actor) -> Unit:
    found = Unit.objects.filter(pk=unit_id, jurisdiction_id=actor.jurisdiction_id).first()
    if found is None:
        raise Unseen(f"Unit {unit_id}")
    return found
