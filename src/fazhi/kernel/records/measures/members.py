"""Members: the records behind a figure, as a condition on their table; counting and listing use the same one."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q

from fazhi.kernel.ground.core.models import Record
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.records.measures.declaring import Counted, Flow, Measure, Ratio, Reported, Stock
from fazhi.kernel.records.measures.figures import Scope
from fazhi.kernel.records.measures.models import ReportedFigure
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.measures.reporting import Reporting
from fazhi.kernel.records.measures.succession import successors


class Members(NamedTuple):
    """These records: of which measure they are the members, their kind, and the condition that finds them."""

    measure: Measure
    record: type[Record]
    condition: Q


def source(measure: Measure) -> type[Record]:
    """The kind of record behind a measure's figures."""
    if isinstance(measure, Ratio):
        return source(measure.whole)
    if isinstance(measure, Reported):
        return ReportedFigure
    assert isinstance(measure, Counted)
    return measure.record


def within(measure: Measure, period: Period, scope: Scope) -> Members:
    """The records behind a figure. Needs the jurisdiction in session where the scope is a unit's.

    Behind a rate stand the records of its whole, those of its part are asked for by ``measure.part``; behind a
    reported figure the reports that were accepted.
    """
    if isinstance(measure, Ratio):
        return within(measure.whole, period, scope)
    if isinstance(measure, Reported):
        condition = reports(measure, period)
        found = Members(measure, ReportedFigure, condition)
    else:
        assert isinstance(measure, Counted)
        found = Members(measure, measure.record, Q(void_reason="") & measure.where & _when(measure, period))
    if scope.unit_id is not None:
        found = found._replace(condition=found.condition & Q(unit_id__in=below(scope)))
    return found


def reports(measure: Reported, period: Period) -> Q:
    """The accepted reports of a measure whose days lie in the period; of a stock also those that end with it."""
    inside = Q(period_first__gte=period.first, period_last__lte=period.last)
    if measure.at_end:
        inside |= Q(period_last=period.last)
    return Q(measure=measure.key, state=Reporting.accepted.key, void_reason="") & inside


def below(scope: Scope) -> list[int]:
    """These ids of a scope's unit and of every unit below it, and of those they have succeeded where that is asked."""
    units = Unit.objects.filter(jurisdiction_id=scope.jurisdiction_id, audience__contains=[scope.unit_id])
    found = set(units.values_list("id", flat=True))
    if scope.as_of is not None:
        followed = successors(scope.jurisdiction_id, scope.as_of)
        found |= {was for was, now in followed.items() if now in found}
    return sorted(found)


def _when(measure: Counted, period: Period) -> Q:
    if isinstance(measure, Stock):
        open_end = "gte" if measure.through else "gt"
        ended = Q(**{f"{measure.ends}__isnull": True}) | Q(**{f"{measure.ends}__{open_end}": period.last})
        return Q(**{f"{measure.begins}__lte": period.last}) & ended
    assert isinstance(measure, Flow)
    return Q(**{f"{measure.on}__gte": period.first, f"{measure.on}__lte": period.last})
