"""This year beside last year: the same measures, side by side, with the change."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from fazhi.kernel.records.measures.declaring import Measure
from fazhi.kernel.records.measures.figures import Figure
from fazhi.lines.report.queries.text import ReportText

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure in the report's year and the year before."""

    measure: Measure
    this: Figure
    last: Figure

    @property
    def change(self) -> str:
        """The change in words: in percent, of a rate in percentage points; empty where there is none to speak of."""
        if self.this.value is None or self.last.value is None:
            return ""
        difference = self.this.value - self.last.value
        if not difference:
            return "持平"
        if self.measure.unit == "%":
            return f"{_signed(difference)}个百分点"
        return f"{_signed(difference * 100 / self.last.value)}%" if self.last.value else "上年为0"


def _signed(number: Decimal) -> str:
    rounded = number.quantize(_TENTH, ROUND_HALF_UP)
    return f"{'+' if number > 0 else '-'}{abs(rounded):f}"


def compared(text: ReportText) -> list[Compared]:
    """The measures a report uses, each beside the year before; ``text`` must have been read with that year beside."""
    keys = dict.fromkeys(token.key for token in text.used())
    year = text.report.year
    return [
        Compared(found.measure, found, text.figures[key, str(year - 1)])
        for key in keys
        if (found := text.figures.get((key, str(year)))) is not None
    ]
