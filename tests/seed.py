"""The figures of a real published report, when they lie in a folder beside the checkout; tests that need them skip else."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
_NAME = "seed_figures.csv"


@dataclass(frozen=True, slots=True)
class Stated:
    """This statement of the report: its key, the value as a number, the unit, how it is bound, and the words themselves."""

    key: str
    value: Decimal
    unit: str
    qualifier: str
    surface: str

    def holds_of(self, value: Decimal) -> bool:
        """Whether the words are true of ``value``: 超98% of 98.3, 8354万余元 of 83 546 700, 10余次 of 12."""
        if self.qualifier == "exact":
            return value == self.value
        if self.qualifier == "rate":
            return value.quantize(self.value) == self.value
        if self.qualifier == "more_than":
            return value >= self.value if "以上" in self.surface else value > self.value
        assert self.qualifier == "about_over", self.qualifier
        return self.value < value < self.value + self._last_digit()

    def _last_digit(self) -> Decimal:
        """What one unit of the last digit written is worth: 余 stays below it."""
        written = re.search(r"([\d.]+)(万?)余", self.surface)
        assert written is not None, self.surface
        number, myriads = Decimal(written[1]), 10_000 if written[2] else 1
        if number == number.to_integral() and not myriads > 1:
            return Decimal(10 ** (len(written[1]) - len(written[1].rstrip("0"))))
        return Decimal(myriads).scaleb(int(number.as_tuple().exponent))


def stated(kind: str) -> dict[str, Stated]:
    """The statements of one kind (``measure``, ``name``, ``date``, ``target``) by key."""
    file = next(iter(sorted(CHECKOUT.parent.glob(f"*/{_NAME}"))), None)
    if file is None:
        pytest.skip(f"{_NAME}, the figures of a real report, does not lie in a folder beside {CHECKOUT.name}")
    with file.open(encoding="utf-8") as rows:
        return {
            row["measure_key"]: Stated(
                row["measure_key"], Decimal(row["value"] or 0), row["unit_zh"], row["qualifier"], row["surface"]
            )
            for row in csv.DictReader(rows)
            if row["kind"] == kind
        }
