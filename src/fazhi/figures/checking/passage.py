"""A text with its figures, as checks look at it: what stands before a figure, what between two."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import groupby

from fazhi.figures.layout import Span
from fazhi.figures.model import PERCENT, PERCENTAGE_POINT, Kind, Qualifier, Range, Statement, shown
from fazhi.figures.text import Text


@dataclass(frozen=True)
class Passage:
    """A text and the statements read from it."""

    text: Text
    statements: Sequence[Statement]

    @cached_property
    def measures(self) -> list[Statement]:
        """The figures of what was done, tables left out, in order."""
        return [s for s in self.statements if s.kind is Kind.MEASURE and s.value is not None and not s.place.table]

    @cached_property
    def cells(self) -> list[Statement]:
        """The figures in tables."""
        return [s for s in self.statements if s.place.table and s.value is not None]

    @cached_property
    def by_sentence(self) -> list[tuple[Span, list[Statement]]]:
        """The figures of each sentence that has any."""
        return [(span, list(found)) for span, found in groupby(self.measures, key=lambda s: s.place.sentence)]

    @cached_property
    def _starts(self) -> list[int]:
        return [s.place.start for s in self.measures]

    def before(self, statement: Statement) -> Iterator[Statement]:
        """The figures before one, nearest first."""
        for i in range(bisect_left(self._starts, statement.place.start) - 1, -1, -1):
            yield self.measures[i]

    def between(self, left: Statement, right: Statement) -> str:
        """The characters between two figures."""
        return self.text.norm[left.place.end : right.place.start]

    def lead(self, statement: Statement) -> str:
        """What stands in the clause before a figure, from the figure before it; a list is one clause."""
        return statement.place.lead

    def label(self, statement: Statement) -> str:
        """The words around a figure that tell what it counts."""
        return statement.place.lead + statement.place.noun

    def since_sentence(self, statement: Statement) -> str:
        """The characters from the beginning of the sentence to a figure."""
        return statement.place.before

    def named(self, statement: Statement) -> str:
        """The figure as a reader finds it again: its label and its surface."""
        words = self.label(statement).strip("，、；：（）的 ")
        return f"“{words[-14:]}{statement.surface}”" if words not in statement.surface else f"“{statement.surface}”"


def is_rate(statement: Statement) -> bool:
    """Tell whether a figure is a percentage."""
    return statement.unit == PERCENT


def is_count(statement: Statement) -> bool:
    """Tell whether a figure counts things or sums money."""
    return statement.unit not in ("", PERCENT, PERCENTAGE_POINT, "倍", "分")


def is_plain(statement: Statement) -> bool:
    """Tell whether a figure is stated without a qualifier."""
    return statement.qualifier in (Qualifier.EXACT, Qualifier.RATE)


def together(statements: Sequence[Statement]) -> Range:
    """The interval of the sum of figures."""
    total = Range.point(Decimal(0))
    for statement in statements:
        total = total + statement.bounds
    return total


def said(bounds: Range) -> str:
    """An interval in words: one number, or from and to."""
    if bounds.low is not None and bounds.low == bounds.high:
        return shown(bounds.low)
    if bounds.low is None or bounds.high is None:
        return f"{shown(bounds.low)}以上" if bounds.low is not None else f"{shown(bounds.high or Decimal(0))}以下"
    return f"{shown(bounds.low)}至{shown(bounds.high)}"


def decimals_of(statement: Statement) -> int:
    """How many decimals a figure is written with."""
    digits = statement.surface.replace("．", ".").rsplit(".", 1)
    if len(digits) < 2:
        return 0
    return len(digits[1]) - len(digits[1].lstrip("0123456789０１２３４５６７８９"))


def rounded(value: Decimal, decimals: int) -> Decimal:
    """`value` rounded half up."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def cut_off(value: Decimal, decimals: int) -> Decimal:
    """`value` with further decimals dropped."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)
