"""You cannot fetch what you may not see: every query of records starts from an actor."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from fazhi.kernel.casework.matters.models import Case, Visibility
from fazhi.kernel.casework.matters.workflow import keeping_of
from fazhi.kernel.ground.access.actors import Actor, Reach
from fazhi.kernel.ground.core.errors import Unseen
from fazhi.kernel.ground.core.models import Record

R = TypeVar("R", bound=Record)


def visible_rows(actor: Actor, record: type[Case]) -> QuerySet[Visibility]:
    """These visibility rows through which ``actor`` sees cases of a kind.

    For an actor with one hat they are one row a case; with several, rows repeat and counts must be distinct.
    """
    keeping = keeping_of(record)
    rows = Visibility.objects.filter(record=keeping.name())
    if actor.system:
        return rows
    return rows.filter(through(actor.reach(keeping.line)))


def through(reach: Reach) -> Q:
    """This condition on visibility rows that stands for a reach."""
    condition = Q(pk__in=())
    if reach.units:
        condition = Q(unit_id__in=reach.units)
    if reach.own_units:
        condition |= Q(unit_id__in=reach.own_units, handler_id=reach.account_id)
    return condition


def reachable(actor: Actor, record: type[R]) -> QuerySet[R]:
    """These records of a kind that exist for ``actor``."""
    keeping = keeping_of(record)
    manager: Any = record._default_manager
    everything: QuerySet[R] = manager.filter(jurisdiction_id=actor.jurisdiction_id)
    if actor.system:
        return everything
    if not actor.holds(keeping.reads, keeping.line):
        return everything.none()
    if issubclass(record, Case):
        seen = visible_rows(actor, record).filter(matter_id=OuterRef("pk"))
        return everything.filter(Exists(seen))
    reach = actor.reach(keeping.line)
    wide = Q(unit__audience__overlap=sorted(reach.units))
    if reach.own_units:
        own = Q(unit__audience__overlap=sorted(reach.own_units))
        names = {field.name for field in record._meta.get_fields()}
        wide |= own & Q(handler_id=reach.account_id) if "handler" in names else own
    return everything.filter(wide)


def fetch(actor: Actor, record: type[R], record_id: int, *, lock: bool = False) -> R:
    """This one record; :class:`Unseen` if it does not exist for ``actor``. ``lock`` holds it until the end."""
    rows = reachable(actor, record).filter(pk=record_id)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise Unseen(f"{record.__name__} {record_id}")
    return found
