"""What is read from a text: statements of quantity, with their bounds, and the catalogue they are bound to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final


class Kind(StrEnum):
    """What a span that holds a number is."""

    MEASURE = "measure"
    NAME = "name"
    DATE = "date"
    TARGET = "target"


class Qualifier(StrEnum):
    """How exactly a figure is stated."""

    EXACT = "exact"
    RATE = "rate"
    ABOUT_OVER = "about_over"
    MORE_THAN = "more_than"
    NEARLY = "nearly"
    LESS_THAN = "less_than"


class Verdict(StrEnum):
    """What came of holding a statement against records and against the text itself."""

    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    UNBOUND = "unbound"
    EXPLAINED = "explained"
    IGNORED = "ignored"


class Role(StrEnum):
    """What a figure says of its topic: how it stands, how it stood earlier, or by how much it moved."""

    CURRENT = "current"
    PREVIOUS = "previous"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Range:
    """An interval of possible values; `None` means unbounded on that side."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def point(cls, value: Decimal) -> Range:
        """The one value `value`."""
        return cls(value, value)

    def __contains__(self, value: Decimal) -> bool:
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        return self.high is None or value < self.high or (not self.high_open and value == self.high)

    def meets(self, other: Range) -> bool:
        """Tell whether some value lies in both."""
        for left, right in ((self, other), (other, self)):
            if left.high is not None and right.low is not None:
                if left.high < right.low:
                    return False
                if left.high == right.low and (left.high_open or right.low_open):
                    return False
        return True

    def __add__(self, other: Range) -> Range:
        return Range(
            None if self.low is None or other.low is None else self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __neg__(self) -> Range:
        return Range(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
            self.high_open,
            self.low_open,
        )

    def __sub__(self, other: Range) -> Range:
        return self + -other

    def per(self, whole: Range) -> Range:
        """The percentage this (non-negative) quantity can be of `whole`."""
        low = None
        if self.low is not None and whole.high is not None and whole.high > 0:
            low = self.low * 100 / whole.high
        high = None
        if self.high is not None and whole.low is not None and whole.low > 0:
            high = self.high * 100 / whole.low
        return Range(low, high, self.low_open or whole.high_open, self.high_open or whole.low_open)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands, for relations and binding.

    Offsets count in the normalised text. `lead` is what stands before the figure in its clause, from the figure before
    it, a list counting as one clause; `noun` the noun phrase right after it; `after` the rest of its clause; `before` the sentence up to the figure; `heading` the titles above it and the sentence that opens its
    paragraph. `table` is the running number of the table, the row and the column.
    """

    start: int = 0
    end: int = 0
    sentence: tuple[int, int] = (0, 0)
    clause: tuple[int, int] = (0, 0)
    paragraph: int = 0
    heading: str = ""
    lead: str = ""
    noun: str = ""
    after: str = ""
    before: str = ""
    role: Role = Role.CURRENT
    table: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One span of a text that holds, or claims, a quantity.

    The eleven fields up to `reason` are what is published; `place`, `bounds` and `verb` serve relations and binding.
    `value` has 万 and 亿 multiplied out, money in 元, percentages in percentage points; a full date has its year.
    `start` counts characters of the text as read.
    """

    surface: str
    start: int
    value: Decimal | None
    unit: str
    qualifier: Qualifier
    kind: Kind
    topic: str = ""
    measure_key: str | None = None
    expected: Decimal | None = None
    verdict: Verdict = Verdict.UNBOUND
    reason: str = ""
    place: Place = field(default=Place(), repr=False, compare=False)
    bounds: Range = field(default=Range(None, None), repr=False, compare=False)

    @property
    def end(self) -> int:
        """Where the surface ends in the text as read."""
        return self.start + len(self.surface)

    def judged(self, verdict: Verdict, reason: str, expected: Decimal | None = None) -> Statement:
        """This statement with a verdict."""
        return replace(self, verdict=verdict, reason=reason, expected=expected)

    def bound(self, key: str) -> Statement:
        """This statement bound to a measure."""
        return replace(self, measure_key=key)

    def as_json(self) -> dict[str, Any]:
        """The eleven published fields, ready for `json.dumps`."""
        return {
            "surface": self.surface,
            "start": self.start,
            "value": plain(self.value),
            "unit": self.unit,
            "qualifier": self.qualifier.value,
            "kind": self.kind.value,
            "topic": self.topic,
            "measure_key": self.measure_key,
            "expected": plain(self.expected),
            "verdict": self.verdict.value,
            "reason": self.reason,
        }


def plain(value: Decimal | None) -> int | float | None:
    """The JSON number of a decimal: whole numbers without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def shown(value: Decimal) -> str:
    """The number as a clerk writes it: no exponent, no trailing zeros."""
    return f"{value.normalize():f}"


PERCENT: Final = "%"
PERCENTAGE_POINT: Final = "百分点"
