"""Succession: who carries on today what a unit did before it was reorganised."""

from __future__ import annotations

from datetime import date

from fazhi.kernel.ground.orgs.models import Succession


def successors(jurisdiction_id: int, as_of: date) -> dict[int, int]:
    """The present successor of every unit that had exactly one by ``as_of``, following chains.

    A unit whose work was divided among several has no single successor; its figures stay under its own name.
    """
    after: dict[int, list[int]] = {}
    rows = Succession.objects.filter(jurisdiction_id=jurisdiction_id, on__lte=as_of).order_by("on", "id")
    for was, now in rows.values_list("predecessor_id", "successor_id"):
        after.setdefault(was, []).append(now)
    single = {was: now[0] for was, now in after.items() if len(now) == 1}
    return {was: _last(was, single) for was in single}


def _last(unit_id: int, single: dict[int, int]) -> int:
    passed = {unit_id}
    here = unit_id
    while here in single and single[here] not in passed:
        here = single[here]
        passed.add(here)
    return here
