"""Opening a figure: the address of the list behind it, and reading such an address back.

``/mediation/cases/?figure=mediation.cases&period=2022`` is the list of a register, narrowed to what was counted;
``of`` narrows it to a unit and ``as_of`` follows its reorganisations. Behind a rate stand the records of its whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fazhi.kernel.records.measures.declaring import MEASURES, Measure
from fazhi.kernel.records.measures.figures import Figure, Scope
from fazhi.kernel.records.measures.members import Members, source, within
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.register.declaring import home_of

FIGURE, PERIOD, UNIT, AS_OF = "figure", "period", "of", "as_of"
PARAMETERS = (FIGURE, PERIOD, UNIT, AS_OF)
"""The parameters of an address that say behind which figure to look."""


def opens(figure: Figure) -> str:
    """The address of the list behind a figure; empty where no register shows such records."""
    return address(figure.measure, figure.period, figure.scope)


def address(measure: Measure, period: Period, scope: Scope) -> str:
    """The address of the list behind a measure's figure of a period."""
    register = home_of(source(measure))
    if register is None:
        return ""
    said: dict[str, str | int] = {FIGURE: measure.key, PERIOD: period.code}
    if scope.unit_id is not None:
        said[UNIT] = scope.unit_id
    if scope.as_of is not None:
        said[AS_OF] = scope.as_of.isoformat()
    return f"/{register.key.replace('.', '/')}/?{urlencode(said, safe='~')}"


@dataclass(frozen=True, slots=True)
class Opened:
    """This figure an address asks to look behind, and the records there."""

    measure: Measure
    period: Period
    scope: Scope
    members: Members


def read(parameters: Mapping[str, str], jurisdiction_id: int) -> Opened | None:
    """The figure whose records an address asks for; None if it asks for none.

    Raises :class:`ValueError` when it names a figure but none that exists, or no period.
    """
    key = parameters.get(FIGURE, "")
    if not key:
        return None
    if key not in MEASURES:
        raise ValueError(f"没有指标“{key}”")
    unit, as_of = parameters.get(UNIT, ""), parameters.get(AS_OF, "")
    if unit and not unit.isdecimal():
        raise ValueError(f"“{unit}”不是单位")
    scope = Scope(jurisdiction_id, int(unit) if unit else None, _day(as_of) if as_of else None)
    measure, period = MEASURES[key], Period.read(parameters.get(PERIOD, ""))
    return Opened(measure, period, scope, within(measure, period, scope))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}”不是日期") from None
