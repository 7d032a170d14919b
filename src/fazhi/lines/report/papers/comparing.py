"""This year beside last year: the same measures, side by side, with the change."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi.kernel.records.measures.declaring import Measure
from fazhi.kernel.records.measures.figures import Figure, change
from fazhi.lines.report.queries.text import ReportText


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure in the report's year and the year before."""

    measure: Measure
    this: Figure
    last: Figure

    @property
    def change(self) -> str:
        """The change in words; empty where there is none to speak of."""
        return change(self.this, self.last)


def compared(text: ReportText) -> list[Compared]:
    """The measures a report uses, each beside the year before; ``text`` must have been read with that year beside."""
    keys = dict.fromkeys(token.key for token in text.used())
    year = text.report.year
    return [
        Compared(found.measure, found, text.figures[key, str(year - 1)])
        for key in keys
        if (found := text.figures.get((key, str(year)))) is not None
    ]
