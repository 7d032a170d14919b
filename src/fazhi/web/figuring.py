"""Figures as screens show them, each with the address of the records behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from fazhi.kernel.ground.orgs.models import UnitKind
from fazhi.kernel.records.measures.computing import totals
from fazhi.kernel.records.measures.declaring import MEASURES, Counted, Measure
from fazhi.kernel.records.measures.figures import Figure, Scope, State
from fazhi.kernel.records.measures.opening import opens
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.register import Register
from fazhi.web.homes import Home
from fazhi.web.seats import Seat
from fazhi.web.words import aside, said, sentence

SECONDS_KEPT = 60.0
_TEN_THOUSAND = Decimal(10_000)
# Sections work for the whole area, as the bureau does.
_WHOLE_AREA = frozenset({UnitKind.AREA, UnitKind.BUREAU, UnitKind.SECTION})
_MOST_IN_STRIP = 6


def scope_of(seat: Seat) -> Scope:
    """Whose figures a person is shown first: the area's, or those of their unit where that is all they work for."""
    units = [seat.home.units.get(hat.unit_id) for hat in seat.actor.hats]
    if any(unit is not None and unit.kind in _WHOLE_AREA for unit in units) or not seat.actor.hats:
        return Scope(seat.home.id)
    return Scope(seat.home.id, seat.actor.hats[0].unit_id)


def kept_totals(home: Home, measures: Sequence[Measure], period: Period, scope: Scope) -> dict[str, Figure]:
    """These figures, counted at most once a minute: strips at the head of pages need not be fresher."""
    keys = tuple(measure.key for measure in measures)
    return home.keep(("totals", keys, period, scope.unit_id), lambda: totals(measures, period, scope), SECONDS_KEPT)


def strip(seat: Seat, keys: Iterable[str], period: Period) -> dict[str, Any] | None:
    """The strip of a register or line: its figures of the year, each opening its list."""
    measures = [MEASURES[key] for key in keys if key in MEASURES][:_MOST_IN_STRIP]
    if not measures:
        return None
    scope = scope_of(seat)
    found = kept_totals(seat.home, measures, period, scope)
    whose = seat.home.unit_name(scope.unit_id) or seat.home.name
    return {
        "label": whose,
        "year": sentence(period.label),
        "figures": [{"label": said(each.label), **shown(found[each.key])} for each in measures],
    }


def keys_for(register: type[Register]) -> Sequence[str]:
    """The keys of the figures at the head of a register: those it names, else those counted from its records."""
    if register.figures:
        return register.figures
    record = register.record()
    return [key for key, each in MEASURES.items() if isinstance(each, Counted) and each.record is record]


def shown(figure: Figure) -> dict[str, Any]:
    """This figure as the ``figure`` tag takes it."""
    text, unit = written(figure)
    how = "missing" if figure.state is State.MISSING else str(figure.how)
    return {
        "text": text,
        "unit": unit,
        "href": opens(figure) if figure.value is not None else "",
        "title": aside(said(figure.measure.definition), sentence(figure.period.label)),
        "how": how,
    }


def written(figure: Figure) -> tuple[str, str]:
    """The digits and the unit of a figure: thousands parted, large amounts of money in 万元."""
    unit = said(figure.measure.unit)
    if figure.value is None:
        return said(figure.state.label), ""
    if figure.measure.unit == "元" and abs(figure.value) >= 10 * _TEN_THOUSAND:
        return f"{(figure.value / _TEN_THOUSAND).quantize(Decimal('0.01')):,f}", said("万元")
    plain = Decimal(figure.text)
    return f"{plain:,f}", unit
