"""Figures: the value of a measure in a period, with its state and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from fazhi.kernel.records.measures.declaring import How, Measure
from fazhi.kernel.records.measures.periods import Period


class State(StrEnum):
    """What is known of a figure. Zero, not applicable and missing are three things and never merged."""

    VALUE = "value"
    ZERO = "zero"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """This state as shown in place of a number."""
        return {"value": "有数值", "zero": "零", "not_applicable": "不适用", "missing": "未报"}[self.value]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures: a jurisdiction, or one unit of it with the units below.

    ``as_of`` follows reorganisations up to that day: what a unit did that has been succeeded by then counts as its
    successor's. Without it units are taken as the records hold them.
    """

    jurisdiction_id: int
    unit_id: int | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """This value of a measure. ``part`` and ``whole`` are those of a rate; a rate is kept exact and rounded when written."""

    measure: Measure
    period: Period
    scope: Scope
    value: Decimal | None
    state: State
    part: Figure | None = None
    whole: Figure | None = None

    @property
    def how(self) -> How:
        """Whether it is counted or reported."""
        return self.measure.how

    @property
    def text(self) -> str:
        """This value as written by itself: ``3314``, ``83540312.50``, ``9.8``; a word where there is none."""
        if self.value is None:
            return self.state.label
        if self.measure.unit == "%":
            return _plain(self.value.quantize(Decimal("0.1"), ROUND_HALF_UP))
        return _plain(self.value)


def figure(measure: Measure, period: Period, scope: Scope, value: Decimal | int | None) -> Figure:
    """This figure of a plain value; None is missing."""
    if value is None:
        return Figure(measure, period, scope, None, State.MISSING)
    exact = Decimal(value)
    return Figure(measure, period, scope, exact, State.VALUE if exact else State.ZERO)


def rate(measure: Measure, part: Figure, whole: Figure) -> Figure:
    """This rate in percent; of nothing there is no rate, and of something missing none is known."""
    period, scope = part.period, part.scope
    if State.MISSING in (part.state, whole.state):
        return Figure(measure, period, scope, None, State.MISSING, part, whole)
    if not whole.value or part.value is None:
        return Figure(measure, period, scope, None, State.NOT_APPLICABLE, part, whole)
    value = part.value * 100 / whole.value
    return Figure(measure, period, scope, value, State.VALUE if value else State.ZERO, part, whole)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def change(here: Figure, before: Figure) -> str:
    """By how much ``here`` differs from ``before``, in percent, of a rate in percentage points; empty where unknown."""
    if here.value is None or before.value is None:
        return ""
    difference = here.value - before.value
    if not difference:
        return "持平"
    if here.measure.unit == "%":
        return f"{_signed(difference)}个百分点"
    return f"{_signed(difference * 100 / before.value)}%" if before.value else "上年为0"


def _signed(number: Decimal) -> str:
    return f"{'+' if number > 0 else '-'}{abs(number.quantize(Decimal('0.1'), ROUND_HALF_UP)):,f}"
