"""Members: the records behind a figure, as a condition on their table; counting and listing use the same one."""

from __future__ import annotations

from django.db.models import Q

from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.records.measures.declaring import Counted, Flow, Measure, Ratio, Stock
from fazhi.kernel.records.measures.figures import Scope
from fazhi.kernel.records.measures.periods import Period


def within(measure: Measure, period: Period, scope: Scope) -> tuple[Counted, Q] | None:
    """The counted measure whose records stand behind ``measure``, and which of them; None for a reported one.

    Behind a rate stand the records of its whole; those of its part are asked for by ``measure.part``.
    """
    if isinstance(measure, Ratio):
        return within(measure.whole, period, scope)
    if not isinstance(measure, Counted):
        return None
    condition = measure.living() & _when(measure, period)
    if scope.unit_id is not None:
        condition &= Q(unit_id__in=below(scope))
    return measure, condition


def below(scope: Scope) -> list[int]:
    """These ids of a scope's unit and of every unit below it."""
    units = Unit.objects.filter(jurisdiction_id=scope.jurisdiction_id, audience__contains=[scope.unit_id])
    return sorted(units.values_list("id", flat=True))


def _when(measure: Counted, period: Period) -> Q:
    if isinstance(measure, Stock):
        open_end = "gte" if measure.through else "gt"
        ended = Q(**{f"{measure.ends}__isnull": True}) | Q(**{f"{measure.ends}__{open_end}": period.last})
        return Q(**{f"{measure.begins}__lte": period.last}) & ended
    assert isinstance(measure, Flow)
    return Q(**{f"{measure.on}__gte": period.first, f"{measure.on}__lte": period.last})
