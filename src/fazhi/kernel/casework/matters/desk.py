"""What is on somebody's desk, across all lines: the cards they see, what waits for them, what falls due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q, QuerySet

from fazhi.kernel.casework.matters.models import Matter, Step, Visibility
from fazhi.kernel.casework.matters.phases import ALIVE
from fazhi.kernel.casework.matters.reaching import through
from fazhi.kernel.casework.matters.workflow import KEEPINGS, Workflow
from fazhi.kernel.ground.access.actors import Actor, Reach
from fazhi.kernel.ground.access.roles import LEADER, ROLES, SECTION_HEAD

_LEADS = frozenset({SECTION_HEAD.key, LEADER.key})
_NONE = Q(pk__in=())
# Steps are looked through from the newest back; further than this nobody calls a change recent.
_RECENT = 3_000


def workflows() -> Iterator[type[Workflow]]:
    """These workflows of all lines."""
    for keeping in KEEPINGS.values():
        if issubclass(keeping, Workflow):
            yield keeping


def seen(actor: Actor) -> Q:
    """This condition on visibility rows through which ``actor`` sees cards of any line."""
    if actor.system:
        return Q()
    groups: dict[Reach, list[str]] = {}
    for workflow in workflows():
        reach = actor.reach(workflow.line)
        if reach and actor.holds(workflow.reads, workflow.line):
            groups.setdefault(reach, []).append(workflow.name())
    condition = _NONE
    for reach, names in groups.items():
        condition |= Q(record__in=sorted(names)) & through(reach)
    return condition


def cards(actor: Actor, *, alive: bool = False) -> QuerySet[Matter]:
    """These cards that exist for ``actor``; with ``alive`` only of matters still open or waiting."""
    rows = Visibility.objects.filter(seen(actor), jurisdiction_id=actor.jurisdiction_id)
    found = Matter.objects.filter(jurisdiction_id=actor.jurisdiction_id)
    if alive:
        rows, found = rows.filter(phase__in=ALIVE), found.filter(phase__in=ALIVE)
    return found.filter(pk__in=rows.values("matter_id"))


def waiting(actor: Actor) -> QuerySet[Matter]:
    """These matters in which the next act is ``actor``'s.

    They are the own ones, those of the own unit that nobody handles yet, and those whose next act only a head or leader
    may do.
    """
    condition = _NONE
    for workflow in workflows():
        condition |= _awaited(actor, workflow)
    return cards(actor, alive=True).filter(condition)


def _awaited(actor: Actor, workflow: type[Workflow]) -> Q:
    hats = actor.hats_in(workflow.line)
    roles = {hat.role for hat in hats}
    mine: set[str] = set()
    leads: set[str] = set()
    for act in workflow.acts.values():
        allowed = {role.key for role in act.by}
        if act.to is None or not roles & allowed:
            continue
        sources = {state.key for state in act.sources if state.phase in ALIVE}
        mine |= sources
        if allowed <= _LEADS:
            leads |= sources
    if not mine:
        return _NONE
    here = Q(record=workflow.name())
    units = sorted({hat.unit_id for hat in hats if ROLES[hat.role].key not in _LEADS})
    whose = Q(handler_id=actor.account_id) | Q(handler_id=None, unit_id__in=units)
    found = here & Q(state__in=sorted(mine)) & whose
    return found | here & Q(state__in=sorted(leads)) if leads else found


def due(actor: Actor, until: date) -> QuerySet[Matter]:
    """These open matters ``actor`` sees that fall due by ``until`` or are overdue, the most urgent first."""
    return cards(actor, alive=True).filter(due_on__lte=until).order_by("due_on", "id")


def due_counts(actor: Actor, *, today: date, until: date) -> tuple[int, int]:
    """How many matters ``actor`` sees fall due by ``until`` (overdue ones included), and how many are overdue."""
    rows = Visibility.objects.filter(
        seen(actor), jurisdiction_id=actor.jurisdiction_id, phase__in=ALIVE, due_on__lte=until
    )
    found = rows.aggregate(
        due=Count("matter_id", distinct=True), late=Count("matter_id", distinct=True, filter=Q(due_on__lt=today))
    )
    return found["due"], found["late"]


def recent(actor: Actor) -> QuerySet[Step]:
    """These latest steps in matters ``actor`` sees, newest first."""
    latest = Step.objects.filter(jurisdiction_id=actor.jurisdiction_id).order_by("-id").values("id")[:_RECENT]
    rows = Visibility.objects.filter(seen(actor), jurisdiction_id=actor.jurisdiction_id)
    return Step.objects.filter(pk__in=latest, matter_id__in=rows.values("matter_id")).order_by("-id")
